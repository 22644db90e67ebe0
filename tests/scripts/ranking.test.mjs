// The search engine: what readers want before what only fits, questions, letters, and narrowing.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

load("search/engine.js");
const { load: fill, find } = globalThis.baodianSearch;

const PAGES = [
  ["sources/talk.html", "道歉的来源", "", ["t\t\t道歉的来源", "p\t\t原文三处。"], "source"],
  ["scripts/late.html", "送货晚了", "", ["t\t\t送货晚了", "p\t\t先道歉，再说哪天送到。", "p\t\t道歉以后说办法。"], "script"],
  ["guides/box.html", "GPSZ盒子", "", ["t\t\tGPSZ盒子", "p\t\t装在车上。"], "guide"],
  ["terms/dead.html", "死账户", "", ["t\t\t死账户", "p\t\t一年没订货。"], "term"],
];
fill({
  stage: 2, folds: "", sounds: "si死|zhang账|hu户", same: "",
  kinds: [["scripts", "话术", ["script"]], ["rest", "其他", ["term", "guide", "source"]]],
  classes: [["tier/silver", "银卡", "等级"], ["tier/gold", "金卡", "等级"]], channels: [["visit", "上门"], ["call", "电话"]],
  for: { "script:late": "0-1;1" },
  pages: PAGES.map(([address, title, accent, lines, key]) => [address, title, accent, lines.join("\n"), key]),
});

const keys = (text, choice) => find(text, choice || {}).results.map((one) => one.owner.key);

test("a line for readers stands before the name of a page for editors", () => {
  assert.deepEqual(keys("道歉"), ["script:late", "source:talk"]);
});

test("of places that fit equally the first one is shown", () => {
  assert.equal(find("道歉", {}).results[0].block.text, "先道歉，再说哪天送到。");
});

test("of several words all are wanted", () => {
  assert.deepEqual(keys("道歉 哪天"), ["script:late"]);
});

test("what a question is asked with is not looked for", () => {
  assert.equal(keys("送货晚了怎么办")[0], "script:late");
});

test("results are narrowed by class and by channel", () => {
  assert.deepEqual(keys("道歉", { class: 1 }), ["script:late"]);
  assert.deepEqual(keys("道歉", { channel: 1 }), ["script:late"]);
  assert.deepEqual(keys("道歉", { channel: 0 }), []);
});

test("first letters mean a whole name, and stand before letters inside a word", () => {
  assert.deepEqual(find("szh", {}).results[0].marks, ["死账户"]);
  assert.deepEqual(keys("sz"), ["term:dead", "guide:box"]);
});
