// The search engine: folding, and what stands before what; letters, names of letters and characters.
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

// --- signs of every kind, and letters for characters --------------------------------------------------

const MIXED = [
  ["terms/vip.html", "VIP卡", "", ["t\t\tVIP卡"], "term"],
  ["terms/tvc.html", "TVC广告", "", ["t\t\tTVC广告"], "term"],
  ["terms/lv.html", "绿色", "", ["t\t\t绿色", "p\t\t打掠过去"], "term"],
  ["terms/xian.html", "西安", "", ["t\t\t西安"], "term"],
  ["terms/first.html", "先说", "", ["t\t\t先说"], "term"],
  ["terms/zeng.html", "曾VIP", "", ["t\t\t曾VIP\t0zeng"], "term"],
  ["terms/city.html", "👍重庆单位", "", ["t\t\t👍重庆单位\t0chong"], "term"],
  ["terms/walk.html", "👍行走江湖", "", ["t\t\t👍行走江湖"], "term"],
  ["terms/cafe.html", "cafe\u0301", "", ["t\t\tcafe\u0301"], "term"],
  ["terms/angry.html", "投诉", "", ["t\t\t投诉", "p\t\t客户升级了，投诉怎么处理，还款要几天。"], "term"],
  ["classes/a.html", "成交A", "", ["t\t\t成交A"], "class"],
  ["terms/loan.html", "货款", "", ["t\t\t货款"], "term"],
  ["sources/one.html", "甲的资料", "", ["t\t\t甲的资料", "p\t\t投诉要记下。"], "source"],
  ["coverage.html", "覆盖情况", "", ["t\t\t覆盖情况", "p\t\t投诉有几条。"], "page:coverage.html"],
];
const mixed = () => fill({
  stage: 9, folds: "", same: "", behind: ["source", "page:coverage.html", "param#p"],
  sounds: "ka卡|guang广|gao告|lu绿|se色|lue掠|xi西|an安|xian先|shuo说|ceng曾|zhong重|qing庆|dan单|wei位|xing行|zou走|jiang江|hu湖户|tou投|su诉|ke客|sheng升|ji级几|huan还|kuan款|huo货|cheng成|jiao交|fu覆|gai盖|qing情|kuang况|da打|guo过|qu去|zen怎|me么|chu处|li理",
  kinds: [["terms", "词语", ["term"]], ["classes", "客户", ["class"]], ["rest", "其他", ["source", "page"]]], classes: [], channels: [], for: {},
  pages: MIXED.map(([address, title, accent, lines, key]) => [address, title, accent, lines.join("\n"), key]),
});
const first = (text, choice) => { const one = find(text, choice || {}).results[0]; return one ? one.owner.key : ""; };

test("v is a letter and ü, accents do not count, an apostrophe ends a syllable", () => {
  mixed();
  assert.equal(first("vipka"), "term:vip");
  assert.equal(first("tvcguanggao"), "term:tvc");
  for (const typed of ["lvse", "lüse", "lǜsè", "luse", "lv"]) assert.equal(first(typed), "term:lv", typed);
  assert.equal(first("xi'an"), "term:xian");
  for (const sign of ["’", "ʼ", "`", "＇", " "]) assert.equal(first("xi" + sign + "an"), "term:xian", sign);
  assert.equal(first("zengvip"), "term:zeng");
});

test("signs that no letter is in are no hindrance, and no mark cuts one", () => {
  for (const [typed, key, marked] of [["chongqing", "term:city", "重庆"], ["xingzou", "term:walk", "行走"]]) {
    const one = find(typed, {}).results[0];
    assert.equal(one.owner.key, key);
    const [[start, end]] = marksIn(one.block.text, one.marks);
    assert.equal(one.block.text.slice(start, end), marked);
  }
  for (const typed of ["caf\u00e9", "cafe\u0301", "CAFE"]) assert.equal(first(typed), "term:cafe");
  assert.deepEqual(marksIn("一杯cafe\u0301！", ["cafe"]), [[2, 7]]);
});

test("letters in a question are what they spell in the handbook, also where only its prose says so", () => {
  assert.equal(first("tousu怎么处理"), "term:angry");
  assert.equal(first("kehu升级"), "term:angry");
  assert.equal(first("tousu zenme chuli"), "term:angry");
  const [hit] = find("huankuan", {}).results;
  assert.equal(hit.owner.key, "term:angry");
  assert.deepEqual(hit.marks, ["还款"]);
});

test("what is offered shares a character or a syllable, not a letter", () => {
  assert.deepEqual(find("kuankuan", {}).nearest.map((one) => one.owner.title), ["货款"]);
  assert.deepEqual(find("aaaa", {}).nearest, []);
  assert.deepEqual(find("alpha", {}).nearest, []);
});

