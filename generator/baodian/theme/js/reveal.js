/* Opens what is folded when an address points into it, and everything for printing. */
(() => {
  "use strict";

  function reveal() {
    let id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (broken) { return; }
    const named = id && document.getElementById(id);
    if (!named) return;
    const hidden = !named.getClientRects().length && named.closest("tr"); // of a table that a phone shows class by class
    const row = hidden && document.getElementById("my-" + hidden.id);
    const target = row || named;
    let folded = Boolean(row);
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS" && !node.open) { node.open = true; folded = true; }
    }
    if (folded) target.scrollIntoView();
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("article details:not([open])"));
    opened.forEach(details => { details.open = true; });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach(details => { details.open = false; });
    opened = [];
  });
  window.addEventListener("hashchange", reveal);
  reveal();
})();
