// What follows from several classes together, and what signs point to.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { guide } = load("js/b-values.js", "widgets/finder.guide.js");

function follows(more) {
  return { rhythm: [], script: [], checklist: [], measure: [], goal: [], do: [], dont: [], ...more };
}

test("what differs between two classes stands twice, what is the same once", () => {
  const measures = (mark, note) => follows({ measure: [["gift", "礼品", mark, note, "m.html"], ["tea", "茶", "yes", "", "t.html"]] });
  const all = guide.together({ things: {}, applies: { "a/x": measures("yes", ""), "b/y": measures("stopped", "合规") } }, ["a/x", "b/y"]);
  assert.deepEqual(all.measure.map((one) => one.marks), [
    [{ mark: "yes", note: "", from: ["a/x"] }, { mark: "stopped", note: "合规", from: ["b/y"] }],
    [{ mark: "yes", note: "", from: ["a/x", "b/y"] }],
  ]);
});

test("the strictest rhythm stands first, and one without a rhythm last", () => {
  const things = { "rhythm:month": { days: 30 }, "rhythm:once": { days: 0 }, "rhythm:week": { days: 7 } };
  const all = guide.together({ things, applies: { "a/x": follows({ rhythm: [["month", []], ["once", []], ["week", []]] }) } }, ["a/x"]);
  assert.deepEqual(all.rhythm.map((one) => one.id), ["week", "month", "once"]);
});

test("what needs a second class waits for it, and goes when that ruler says otherwise", () => {
  const data = {
    things: { "script:s": { title: "s" } },
    applies: { "a/x": follows({ script: [["s", ["b/y"]]] }), "b/y": follows(), "b/z": follows() },
  };
  assert.deepEqual(guide.together(data, ["a/x"]).script.map((one) => one.if), [["b/y"]]);
  assert.deepEqual(guide.together(data, ["a/x", "b/y"]).script.map((one) => one.if), [[]]);
  assert.deepEqual(guide.together(data, ["a/x", "b/z"]).script, []);
});

test("a thing stands as near as its nearest class has it, without a condition if one class has none", () => {
  const script = (...rows) => follows({ script: rows });
  const all = guide.together({
    things: {}, applies: { "a/x": script(["wide", []], ["own", ["c/z"]]), "b/y": script(["own", []], ["far", []], ["last", []]) },
  }, ["a/x", "b/y"]);
  assert.deepEqual(all.script.map((one) => [one.id, one.near, one.if, one.from]), [
    ["wide", 0, [], ["a/x"]], ["own", 0, [], ["a/x", "b/y"]], ["far", 1, [], ["b/y"]], ["last", 2, [], ["b/y"]],
  ]);
});

for (const part of ["goal", "do", "dont"]) {
  test(`advice (${part}) is told once, with the class that says it first`, () => {
    const advised = (...texts) => follows({ [part]: texts });
    const all = guide.together({ things: {}, applies: { "a/x": advised("催", "压"), "b/y": advised("压", "骗") } }, ["a/x", "b/y"]);
    assert.deepEqual(all[part], [{ text: "催", from: "a/x" }, { text: "压", from: "a/x" }, { text: "骗", from: "b/y" }]);
  });
}

test("signs are weighed by those that fit less those that do not; what a class says nothing of is left out", () => {
  const table = { rows: { hot: { asks: ["是"], shows: ["是"] }, cold: { asks: ["否"] }, any: {} } };
  assert.deepEqual(guide.weigh(table, { asks: "是", shows: "否" }), [
    { id: "hot", yes: 1, no: 1 }, { id: "any", yes: 0, no: 0 }, { id: "cold", yes: 0, no: 1 },
  ]);
});
