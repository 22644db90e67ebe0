// What the customer book reckons with: sheets, names, what is due, weeks, copies from elsewhere.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { PARTS } from "./book.mjs";
import { load } from "./load.mjs";

const { book, calendar } = load(...PARTS);
const TODAY = "2026-12-01"; // a Tuesday

// --- a small handbook: shops that buy or not, and opportunities by line and month

const axis = (id, values) => ({ id, kind: "values", values, cuts: [] });
const SHOP = {
  id: "shop", name: "门店", judges: "shop",
  asks: [{ id: "idle", name: "距上次订单", kind: "whole", unit: "天", values: [] }],
  walk: {
    axes: [{ id: "idle", kind: "whole", values: [], cuts: [[0, 0], [30, 0], null] }],
    rules: [{ id: "live", boxes: [[[0, 0]]] }, { id: "dead", boxes: [[[0, 1]]] }],
    nodes: [[1, 0], [1, 1], [0, 0, 1]], root: 2,
  },
  classes: [{ id: "live", name: "活跃客户", why: ["不满 30 天"] }, { id: "dead", name: "死账户", why: ["30 天以上"] }],
};
const DEAL = {
  id: "deal", name: "成交等级", judges: "deal",
  asks: [{ id: "line", name: "业务", kind: "values", unit: "", values: [["truck", "整车"], ["care", "养护品"]] }],
  walk: { axes: [axis("line", ["truck", "care"])], rules: [{ id: "a", boxes: [[[0, 0]]] }, { id: "b", boxes: [[[0, 1]]] }], nodes: [[1, 0], [1, 1], [0, 0, 1]], root: 2 },
  classes: [{ id: "a", name: "成交A", why: ["整车"] }, { id: "b", name: "成交B", why: ["养护品"] }],
};
const LINE = { id: "line", name: "业务", judges: "deal", asks: [], walk: { axes: [], rules: [], nodes: [], root: null }, classes: [{ id: "truck", name: "整车", why: [] }, { id: "care", name: "养护品", why: [] }] };
const rhythm = (id, whom, months, days, who = ["rep"]) => ({ id, what: "做" + id, often: "", who, months, days, apart: [], whom, script: "", list: "" });
const DATA = {
  kinds: [], schemes: [SHOP, DEAL, LINE], things: {}, roles: [["rep", "市场经理"]], role: "rep", off: {}, work: {}, retired: {},
  rhythms: [rhythm("monthly", [{ shop: ["live"] }], 1, 0), rhythm("trucks", [{ deal: ["a"], line: ["truck"] }], 0, 7), rhythm("theirs", [{ shop: ["live"] }], 0, 1, ["service"])],
  plans: [{
    id: "start", name: "开张以后", zero: "开张", href: "", whom: [], steps: [{ id: "one", what: "一", early: 0, late: 3, see: [] }, { id: "two", what: "二", early: 30, late: 40, see: [] }],
    until: [{ id: "gone", text: "关了", whom: [] }, { id: "dead", text: "停了", whom: [{ shop: ["dead"] }] }],
  }],
};
const WORDS = { h_code: "代号、编号", h_class: "类别", h_last: "上次联系", h_promise: "答应的事", h_by: "答应日期", h_rest: "暂停到" };
const one = (more) => Object.assign(book.blank(TODAY), more);
const read = (text) => book.read(DATA, WORDS, text, TODAY);
const whys = (text) => read(text).lines.map((line) => line.wrong.map((bad) => bad.why).join());
const due = (more) => book.items(DATA, "X-1", one(more), TODAY, "rep").map((item) => item.id + " " + item.due);

// --- what is due

test("a month later is the same day of the next month, or its last one", () => {
  assert.deepEqual(["2026-11-02", "2026-12-31", "2027-01-31"].map((day) => book.later(day, 1)), ["2026-12-02", "2027-01-31", "2027-02-28"]);
  assert.equal(book.later("2026-11-30", 3), "2027-02-28");
  assert.equal(book.plus("2026-12-31", 1), "2027-01-01");
});

test("a contact is due a period after the last one, by its own day or by the last of any kind, whichever is later", () => {
  assert.deepEqual(due({ classes: { shop: "live" }, last: "2026-11-02" }), ["monthly 2026-12-02"]);
  assert.deepEqual(due({ classes: { shop: "live" }, last: "2026-11-02", did: { monthly: "2026-11-20" } }), ["monthly 2026-12-20"]);
  assert.deepEqual(due({ classes: { shop: "live" }, last: "2026-11-25", did: { monthly: "2026-11-20" } }), ["monthly 2026-12-25"]);
});

