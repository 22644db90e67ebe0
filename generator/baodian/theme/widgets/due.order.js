/* In which order things are due: promises whose day has come, then what is late, what is due today, what is to come.
   Dates are texts such as 2026-12-01, which sort as they follow one another. Knows no page. */
(() => {
  "use strict";

  /** @typedef {{ kind: "promise" | "rhythm" | "step", due: string }} Dated */
  /** @param {Dated} item @param {string} today @returns {number} */
  function rank(item, today) {
    return item.due > today ? 3 : item.kind === "promise" ? 0 : item.due < today ? 1 : 2;
  }

  /** What is due, most urgent first; what has the same rank and day stays as it was, promises before the rest.
      @template {Dated} T @param {T[]} items @param {string} today @returns {T[]} */
  function ordered(items, today) {
    const kind = one => one.kind === "promise" ? 0 : 1;
    return items.map((one, at) => ({ one, at })).sort((a, b) => rank(a.one, today) - rank(b.one, today) ||
      (a.one.due < b.one.due ? -1 : a.one.due > b.one.due ? 1 : kind(a.one) - kind(b.one) || a.at - b.at)).map(both => both.one);
  }

  /** Items by customer, each customer where the most urgent of his stands.
      @template {Dated & { code: string }} T @param {T[]} items @param {string} today @returns {{ code: string, items: T[] }[]} */
  function cards(items, today) {
    const made = new Map();
    ordered(items, today).forEach(one => {
      if (!made.has(one.code)) made.set(one.code, { code: one.code, items: [] });
      made.get(one.code).items.push(one);
    });
    return Array.from(made.values());
  }

  baodian.order = { rank, ordered, cards };
})();
