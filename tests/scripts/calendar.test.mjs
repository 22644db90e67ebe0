// Days of a month and the calendar file, as RFC 5545 has it.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { calendar: { weekday, workdays, halves, ics } } = load("js/b-values.js", "widgets/planner.calendar.js");
const NOW = new Date("2028-02-28T23:59:59.999Z");

const weekdays = (month) => workdays(month, {}, {}, {}).worked;

function event(date, more) {
  return { sequence: 0, cancelled: false, uid: date + "@x", date, start: "0830", end: "1200", summary: "拜访", description: "", ...more };
}

test("a month has its weekdays, the leap day among them, and none of the next month", () => {
  assert.equal(weekdays("2027-02").length, 20);
  assert.equal(weekdays("2027-02").pop(), "2027-02-26");
  assert.equal(weekdays("2028-02").pop(), "2028-02-29");
  assert.equal(weekdays("2026-12").pop(), "2026-12-31");
  assert.deepEqual(weekdays("2027-01").slice(0, 2), ["2027-01-01", "2027-01-04"]);
  assert.deepEqual(weekdays("2026-13"), []);
  assert.equal(weekday("2028-02-29"), 2);
});

test("holidays are not worked, days that make up for them are, and the reader has the last word", () => {
  const off = { "2027-01-01": "元旦", "2027-01-02": "元旦" }, work = { "2027-01-10": "元旦补班" };
  const { shown, worked } = workdays("2027-01", off, work, {});
  assert.deepEqual(shown.slice(0, 7), ["01", "04", "05", "06", "07", "08", "10"].map((day) => "2027-01-" + day));
  assert.deepEqual(worked.slice(0, 2), ["2027-01-04", "2027-01-05"]);
  assert.ok(worked.includes("2027-01-10"));
  const own = workdays("2027-01", off, work, { "2027-01-01": false, "2027-01-10": true, "2027-01-16": false, "2027-01-04": true });
  assert.deepEqual(own.worked.slice(0, 2), ["2027-01-01", "2027-01-05"]);
  assert.ok(own.shown.includes("2027-01-10") && !own.worked.includes("2027-01-10"));
  assert.ok(own.worked.includes("2027-01-16"));
});

test("whatever the hours of a day, its halves are times of a clock, and as long together as the day", () => {
  for (let hundredths = 1; hundredths <= 2400; hundredths++) {
    const { am, pm } = halves(hundredths / 100);
    const minutes = [...am, ...pm].map((time) => {
      assert.match(time, /^([01]\d|2[0-3])[0-5]\d$/, hundredths + ": " + time);
      return Number(time.slice(0, 2)) * 60 + Number(time.slice(2));
    });
    assert.ok(minutes[0] < minutes[1] && minutes[1] <= minutes[2] && minutes[2] < minutes[3], String(hundredths));
    const length = minutes[1] - minutes[0] + minutes[3] - minutes[2];
    if (hundredths > 3 && hundredths < 2000) assert.equal(length, Math.round(hundredths * 60 / 100), String(hundredths));
  }
  assert.deepEqual(halves(6.01), { am: ["0859", "1200"], pm: ["1330", "1630"] });
  assert.deepEqual(halves(8), { am: ["0800", "1200"], pm: ["1330", "1730"] });
});

test("an entry of an earlier file is called off by its name and a higher number", () => {
  const lines = ics("月", [event("2028-02-29", { sequence: 3 }), event("2028-03-01", { sequence: 3, cancelled: true })], NOW).split("\r\n");
  assert.deepEqual(lines.filter((line) => /^(UID|SEQUENCE|STATUS)/.test(line)), [
    "UID:2028-02-29@x", "SEQUENCE:3", "STATUS:CONFIRMED", "UID:2028-03-01@x", "SEQUENCE:3", "STATUS:CANCELLED",
  ]);
});

test("events stand on their own days across the end of a leap month", () => {
  const lines = ics("月", [event("2028-02-29"), event("2028-03-01")], NOW).split("\r\n");
  assert.deepEqual(lines.filter((line) => line.startsWith("DTSTART")), ["DTSTART:20280229T083000", "DTSTART:20280301T083000"]);
  assert.deepEqual(lines.filter((line) => line.startsWith("DTEND")), ["DTEND:20280229T120000", "DTEND:20280301T120000"]);
  assert.ok(lines.includes("DTSTAMP:20280228T235959Z"));
  assert.deepEqual([lines[0], lines[lines.length - 2], lines[lines.length - 1]], ["BEGIN:VCALENDAR", "END:VCALENDAR", ""]);
});

test("no line is longer than 75 octets, no character is cut, and unfolding gives the text back", () => {
  const text = "每位客户都要问到：在用台数、下次保养、🚚还缺什么".repeat(9);
  for (const one of [text, "x".repeat(500)]) {
    const written = ics("月", [event("2028-02-29", { description: one })], NOW);
    const lines = written.split("\r\n");
    assert.ok(lines.length > 20);
    for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(written.replace(/\r\n /g, "").includes("DESCRIPTION:" + one + "\r\n"));
  }
});

test("what would break a line or end a value is escaped, control characters go", () => {
  const written = ics("a;b", [event("2028-02-29", { summary: "a,b;c\\d\r\nEND:VEVENT\u0000\u2028x" })], NOW);
  assert.ok(written.includes("SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\\nx\r\n"));
  assert.equal(written.split("\r\n").filter((line) => line === "END:VEVENT").length, 1);
  assert.ok(written.includes("X-WR-CALNAME:a\\;b\r\n"));
});