test("who was never contacted is due since he is in the book; nobody rests and is called", () => {
  assert.deepEqual(due({ classes: { shop: "live" }, added: "2026-11-28" }), ["monthly 2026-11-28"]);
  assert.deepEqual(due({ classes: { shop: "live" }, rest: "2026-12-20" }), ["monthly 2026-12-20"]);
  const never = { classes: { shop: "live" }, rest: "never", promises: [{ id: "p", what: "退货", by: "2026-12-05", done: "" }] };
  assert.deepEqual(due(never), ["p 2026-12-05"]); // what was promised stays
});

test("a day instead of a number of days lets the class turn by itself", () => {
  const shop = (idle, today) => book.judge(DATA, one({ answers: { shop: { idle } } }), today).shop;
  assert.deepEqual(shop("2026-11-02", TODAY).ids, ["live"]);
  assert.deepEqual(shop("2026-11-02", "2026-12-02").ids, ["dead"]);
  assert.deepEqual([shop(12, TODAY).why, shop(12, TODAY).by], [["不满 30 天"], "answers"]);
  assert.deepEqual(shop(-1, TODAY).outside, ["idle"]);
});

test("a number of days that goes on by itself is kept as the day that it is counted from", () => {
  const idle = DATA.schemes.filter(scheme => scheme.id === "shop")[0].asks[0], on = { ...idle, on: true };
  assert.equal(book.answer(idle, "28 天", TODAY), 28);
  const kept = book.answer(on, "28 天", TODAY);
  assert.equal(kept, book.plus(TODAY, -28));
  assert.equal(book.answer(on, "0", TODAY), TODAY);
  for (const none of ["-1", "很久"]) assert.equal(book.answer(on, none, TODAY), null);
  const ids = today => book.judge(DATA, one({ answers: { shop: { idle: kept } } }), today).shop.ids;
  assert.deepEqual([ids(TODAY), ids(book.plus(TODAY, 1)), ids(book.plus(TODAY, 2))], [["live"], ["live"], ["dead"]]);
  const data = Object.assign({}, DATA, { schemes: [Object.assign({}, SHOP, { asks: [on] }), DEAL, LINE] }); // a number of an earlier handbook counts from its day
  const former = one({ judged: TODAY, answers: { shop: { idle: 28 } } }), now = book.customers({ A1: former }, data).A1;
  assert.deepEqual([now.answers.shop.idle, former.answers.shop.idle], [kept, 28]);
  assert.deepEqual(book.customers({ A1: now }, data).A1, now);
});

test("a ruler without questions takes its class from the one that asks for it", () => {
  assert.deepEqual(due({ answers: { deal: { line: "truck" } }, last: "2026-11-30" }), ["trucks 2026-12-07"]);
  assert.deepEqual(due({ classes: { deal: "a" }, last: "2026-11-30" }), []); // of which line nobody said
});

test("what is done apart from another contact falls on another day, however late both are", () => {
  const visit = Object.assign(rhythm("visit", [{ shop: ["live"] }], 3, 0), { apart: ["call"] }), call = rhythm("call", [{ shop: ["live"] }], 3, 0);
  const both = (more) => Object.fromEntries(book.items(Object.assign({}, DATA, { rhythms: [visit, call] }), "X", one(Object.assign({ classes: { shop: "live" } }, more)), TODAY, "rep").map((item) => [item.id, item.due]));
  assert.deepEqual(both({ added: TODAY }), { call: TODAY, visit: "2026-12-24" }); // a quarter of its three months later
  assert.deepEqual(both({ last: "2026-11-01" }), { call: "2027-02-01", visit: "2027-02-24" });
  assert.deepEqual(both({ last: "2026-06-01" }), { call: "2026-09-01", visit: "2026-12-24" });
  assert.deepEqual(both({ last: "2026-06-01", did: { call: TODAY } }), { call: "2027-03-01", visit: "2026-12-24" });
  assert.deepEqual(both({ did: { call: "2026-11-01", visit: "2026-11-24" } }), { call: "2027-02-01", visit: "2027-02-24" });
  assert.deepEqual(both({ last: "2026-11-01", rest: "2027-03-01" }), { call: "2027-03-01", visit: "2027-03-24" });
  assert.deepEqual(both({ classes: { shop: "dead" } }), {});
  call.whom = [{ shop: ["dead"] }]; // who is not to be called has no call to be kept apart from
  assert.deepEqual(both({ added: TODAY }), { visit: TODAY });
});

