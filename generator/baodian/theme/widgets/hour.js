/* The moments of this hour on the first page, the others behind one line that tells how many. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ moments: string[][], words: Object<string, string> }} HourData */
(() => {
  "use strict";
  const { make, put, fill } = baodian;

  baodian.widget("hour", (root, data, say) => {
    const list = root.querySelector("ul"), cards = Array.from(list.children);
    const [first, rest] = baodian.hours.chosen(data.moments, new Date()).map(some => some.map(n => cards[n]));
    fill(list, first);
    if (rest.length) {
      put(root, make("details", "bd-folded", make("summary", "", say("more", { n: rest.length })),
        make("div", "bd-folded-body", make("ul", { class: list.className, "aria-label": data.words.rest }, rest))));
    }
  });
})();
