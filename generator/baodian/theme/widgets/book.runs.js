/* What a self-check found not done, for the book. Reads only what `runs.record.js` keeps of a finished run. Knows no page. */
(() => {
  "use strict";
  /** @param {any} run @returns {{ subject: string, text: string, note: string }[]} in the order of the list, subject by subject */
  function notDone(run) {
    const { plain } = baodian, made = [];
    if (!plain(run) || !plain(run.items) || !Array.isArray(run.asked) || !Array.isArray(run.subjects)) return made;
    run.subjects.forEach((subject, at) => {
      if (subject === null) return;
      run.asked.forEach(group => {
        (Array.isArray(group) && Array.isArray(group[2]) ? group[2] : []).forEach(item => {
          const mark = (run.items[item[0]] || {})[at];
          if (Array.isArray(mark) && mark[0] === "no") made.push({ subject: String(subject), text: String(item[1]), note: String(mark[1] || "") });
        });
      });
    });
    return made;
  }
  baodian.book = Object.assign(baodian.book || {}, { notDone });
})();