test("steps stand by their last day, end by a reason or by a class, and are done one by one", () => {
  const run = (more) => ({ plans: [Object.assign({ id: "r", plan: "start", start: "2026-11-25", done: {}, ended: "", why: "" }, more)] });
  assert.deepEqual(due(run({})), ["one 2026-11-28", "two 2027-01-04"]);
  assert.deepEqual(due(run({ done: { one: TODAY } })), ["two 2027-01-04"]);
  assert.deepEqual(due(run({ ended: TODAY, why: "gone" })), []);
  assert.deepEqual(due(Object.assign(run({}), { classes: { shop: "dead" } })), []);
  assert.deepEqual(due(run({ plan: "no-more" })), []);
});

test("promises whose day has come stand before all, then what is late, then today; what comes later last", () => {
  const customers = {
    late: one({ classes: { shop: "live" }, last: "2026-10-01" }), now: one({ classes: { shop: "live" }, last: "2026-11-01" }),
    soon: one({ classes: { shop: "live" }, last: "2026-11-05" }), far: one({ classes: { shop: "live" }, last: "2026-11-30" }),
    word: one({ promises: [{ id: "p", what: "回话", by: TODAY, done: "" }, { id: "q", what: "办完", by: TODAY, done: TODAY }] }),
    open: one({ plans: [{ id: "r", plan: "start", start: "2026-11-01", done: { one: TODAY }, ended: "", why: "" }] }),
  };
  const list = book.list(DATA, customers, TODAY, "rep");
  assert.deepEqual(list.today.map((card) => card.code), ["word", "late", "now"]);
  assert.deepEqual(list.soon.map((card) => card.code), ["soon", "open"]); // until Sunday, or to be done by now
  assert.equal(list.today[0].items.length, 1);
});

test("of what falls on one later day a promise stands first", () => {
  const customers = { a: one({ classes: { shop: "live" }, last: "2026-11-04" }), b: one({ promises: [{ id: "p", what: "回话", by: "2026-12-04", done: "" }] }) };
  assert.deepEqual(book.list(DATA, customers, TODAY, "rep").soon.map((card) => card.code), ["b", "a"]);
});

test("of what is late the most frequent stands first, however long the other waits; of equals who waits longer", () => {
  const customers = {
    slow: one({ classes: { shop: "live" }, last: "2026-08-01" }), older: one({ classes: { shop: "live" }, last: "2026-07-01" }),
    weekly: one({ classes: { deal: "a", line: "truck" }, last: "2026-11-23" }), word: one({ promises: [{ id: "p", what: "回话", by: TODAY, done: "" }] }),
    step: one({ plans: [{ id: "r", plan: "start", start: "2026-11-01", done: { two: TODAY }, ended: "", why: "" }] }),
  };
  const order = ["word", "weekly", "step", "older", "slow"]; // a step comes next to what is due each week
  const days = book.workweek(TODAY, {}, {}), week = book.week(DATA, customers, days, TODAY, "rep");
  assert.deepEqual(book.list(DATA, customers, TODAY, "rep").today.map((card) => card.code), order);
  assert.deepEqual(week.flatMap((day) => day.items.map((item) => item.code)), order);
  assert.deepEqual(book.events(week, { seed: "s", sent: {}, times: 0 }, (items) => ({ summary: items[0].code, description: "" })).map((event) => event.summary), order);
});

// --- sheets

test("tabs part cells, else commas of either width; cells in quotes may hold both and lines", () => {
  const cells = (text) => book.cells(text).map((row) => row.cells);
  assert.deepEqual(cells("a\tb, c\r\nd\t\n"), [["a", "b, c"], ["d", ""]]);
  assert.deepEqual(cells("a，b,c"), [["a", "b", "c"]]);
  assert.deepEqual(cells('\ufeffa,"b, ""c""\nd",e\n\n,\nf'), [["a", 'b, "c"\nd', "e"], ["f"]]);
  assert.deepEqual(book.cells("a\n\nb").map((row) => row.line), [1, 3]);
  assert.deepEqual(cells('15" 屏,b'), [['15" 屏', "b"]]);
  assert.deepEqual(cells('a,"never closed\nb').length, 1);
});

