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
  for (const text of ["13812345678", "+86 138-1234-5678", "１３８１２３４５６７８", "老王 138.1234.5678", "010-12345678", "11010519491231002X",
    "(138)00138000", "（138）0013 8000", "138-0013-8000", "138 0013 8000", "138 00138000", "1 3 8 0 0 1 3 8 0 0 0", "138—0013—8000",
    "1\u200b38\u00ad0013\u20608000", "138\ufe0f00138000", "٠١٢-١٢٣٤٥٦٧٨", "13800138000 13900139000", "3 台 13800138000", "8613800138000",
    "0086 138 0013 8000", "0512 8888 6666", "110105 19491231 002X", "110105194912310021", "6222021234567890123", "电话：158 1588 1888"])
    assert.ok(personal(text), text);
  for (const text of ["青港-7", "1201-1", "12812345678", "2026-12-01", "", null, "套餐 158 1588 1888", "套餐：158 1588 1888", "158 1588 1888 元",
    "1200 1500 1800 2000 2500", "0.5 1200 3000", "19 20 21 22 23 4", "2026-11-13 08:30", "每周 3 次，每次 15 分钟", "400-800-8820"])
    assert.ok(!personal(text), String(text));
});

test("a number is read in any digits, with thousands and magnitudes; what has no one meaning is none", () => {
  for (const [text, wanted] of [["12", 12], [" ６０ ", 60], ["3.5", 3.5], ["1,200", 1200], ["１，２００", 1200], ["12,345,678", 12345678],
    ["1.5万", 15000], ["２万", 20000], ["3 百", 300], ["2千5百", 2500], ["1亿2千万", 120000000], ["٣٤", 34], ["0.1万", 1000], ["1.15万", 11500]])
    assert.equal(number(text), wanted, text);
  for (const text of ["十", "1,00", "1,2000", "12,34", "1.200,5", "2万5", "5百2千", "3-5", "1e3", "二十", "1 200"])
    assert.ok(Number.isNaN(number(text)), text);
});

test("the word beside a number goes with it", () => {
  const say = speaker({ days: "{n} {n|day is|days are} left", none: "{n|day|days}" });
  assert.equal(say("days", { n: 1 }), "1 day is left");
  assert.equal(say("days", { n: "1" }), "1 day is left");
  assert.equal(say("days", { n: 0 }), "0 days are left");
  assert.equal(say("days", { n: 1.5 }), "1.5 days are left");
  assert.equal(say("none"), "{n|day|days}");
});
