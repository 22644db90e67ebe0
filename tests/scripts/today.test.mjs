// What is loaded when it is asked for: in the version of today, and never by a page of another one.
import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { load } from "./load.mjs";

let added, kept, reloaded, fetched, listeners, clock;
const FACTS = { site: "js/site.1.js", files: { "search/1.js": "search/1.aa.js", "changes.js": "changes.bb.js" }, size: "2.0", cities: {} };

function given(name, value) { Object.defineProperty(globalThis, name, { value, configurable: true, writable: true }); }

function page({ protocol = "https:", ok = true, online = true } = {}) {
  added = []; kept = {}; reloaded = []; fetched = []; listeners = {};
  given("document", {
    currentScript: { src: "https://host.example/book/head/first.0.js" }, head: { appendChild: one => { added.push(one); } },
    createElement: tagName => ({ tagName }), documentElement: { className: "no-js" }, addEventListener() {}
  });
  given("MutationObserver", class { observe() {} });
  given("location", {
    protocol, href: "https://host.example/book/a.html", reload: () => { reloaded.push(""); }, replace: to => { reloaded.push(to); }
  });
  given("sessionStorage", { getItem: name => kept[name] ?? null, setItem: (name, value) => { kept[name] = String(value); } });
  given("fetch", (address, how) => {
    fetched.push([address, how.cache]);
    return online ? Promise.resolve({ ok }) : Promise.reject(new Error("offline"));
  });
  given("addEventListener", (name, act) => { listeners[name] = act; });
  globalThis.baodian = { root: "https://host.example/book/", script: "js/site.1.js", site: { files: { "search/engine.js": "search/engine.cc.js" } } };
  const later = setTimeout;
  given("setTimeout", () => 0); // nothing waits for what the first script would do in a while
  load("head/first.js", "js/b-today.js");
  given("setTimeout", later);
}

const settled = () => new Promise(done => { setTimeout(done, 5); });
const lost = (tagName, more) => { listeners.error({ target: { tagName, ...more } }); };

beforeEach(() => { page(); });

test("code is loaded at once, by the name that the site's script knows", () => {
  baodian.late("search/engine.js");
  assert.deepEqual(added.map(one => [one.src, one.async]), [["https://host.example/book/search/engine.cc.js", false]]);
});

test("data is loaded by the name of today, asked for once, in order", () => {
  baodian.late("search/1.js");
  baodian.late("changes.js");
  assert.equal(added.length, 1);
  assert.match(added[0].src, /\/book\/now\.js\?\d{13}$/);
  baodian.now(FACTS);
  assert.deepEqual(added.slice(1).map(one => one.src), ["https://host.example/book/search/1.aa.js", "https://host.example/book/changes.bb.js"]);
  baodian.today(facts => { assert.equal(facts.size, "2.0"); });
  assert.equal(added.length, 3);
});

test("who asked is told when it cannot be had, and can ask again", () => {
  let failed = 0;
  baodian.late("search/1.js", () => { failed += 1; });
  added[0].onerror();
  assert.equal(failed, 1);
  baodian.late("search/1.js", () => { failed += 1; });
  baodian.now(FACTS);
  added[2].onerror(); // gone meanwhile: today has to be asked anew
  assert.equal(failed, 2);
  baodian.late("search/1.js");
  assert.match(added[3].src, /now\.js\?/);
  baodian.now({ ...FACTS, files: {} });
  baodian.late("search/1.js", () => { failed += 1; });
  assert.equal(failed, 3); // there is none
});

test("a page of another build gets no data, but is loaded again, once a minute", async () => {
  let told = 0, failed = 0;
  baodian.again = () => "https://host.example/book/a.html?q=x";
  const ask = () => { baodian.today(() => { told += 1; }, () => { failed += 1; }); baodian.now({ ...FACTS, site: "js/site.2.js" }); };
  ask();
  await settled();
  assert.deepEqual([told, failed, reloaded, fetched], [0, 0, ["https://host.example/book/a.html?q=x"], [["https://host.example/book/a.html", "reload"]]]);
  ask();
  await settled();
  assert.deepEqual([told, failed > 0, reloaded.length], [0, true, 1]);
  page({ ok: false });
  failed = 0;
  ask();
  await settled();
  assert.deepEqual([told, failed, reloaded], [0, 1, []]);
});

test("a page whose script or sheet is gone is loaded again, once a minute", async () => {
  lost("SCRIPT");
  lost("LINK", { rel: "stylesheet" });
  await settled();
  assert.deepEqual(reloaded, [""]);
  kept["baodian.renewed"] = String(Date.now() - 61e3);
  lost("LINK", { rel: "stylesheet" });
  await settled();
  assert.deepEqual(reloaded, ["", ""]);
});

test("what is no part of the page reloads nothing", async () => {
  lost("IMG");
  lost("LINK", { rel: "icon" });
  lost("SCRIPT", { baodianLate: true });
  listeners.error({ target: globalThis, message: "x is not defined" });
  await settled();
  assert.deepEqual([reloaded, fetched], [[], []]);
});

test("a page that the network does not give stays as it is", async () => {
  for (const how of [{ online: false }, { ok: false }, { protocol: "file:" }]) {
    page(how);
    lost("SCRIPT");
    await settled();
    assert.deepEqual(reloaded, []);
  }
});