test("dates are read as people and sheets write them, and nothing else is one", () => {
  const past = (text) => book.date(text, TODAY, true), near = (text) => book.date(text, TODAY, false);
  for (const text of ["2026-11-29", "2026/11/29", "2026.11.29", "2026年11月29日", "20261129", "46355", "46355.75", "11月29日", "11-29", "11/29",
    "２０２６－１１－２９", "2026-11-29 10:30", "2026/11/29 0:00:00", "2026-11-29T08:00:00Z", "11月29号", "29/11/2026", "2026年11月29日 星期日"]) {
    assert.equal(past(text), "2026-11-29", text);
  }
  assert.deepEqual(["12月5日", "12-31"].map(past), ["2025-12-05", "2025-12-31"]); // it was, so it was last year
  assert.deepEqual(["12月5日", "1月3日", "11月20日"].map(near), ["2026-12-05", "2027-01-03", "2026-11-20"]);
  for (const text of ["2026-02-30", "2026-13-01", "0", "12", "昨天", "3/4/2026", "99999", "2月30日", "", "2026", "1130", "2026-11"]) assert.equal(past(text), "", text);
  assert.equal(book.date("2月29日", "2027-12-01", true), ""); // no such day near
});

test("columns are known by their headings in any order; what is not known is named", () => {
  const found = read("备注\t上次联系\t代号 \t业务\t距上次订单（天）\n好\t11月2日\tQG-1\t整车\t12 天\n");
  assert.deepEqual(found.unknown, ["备注"]);
  const given = found.lines[0].given;
  assert.deepEqual([given.last, { ...given.answers.deal }, { ...given.answers.shop }], ["2026-11-02", { line: "truck" }, { idle: 12 }]);
});

test("without headings the columns are code, class, last contact, promise and its day", () => {
  const found = read("QG-1,活跃,2026-11-02,送样,2026-12-03\nQG-2，成交A、整车，，，");
  assert.equal(found.headed, false);
  assert.deepEqual(found.lines.map((line) => line.wrong), [[], []]);
  assert.deepEqual(found.lines[0].given.promises, [{ what: "送样", by: "2026-12-03" }]);
  assert.deepEqual({ ...found.lines[1].given.classes }, { deal: "a", line: "truck" });
});

test("a line that cannot be read is kept back whole, with every reason", () => {
  const head = "代号,类别,上次联系,答应的事,答应日期,距上次订单\n";
  assert.deepEqual(whys(head + ",活跃,,,,\n张三丰,活跃,2026-11-31,,,"), ["p_code", "p_name,p_date"]);
  assert.deepEqual(whys(head + "A1,银卡,,,,\nA2,,2026-12-02,,,\nA3,,,送样,,\nA4,,,,12-3,\nA5,,,,,x\nA6,,,,,-3\nA7,zz,b,c,d,e,f"),
    ["p_class", "p_future", "p_no_day", "p_no_promise", "p_figure", "p_figure", "p_class,p_date,p_date,p_figure,p_more"]);
  assert.ok(read(head + "A1,银卡,,,,").lines[0].given === null);
});

test("a number that a ruler does not have is told, as it would have no class", () => {
  const walk = { ...SHOP.walk, axes: [{ ...SHOP.walk.axes[0], cuts: [[1, 0], [30, 0], null] }] };
  const found = book.read({ ...DATA, schemes: [{ ...SHOP, walk }] }, WORDS, "代号\t距上次订单\nA1\t0\nA2\t1", TODAY);
  assert.deepEqual(found.lines.map((line) => line.wrong.map((bad) => bad.why + bad.text)), [["p_outside0"], []]);
});

test("lines of one code are put together, unless they contradict each other", () => {
  const found = read("代号\t类别\t上次联系\t答应的事\t答应日期\nA1\t活跃\t11-2\t一\t12-3\nA1\t\t11-20\t二\t12-4\nA1\t死账户\t\t\t");
  assert.deepEqual(found.lines.map((line) => line.wrong.map((bad) => bad.why + bad.text).join()), ["", "", "p_differs2"]);
  assert.deepEqual([found.lines[0].given.last, found.lines[0].given.promises.map((row) => row.what)], ["2026-11-20", ["一", "二"]]);
  assert.equal(found.lines[1].given, null);
});

