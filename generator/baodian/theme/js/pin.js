/* A star beside the title keeps a page under My handbook: `pins` { address: title }, version 1. */
(() => {
  "use strict";
  const head = document.querySelector(".bd-page:not(.bd-kind-mine) .bd-title");
  const search = document.getElementById("bd-search");
  if (!head || !search || !baodian.here) return;
  const words = JSON.parse(search.getAttribute("data-pin"));
  const href = baodian.here;
  const title = head.querySelector("h1").textContent.trim();
  const button = baodian.press("bd-pin", "", () => {
    baodian.store.set("pins", href, kept() ? undefined : title);
    show();
  });
  function kept() { return baodian.has(baodian.store.read("pins", {}), href); }
  function show() {
    const on = kept();
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "★" : "☆";
    button.title = on ? words.on : words.off;
    button.setAttribute("aria-label", words.off);
  }
  baodian.store.watch("pins", show);
  show();
  head.appendChild(button);
})();
