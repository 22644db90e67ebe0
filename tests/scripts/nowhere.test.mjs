// What an address that leads nowhere most likely means.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { meant } = load("js/b-values.js", "widgets/nowhere.js").nowhere;
const PAGES = [
  ["index.html", "首页"], ["scripts/index.html", "话术"], ["scripts/says-will-stop.html", "说要停"],
  ["scripts/too-expensive.html", "太贵"], ["moments/too-expensive.html", "客户说太贵"], ["moves.html", "升降"],
  ["customers/closing/a.html", "成交A"]
];
const MOVED = [["scripts/old-visit.html", "初次拜访", "scripts/says-will-stop.html"]];
const found = path => meant(path, PAGES, MOVED);
const titles = path => found(path).pages.map(one => one[0]);

test("an address as people shorten, copy and mistype it", () => {
  for (const path of [
    "scripts/says-will-stop", "scripts/says-will-stop/", "Scripts/Says-Will-Stop.HTML", "scripts/says-will-stop.htm",
    "scripts/says-will-stop.html，请看", "scripts/says-will-stop.html)", "scripts/says-will-stop.html%E3%80%82%E8%B0%A2",
    "scripts\\says-will-stop.html", "scripts/says-will-stop.html.", "scripts/says-will-stop/index.html",
    "scripts/ｓays-will-stop.html", "scripts/says-will-stop.md", "playbook_data/scripts/says-will-stop.yml", "says-will-stop", "scripts/says-wi"
  ]) assert.deepEqual(titles(path), ["说要停"], path);
  assert.deepEqual(titles("moves/"), ["升降"]);
  assert.deepEqual(titles("scripts"), ["话术"]);
  assert.equal(found("scripts/says-will-stop").moved, false);
});

test("what moved leads to what stands for it, in a city too", () => {
  for (const path of ["scripts/old-visit", "SCRIPTS/old-visit.html/", "nanyu/scripts/old-visit.html", "old-visit"]) {
    assert.deepEqual(found(path), { moved: true, pages: [["初次拜访", "scripts/says-will-stop.html"]] }, path);
  }
});

test("a page that a city no longer has is the page of everywhere", () => {
  assert.deepEqual(titles("nanyu/moves.html"), ["升降"]);
  assert.deepEqual(titles("nanyu/customers/closing/a.html"), ["成交A"]);
});

test("several are offered, none is made up", () => {
  assert.deepEqual(titles("guides/too-expensive.html"), ["太贵", "客户说太贵"]);
  for (const path of ["", "/", "x", "scripts/zzz.html", "%E0%A4%A", "index", "wp-login.php", "../..", "a/b/c"]) {
    assert.deepEqual(titles(path), [], path);
  }
});
