/* When a question of a path comes back; knows no page, so Node.js tests it.

   An answer is kept as [right: 1 | 0, hash of the question, [choice ids], step, day]. A right one comes back after 1, 3, 7
   and 21 days (`step` is how many of them it has reached) and rests when it was right after the last; a wrong one comes
   back on the same day, from the first step. `day` is 2026-12-01, "" for never, "0" for at once.

   baodian.again.next(kept, right, today)   [step, day] after another answer; `kept` is the one before, null for none
   baodian.again.due(kept, today)           whether it is to be asked today
   baodian.again.lifted(paths)              `paths` of version 1, whose answers had no step and no day */
(() => {
  "use strict";
  const DAYS = [1, 3, 7, 21];
  const { plain } = baodian;

  /** @param {string} day @param {number} n @returns {string} */
  function later(day, n) {
    const [year, month, date] = day.split("-").map(Number);
    return baodian.day(new Date(year, month - 1, date + n, 12));
  }

  /** @param {any} kept @param {string} today @returns {boolean} */
  function due(kept, today) {
    if (kept[4] === "") return false;
    return typeof kept[4] !== "string" || kept[4] <= today || kept[4] > later(today, DAYS[DAYS.length - 1]); // else a clock went wrong
  }

  /** @param {any} kept @param {boolean} right @param {string} today @returns {[number, string]} */
  function next(kept, right, today) {
    if (!right) return [0, today];
    if (kept && kept[0] && !due(kept, today)) return [kept[3], kept[4]]; // asked before its day: it proves nothing more
    const step = kept && kept[0] ? (kept[3] || 0) + 1 : 1;
    return step > DAYS.length ? [DAYS.length, ""] : [step, later(today, DAYS[step - 1])];
  }

  /** @param {any} paths @returns {any} */
  function lifted(paths) {
    const made = Object.assign({}, plain(paths) ? paths : {});
    Object.keys(made).forEach(id => {
      if (!plain(made[id]) || !plain(made[id].answers)) return;
      const answers = Object.assign({}, made[id].answers);
      Object.keys(answers).forEach(question => {
        const kept = answers[question];
        if (Array.isArray(kept)) answers[question] = kept.slice(0, 3).concat(kept[0] ? 1 : 0, "0");
      });
      made[id] = Object.assign({}, made[id], { answers });
    });
    return made;
  }

  baodian.again = { next, due, lifted };
})();
