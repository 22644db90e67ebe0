/* Days of a month, and a calendar file (iCalendar, RFC 5545). */
(() => {
  "use strict";

  /** Returns 0 for a Sunday to 6 for a Saturday. @param {string} date @returns {number} */
  function weekday(date) { return new Date(date + "T12:00:00Z").getUTCDay(); }

  /** Returns Monday to Friday of a month such as 2026-12, as dates. @param {string} month @returns {string[]} */
  function weekdays(month) {
    const made = [];
    for (let n = 1; n <= 31; n++) {
      const date = month + "-" + String(n).padStart(2, "0");
      const day = new Date(date + "T12:00:00Z");
      if (isNaN(+day) || day.toISOString().slice(0, 10) !== date) break;
      if (day.getUTCDay() % 6) made.push(date);
    }
    return made;
  }

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

  /** Returns a calendar; times are HHMM of the reader's own clock.
      @typedef {{ uid: string, date: string, start: string, end: string, summary: string, description: string }} CalendarEvent
      @param {string} name @param {CalendarEvent[]} events @param {Date} now @returns {string} */
  function ics(name, events, now) {
    const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:baodian planner", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", "X-WR-CALNAME:" + escaped(name)];
    events.forEach(one => {
      const day = one.date.replace(/-/g, "");
      lines.push("BEGIN:VEVENT", "UID:" + one.uid, "DTSTAMP:" + stamp, "DTSTART:" + day + "T" + one.start + "00",
        "DTEND:" + day + "T" + one.end + "00", "SUMMARY:" + escaped(one.summary),
        "DESCRIPTION:" + escaped(one.description), "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR").map(folded).join("\r\n") + "\r\n";
  }

  baodian.calendar = { weekday, weekdays, ics };
})();
