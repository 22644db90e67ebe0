// The class that a query tells of by a number: by the rules, or not at all.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { ruled } = load("js/b-values.js", "widgets/finder.decide.js", "search/rulers.js", "search/engine.js");

// Idle 30 to 89 days, 90 and more, else by months in a row: less than 3, or more.
const WALK = {
  axes: [
    { id: "idle", kind: "whole", values: [], cuts: [[0, 0], [30, 0], [90, 0], null] },
    { id: "streak", kind: "whole", values: [], cuts: [[0, 0], [3, 0], null] },
  ],
  rules: [
    { id: "quiet", boxes: [[[0, 1]]] }, { id: "dead", boxes: [[[0, 2]]] },
    { id: "active", boxes: [[[0, 0], [1, 0]]] }, { id: "loyal", boxes: [[[0, 0], [1, 1]]] },
  ],
  nodes: [[2, 0], [2, 1], [2, 2], [2, 3], [1, 2, 3], [0, 4, 0, 1]], root: 5,
};
const WHY = { quiet: ["30 天以上、不满 90 天"], dead: ["90 天以上"], active: ["不满 30 天"], loyal: ["不满 30 天，3 个月以上"] };
const ASKS = { idle: [["天"], ["距上次订单", "没订货", "停了"]], streak: [["个月"], ["连续达标"]] };
const answer = (text, rulers = [["activity", ASKS, WALK, WHY]]) =>
  ruled(rulers, text, (typed) => typed.toLowerCase()).map(([name]) => name.replace("activity/", "")).join(" ");

test("a number beside what is asked gives the class, in digits and in Han signs, on either side", () => {
  for (const text of ["35天没订货", "35 天 没订货", "三十五天没订货了怎么办", "老店，停了35天", "停了三十天", "没订货都89天了", "四十天了还没订货", "距上次订单：30天"]) {
    assert.equal(answer(text), "quiet", text);
  }
  for (const text of ["90天没订货", "100天没订货", "一百天没订货", "一百零五天没订货", "两百天没订货", "1百天没订货", "三百六十五天没订货"]) {
    assert.equal(answer(text), "dead", text);
  }
  assert.deepEqual(ruled([["activity", ASKS, WALK, WHY]], "35天没订货", (typed) => typed), [["activity/quiet", WHY.quiet[0]]]);
});

test("what the rules leave open is not answered, and is by all its numbers together", () => {
  for (const text of ["20天没订货", "连续达标5个月"]) assert.equal(answer(text), "", text);
  assert.equal(answer("连续达标5个月，10天没订货"), "loyal");
  assert.equal(answer("连续达标2个月，10天没订货"), "active");
});

test("a number of something else, a bound, a guess or one of several is no answer", () => {
  for (const text of [
    "30天跟进", "新人三十天", "35天", "没订货", "35天回访一次，没订货的也去", "35个月没订货", "每35天没订货", "第35天没订货", "35天以上没订货",
    "超过35天没订货", "不满35天没订货", "35天内没订货", "35天左右没订货", "快90天没订货", "30到60天没订货", "30-60天没订货", "三五天没订货", "几十天没订货",
    "三十几天没订货", "一百二天没订货", "90天没订货改成75天", "再过35天没订货", "35天后没订货", "1,200天没订货", "-5天没订货", "constructor",
  ]) assert.equal(answer(text), "", text);
});

test("units and names are words of the handbook, whatever signs they have", () => {
  const asks = { idle: [["day", "days"], ["without (any) order"]], streak: [["+"], ["[x]"]] };
  const rulers = [["activity", asks, WALK, WHY]];
  assert.equal(answer("35 days without (any) order", rulers), "quiet");
  assert.equal(answer("over 35 days without (any) order", rulers), "");
  assert.equal(answer("35 days or more without (any) order", rulers), "");
  assert.equal(answer("35 daysof without (any) order", rulers), "");
});

// --- in the search ------------------------------------------------------------------------------------

const PAGES = [
  ["customers/activity/quiet.html", "不活跃客户", "", ["t\t\t不活跃客户", "p\t\t断了一阵。"], "class"],
  ["customers/activity.html", "活跃类型", "", ["t\t\t活跃类型", "p\t|dead|=\t死账户", "p\t\t35天没订货的怎么算。"], "scheme"],
];
const fill = (more) => globalThis.baodianSearch.load({
  folds: "沒没訂订貨货", sounds: "", same: "", kinds: [["class", "客户", ["class"]], ["rest", "其他", ["scheme"]]], classes: [], channels: [], for: {},
  pages: PAGES.map(([address, title, accent, lines, key]) => [address, title, accent, lines.join("\n"), key.includes(":") ? key : `${key}:${address.slice(10, -5)}`]), ...more,
});
const first = (text, choice) => globalThis.baodianSearch.find(text, choice || {}).results[0];

test("the class stands before all that is written, with why; a class without a page where its row is", () => {
  fill({ stage: 2, rulers: [["activity", ASKS, WALK, WHY]] });
  for (const text of ["35天没订货", "３５天沒訂貨", "三十五天没订货"]) {
    const one = first(text);
    assert.deepEqual([one.owner.key, one.block.why], ["class:activity/quiet", WHY.quiet[0]], text);
  }
  assert.equal(globalThis.baodianSearch.find("35天没订货", {}).results[1].owner.key, "scheme:activity");
  const row = first("100天没订货");
  assert.deepEqual([row.owner.key, row.block.part, row.block.why], ["scheme:activity", "dead", "90 天以上"]);
  assert.equal(first("35天没订货", { kind: 1 }).owner.key, "scheme:activity");
});

test("a handbook without such rulers is searched as ever", () => {
  fill({ stage: 3 });
  assert.equal(first("35天没订货").owner.key, "scheme:activity");
});
