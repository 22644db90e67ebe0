// The planner's reckoning, checked against figures worked out by hand.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { reckon: { reckon, shares, spread, column, used } } =
  load("js/b-values.js", "widgets/planner.calendar.js", "widgets/planner.reckon.js");

const contact = (class_, channels, fixed, daily, part) => ({ class: class_, channels, fixed, daily, part });
const PLAN = {
  days: 20,
  numbers: [
    { id: "hours", value: 5 }, { id: "record", value: 10 }, { id: "minutes:visit", value: 60 },
    { id: "travel:visit", value: 30 }, { id: "minutes:call", value: 10 },
  ],
  rows: [
    {
      id: "old", days: 10, customers: 20, share: "care", fresh: false,
      classes: [{ id: "a/x", mix: 1 }, { id: "a/y", mix: 3 }],
      contacts: [contact("a/x", ["visit", "call"], 1, 0, 1), contact("a/y", ["call"], 0, 0.2, 0.5)],
    },
    {
      id: "new", days: 10, customers: 30, share: "development", fresh: true, classes: [],
      contacts: [contact(null, ["visit"], 1, 0, 1)],
    },
  ],
};
const GIVEN = { days: 22, numbers: {}, counts: {}, mix: {} };

function near(number, wanted) { assert.ok(Math.abs(number - wanted) < 1e-9, number + " is not " + wanted); }

test("days by the table grow with the working days, days by need come from people, times and minutes", () => {
  const all = reckon(PLAN, GIVEN), [old, fresh] = all.rows;
  near(old.plan, 11); // 10 of 20, with 22 days
  // 5 of 20 are a/x: 5 × 1 × (60 + 30 + 10) min; 15 are a/y, half of them, weekly: 7.5 × 4.4 × (10 + 10) min
  near(old.hours, (500 + 660) / 60);
  near(old.need, 1160 / 60 / 5);
  assert.deepEqual(Object.keys(old.times), ["visit", "call"]);
  near(old.times.visit, 5);
  near(old.times.call, 33);
  near(fresh.need, 30 * 100 / 60 / 5);
  near(all.plan, 22);
  near(all.need, old.need + fresh.need);
  near(all.development.need, 10);
  near(all.development.plan, 11);
});

test("another channel is worth the minutes it saves", () => {
  const [visit, call] = reckon(PLAN, GIVEN).rows[0].lines;
  assert.deepEqual(visit.others.map((one) => one.id), ["call"]);
  near(visit.others[0].days, 5 * (100 - 20) / 60 / 5);
  assert.deepEqual(call.others, []);
});

test("what the reader sets stands before the table, nothing included", () => {
  const all = reckon(PLAN, { days: 20, numbers: { hours: 10, record: 0 }, counts: { new: 12 }, mix: { "a/x": 0, "a/y": 4 } });
  near(all.rows[1].need, 12 * 90 / 60 / 10);
  near(all.rows[0].hours, 2 * 4 * 10 / 60); // no a/x; two of four a/y four times
  assert.equal(all.rows[0].lines.length, 1); // nobody, no line
  assert.equal(reckon(PLAN, { ...GIVEN, counts: { new: 0 } }).rows[1].customers, 0);
});

test("customers are shared out as given by class, else as the table has them", () => {
  assert.deepEqual(shares(PLAN.rows[0], 20, {}), { "a/x": 5, "a/y": 15 });
  assert.deepEqual(shares(PLAN.rows[0], 20, { "a/y": 7 }), { "a/x": 0, "a/y": 7 });
});

test("customers are whole ones, and together what the reader entered", () => {
  const row = { classes: [{ id: "a", mix: 1 }, { id: "b", mix: 1 }, { id: "c", mix: 1 }] };
  for (const [customers, wanted] of [[10, [4, 3, 3]], [1, [1, 0, 0]], [0, [0, 0, 0]], [7.25, [3, 2.25, 2]]]) {
    const of = shares(row, customers, {});
    assert.deepEqual([of.a, of.b, of.c], wanted);
  }
});

test("a row is planned for with customers, and one that has none by the table until the reader says so", () => {
  const [old] = PLAN.rows, desk = { id: "desk", customers: 0, classes: [], contacts: [] };
  assert.deepEqual([used(old, {}), used(old, { old: 0 }), used({ ...old, customers: 0 }, {})], [true, false, false]);
  assert.deepEqual([used(desk, {}), used(desk, { desk: 0 })], [true, false]);
});

test("half-days are spread by the days of the table, new customers on mornings", () => {
  const dates = ["01", "02", "03", "04", "05", "08", "09", "10", "11", "12"].map((day) => "2027-02-" + day);
  const halves = spread(PLAN, dates, 10);
  const of = (id) => Object.keys(halves).filter((slot) => halves[slot] === id).sort();
  assert.deepEqual(of("new"), dates.map((date) => date + "-am"));
  assert.deepEqual(of("old"), dates.map((date) => date + "-pm"));
  assert.equal(Object.keys(spread(PLAN, dates, 3.5)).length, 7);
  assert.deepEqual(Object.keys(spread(PLAN, dates, 0)), []);
});

test("few mornings for new customers are Tuesdays, then Thursdays", () => {
  const plan = { days: 10, rows: [{ id: "new", days: 2, fresh: true }, { id: "old", days: 8, fresh: false }] };
  const dates = ["01", "02", "03", "04", "05", "08", "09", "10", "11", "12"].map((day) => "2027-02-" + day);
  const halves = spread(plan, dates, 10);
  assert.deepEqual(Object.keys(halves).filter((slot) => halves[slot] === "new").sort(),
    ["2027-02-02-am", "2027-02-04-am", "2027-02-09-am", "2027-02-11-am"]);
});

test("a column from a sheet gives numbers, without its heading, and null for a line without one", () => {
  assert.deepEqual(column("客户数\n12\n１，２００\n—\n3.5 家\n"), [12, 1200, null, 3.5]);
  assert.deepEqual(column("甲\t3\n乙\t4"), [3, 4]);
  assert.deepEqual(column("3\t4\t5"), [3, 4, 5]);
});

test("magnitudes, full-width digits and thousands are read from a column; what is unclear is null, never a part of it", () => {
  assert.deepEqual(column("1,200\n２万\n1.5万\n3百家\n甲 4\n乙,5\n丙;６ 家"), [1200, 20000, 15000, 300, 4, 5, 6]);
  assert.deepEqual(column("1\n1,00\n2万5\n12,5\n20多\n约 30\n1 200\n5%\n-6\n十二"), [1, null, null, null, null, 30, null, null, null, null]);
  assert.deepEqual(column("门店,1,200\n车主,80"), [1200, 80]);
});
