// Which steps of a path are ticked because their list was gone through.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { lists } = load("js/b-values.js", "widgets/path.lists.js");
const NOON = new Date(2026, 11, 2, 12), now = NOON.getTime(), HOUR = 3_600_000;
const DAYS = [["day-1", ["day-1.do-1", "day-1.check-leave"]], ["day-4", ["day-4.check-read", "day-4.check-leave"]], ["day-8", ["day-8.check-leave"]]];
const since = (kept, ticked, checked) => lists.since(DAYS, kept, id => ticked.includes(id), checked, NOON);
const FIRST = ["day-1.do-1", "day-1.check-leave"];

test("a list counts for the day one is at, and for no other", () => {
  const kept = { last: "day-1", at: now - HOUR };
  assert.deepEqual(since(kept, FIRST, { leave: now, read: now }), ["day-4.check-read", "day-4.check-leave"]);
  assert.deepEqual(since({ ...kept, last: "day-4" }, FIRST.concat("day-4.check-leave"), { leave: now }), []);
  assert.deepEqual(since({ ...kept, last: "day-8" }, FIRST, { leave: now }), ["day-8.check-leave"]);
  assert.deepEqual(since(kept, DAYS.flatMap(day => day[1]), { leave: now }), []);
});

test("what was finished before the path was touched last does not count: it was taken back, or was for another day", () => {
  assert.deepEqual(since({ last: "day-4", at: now }, FIRST, { leave: now - 1, read: now + 1 }), ["day-4.check-read"]);
});

test("on a path that was never touched only what was finished today counts", () => {
  assert.deepEqual(since({}, [], { leave: now - 11 * HOUR }), ["day-1.check-leave"]);
  assert.deepEqual(since({}, [], { leave: now - 13 * HOUR }), []);
  assert.deepEqual(since({}, [], "damaged"), []);
});

test("where one is: the first open day from the last one on, then from the beginning", () => {
  const at = (last, ticked) => (lists.day(DAYS, last, id => ticked.includes(id)) || [""])[0];
  assert.equal(at("", []), "day-1");
  assert.equal(at("day-4", []), "day-4");
  assert.equal(at("day-8", ["day-8.check-leave"]), "day-1");
  assert.equal(at("gone", DAYS.flatMap(day => day[1])), "");
});
