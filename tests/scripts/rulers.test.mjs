// The class that a query tells of by a number: by the rules, or not at all.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { ruled, bounds } = load("js/b-values.js", "widgets/finder.decide.js", "search/rulers.js", "search/engine.js");

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
const DAYS = [["天", 1], ["周", 7], ["礼拜", 7], ["月", 30], ["季度", 90], ["年", 365]];
const MONTHS = [["个月", 1], ["月", 1], ["季度", 3], ["年", 12]];
const ASKS = { idle: [DAYS, ["距上次订单", "没订货", "停了"]], streak: [MONTHS, ["连续达标"]] };
const CALLED = { "订货的": ["active", "loyal"], "没动静的": ["quiet", "dead"] };
const answer = (text, rulers = [["activity", ASKS, WALK, WHY, CALLED]]) =>
  ruled(rulers, text, (typed) => typed.toLowerCase()).map(([name]) => name.replace("activity/", "")).join(" ");

test("a number beside what is asked gives the class, in digits and in Han signs, on either side", () => {
  for (const text of ["35天没订货", "35 天 没订货", "三十五天没订货了怎么办", "老店，停了35天", "停了三十天", "没订货都89天了", "四十天了还没订货", "距上次订单：30天"]) {
    assert.equal(answer(text), "quiet", text);
  }
  for (const text of ["90天没订货", "100天没订货", "一百天没订货", "一百零五天没订货", "两百天没订货", "1百天没订货", "三百六十五天没订货"]) {
    assert.equal(answer(text), "dead", text);
  }
  assert.deepEqual(ruled([["activity", ASKS, WALK, WHY, CALLED]], "35天没订货", (typed) => typed), [["activity/quiet", WHY.quiet[0]]]);
});

test("what the rules leave open is not answered, and is by all its numbers together", () => {
  for (const text of ["20天没订货", "连续达标5个月"]) assert.equal(answer(text), "", text);
  assert.equal(answer("连续达标5个月，10天没订货"), "loyal");
  assert.equal(answer("连续达标2个月，10天没订货"), "active");
});

test("a number of something else, a bound, a guess or one of several is no answer", () => {
  for (const text of [
    "30天跟进", "新人三十天", "35天", "没订货", "35天回访一次，没订货的也去", "每35天没订货", "第35天没订货", "35天以上没订货",
    "超过35天没订货", "不满35天没订货", "35天内没订货", "35天左右没订货", "快90天没订货", "30到60天没订货", "30-60天没订货", "三五天没订货", "几十天没订货",
    "三十几天没订货", "一百二天没订货", "90天没订货改成75天", "再过35天没订货", "35天后没订货", "1,200天没订货", "-5天没订货", "constructor",
  ]) assert.equal(answer(text), "", text);
});

test("weeks, months and years are reckoned in what is asked, and the answer says so", () => {
  for (const text of ["两个月没订货", "俩月没订货", "2个月没订货", "六周没订货", "8周没订货", "五个礼拜没订货", "一个月没订货", "一个半月没订货", "没订货都两个半月了", "最近两个月没订货"]) {
    assert.equal(answer(text), "quiet", text);
  }
  for (const text of ["半年没订货", "一年没订货", "停了一年半", "三个月没订货", "一个季度没订货", "35个月没订货", "1.5年没订货", "仨月没订货", "十三周没订货"]) {
    assert.equal(answer(text), "dead", text);
  }
  assert.equal(answer("连续达标半年，10天没订货"), "loyal");
  assert.equal(answer("连续达标2个月，一周没订货"), "active");
  const why = (text) => ruled([["activity", ASKS, WALK, WHY, CALLED]], text, (typed) => typed)[0][1];
  assert.equal(why("两个月没订货"), "两个月 = 60天 · " + WHY.quiet[0]);
  assert.equal(why("停了一年半了"), "一年半 = 547天 · " + WHY.dead[0]);
  assert.equal(why("连续达标3个月，10天没订货"), WHY.loyal[0]);
});

test("a word for several classes and a number beside it give the one that both leave", () => {
  assert.equal(answer("没动静的，35天"), "quiet");
  assert.equal(answer("100天没动静的店"), "dead");
  assert.equal(answer("订货的，连续达标5个月"), "loyal");
  for (const text of ["没动静的", "没动静的，20天", "没动静的快90天", "没动静的回访35天", "订货的10天"]) assert.equal(answer(text), "", text);
  assert.equal(answer("没动静的，10天没订货，连续达标5个月"), "loyal"); // the rules know better
});

test("dates, and months that are nearly over or not all told, are no answer", () => {
  for (const text of [
    "快两个月没订货", "近两个月没订货", "两个月左右没订货", "两个多月没订货", "一两个月没订货", "俩仨月没订货", "两三周没订货", "大半年没订货", "上半年没订货",
    "前两个月没订货", "不止两个月没订货", "两个月不到没订货", "两年多没订货", "几个月没订货", "这个月没订货", "上个月没订货", "3月没订货", "十月没订货", "2026年没订货",
    "26年没订货", "周三没订货", "半个月没订货", "每两个月没订货", "第二个月没订货", "隔两周没订货", "两个月没订货改成75天",
  ]) assert.equal(answer(text), "", text);
  assert.equal(answer("3月起停了35天"), "quiet");
});

test("units and names are words of the handbook, whatever signs they have", () => {
  const asks = { idle: [[["day", 1], ["days", 1]], ["without (any) order"]], streak: [[["+", 1]], ["[x]"]] };
  const rulers = [["activity", asks, WALK, WHY, {}]];
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
  fill({ stage: 2, rulers: [["activity", ASKS, WALK, WHY, CALLED]] });
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

test("a word for several classes says of each by which rule one is of it", () => {
  const told = (text) => bounds([["activity", ASKS, WALK, WHY, CALLED]], text, (typed) => typed);
  assert.deepEqual(told("没动静的"), [["activity/quiet", WHY.quiet[0]], ["activity/dead", WHY.dead[0]]]);
  assert.deepEqual(told("没订货"), []);
});
