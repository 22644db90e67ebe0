// What is new to a device, by meaning, and which changes its reader has confirmed.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const baodian = load("js/b-values.js", "js/b-since.js", "widgets/must.receipt.js");
const { since, receipt, receipts } = baodian;
const now = (...prints) => prints.map(print => [print, "2026-11-05"]);

test("on the first visit nothing is new, and all of it is known from then on", () => {
  const first = since(null, now("a", "b"), "2026-11-29");
  assert.deepEqual(first, { day: "2026-11-29", before: "", seen: ["a", "b"], fresh: [] });
  assert.deepEqual(since(first, now("a", "b"), "2026-11-30").fresh, []);
});

test("a new meaning is new until the day is over, however often one looks", () => {
  const first = since(null, now("a"), "2026-11-29");
  const second = since(first, now("c", "a"), "2026-11-30");
  assert.deepEqual(second, { day: "2026-11-30", before: "2026-11-29", seen: ["c", "a"], fresh: ["c"] });
  const again = since(second, now("d", "c", "a"), "2026-11-30");
  assert.deepEqual([again.fresh, again.before], [["d", "c"], "2026-11-29"]);
  assert.deepEqual(since(again, now("d", "c", "a"), "2026-12-01").fresh, []);
});

test("what was gone for one version is not new when it comes back", () => {
  const without = since(since(null, now("a"), "2026-11-28"), [], "2026-11-29");
  assert.deepEqual(since(without, now("a"), "2026-11-30").fresh, []);
});

test("of what an earlier version kept, only what changed after its day is new", () => {
  const old = { day: "2026-11-10", until: "2026-11-10" };
  const both = since(old, [["a", "2026-11-10"], ["b", "2026-11-11"]], "2026-11-29");
  assert.deepEqual([both.fresh, both.seen], [["b"], ["a", "b"]]);
});

test("what is damaged is none", () => {
  for (const kept of [undefined, null, 1, "x", [], {}, { day: 5, seen: ["b"] }]) {
    assert.deepEqual(since(kept, now("a"), "2026-11-29"), { day: "2026-11-29", before: "", seen: ["a"], fresh: [] });
  }
  assert.deepEqual(since({ day: "2026-11-28", seen: "a", fresh: 1 }, now("a"), "2026-11-29").fresh, ["a"]);
});

test("no more is remembered than the latest", () => {
  const many = Array.from({ length: 500 }, (_, n) => ["p" + n, "2026-11-05"]);
  assert.equal(since(since(null, many.slice(250), "a"), many, "b").seen.length, 400);
});

const trip = { id: "trip", was: [], print: "p1", title: "不再办", since: "2027-07-01" };
const other = { id: "constructor", was: [], print: "p2", title: "别的", since: "2027-01-01" };

test("a receipt holds as long as the meaning does, and never for another change", () => {
  const kept = { trip: { print: "p1", day: "2026-11-29", title: "旧的说法" } };
  assert.equal(receipt(kept, trip), "2026-11-29");
  assert.equal(receipt(kept, { ...trip, print: "p9" }), "again");
  assert.equal(receipt(kept, other), "");
  assert.equal(receipt({ trip: { print: "p1" } }, trip), "");
  assert.equal(receipt({ trip: "p1" }, trip), "");
});

test("what got another id is not new, and a receipt of it holds: of its prints one is enough", () => {
  const first = since(since(null, now("a"), "2026-11-29"), now("b a", "c"), "2026-11-30");
  assert.deepEqual(first.fresh, ["c"]);
  assert.deepEqual(since(first, now("d b", "c"), "2026-12-01").fresh, []);
  const kept = { trip: { print: "p1", day: "2026-11-29" } };
  assert.equal(receipt(kept, { ...trip, print: "p2 p1" }), "2026-11-29");
  assert.equal(receipt({ trip: { print: "p2 p1", day: "2026-11-29" } }, { ...trip, print: "p3 p1" }), "2026-11-29");
  assert.equal(receipt(kept, { ...trip, id: "travel", was: ["trip"] }), "2026-11-29");
  assert.equal(receipt(kept, { ...trip, id: "travel", was: ["trip"], print: "p9 p8" }), "again");
  assert.equal(receipt({ trip: { print: "p0", day: "2026-11-01" }, old: { print: "p1", day: "2026-11-29" } }, { ...trip, was: ["old"] }), "2026-11-29");
});

test("the text tells what was read, when, and what was not", () => {
  const words = { head: "宝典，必读", name: "姓名：", read: "读过：", row: "{day} {title}（{since}）", open: "还没读：", open_row: "{title}（{since}）" };
  const say = baodian.speaker(words);
  const kept = { trip: { print: "p1", day: "2026-11-29" } };
  assert.equal(receipts(kept, [trip, other], say), "宝典，必读\n姓名：\n读过：\n2026-11-29 不再办（2027-07-01）\n还没读：\n别的（2027-01-01）");
  assert.equal(receipts({}, [trip], say), "宝典，必读\n姓名：\n还没读：\n不再办（2027-07-01）");
  assert.equal(receipts(kept, [trip], say), "宝典，必读\n姓名：\n读过：\n2026-11-29 不再办（2027-07-01）");
});
