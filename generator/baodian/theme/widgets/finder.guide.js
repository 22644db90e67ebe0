/* What signs point to, and what follows from several classes together. */
(() => {
  "use strict";

  const { has } = baodian;

  /** Returns for each class how many of the signs fit it and how many do not, best first.
      @param {FinderTable} table @param {Object<string, string>} seen @returns {{ id: string, yes: number, no: number }[]} */
  function weigh(table, seen) {
    return Object.keys(table.rows).map(id => {
      let yes = 0, no = 0;
      Object.keys(seen).forEach(sign => {
        const values = table.rows[id][sign];
        if (!has(table.rows[id], sign)) return;
        if (values.includes(seen[sign])) yes += 1; else no += 1;
      });
      return { id, yes, no };
    }).sort((a, b) => (b.yes - b.no) - (a.yes - a.no) || b.yes - a.yes);
  }

  /** Returns what follows from several classes: each thing once, with the classes it comes from.
      @typedef {{ id: string, thing: FinderThing, from: string[], if: string[], near?: number }} Applied
      @typedef {{ mark: string, note: string, from: string[] }} Mark
      @typedef {{ id: string, title: string, href: string, marks: Mark[] }} Measure
      @typedef {{ text: string, from: string }} Advice
      @typedef {{ rhythm: Applied[], script: Applied[], checklist: Applied[], measure: Measure[],
                  goal: Advice[], do: Advice[], dont: Advice[] }} Together
      @param {Pick<FinderData, "things" | "applies">} data @param {string[]} profile @returns {Together} */
  function together(data, profile) {
    /** @type {Together} */
    const made = { rhythm: [], script: [], checklist: [], measure: [], goal: [], do: [], dont: [] };
    ["rhythm", "script", "checklist"].forEach(kind => {
      const found = new Map();
      profile.forEach(key => {
        data.applies[key][kind].forEach((row, at) => {
          const others = row[1];
          const met = !others.length || others.some(other => profile.includes(other));
          const ruled = others.some(other => profile.some(mine => mine.split("/")[0] === other.split("/")[0]));
          if (!met && ruled) return; // the other ruler says it is not so
          const one = found.get(row[0]) || { id: row[0], thing: data.things[kind + ":" + row[0]], from: [], if: met ? [] : others };
          if (met) one.if = [];
          one.near = Math.min(one.near === undefined ? at : one.near, at); // its place in the nearest list
          one.from.push(key);
          found.set(row[0], one);
        });
      });
      made[kind] = Array.from(found.values());
    });
    ["script", "checklist"].forEach(kind => {
      made[kind].sort((a, b) => a.near - b.near);
    });
    made.rhythm.sort((a, b) => (a.thing.days || 1e9) - (b.thing.days || 1e9));
    const measures = new Map();
    profile.forEach(key => {
      data.applies[key].measure.forEach(row => {
        const one = measures.get(row[0]) || { id: row[0], title: row[1], href: row[4], marks: [] };
        const same = one.marks.filter(mark => mark.mark === row[2] && mark.note === row[3])[0];
        if (same) same.from.push(key); else one.marks.push({ mark: row[2], note: row[3], from: [key] });
        measures.set(row[0], one);
      });
      ["goal", "do", "dont"].forEach(part => {
        data.applies[key][part].forEach(text => {
          if (!made[part].some(one => one.text === text)) made[part].push({ text, from: key });
        });
      });
    });
    made.measure = Array.from(measures.values());
    return made;
  }

  baodian.guide = { weigh, together };
})();
