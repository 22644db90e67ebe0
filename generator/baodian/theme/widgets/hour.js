/* The moments of this hour on the first page, the others behind one line that tells how many. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ moments: [string[], boolean][], words: Object<string, string> }} HourData */
(() => {
  "use strict";
  const { make, put, fill } = baodian, SHOWN = 5;

  baodian.widget("hour", (root, data, say) => {
    const list = root.querySelector("ul"), cards = Array.from(list.children);
    const sorted = baodian.hours.ordered(data.moments, new Date()).map(n => cards[n]);
    const rest = sorted.slice(SHOWN);
    fill(list, sorted.slice(0, SHOWN));
    if (rest.length) {
      put(root, make("details", "bd-folded", make("summary", "", say("more", { n: rest.length })),
        make("div", "bd-folded-body", make("ul", { class: list.className, "aria-label": data.words.rest }, rest))));
    }
  });
})();
