/* In which order things are due, said once for the list of today, the week, the calendar and other pages: what was promised; then what
   is late, first where the least time is left from one time to the next (成交A each week before a shop each month); then the rest by day.
   Dates are texts such as 2026-12-01, which sort as they follow one another. Knows no page. */
(() => {
  "use strict";

  /** `pace` is in how many days it is to be done each time, 0 where nobody says.
      @typedef {{ kind: "promise" | "rhythm" | "step", due: string, pace: number }} Dated */
  /** @param {Dated} item @param {string} today @param {string} end @returns {(number | string)[]} */
  function rank(item, today, end) {
    const pace = item.pace || 0, promised = item.kind === "promise";
    if (promised && item.due <= end) return [0, 0, item.due];
    return item.due < today ? [1, pace, item.due] : [2, 0, item.due, promised ? 0 : 1, pace];
  }

  /** What is due, most urgent first; what has the same rank stays as it was. What was promised comes first if its day comes until `end`.
      @template {Dated} T @param {T[]} items @param {string} today @param {string} [end] @returns {T[]} */
  function ordered(items, today, end) {
    return items.map((one, at) => ({ one, rank: rank(one, today, end || today).concat(at) })).sort((a, b) => {
      const n = a.rank.findIndex((part, at) => part !== b.rank[at]);
      return a.rank[n] < b.rank[n] ? -1 : 1;
    }).map(both => both.one);
  }

  /** Items by customer, each customer where the most urgent of his stands.
      @template {Dated & { code: string }} T @param {T[]} items @param {string} today @param {string} [end] @returns {{ code: string, items: T[] }[]} */
  function cards(items, today, end) {
    const made = new Map();
    ordered(items, today, end).forEach(one => {
      if (!made.has(one.code)) made.set(one.code, { code: one.code, items: [] });
      made.get(one.code).items.push(one);
    });
    return Array.from(made.values());
  }

  baodian.order = { ordered, cards };
})();