test("any text is read without an end of the world", () => {
  const signs = ['"', ",", "，", "\t", "\n", "\r", "代号", "类别", "A1", "2026-11-29", "=1", "__proto__", "constructor", "活跃", "", "\u0000", "😀"];
  let seed = 7;
  for (let n = 0; n < 3000; n++) {
    let text = "";
    for (let k = 0; k < 12; k++) { seed = (seed * 1103515245 + 12345) % 2147483648; text += signs[seed % signs.length]; }
    const found = read(text);
    found.lines.forEach((line) => assert.ok(line.given || line.wrong.length || found.lines.some((other) => other !== line && other.code === line.code), JSON.stringify(text)));
  }
});

// --- names and numbers

const TOLD = fs.readFileSync(new URL("../book/told.tsv", import.meta.url), "utf-8").trim().split("\n").slice(1).map((line) => line.split("\t"));
const told = (where, good) => TOLD.filter((row) => row[0] === where && good(row[1]));

test("promises as they are made each day are all kept", () => {
  const plain = told("promise", (why) => !why);
  assert.ok(plain.length >= 60);
  assert.deepEqual(plain.filter((row) => book.inWords(row[2])).map((row) => row[2]), []);
});

test("of promises that tell who a person is nearly all are refused, each for its reason", () => {
  const telling = told("promise", Boolean), missed = telling.filter((row) => book.inWords(row[2]) !== row[1]);
  assert.ok(telling.filter((row) => row[1] === "name").length >= 40);
  assert.ok(missed.length <= 2, missed.map((row) => row[2]).join());
});

test("of Chinese in a code only a place or a count stands; a name, a shop or a firm is told for what it is", () => {
  for (const [, why, code] of told("code", () => true)) assert.equal(book.inCode(code), why, code);
});

test("what looks like a name, a telephone, a plate or an address is no code", () => {
  const kinds = {
    name: ["王建国", "李明", "王海", "欧阳修", "老王", "小李", "王总", "张师傅", "李老板", "陈女士", "王建国-3", "John Smith", "Li Wei", "Mr Brown", "zhangsan", "wang jianguo", "刘经理 2"],
    number: ["13812345678", "138 1234 5678", "+86-138-1234-5678", "0532-88881234", "88881234", "１３８１２３４５６７８", "110101199003070011", "店13812345678"],
    plate: ["京A12345", "鲁B·D12345", "鲁B 12345"], mail: ["a.b@far-bridge.cn"],
  };
  for (const [why, codes] of Object.entries(kinds)) for (const code of codes) assert.equal(book.inCode(code), why, code);
});

test("codes of one's own are taken", () => {
  for (const code of ["QG-07", "青港-7", "南屿-3", "A12", "甲店", "东门店2", "金卡-3", "黄金卡-1", "X", "shop-a", "S001", "20260012", "郑州-2", "石桥站", "周一-3", "3号店", "BJ12", "M7", "客户7", "车队12"]) {
    assert.equal(book.inCode(code), "", code);
  }
});

test("in words a person is told by how he is called, and words of work are no persons", () => {
  for (const text of ["给王总送样", "问李经理要数", "老王说退货", "请张建国先生来", "call Mr Brown", "见欧阳主任"]) assert.equal(book.inWords(text), "name", text);
  for (const text of ["周三找经理批", "送一张给技师看的要点", "对方经理回话", "于总部见面", "任何老板都问", "3万元给不给赊", "方案发店里", "小程序装好", "高度重视", "回他能不能退", "谈总价"]) {
    assert.equal(book.inWords(text), "", text);
  }
  assert.equal(book.inWords("打 138-1234-5678"), "number");
});

