/* Decides by the diagram of the rule engine (`rules/walks.py` describes it), equally to its `decide`. */
(() => {
  "use strict";

  /** The segment of an axis that a value lies in, or -1.
      @param {WalkAxis} axis @param {string | number} value @returns {number} */
  function segment(axis, value) {
    if (axis.kind === "values") return axis.values.indexOf(/** @type {string} */ (value));
    if (typeof value !== "number" || (axis.kind === "whole" && value !== Math.floor(value))) return -1;
    const before = (cut, at) => cut ? cut[0] < value || (cut[0] === value && !cut[1]) : at === 0;
    const passed = axis.cuts.filter(before).length;
    return passed < axis.cuts.length ? passed - 1 : -1;
  }

  /** The ends that can be reached, as sets of rules, and the first level that still makes a difference.
      @param {Walk} walk @param {(number | undefined)[]} seen @returns {{ ends: Set<number>[], ask: string | null }} */
  function left(walk, seen) {
    const ends = [], levels = [], known = new Map(), done = [];
    function number(level, children) { // equal parts are one, so a level at which nothing differs falls out
      const key = level + ":" + children;
      if (!known.has(key)) { known.set(key, levels.length); levels.push(level); }
      return known.get(key);
    }
    function visit(at) {
      if (done[at] !== undefined) return done[at];
      const level = walk.nodes[at][0], rest = walk.nodes[at].slice(1);
      if (level === walk.axes.length) {
        ends.push(new Set(rest));
        return (done[at] = number(level, rest));
      }
      const children = (seen[level] === undefined ? rest : [rest[seen[level]]]).map(visit);
      const same = children.every(one => one === children[0]);
      return (done[at] = same ? children[0] : number(level, children));
    }
    const level = levels[visit(walk.root)];
    return { ends, ask: level < walk.axes.length ? walk.axes[level].id : null };
  }

  /** The box of a rule that explains it best: one that holds whatever the rest turns out to be, else the first
      that may hold.
      @param {number[][][]} boxes @param {(number | undefined)[]} seen @returns {number} */
  function reason(boxes, seen) {
    const fits = row => seen[row[0]] === undefined ? row.length > 1 : row.indexOf(seen[row[0]], 1) > 0;
    const may = boxes.filter(box => box.every(fits));
    const must = may.filter(box => box.every(row => seen[row[0]] !== undefined));
    return boxes.indexOf(must[0] || may[0]);
  }

  /** `answers` are dimension → value, without those that are open. Returns { possible, certain, ask, outside, why }:
     ids of rules that can hold and of those that do in any case, the next dimension worth an answer or null,
     dimensions whose answer cannot be, and for each possible rule the place of the box that explains it.
      @typedef {{ possible: string[], certain: string[], ask: string | null, outside: string[], why: Object<string, number> }} Decision
      @param {Walk} walk @param {Object<string, string | number>} answers @returns {Decision} */
  baodian.decide = (walk, answers) => {
    const seen = walk.axes.map(axis => baodian.has(answers, axis.id) ? segment(axis, answers[axis.id]) : undefined);
    const outside = walk.axes.filter((axis, n) => seen[n] === -1 || !(axis.values.length || axis.cuts.length > 1));
    /** @type {Decision} */
    const made = { possible: [], certain: [], ask: null, outside: outside.map(axis => axis.id), why: {} };
    if (outside.length) return made;
    const { ends, ask } = left(walk, seen);
    made.ask = ask;
    walk.rules.forEach((rule, n) => {
      if (!ends.some(end => end.has(n))) return;
      made.possible.push(rule.id);
      made.why[rule.id] = reason(rule.boxes, seen);
      if (ends.every(end => end.has(n))) made.certain.push(rule.id);
    });
    return made;
  };
})();
