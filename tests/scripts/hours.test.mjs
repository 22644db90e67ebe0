// Which moments of work the first page shows at which time.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { hours } = load("widgets/hour.pick.js");
const at = text => new Date(text);

test("the clock tells the part of the day from four, eleven and sixteen o'clock on", () => {
  const parts = ["03:59", "04:00", "10:59", "11:00", "15:59", "16:00"].map(time => hours.times(at("2026-12-02T" + time)));
  assert.deepEqual(parts, [["evening"], ["morning"], ["morning"], ["noon"], ["noon"], ["evening"]]);
});

test("the last three days of a month, Mondays and weekends come before the part of the day", () => {
  const said = day => hours.times(at(day + "T09:00")).slice(0, -1);
  assert.deepEqual(["2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01", "2026-12-07", "2028-02-26", "2028-02-27"].map(said),
    [[], ["month-end", "weekend"], ["month-end", "monday"], [], ["monday"], ["weekend"], ["month-end", "weekend"]]);
});

test("moments of the time come first, in one row, and none is lost", () => {
  const moments = [[], ["noon"], [], ["monday"], ["morning", "noon"], ["noon"], ["noon"]];
  assert.deepEqual(hours.chosen(moments, at("2026-12-02T09:00")), [[4, 0, 1], [2, 3, 5, 6]]);
  assert.deepEqual(hours.chosen(moments, at("2026-12-02T12:00")), [[1, 4, 5, 6], [0, 2, 3]]);
  assert.deepEqual(hours.chosen(moments, at("2026-12-07T12:00")), [[3, 1, 4, 5], [6, 0, 2]]);
  assert.deepEqual(hours.chosen(moments.slice(0, 2), at("2026-12-07T12:00")), [[1, 0], []]);
});