test("who cannot be due lacks a class, it is said by which rulers, or with it a last contact; who is called, is left alone or never will be lacks nothing", () => {
  const lacks = (more, role = "rep") => book.lacks(DATA, one(more), TODAY, role);
  const unknown = { of: [], last: true, some: false };
  assert.deepEqual(lacks({}), unknown);
  assert.deepEqual(lacks({ last: TODAY }), { of: [], last: false, some: false });
  assert.deepEqual(lacks({ did: { monthly: TODAY } }), { of: [], last: false, some: false });
  assert.deepEqual(lacks({ classes: { deal: "a" } }), { of: ["line"], last: true, some: false }); // of which line nobody said
  assert.deepEqual(lacks({ classes: { line: "truck" }, last: TODAY }), { of: ["deal"], last: false, some: false });
  assert.deepEqual(lacks({ promises: [{ id: "p", what: "退货", by: TODAY, done: "" }] }), unknown);
  assert.deepEqual(lacks({ classes: { deal: "a", shop: "live" }, last: TODAY }), { of: ["line"], last: false, some: true }); // another rhythm calls him
  for (const more of [{ classes: { shop: "live" } }, { classes: { shop: "dead" } }, { classes: { deal: "b" } }, { rest: "never" }]) assert.equal(lacks(more), null, JSON.stringify(more));
  assert.equal(lacks({}, "nobody"), null);
});

// --- the week and the calendar

const WEEK = {
  a: one({ classes: { shop: "live" }, last: "2026-10-01" }), b: one({ promises: [{ id: "p", what: "回话", by: "2026-12-02", done: "" }] }),
  c: one({ classes: { shop: "live" }, last: "2026-11-06" }), d: one({ classes: { shop: "live" }, last: "2026-11-30" }),
};

test("a week has the days that are left to work on; each customer on the day he is due, late ones first", () => {
  assert.deepEqual(book.workweek(TODAY, { "2026-12-02": "假" }, {}), ["2026-12-01", "2026-12-03", "2026-12-04"]);
  assert.deepEqual(book.workweek("2026-12-05", {}, {}), ["2026-12-07", "2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11"]); // a Saturday
  assert.deepEqual(book.workweek("2026-12-05", {}, { "2026-12-06": "补班" }), ["2026-12-06"]);
  const days = book.workweek(TODAY, {}, {}), week = book.week(DATA, WEEK, days, TODAY, "rep");
  assert.deepEqual(week.map((day) => day.items.map((item) => item.code)), [["a"], ["b"], [], ["c"]]); // c falls on a Sunday; d is not due
});

test("the week after is as if all of this one were done on its day", () => {
  const next = (customers) => {
    const after = book.afterwards(customers, book.week(DATA, customers, book.workweek(TODAY, {}, {}), TODAY, "rep"));
    return book.week(DATA, after, book.workweek("2026-12-07", {}, {}), "2026-12-07", "rep").map((day) => day.items.map((item) => [item.code, item.kind, item.id]));
  };
  const before = JSON.stringify(WEEK);
  assert.deepEqual(next(WEEK), [[], [], [], [], []]); // monthly contacts of this week are not due again; nor is the promise
  assert.equal(JSON.stringify(WEEK), before);
  const late = one({ promises: [{ id: "q", what: "回话", by: "2026-12-09", done: "" }, { id: "p", what: "回话", by: "2026-12-02", done: "" }] });
  assert.deepEqual(next({ a: late }), [[], [], [["a", "promise", "q"]], [], []]);
  const two = Object.assign({}, DATA, { rhythms: [rhythm("often", [{ shop: ["live"] }], 0, 7), rhythm("seldom", [{ shop: ["live"] }], 1, 0)] }), both = { a: one({ classes: { shop: "live" }, last: "2026-11-09", did: { often: "2026-11-25" } }) };
  const after = book.afterwards(both, book.week(two, both, book.workweek(TODAY, {}, {}), TODAY, "rep")); // what is done of one is not done of the other
  assert.deepEqual(book.items(two, "a", after.a, "2026-12-07", "rep").map((item) => [item.id, item.due]), [["often", "2026-12-09"], ["seldom", "2026-12-09"]]);
});

test("no promise is put off for want of room; with it goes what else is to be done with him", () => {
  const late = { classes: { shop: "live" }, last: "2026-10-01" }, by = (day) => ({ promises: [{ id: "p", what: "回话", by: day, done: "" }] });
  const customers = { a: one(late), b: one(late), c: one(late), d: one(by("2026-12-02")), e: one(by("2026-12-02")), h: one(by("2026-12-02")), f: one({ ...late, ...by("2026-12-04") }), g: one(by("2026-11-20")) };
  const week = book.week(DATA, customers, book.workweek(TODAY, {}, {}), TODAY, "rep"), codes = week.map((day) => Array.from(new Set(day.items.map((item) => item.code))));
  assert.deepEqual(codes, [["g", "f", "a", "b", "c"], ["d", "e", "h"], [], []]);
});

