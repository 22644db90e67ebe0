// What is kept on a device: by name and version, beside other handbooks of the same host.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

class Disk { // as a browser's: what is kept are its own names
  getItem(name) { return Object.hasOwn(this, name) ? this[name] : null; }
  setItem(name, text) { this[name] = text; }
  removeItem(name) { delete this[name]; }
}
const disk = new Disk();
const given = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true });
given("localStorage", disk);
given("location", { href: "https://host.example/book/paths/new.html?x=1#a" });
given("document", { currentScript: { src: "https://host.example/book/js/a-store.js?v=2" }, querySelector: () => null });
given("addEventListener", () => {});
const { store, root, here } = load("js/a-store.js");

test("a page knows the handbook that it belongs to, and its place there", () => {
  assert.deepEqual([root, here], ["https://host.example/book/", "paths/new.html"]);
});

test("what is kept is read again, one entry at a time", () => {
  assert.ok(store.set("runs", "a", 1) && store.set("runs", "b", 2) && store.set("runs", "a", undefined));
  assert.deepEqual(store.read("runs", null), { b: 2 });
  assert.equal(store.read("nothing", "none"), "none");
});

test("what is damaged, of another kind or of a newer handbook is read as nothing; the newer stays", () => {
  disk.setItem(store.prefix + "torn", "{");
  disk.setItem(store.prefix + "list", JSON.stringify({ v: 1, data: [1] }));
  disk.setItem(store.prefix + "recent", JSON.stringify({ v: 1, data: { a: 1 } }));
  const newer = JSON.stringify({ v: 2, data: { a: 1 } });
  disk.setItem(store.prefix + "newer", newer);
  for (const name of ["torn", "list", "recent", "newer"]) assert.equal(store.read(name, "none"), "none", name);
  assert.equal(store.set("newer", "b", 2), false);
  assert.equal(store.trouble(), "newer");
  assert.equal(disk.getItem(store.prefix + "newer"), newer);
  assert.deepEqual({ ...store.read("newer") }, { b: 2 }); // for this page
});

test("an older version is lifted by every turn since, and kept as today's", () => {
  disk.setItem(store.prefix + "marks", JSON.stringify({ v: 1, data: { a: 1 } }));
  store.migrate("marks", 2, (value) => ({ ...value, two: true }));
  store.migrate("marks", 3, (value) => ({ ...value, three: value.two }));
  assert.deepEqual(store.read("marks"), { a: 1, two: true, three: true });
  store.set("marks", "b", 2);
  assert.equal(JSON.parse(disk.getItem(store.prefix + "marks")).v, 3);
});

test("forgetting forgets this handbook, and none beside or below it", () => {
  const others = ["baodian:/other/:runs", "baodian:/book/:deep/:runs", "theirs"];
  others.forEach((name) => { disk.setItem(name, "x"); });
  store.clear();
  assert.deepEqual(Object.keys(disk).sort(), others.sort());
  assert.equal(store.read("newer", "none"), "none");
});
