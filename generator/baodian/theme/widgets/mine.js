/* My handbook. Reads what the other widgets keep (`pins`, `profiles`, `runs`, `recent`) and compares the
   pages with those of the last visit: `seen` { day, pages: { address: fingerprint } }, version 1. */
(function () {
  "use strict";
  var store = baodian.store;

  Array.prototype.forEach.call(document.querySelectorAll('[data-widget="mine"]'), function (root) {
    var data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    var words = data.words;
    var changes = null;

    var say = baodian.speaker(words), make = baodian.make, link = baodian.link;
    function plain(value) { return value && typeof value === "object" && !Array.isArray(value); }
    function texts(one, keys) { return plain(one) && keys.every(function (key) { return typeof one[key] === "string"; }); }
    /* Returns what is kept by name, without what is damaged. */
    function sound(name, good) {
      var kept = store.read(name, {}), made = Object.create(null);
      Object.keys(kept).forEach(function (key) { if (good(kept[key])) made[key] = kept[key]; });
      return made;
    }
    function section(id, title, items, none) {
      var part = make("section", "bd-mine-part");
      part.id = "mine-" + id;
      part.appendChild(make("h2", "", title));
      if (!items.length) { part.appendChild(make("p", "", none)); return part; }
      var list = part.appendChild(make("ul", "bd-mine-list"));
      items.forEach(function (item) { list.appendChild(item); });
      return part;
    }
    function row(main, note, remove, label) {
      var item = make("li");
      item.appendChild(main);
      if (note) item.appendChild(make("span", "bd-why", note));
      if (remove) {
        var button = make("button", "bd-mine-remove", "✕");
        button.type = "button";
        button.setAttribute("aria-label", label);
        button.addEventListener("click", function () { remove(); show(); root.querySelector("h2").focus(); });
        item.appendChild(button);
      }
      return item;
    }

    function pins() {
      var kept = sound("pins", function (title) { return typeof title === "string"; });
      return section("pins", words.pins, Object.keys(kept).map(function (href) {
        return row(link(kept[href], href), "", function () {
          store.change("pins", function (all) { all = all || {}; delete all[href]; return all; });
        }, say("unpin", { title: kept[href] }));
      }), words.no_pins);
    }
    function profiles() {
      var kept = sound("profiles", function (one) { return texts(one, ["classes", "names", "at"]); });
      return section("profiles", words.profiles, Object.keys(kept).map(function (name) {
        var one = kept[name];
        return row(link(name, data.finder + "#" + one.classes), one.names + " · " + one.at, function () {
          store.change("profiles", function (all) { all = all || {}; delete all[name]; return all; });
        }, say("unpin", { title: name }));
      }), words.no_profiles);
    }
    function runs() {
      var kept = sound("runs", function (one) { return texts(one, ["name", "title", "list"]); });
      var open = Object.keys(kept).filter(function (id) { return !kept[id].done; });
      var part = section("runs", words.open_runs, open.map(function (id) {
        var run = kept[id];
        return row(link(run.name + " · " + run.title, "checklists/" + run.list + ".html#run-" + id), "");
      }), words.no_runs);
      part.appendChild(make("p")).appendChild(link(words.all_runs, data.runs));
      return part;
    }
    function recent() {
      var kept = store.read("recent", []).filter(function (one) { return texts(one, ["title", "href"]); });
      return section("recent", words.recent, kept.slice(0, 10).map(function (one) {
        return row(link(one.title, one.href), "");
      }), words.no_recent);
    }
    function changed() {
      var none = !changes ? "…" : changes.failed ? words.failed : changes.day ? say("none", { day: changes.day }) : words.first;
      return section("changed", words.changed, (changes && changes.list || []).map(function (one) {
        return row(link(one.title, one.href), one.fresh ? words.new : "");
      }), none);
    }
    function copy() {
      var part = make("section", "bd-mine-part");
      part.id = "mine-copy";
      part.appendChild(make("h2", "", words.copy));
      var days = Math.max(0, Math.floor((Date.now() - Date.parse(data.made)) / 86400000));
      part.appendChild(make("p", "", say("told", { version: data.version, since: data.since, made: data.made, days: days })));
      var button = make("button", "bd-mine-clear", words.clear);
      button.type = "button";
      var told = make("p");
      told.setAttribute("role", "status");
      button.addEventListener("click", function () {
        told.textContent = words.sure;
        var yes = make("button", "bd-mine-clear", words.yes), no = make("button", "bd-mine-clear", words.no);
        yes.type = no.type = "button";
        yes.addEventListener("click", function () { store.clear(); changes = { list: [], day: "" }; show(); root.querySelector("#mine-copy [role=status]").textContent = words.cleared; });
        no.addEventListener("click", function () { told.textContent = ""; button.focus(); });
        told.appendChild(make("br"));
        told.appendChild(yes);
        told.appendChild(no);
        no.focus();
      });
      part.appendChild(button);
      part.appendChild(told);
      return part;
    }

    function show() {
      root.textContent = "";
      var trouble = store.trouble();
      if (trouble) {
        var box = make("p", "bd-mine-trouble", words[trouble]);
        box.setAttribute("role", "alert");
        root.appendChild(box);
      }
      [pins, profiles, runs, changed, recent, copy].forEach(function (part) { root.appendChild(part()); });
      Array.prototype.forEach.call(root.querySelectorAll("h2"), function (h) { h.tabIndex = -1; });
    }

    /* `pages` is [[address, title, fingerprint], …], from the data beside the search. */
    baodian.pages = function (pages) {
      var seen = store.read("seen", null);
      if (!texts(seen, ["day"]) || !plain(seen.pages)) seen = null;
      var now = {};
      pages.forEach(function (one) { now[one[0]] = one[2]; });
      var today = new Date().toISOString().slice(0, 10);
      changes = { day: seen && seen.day, list: [] };
      if (seen) {
        changes.list = pages.filter(function (one) { return seen.pages[one[0]] !== one[2]; }).map(function (one) {
          return { href: one[0], title: one[1], fresh: !(one[0] in seen.pages) };
        });
      }
      store.change("seen", function () { return { day: today, pages: now }; });
      show();
    };
    ["pins", "profiles", "runs", "recent"].forEach(function (name) { store.watch(name, show); });
    show();
    var script = document.createElement("script");
    script.src = baodian.root + "search/pages.js";
    script.onerror = function () { changes = { failed: true, list: [] }; show(); };
    document.head.appendChild(script);
  });
})();
