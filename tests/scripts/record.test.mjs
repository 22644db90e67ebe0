// Runs of a self-check: what counts as one, how it is counted, and how two devices' runs become one.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { bare, hash, record } = load("js/b-values.js", "widgets/runs.record.js");
const { valid, mark, set, stale, lifted, items, count, merge } = record;

const LISTS = bare({
  shop: { title: "离店", href: "", groups: [["a", "甲", [["one", "关灯"], ["two", "锁门"]]], ["b", "乙", [["three", "关窗"]]]] },
});

function run(more) {
  return { list: "shop", title: "离店", name: "1201-1", groups: [], subjects: [""], items: {}, started: 1, changed: 1, done: 0, ...more };
}
const yes = (note, time) => ["yes", note || "", hash("关灯"), time || 1];

test("a run has the shape of one, and a size that a page can show", () => {
  assert.ok(valid(run()));
  assert.ok(valid(run({ items: { one: { 0: yes() } }, subjects: ["甲", null] })));
  for (const bad of [
    null, [], {}, run({ subjects: [] }), run({ name: 5 }), run({ items: { one: { 1: yes() } } }), run({ items: { one: { 0: ["maybe", "", "", 1] } } }),
    run({ changed: NaN }), run({ name: "x".repeat(2001) }), run({ subjects: Array(201).fill("x") }), run({ items: { one: { "-1": yes() } } }),
  ]) assert.ok(!valid(bad), JSON.stringify(bad));
});

test("states are counted for all subjects or one, of the chosen parts, and marks on items that went are lost", () => {
  const one = run({ subjects: ["甲", null, "丙"], items: { one: { 0: yes(), 2: ["no", "", "", 1] }, gone: { 0: yes() } } });
  assert.deepEqual(count(one, LISTS), { yes: 1, no: 1, na: 0, open: 4, all: 6, n: 2, lost: 1 });
  assert.deepEqual(count(one, LISTS, 2), { yes: 0, no: 1, na: 0, open: 2, all: 3, n: 1, lost: 1 });
  assert.equal(count(run({ groups: ["b"], items: { one: { 0: yes() } } }), LISTS).lost, 0); // it stands in a part not chosen
  assert.deepEqual(items(run({ groups: ["b"] }), LISTS), [["three", "关窗"]]);
  assert.equal(items(run({ groups: ["was"] }), LISTS).length, 3); // none of its parts is left: the whole list
  assert.deepEqual(items(run({ list: "constructor" }), LISTS), []);
});

test("a mark remembers the text it was made for", () => {
  const one = run();
  set(one, ["one", "关灯"], 0, "no", "坏了");
  assert.deepEqual(mark(one, "one", 0).slice(0, 2), ["no", "坏了"]);
  assert.equal(stale(one, ["one", "关灯"], 0), false);
  assert.equal(stale(one, ["one", "关所有的灯"], 0), true);
  set(one, ["one", "关灯"], 0, "", "");
  assert.deepEqual(mark(one, "one", 0), ["", "", "", 0]);
});

test("retired ids become what stands for them, of two marks the newer stays", () => {
  const moved = bare({ old: "shop", "old#light": "shop#one", "old#lamp": "shop#one", "old#out": "other#x" });
  const one = lifted(run({ list: "old", groups: ["light"], items: { light: { 0: yes("旧", 5) }, lamp: { 0: yes("新", 9) }, out: { 0: yes() } } }), moved);
  assert.equal(one.list, "shop");
  assert.deepEqual(one.groups, ["one"]);
  assert.deepEqual(Object.keys(one.items), ["one", "out"]);
  assert.equal(mark(one, "one", 0)[1], "新");
});

test("of two runs with one id the newer stays, others are added, and what came is marked", () => {
  const kept = { ra: run({ name: "mine", changed: 5 }), rb: run({ name: "mine", changed: 5 }), rx: run() };
  const sent = { ra: run({ name: "theirs", changed: 6 }), rb: run({ name: "theirs", changed: 5 }), rc: run({ name: "new" }) };
  const { runs, n, lists } = merge(kept, sent, LISTS, bare(), 77);
  assert.deepEqual(Object.keys(runs).sort(), ["ra", "rb", "rc", "rx"]);
  assert.deepEqual([runs.ra.name, runs.rb.name, runs.rc.name], ["theirs", "mine", "new"]);
  assert.deepEqual([runs.ra.imported, runs.rc.imported], [undefined, 77]); // one's own, made newer elsewhere, stays one's own
  assert.deepEqual(n, { added: 1, replaced: 1, kept: 1, strange: 0, bad: 0 });
  assert.deepEqual(lists, ["shop"]);
  assert.equal(kept.ra.name, "mine"); // what was given is left alone
});

test("taking the same file twice changes nothing more, in whatever order two files come", () => {
  const a = { ra: run({ name: "older", changed: 3 }) }, b = { ra: run({ name: "newer", changed: 4 }) };
  const both = (first, second) => merge(merge({}, first, LISTS, bare(), 1).runs, second, LISTS, bare(), 1).runs;
  assert.deepEqual(both(a, b), both(b, a));
  assert.deepEqual(both(a, a), both(a, {}));
  assert.equal(both(b, a).ra.name, "newer");
});

test("what is damaged, foreign or holds a phone number is not taken", () => {
  const note = ["no", "电话 138 1234 5678", "", 1];
  const { runs, n } = merge(undefined, {
    ra: run({ list: "nowhere" }), rb: { name: "x" }, rc: run({ items: { one: { 0: note } } }), rd: run({ name: "13812345678" }),
    constructor: run(), "r_": run(), re: run({ subjects: ["010-12345678"] }),
  }, LISTS, bare(), 1);
  assert.deepEqual(Object.keys(runs), []);
  assert.deepEqual(n, { added: 0, replaced: 0, kept: 0, strange: 1, bad: 6 });
});