test("what only editors use is found by its name, or by its kind", () => {
  assert.deepEqual([...new Set(keys("投诉"))], ["term:angry"]);
  assert.deepEqual(keys("甲的资料"), ["source:one"]);
  assert.deepEqual(keys("覆盖"), ["page:coverage.html"]);
  assert.deepEqual(keys("fugaiqingkuang"), ["page:coverage.html"]);
  assert.deepEqual(keys("投诉", { kind: 2 }).sort(), ["page:coverage.html", "source:one"]);
});

test("an answer is sure or says that it is not", () => {
  assert.ok(find("投诉", {}).sure);
  assert.ok(find("投诉了我", {}).sure);
  assert.ok(!find("量子力学", {}).sure);
});

// --- moves ------------------------------------------------------------------------------------------------

const CLASSES = [["tier/one", "一般客户", "等级"], ["tier/gold", "金卡客户", "等级"], ["tier/yellow", "黄金卡客户", "等级"], ["deal/a", "成交A", "成交"], ["deal/b", "成交B", "成交"]];
const MOVES = [["one", "yellow"], ["yellow", "one"], ["gold", "yellow"], ["yellow", "gold"], ["a", "b"], ["b", "a"]];
const named = (id) => CLASSES.find(([key]) => key.endsWith("/" + id))[1];

test("of two classes that a move is told with, the first is left, whatever the word between them", () => {
  fill({
    stage: 10, folds: "", sounds: "", same: "", kinds: [["class", "客户", ["class"]], ["moves", "升降", ["transition"]]], classes: CLASSES, channels: [], for: {},
    pages: [
      ...CLASSES.map(([key, name]) => [`customers/${key}.html`, name, "", `t\t\t${name}${key === "deal/a" ? "\na\t\tA级" : key === "deal/b" ? "\na\t\tB级" : ""}`, `class:${key}`]),
      ...MOVES.map(([from, to]) => [`moves/${from}-${to}.html`, "", "", `t\t\t${named(from)} → ${named(to)}`, `transition:${from}-${to}`]),
    ],
  });
  const moved = (text) => find(text, {}).results.filter((one) => one.score < 0).map((one) => one.owner.key.slice(11)).join(" ");
  for (const [texts, move] of [
    ["一般变黄金卡|一般升黄金卡|一般客户升级到黄金卡客户|从一般变成黄金卡少了什么|一般 to 黄金卡|一般什么时候升黄金卡|一般转黄金卡|一般成为黄金卡|一般→黄金卡|一般 黄金卡 升级|黄金卡是从一般升上来的|一般掉到黄金卡", "one-yellow"],
    ["黄金卡变一般|黄金卡降一般|黄金卡掉到一般|黄金卡降为一般客户", "yellow-one"],
    ["金卡升黄金卡|金升黄金|金卡客户 -> 黄金卡客户", "gold-yellow"],
    ["黄金卡降金卡", "yellow-gold"],
    ["A变B|a降b|从A掉到B怎么办|成交A变成交B|A级 变 B级", "a-b"],
    ["B升A|成交B变成成交A", "b-a"],
    ["金卡和黄金卡的区别|黄金卡|金卡转介绍给黄金卡|金卡 黄金卡|金卡为什么比黄金卡多|金卡回访和黄金卡回访|金卡升级和黄金卡有什么不同|金卡到店礼和黄金卡|金卡变成交A|一般升金卡|升黄金卡|车变旧了|a变", ""],
  ]) for (const text of texts.split("|")) assert.equal(moved(text), move, text);
});

test("a class named beside other words stands below what has all of them as typed, and before all else", () => {
  const pages = [
    ["customers/gold.html", "金卡客户", "", "t\t\t金卡客户\np\t|do|=\t先说上次的事", "class:tier/gold"],
    ["customers/white.html", "白金卡客户", "", "t\t\t白金卡客户", "class:tier/white"],
    ["scripts/trip.html", "体验之旅", "", "t\t\t体验之旅\np\t\t白金卡有。", "script:trip"],
    ["cases/trip.html", "金卡体验之旅的一天", "", "t\t\t金卡体验之旅的一天", "case:trip"],
  ];
  fill({
    stage: 11, folds: "", sounds: "", same: "", kinds: [["all", "全部", ["class", "script", "case"]]],
    classes: [["tier/gold", "金卡客户", "等级"], ["tier/white", "白金卡客户", "等级"]], channels: [], for: {}, pages,
  });
  assert.deepEqual(keys("金卡 体验之旅").slice(0, 2), ["case:trip", "class:tier/gold"]);
  assert.equal(keys("体验之旅 金卡")[0], "class:tier/gold");
  assert.equal(find("金卡 上次", {}).results[0].block.anchor, "do");
});
