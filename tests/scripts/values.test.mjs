// What all scripts reckon with.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { has, bare, plain, only, speaker, hash, number, day, personal } = load("js/b-values.js");

test("a map has only what was put into it", () => {
  assert.ok(has({ a: 1 }, "a"));
  assert.ok(!has({}, "constructor"));
  assert.equal(bare().constructor, undefined);
  assert.deepEqual([{}, [], null, "x", 1].map(plain), [true, false, false, false, false]);
  assert.deepEqual({ ...only({ a: 1, b: "x", c: 2 }, (value, name) => typeof value === "number" && name !== "c") }, { a: 1 });
  for (const none of [null, undefined, [1], "ab"]) assert.deepEqual(Object.keys(only(none, () => true)), []);
  assert.deepEqual(Object.keys(only(JSON.parse('{"__proto__": {"x": 1}, "a": 1}'), () => true)), ["__proto__", "a"]);
});

test("a sentence gets what is given for its gaps, and keeps the others", () => {
  const say = speaker({ sum: "{n} 台，{what}，{n} 次" });
  assert.equal(say("sum", { n: 0, what: "{n}$&" }), "0 台，{n}$&，0 次");
  assert.equal(say("sum"), "{n} 台，{what}，{n} 次");
});

test("a number is what a reader may have typed or pasted, and nothing that only looks like one", () => {
  for (const [text, wanted] of [
    ["30", 30], ["３０", 30], [" 7.25 ", 7.25], ["1,200", 1200], ["１，２００，０００．５", 1200000.5], ["7.", 7], [".5", 0.5], ["-3", -3], ["", null], ["　", null],
  ]) assert.equal(number(text), wanted, text);
  for (const text of ["1e3", "0x1f", "1,20", "12,3456", "abc", "1.2.3", "3 4", "--1", ".", "Infinity", "1".repeat(10)]) assert.ok(Number.isNaN(number(text)), text);
});

test("a day is the reader's own, with two digits each", () => {
  assert.equal(day(new Date(2028, 1, 29, 0, 5)), "2028-02-29");
  assert.equal(day(new Date(2026, 10, 3, 23, 59)), "2026-11-03");
});

test("fingerprints stay: what readers keep is compared with them", () => {
  assert.equal(hash(""), "45h");
  assert.equal(hash("关灯"), hash("关灯"));
  assert.notEqual(hash("关灯"), hash("关灯。"));
});

test("phone and identity numbers are seen however they are written, codes are not", () => {
  for (const text of ["13812345678", "+86 138-1234-5678", "１３８１２３４５６７８", "老王 138.1234.5678", "010-12345678", "11010519491231002X"])
    assert.ok(personal(text), text);
  for (const text of ["青港-7", "1201-1", "12812345678", "2026-12-01", "", null]) assert.ok(!personal(text), String(text));
});
