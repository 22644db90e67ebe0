// The search engine: folding, and what stands before what.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

load("search/engine.js");
const { load: fill, find, fold, marksIn, isLatin } = globalThis.baodianSearch;

const PAGES = [
  ["scripts/debt.html", "欠款怎么开口", "", ["t\t\t欠款怎么开口", "p\t\t先问近况再提欠款。", "s\t\t王老板，这笔账我们怎么安排？"], "script"],
  ["terms/debt.html", "欠账", "", ["t\t\t欠账", "a\t\t欠款", "p\t\t客户拿了货没有付钱。"], "term"],
  ["guides/visit.html", "上门拜访", "", ["t\t\t上门拜访", "h\t|before|=\t欠款先查", "p\t|before|=\t翻一遍记录，看看收费单。"], "guide"],
  ["guides/price.html", "客戶說太貴", "", ["t\t\t客戶說太貴", "p\t\tＡＢＣ價格表"], "guide"],
];
fill({
  stage: 2, folds: "戶户說说貴贵價价費费賬账", sounds: "qian欠|kuan款|zhang账|bai拜|fang访", same: "赊账\t欠款",
  kinds: [["scripts", "话术", ["script"]], ["guides", "做法", ["guide"]], ["rest", "其他", ["term"]]], classes: [], channels: [], for: {},
  pages: PAGES.map(([address, title, accent, lines, key]) => [address, title, accent, lines.join("\n"), key]),
});

const keys = (text, choice) => find(text, choice).results.map((one) => one.owner.key);

test("folding makes traditional, full-width and capital letters one with the others, and drops what is no letter", () => {
  assert.equal(fold("客戶說：太貴！"), "客户说太贵");
  assert.equal(fold("ＡＢＣ-１２ abc"), "abc12abc");
  assert.equal(fold("ﬁt ㎡"), "fitm2");
  const places = [];
  assert.equal(fold("a，Ｂ ㎡", places), "abm2");
  assert.deepEqual(places, [0, 2, 4, 4]);
  assert.equal(fold("。！？"), "");
});

test("all of a name stands before the beginning of one, then headings, then prose", () => {
  const found = find("欠款", {}).results.map((one) => [one.owner.key, one.block.role]);
  assert.deepEqual(found, [["term:debt", "a"], ["script:debt", "t"], ["guide:visit", "h"]]);
});

test("each writing finds the other", () => {
  assert.deepEqual(keys("客户说太贵"), ["guide:price"]);
  assert.deepEqual(keys("客戶說太貴"), ["guide:price"]);
  assert.deepEqual(keys("abc价格"), ["guide:price"]);
});

test("letters find by sound, other words for a thing find it, filters narrow", () => {
  assert.ok(isLatin("qiankuan") && !isLatin("欠kuan"));
  assert.equal(keys("qiankuan")[0], "term:debt");
  assert.equal(keys("qk")[0], "term:debt");
  assert.equal(keys("赊账")[0], "term:debt");
  assert.deepEqual(keys("欠款", { kind: 1 }), ["guide:visit"]);
  assert.deepEqual(keys("", {}), []);
});

test("marks are given in places of the original and do not overlap", () => {
  assert.deepEqual(marksIn("太貴，客戶說太貴", ["太贵", "贵客"]), [[0, 4], [6, 8]]);
  assert.deepEqual(marksIn("客戶說太貴", ["客户", "说太"]), [[0, 4]]);
});