test("who is late is for the first day, as many as one can do there; the others come after them", () => {
  const late = one({ classes: { shop: "live" }, last: "2026-10-01" });
  const customers = Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((code) => [code, late]));
  const week = book.week(DATA, customers, book.workweek(TODAY, {}, {}), TODAY, "rep");
  assert.deepEqual(week.map((day) => day.items.map((item) => item.code).join("")), ["abcde", "fg", "", ""]);
});

test("who is due today is told for today, as the list of today tells it, though others come later in the week", () => {
  const due = one({ classes: { shop: "live" }, last: "2026-11-01" }), later = one({ classes: { shop: "live" }, last: "2026-11-04" });
  const week = book.week(DATA, { a: due, b: due, c: due, d: later }, book.workweek(TODAY, {}, {}), TODAY, "rep");
  assert.deepEqual(week.map((day) => day.items.map((item) => item.code).join("")), ["abc", "", "", "d"]);
});

test("in the week after, what counts from a contact that has not been is told as supposed", () => {
  const weekly = Object.assign({}, DATA, { rhythms: [rhythm("often", [{ shop: ["live"] }], 0, 7)] });
  const customers = { a: one({ classes: { shop: "live" }, last: "2026-11-24" }), b: one({ classes: { shop: "live" }, did: { often: "2026-12-01" } }) };
  const after = book.afterwards(customers, book.week(weekly, customers, book.workweek(TODAY, {}, {}), TODAY, "rep"));
  const next = book.supposed(customers, book.week(weekly, after, book.workweek("2026-12-07", {}, {}), "2026-12-07", "rep"));
  assert.deepEqual(next.flatMap((day) => day.items.map((item) => [item.code, item.since, item.told])), [["a", "2026-12-01", "if"], ["b", "2026-12-01", "since"]]);
});

test("a file of entries follows RFC 5545, and the next one calls off what is done", () => {
  const days = book.workweek(TODAY, {}, {}), told = (items) => ({ summary: items[0].code, description: items.map((item) => item.what).join("\n") });
  const first = book.events(book.week(DATA, WEEK, days, TODAY, "rep"), { seed: "s", sent: {}, times: 0 }, told);
  const sent = Object.fromEntries(first.map((event) => [event.uid, event.date + " " + event.summary]));
  const less = { ...WEEK, a: one({ classes: { shop: "live" }, last: TODAY }) };
  const second = book.events(book.week(DATA, less, days, TODAY, "rep"), { seed: "s", sent, times: 1 }, told);
  assert.deepEqual(first.map((event) => event.summary), ["a", "b", "c"]);
  assert.deepEqual(second.map((event) => [event.summary, event.cancelled, event.sequence]), [["b", false, 1], ["c", false, 1], ["a", true, 1]]);
  const text = calendar.ics("客户", second, new Date("2026-12-01T00:00:00Z"));
  assert.match(text, /DTSTART;VALUE=DATE:20261202\r\nTRANSP:TRANSPARENT\r\nSUMMARY:b\r\n/);
  assert.match(text, /STATUS:CANCELLED[\s\S]*SUMMARY:a\r\n/);
});

// --- kept, and put together

test("what is damaged is no customer; nothing of a strange shape gets in", () => {
  assert.ok(book.valid(one({})));
  for (const more of [{ last: "gestern" }, { added: "" }, { promises: [{ id: "p", what: "x", by: "", done: "" }] }, { did: { a: "" } }, { classes: { shop: 3 } }, { plans: {} }, { changed: "1" }, { answers: { shop: { idle: {} } } }, { rest: "later" }]) {
    assert.equal(book.valid(one(more)), false, JSON.stringify(more));
  }
  assert.deepEqual(Object.keys(book.customers({ A1: one({}), A2: { last: 3 } }, DATA)), ["A1"]);
  assert.deepEqual(Object.keys(book.customers(undefined, DATA)), []);
});

