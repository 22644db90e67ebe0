/* Which moments of work fit the hour. Knows no page. */
(() => {
  "use strict";
  const LAST_DAYS = 3; // of a month

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

  /** The numbers of all moments, those of this time first, then the urgent, each as they stand.
      @param {[string[], boolean][]} moments @param {Date} now @returns {number[]} */
  function ordered(moments, now) {
    const said = times(now);
    const rank = ([hours, urgent]) => {
      const at = said.findIndex(word => hours.includes(word));
      return at >= 0 ? at : said.length + (urgent ? 0 : 1);
    };
    return moments.map((_, n) => n).sort((a, b) => rank(moments[a]) - rank(moments[b]) || a - b);
  }

  baodian.hours = { times, ordered };
})();
