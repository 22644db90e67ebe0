/* Which moments of work fit the hour. Knows no page. */
(() => {
  "use strict";
  const LAST_DAYS = 3; // of a month
  const LEAST = 3, MOST = 4; // one row of cards

  /** What the clock says, the rarer first. @param {Date} now @returns {string[]} */
  function times(now) {
    const day = now.getDay(), hour = now.getHours();
    const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + LAST_DAYS);
    return [
      next.getMonth() !== now.getMonth() ? "month-end" : "",
      day === 1 ? "monday" : day === 0 || day === 6 ? "weekend" : "",
      hour >= 4 && hour < 11 ? "morning" : hour >= 11 && hour < 16 ? "noon" : "evening"
    ].filter(Boolean);
  }

  /** The numbers of the moments of this time, three or four of them, then those of the others: each the rarer hour
      first, then as they stand. @param {string[][]} moments @param {Date} now @returns {[number[], number[]]} */
  function chosen(moments, now) {
    const said = times(now);
    const rank = hours => {
      const at = said.findIndex(word => hours.includes(word));
      return at < 0 ? said.length : at;
    };
    const order = moments.map((_, n) => n).sort((a, b) => rank(moments[a]) - rank(moments[b]) || a - b);
    const fit = moments.filter(hours => rank(hours) < said.length).length;
    const first = order.splice(0, Math.min(Math.max(fit, LEAST), MOST));
    return [first, order];
  }

  baodian.hours = { times, chosen };
})();
