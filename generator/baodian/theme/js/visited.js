/* Notes on each page when it was last looked at, and what it said then: `visited` { address: what `baodian.since` keeps }.
   Whoever comes back finds on top what has changed in meaning since, from what to what. */
(() => {
  "use strict";
  const { make, store } = baodian;
  const page = document.querySelector(".bd-page:not(.bd-kind-home):not(.bd-kind-mine)");
  const head = page && page.querySelector(".bd-head");
  if (!head || !baodian.here) return;
  const here = baodian.commonPage(baodian.here); // one page, in whatever city
  const rows = Array.from(page.querySelectorAll("[data-print]"));
  const kept = baodian.since(store.read("visited", {})[here], rows.map(row => [row.dataset.print, row.dataset.day]), baodian.day(new Date()));
  store.set("visited", here, kept);
  const fresh = rows.filter(row => kept.fresh.includes(row.dataset.print));
  if (fresh.length) {
    head.append(make("div", { class: "bd-callout bd-callout-changed", role: "note" }, make("p", "bd-callout-title", baodian.site.words.changed),
      make("ul", "bd-changes", fresh.map(row => make("li", {}, row.cloneNode(true))))));
  }
})();
