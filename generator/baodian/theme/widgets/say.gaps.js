/* Gaps in words: what the reader filled in once for all scripts (`slots`, version 1) stands in the place of its name. Each gap is
   taken up once, whichever widget of a page comes first. */
(() => {
  "use strict";
  const { has, store } = baodian, taken = new WeakMap();

  function take(at) {
    if (!taken.has(at)) taken.set(at, { at, mark: at.textContent, name: at.textContent.slice(1, -1), title: at.title });
    return taken.get(at);
  }

  const value = (kept, name) => has(kept, name) ? String(kept[name]) : "";

  baodian.gaps = {
    value,
    inside: root => Array.from(root.querySelectorAll(".bd-slot"), take),
    open: root => root.querySelectorAll(".bd-slot:not(.bd-slot-filled)").length,
    show(gaps) {
      const kept = store.read("slots", {});
      gaps.forEach(gap => {
        const now = value(kept, gap.name);
        gap.at.textContent = now || gap.mark;
        gap.at.title = now ? gap.mark : gap.title;
        gap.at.classList.toggle("bd-slot-filled", Boolean(now));
      });
      return kept;
    }
  };
})();
