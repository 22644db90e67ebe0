/* What signs point to, and what follows from several classes together. */
(function () {
  "use strict";

  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); } // not `constructor`

  /* Returns for each class how many of the signs fit it and how many do not, best first. */
  function weigh(table, seen) {
    return Object.keys(table.rows).map(function (id) {
      var yes = 0, no = 0;
      Object.keys(seen).forEach(function (sign) {
        var values = table.rows[id][sign];
        if (!has(table.rows[id], sign)) return;
        if (values.indexOf(seen[sign]) >= 0) yes += 1; else no += 1;
      });
      return { id: id, yes: yes, no: no };
    }).sort(function (a, b) { return (b.yes - b.no) - (a.yes - a.no) || b.yes - a.yes; });
  }

  /* Returns what follows from several classes: each thing once, with the classes it comes from. */
  function together(data, profile) {
    var made = { rhythm: [], script: [], checklist: [], measure: [], dont: [] };
    ["rhythm", "script", "checklist"].forEach(function (kind) {
      var found = new Map();
      profile.forEach(function (key) {
        data.applies[key][kind].forEach(function (row, at) {
          var others = row[1];
          var met = !others.length || others.some(function (other) { return profile.indexOf(other) >= 0; });
          var ruled = others.some(function (other) {
            return profile.some(function (mine) { return mine.split("/")[0] === other.split("/")[0]; });
          });
          if (!met && ruled) return; // the other ruler says it is not so
          var one = found.get(row[0]) || { id: row[0], thing: data.things[kind + ":" + row[0]], from: [], if: met ? [] : others };
          if (met) one.if = [];
          one.near = Math.min(one.near === undefined ? at : one.near, at); // its place in the nearest list
          one.from.push(key);
          found.set(row[0], one);
        });
      });
      made[kind] = Array.from(found.values());
    });
    ["script", "checklist"].forEach(function (kind) {
      made[kind].sort(function (a, b) { return a.near - b.near; });
    });
    made.rhythm.sort(function (a, b) { return (a.thing.days || 1e9) - (b.thing.days || 1e9); });
    var measures = new Map();
    profile.forEach(function (key) {
      data.applies[key].measure.forEach(function (row) {
        var one = measures.get(row[0]) || { id: row[0], title: row[1], href: row[4], marks: [] };
        var same = one.marks.filter(function (mark) { return mark.mark === row[2] && mark.note === row[3]; })[0];
        if (same) same.from.push(key); else one.marks.push({ mark: row[2], note: row[3], from: [key] });
        measures.set(row[0], one);
      });
      data.applies[key].dont.forEach(function (text) {
        if (!made.dont.some(function (one) { return one.text === text; })) made.dont.push({ text: text, from: key });
      });
    });
    made.measure = Array.from(measures.values());
    return made;
  }

  baodian.guide = { weigh: weigh, together: together };
})();
