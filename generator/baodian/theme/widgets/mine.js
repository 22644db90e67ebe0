/* My handbook. Reads what the other widgets keep (`pins`, `profiles`, `runs`, `recent`). */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ version: string, since: string, made: string, finder: string, runs: string, words: Object<string, string> }} MineData */
(() => {
  "use strict";
  const { store, make, put, link, only, plain } = baodian;

  baodian.widget("mine", (root, data, say) => {
    const words = data.words;

    function texts(one, keys) { return plain(one) && keys.every(key => typeof one[key] === "string"); }
    /* Returns what is kept by name, without what is damaged. */
    function sound(name, good) { return only(store.read(name, {}), good); }
    function section(id, title, items, none) {
      return make("section", { class: "bd-mine-part", id: "mine-" + id }, make("h2", "", title),
        items.length ? make("ul", "bd-mine-list", items) : make("p", "", none));
    }
    function row(main, note, remove, label) {
      const button = remove && baodian.press("bd-mine-remove", "✕", () => { remove(); show(); root.querySelector("h2").focus(); });
      if (button) button.setAttribute("aria-label", label);
      return make("li", "", main, note && make("span", "bd-why", note), button);
    }

    function pins() {
      const kept = sound("pins", title => typeof title === "string");
      return section("pins", words.pins, Object.keys(kept).map(href => row(link(kept[href], href), "", () => {
        store.set("pins", href);
      }, say("unpin", { title: kept[href] }))), words.no_pins);
    }
    function profiles() {
      const kept = sound("profiles", one => texts(one, ["classes", "names", "at"]));
      return section("profiles", words.profiles, Object.keys(kept).map(name => {
        const one = kept[name];
        return row(link(name, data.finder + "#" + one.classes), one.names + " · " + one.at, () => {
          store.set("profiles", name);
        }, say("unpin", { title: name }));
      }), words.no_profiles);
    }
    function runs() {
      const kept = sound("runs", one => texts(one, ["name", "title", "list"]));
      const open = Object.keys(kept).filter(id => !kept[id].done);
      const part = section("runs", words.open_runs, open.map(id => {
        const run = kept[id];
        return row(link(run.name + " · " + run.title, "checklists/" + run.list + ".html#run-" + id), "");
      }), words.no_runs);
      return put(part, make("p", "", link(words.all_runs, data.runs)));
    }
    function recent() {
      const kept = store.read("recent", []).filter(one => texts(one, ["title", "href"]));
      return section("recent", words.recent, kept.slice(0, 10).map(one => row(link(one.title, one.href), "")), words.no_recent);
    }
    function copy() {
      const days = Math.max(0, Math.floor((Date.now() - Date.parse(data.made)) / 86400000));
      const told = baodian.status("");
      const clear = baodian.sure({
        button: (text, act) => baodian.press("bd-mine-clear", text, act), css: "bd-mine-sure",
        text: words.clear, ask: () => words.sure, yes: words.yes, no: words.no,
        act() {
          store.clear();
          show();
          root.querySelector("#mine-copy [role=status]").textContent = words.cleared;
        }
      });
      return make("section", { class: "bd-mine-part", id: "mine-copy" }, make("h2", "", words.copy),
        make("p", "", say("told", { version: data.version, since: data.since, made: data.made, days })), clear, told);
    }

    function show() {
      root.textContent = "";
      const trouble = store.trouble(words);
      if (trouble) put(root, make("p", { class: "bd-mine-trouble", role: "alert", text: trouble }));
      [pins, profiles, runs, recent, copy].forEach(part => { put(root, part()); });
      root.querySelectorAll("h2").forEach(h => { h.tabIndex = -1; });
    }

    ["pins", "profiles", "runs", "recent"].forEach(name => { store.watch(name, show); });
    show();
  });
})();
