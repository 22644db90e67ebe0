/* Days of a month, and a calendar file (iCalendar, RFC 5545). */
(() => {
  "use strict";
  const { has } = baodian;

  /** Returns 0 for a Sunday to 6 for a Saturday. @param {string} date @returns {number} */
  function weekday(date) { return new Date(date + "T12:00:00Z").getUTCDay(); }

  /** Returns the dates of a month such as 2026-12. @param {string} month @returns {string[]} */
  function dates(month) {
    const made = [];
    for (let n = 1; n <= 31; n++) {
      const date = month + "-" + String(n).padStart(2, "0");
      const day = new Date(date + "T12:00:00Z");
      if (isNaN(+day) || day.toISOString().slice(0, 10) !== date) break;
      made.push(date);
    }
    return made;
  }

  /** Returns the days of a month that are asked about, and those of them that are worked: Monday to Friday, days that
      make up for a holiday, and what the reader himself says (true: off, false: worked).
      @param {string} month @param {Object<string, string>} off  holidays: date → name @param {Object<string, string>} work
      @param {Object<string, boolean>} own @returns {{ shown: string[], worked: string[] }} */
  function workdays(month, off, work, own) {
    const shown = dates(month).filter(date => weekday(date) % 6 || has(work, date) || own[date] === false);
    return { shown, worked: shown.filter(date => has(own, date) ? !own[date] : !has(off, date)) };
  }

  /** Returns when the two halves of a day of some hours begin and end, as HHMM around noon (12:00 to 13:30).
      @param {number} hours @returns {{ am: [string, string], pm: [string, string] }} */
  function halves(hours) {
    const all = Math.max(Math.round(hours * 60), 2), am = Math.min(Math.round(all / 2), 720), pm = Math.min(all - Math.round(all / 2), 629);
    return { am: [clock(720 - am), clock(720)], pm: [clock(810), clock(810 + pm)] };
  }

  /** @param {number} minutes  since midnight @returns {string} */
  function clock(minutes) { return String(Math.floor(minutes / 60)).padStart(2, "0") + String(minutes % 60).padStart(2, "0"); }

  /** @param {string} text @returns {string} */
  function escaped(text) {
    return String(text).replace(/[\\;,]/g, "\\$&").replace(/\r\n?|[\n\v\f\x85\u2028\u2029]/g, "\\n").replace(/[\x00-\x08\x0e-\x1f\x7f]/g, "");
  }

  /** @param {string} line @returns {string} */
  function folded(line) {
    let made = "", size = 0;
    Array.from(line).forEach(sign => {
      const code = sign.codePointAt(0);
      const octets = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (size + octets > 75) { made += "\r\n "; size = 1; }
      made += sign;
      size += octets;
    });
    return made;
  }

  /** Returns a calendar; times are HHMM of the reader's own clock, "" for an entry of the whole day, which blocks nothing. An entry of an earlier file goes when one with its
      name (`uid`), a higher `sequence` and `cancelled` comes (RFC 5545, 3.8.7.4 and 3.8.1.11).
      @typedef {{ uid: string, date: string, start: string, end: string, summary: string, description: string, sequence: number, cancelled: boolean }} CalendarEvent
      @param {string} name @param {CalendarEvent[]} events @param {Date} now @returns {string} */
  function ics(name, events, now) {
    const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:baodian planner", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", "X-WR-CALNAME:" + escaped(name)];
    events.forEach(one => {
      const day = one.date.replace(/-/g, "");
      lines.push("BEGIN:VEVENT", "UID:" + one.uid, "SEQUENCE:" + one.sequence, "STATUS:" + (one.cancelled ? "CANCELLED" : "CONFIRMED"), "DTSTAMP:" + stamp,
        one.start ? "DTSTART:" + day + "T" + one.start + "00" : "DTSTART;VALUE=DATE:" + day, one.start ? "DTEND:" + day + "T" + one.end + "00" : "TRANSP:TRANSPARENT", "SUMMARY:" + escaped(one.summary),
        "DESCRIPTION:" + escaped(one.description), "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR").map(folded).join("\r\n") + "\r\n";
  }

  baodian.calendar = { weekday, dates, workdays, halves, ics };
})();