test("ids that were retired stand for what replaced them", () => {
  const retired = { "rhythm:old": "rhythm:monthly", "class:shop/was": "class:shop/live", "plan:then": "plan:start" };
  const made = book.customers({ A1: one({ did: { old: "2026-11-20", monthly: "2026-11-02" }, classes: { shop: "was" }, plans: [{ id: "r", plan: "then", start: TODAY, done: {}, ended: "", why: "" }] }) }, Object.assign({}, DATA, { retired })).A1;
  assert.deepEqual([{ ...made.did }, { ...made.classes }, made.plans[0].plan], [{ monthly: "2026-11-20" }, { shop: "live" }, "start"]);
});

test("two copies become one: what was done on either is done", () => {
  const promise = (id, more) => ({ id, what: id, by: TODAY, done: "", ...more });
  const ours = one({ changed: 1, last: "2026-11-02", did: { monthly: "2026-11-20" }, promises: [promise("p"), promise("mine", { done: TODAY })] });
  const theirs = one({ changed: 2, last: "2026-11-10", did: { monthly: "2026-11-10", trucks: "2026-11-01" }, promises: [promise("p", { done: TODAY, what: "改了" }), promise("theirs")], rest: "2027-01-01" });
  const both = book.together(ours, theirs), turned = book.together(theirs, ours);
  assert.deepEqual([both.last, { ...both.did }, both.rest], ["2026-11-10", { monthly: "2026-11-20", trucks: "2026-11-01" }, "2027-01-01"]);
  assert.deepEqual(both.promises.map((row) => [row.id, row.what, row.done]).sort(), [["mine", "mine", TODAY], ["p", "改了", TODAY], ["theirs", "theirs", ""]]);
  assert.deepEqual(turned, both);
  const made = book.merge({ A1: ours }, { A1: theirs, A2: ours, 王建国: ours, A3: { last: 1 }, A4: one({ promises: [promise("p", { what: "给王总送样" })] }) }, DATA);
  assert.deepEqual([made.added, made.changed, made.same, made.bad], [["A2"], ["A1"], [], ["王建国", "A3", "A4"]]);
  assert.deepEqual(book.merge(made.customers, { A1: theirs }, DATA).same, ["A1"]);
  const known = { 王建国: one({ promises: [promise("p", { what: "给王总送样" })] }) }, more = { 王建国: one({ promises: [promise("q", { what: "给李总送样" })] }) };
  assert.deepEqual([book.merge(known, known, DATA).same, book.merge(known, more, DATA).bad], [["王建国"], ["王建国"]]); // of before such names were told
});

test("a sheet can be pasted again, and no cell of it is run as a formula", () => {
  const rows = book.sheet(DATA, WORDS, { "=A1": one({ classes: { shop: "live" }, last: "2026-11-02", promises: [{ id: "p", what: '送"样", 再谈', by: "2026-12-03", done: "" }] }) });
  const text = book.csv(rows);
  assert.match(text, /^\ufeff代号,门店,上次联系,答应的事,答应日期\r\n'=A1,活跃客户,2026-11-02,"送""样"", 再谈",2026-12-03\r\n$/);
  assert.deepEqual(read(text).lines[0].given.promises, [{ what: '送"样", 再谈', by: "2026-12-03" }]);
});

test("what a sheet does not speak of stays; an answer counts before what was said outright", () => {
  const before = one({ classes: { shop: "dead", deal: "a" }, last: "2026-11-20", promises: [{ id: "p", what: "一", by: "2026-12-03", done: "" }] });
  const given = read("代号\t距上次订单\t上次联系\t答应的事\t答应日期\nA1\t5\t11-2\t一\t12-3").lines[0].given;
  const now = book.take(before, given, TODAY, 9);
  assert.deepEqual([{ ...now.classes }, now.last, now.promises.length, now.judged], [{ deal: "a" }, "2026-11-20", 1, TODAY]);
});

test("what a finished self-check found not done becomes lines, subject by subject", () => {
  const run = { items: { a: { 0: ["no", "缺一张"], 1: ["yes", ""] }, b: { 1: ["no", ""] } }, subjects: ["QG-1", "QG-2", null], asked: [["", "", [["a", "贴海报"], ["b", "对价签"]]]] };
  assert.deepEqual(book.notDone(run), [{ subject: "QG-1", text: "贴海报", note: "缺一张" }, { subject: "QG-2", text: "对价签", note: "" }]);
  for (const bad of [null, {}, { ...run, asked: undefined }, { ...run, asked: [3, null, ["", "", 3]] }]) assert.deepEqual(book.notDone(bad), []);
});
