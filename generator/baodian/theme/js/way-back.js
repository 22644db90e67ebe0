/* The way back to where a reader was led away from, on top and at the end of every page until it is closed or gone:

   baodian.wayBack(href, text, close)   what leads back from the page opened next: an address from the handbook's root,
                                        what it says, and what closing it is called

   Kept for this tab alone, in the session's store, until the first page is opened. */
(() => {
  "use strict";
  const { make, store } = baodian;
  const NAME = store.prefix + "way-back";

  function session(act) {
    try { return act(window.sessionStorage); } catch (blocked) { return null; } // no way back then
  }
  const forget = () => { session(kept => { kept.removeItem(NAME); }); };

  baodian.wayBack = (href, text, close) => {
    session(kept => { kept.setItem(NAME, JSON.stringify([href, text, close])); });
  };

  function show() {
    document.querySelectorAll(".bd-way-back").forEach(old => { old.remove(); });
    const page = document.querySelector(".bd-page");
    const kept = session(place => JSON.parse(place.getItem(NAME)));
    if (!page || !Array.isArray(kept) || kept.some(part => typeof part !== "string")) return;
    const [href, text, close] = kept;
    if (href.split("#")[0] === baodian.here || page.matches(".bd-kind-home")) { forget(); return; }
    const way = more => make("p", "bd-way-back", baodian.link("← " + text, href), more);
    page.prepend(way(baodian.press("bd-way-back-close", close, () => {
      forget();
      show();
      const title = page.querySelector("h1");
      if (title) { title.tabIndex = -1; title.focus(); }
    })));
    page.append(way());
  }
  show();
  window.addEventListener("pageshow", event => { if (event.persisted) show(); }); // shown again as it was left
})();
