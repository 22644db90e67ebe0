// Runs of a self-check: what counts as one, how it is counted, and how two devices' runs become one.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { bare, hash, record } = load("js/b-values.js", "widgets/runs.record.js");
const { valid, mark, set, stale, lifted, items, finish, changes, count, merge } = record;

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

test("a finished run keeps what was asked, whatever becomes of its list", () => {
  const one = run({ items: { one: { 0: yes() }, two: { 0: yes() }, three: { 0: yes() } } });
  finish(one, LISTS, 9);
  assert.equal(one.done, 9);
  const later = bare({ shop: { title: "离店", href: "", groups: [["a", "甲", [["one", "关所有的灯"], ["four", "拉闸"]]], ["b", "乙", [["three", "关窗"]]]] } });
  const { n, all, lost } = count(one, later);
  assert.deepEqual([n, all, lost], [3, 3, 0]);
  assert.deepEqual(items(one, later), [["one", "关灯"], ["two", "锁门"], ["three", "关窗"]]);
  assert.equal(stale(one, items(one, later)[0], 0), false); // it was marked for the text that was asked
  assert.deepEqual(changes(one, later), { added: ["拉闸"], gone: ["锁门"], reworded: [["关灯", "关所有的灯"]] });
  assert.deepEqual(count(one, bare()).all, 3); // the list went
  assert.deepEqual(changes(one, LISTS), { added: [], gone: [], reworded: [] });
  assert.deepEqual(changes(run(), later), { added: [], gone: [], reworded: [] });
  const part = run({ groups: ["b"] });
  finish(part, LISTS, 9);
  assert.deepEqual([count(part, later).all, changes(part, later).added], [1, []]); // what is new stands in a part not chosen
  assert.ok(valid(one) && valid(JSON.parse(JSON.stringify(one))));
  for (const asked of ["x", [["a", "甲"]], [["a", "甲", [["one"]]]], [[1, "甲", []]], Array(201).fill(["a", "甲", []])]) assert.ok(!valid({ ...one, asked }), JSON.stringify(asked));
});

test("ids of a finished run follow what replaced them; two that became one stay two", () => {
  const one = run({ items: { one: { 0: yes() }, two: { 0: ["no", "", "", 1] } } });
  finish(one, LISTS, 9);
  const moved = lifted(one, bare({ "shop#one": "shop#lamp", "shop#two": "shop#lamp", "shop#b": "shop#c" }));
  assert.deepEqual(items(moved, LISTS).map((item) => item[0]), ["lamp", "two", "three"]);
  assert.deepEqual([mark(moved, "lamp", 0)[0], mark(moved, "two", 0)[0]], ["yes", "no"]);
  assert.equal(count(moved, LISTS).all, 3);
  assert.deepEqual(moved.asked.map((group) => group[0]), ["a", "c"]);
  assert.deepEqual(lifted(moved, bare({ "shop#two": "shop#lamp" })), moved);
});

test("two devices' marks of one run come together, of each item the later", () => {
  const ours = run({ changed: 9, items: { one: { 0: yes("", 9) }, two: { 0: ["no", "锁坏了", "h", 3] } } });
  const theirs = run({ changed: 7, items: { one: { 0: ["no", "", "h", 5] }, two: { 0: yes("", 7) }, three: { 0: ["na", "", "h", 6] } } });
  const { runs, n, replaced } = merge({ ra: ours }, { ra: theirs }, LISTS, bare(), 1);
  assert.deepEqual(["one", "two", "three"].map((id) => mark(runs.ra, id, 0)[0]), ["yes", "yes", "na"]);
  assert.deepEqual([n.replaced, n.kept, runs.ra.changed], [1, 0, 9]);
  assert.deepEqual(replaced.map((one) => [one.run, one.about, one.what, one.was[0], one.was[1], one.now[0]]), [["1201-1", "mark", "锁门", "no", "锁坏了", "yes"]]);
  assert.equal(merge(runs, { ra: theirs }, LISTS, bare(), 1).n.kept, 1);
  const other = merge({ ra: theirs }, { ra: ours }, LISTS, bare(), 1);
  assert.deepEqual(other.runs.ra.items, runs.ra.items);
  assert.deepEqual(ours.items.two[0][0], "no"); // what was given is left alone
});

test("a mark that was taken back is not brought back by an older copy", () => {
  const ours = run({ items: { one: { 0: yes("", 1) } } }), theirs = JSON.parse(JSON.stringify(ours));
  set(ours, ["one", "关灯"], 0, "", "");
  const { runs, n } = merge({ ra: ours }, { ra: theirs }, LISTS, bare(), 1);
  assert.deepEqual([mark(runs.ra, "one", 0), count(runs.ra, LISTS).n, n.kept], [["", "", "", 0], 0, 1]);
});

test("subjects are told apart by name and place, and a finish by its time", () => {
  const base = { one: { 0: yes("", 1), 1: yes("", 2) } };
  const ours = run({ subjects: ["甲", "乙", "丙"], changed: 5, items: { one: { ...base.one, 2: yes("", 5) } } });
  const theirs = run({ subjects: ["甲", "乙店", "丁"], changed: 8, items: { one: { ...base.one, 2: ["no", "", "h", 8] } } });
  finish(theirs, LISTS, 8);
  const { runs, replaced } = merge({ ra: ours }, { ra: theirs }, LISTS, bare(), 1);
  assert.deepEqual(runs.ra.subjects, ["甲", "乙店", "丙", "丁"]); // renamed: it shares a mark; added on both sides: two
  assert.deepEqual([mark(runs.ra, "one", 2)[0], mark(runs.ra, "one", 3)[0]], ["yes", "no"]);
  assert.deepEqual([runs.ra.done, runs.ra.asked.length], [8, 2]);
  assert.deepEqual(replaced.map((one) => [one.about, one.was, one.now]), [["done", "open", "finished"], ["name", "乙", "乙店"]]);
  // Taken away there later than anything was marked here; taken away here and not touched there since.
  const gone = merge({ ra: ours }, { ra: { ...theirs, subjects: ["甲", null, "丁"], items: { one: { 0: yes("", 1) } } } }, LISTS, bare(), 1);
  assert.deepEqual([gone.runs.ra.subjects, mark(gone.runs.ra, "one", 1)[0]], [["甲", null, "丙", "丁"], ""]);
  const back = merge({ ra: { ...ours, subjects: ["甲", null, "丙"], changed: 9 } }, { ra: theirs }, LISTS, bare(), 1);
  assert.equal(back.runs.ra.subjects[1], null);
  assert.equal(back.runs.ra.done, 0); // ours was changed after theirs was finished
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
