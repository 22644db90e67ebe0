// When a question of a path comes back.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { again } = load("js/b-values.js", "widgets/path.again.js");
const { next, due, lifted } = again;
const kept = (right, step, day) => [right, "h", ["a"], step, day];

test("right on its day leads to 1, 3, 7 and 21 days later, then it rests", () => {
  let answer = null, today = "2026-12-20";
  const days = [];
  for (let n = 0; n < 5; n++) {
    answer = kept(1, ...next(answer, true, today));
    days.push(answer[4]);
    assert.equal(due(answer, today), false);
    today = answer[4] || today;
    if (answer[4]) assert.ok(due(answer, today));
  }
  assert.deepEqual(days, ["2026-12-21", "2026-12-24", "2026-12-31", "2027-01-21", ""]);
  assert.deepEqual(next(answer, true, "2027-06-01"), [4, ""]);
  assert.equal(due(answer, "2029-01-01"), false);
});

test("wrong comes back on the same day and begins anew, however far it was", () => {
  for (const was of [null, kept(1, 3, "2026-12-01"), kept(1, 4, ""), kept(0, 0, "2026-11-30")]) {
    assert.deepEqual(next(was, false, "2026-12-01"), [0, "2026-12-01"]);
  }
  assert.ok(due(kept(0, 0, "2026-12-01"), "2026-12-01"));
  assert.deepEqual(next(kept(0, 0, "2026-12-01"), true, "2026-12-01"), [1, "2026-12-02"]);
});

test("right before its day changes nothing; right late counts from today", () => {
  assert.deepEqual(next(kept(1, 2, "2026-12-04"), true, "2026-12-02"), [2, "2026-12-04"]);
  assert.deepEqual(next(kept(1, 2, "2026-12-04"), true, "2026-12-30"), [3, "2027-01-06"]);
});

test("over the change of clocks and the end of February a day is a day", () => {
  assert.deepEqual(next(null, true, "2028-02-28")[1], "2028-02-29");
  assert.deepEqual(next(kept(1, 1, "2026-10-24"), true, "2026-10-24")[1], "2026-10-27");
});

test("a day that no answer can have, or a damaged one, is asked at once", () => {
  assert.ok(due(kept(1, 1, "2031-01-01"), "2026-12-01"));
  assert.ok(due([1, "h", ["a"]], "2026-12-01"));
});

test("answers of version 1 keep all they had and are asked once again", () => {
  const old = { new: { items: { x: "y" }, answers: { q: [1, "h", ["a"]], w: [0, "h", ["b"]], torn: "x" }, plays: {}, last: "day-1" }, odd: 3 };
  const before = JSON.stringify(old);
  const made = lifted(old);
  assert.deepEqual(made.new.answers, { q: [1, "h", ["a"], 1, "0"], w: [0, "h", ["b"], 0, "0"], torn: "x" });
  assert.deepEqual([made.new.items, made.new.last, made.odd], [{ x: "y" }, "day-1", 3]);
  assert.equal(JSON.stringify(old), before);
  assert.ok(due(made.new.answers.q, "2026-12-01"));
  assert.deepEqual(next(made.new.answers.q, true, "2026-12-01"), [2, "2026-12-04"]);
  assert.deepEqual(lifted(undefined), {});
});
