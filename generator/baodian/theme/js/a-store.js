/* What the handbook keeps on the reader's device:

   baodian.store.read(name, none)        the value kept under a name, else `none`
   baodian.store.change(name, turn)      reads afresh, keeps turn(value) and returns whether that went well;
                                         so two tabs do not lose each other's changes
   baodian.store.set(name, key, value)   changes one entry of a map, or takes it out where `value` is undefined
   baodian.store.watch(name, told)       told(value) when another tab changed it
   baodian.store.migrate(name, v, turn)  declares version v of a name; turn(value) lifts the one before it
   baodian.store.trouble(words)          "" | "blocked" | "full" | "newer": what keeps data from being kept, or its words
   baodian.store.clear()                 forgets everything of this handbook

   baodian.root is the address of the handbook, baodian.here that of the page from there ("" if it is elsewhere, or stands in for another),
   baodian.script the name of the script that this stands in.
   Names are prefixed by the handbook's place, so that two handbooks of one host stay apart. What is kept is a
   plain object, or a list if its name ends in `recent`; anything else is damaged and read as nothing. */
(() => {
  "use strict";
  const source = document.currentScript && document.currentScript.src || location.href;
  const root = source.replace(/js\/[\w.-]+\.js(?:[?#].*)?$/, "");
  const prefix = "baodian:" + root.replace(/^[a-z]+:\/\/[^/]*/i, "") + ":";
  const versions = {};   // name → [turn from 1 to 2, …]
  let memory = {};     // what could not be kept, for this page
  let trouble = "";
  const watchers = [];

  function disk() {
    try { return window.localStorage; } catch (blocked) { trouble = "blocked"; return null; }
  }

  function lifted(name, kept) {
    const turns = versions[name] || [];
    let value = kept.data;
    for (let v = kept.v || 1; v <= turns.length; v++) value = turns[v - 1](value);
    return value;
  }

  function fits(name, value) {
    return value === undefined || (typeof value === "object" && value !== null && Array.isArray(value) === /recent$/.test(name));
  }

  function read(name, none) {
    if (name in memory) return memory[name];
    const place = disk();
    let text = null;
    try { text = place && place.getItem(prefix + name); } catch (blocked) { trouble = "blocked"; }
    if (text === null) return none;
    try {
      const kept = JSON.parse(text);
      if (kept.v > (versions[name] || []).length + 1) return none; // written by a newer handbook: left alone
      const value = lifted(name, kept);
      return value !== undefined && fits(name, value) ? value : none;
    } catch (damaged) {
      return none;
    }
  }

  function newer(name) {
    try {
      const kept = JSON.parse(disk().getItem(prefix + name));
      return kept.v > (versions[name] || []).length + 1;
    } catch (none) { return false; }
  }

  function change(name, turn) {
    const value = turn(read(name, undefined));
    const place = disk();
    if (place && newer(name)) { memory[name] = value; trouble = "newer"; return false; }
    try {
      if (!place) throw new Error("blocked");
      if (value === undefined) place.removeItem(prefix + name);
      else place.setItem(prefix + name, JSON.stringify({ v: (versions[name] || []).length + 1, data: value }));
      delete memory[name];
      trouble = "";
      return true;
    } catch (refused) {
      memory[name] = value;
      trouble = place && /quota|full/i.test(refused.name + refused.message) ? "full" : "blocked";
      return false;
    }
  }

  function clear() {
    memory = {};
    const place = disk();
    if (!place) return;
    try {
      Object.keys(place).forEach(key => {
        const ours = key.indexOf(prefix) === 0 && key.indexOf(":", prefix.length) < 0; // else of one in a folder ":…"
        if (ours || key.indexOf("baodian.search.") === 0) place.removeItem(key);
      });
    } catch (blocked) { trouble = "blocked"; }
    watchers.forEach(one => { one[1](undefined); });
  }

  window.addEventListener("storage", event => {
    watchers.forEach(one => {
      if (event.key === null || event.key === prefix + one[0]) one[1](read(one[0], undefined));
    });
  });

  const page = location.href.replace(/[?#].*$/, "");
  window.baodian = {
    root,
    script: source.slice(root.length).replace(/[?#].*$/, ""),
    here: page.indexOf(root) === 0 && !document.querySelector("base") ? page.slice(root.length) || "index.html" : "",
    store: {
      read, change, clear,
      watch(name, told) { watchers.push([name, told]); },
      migrate(name, v, turn) { (versions[name] = versions[name] || [])[v - 2] = turn; },
      set: (name, key, value) => change(name, all => {
        const made = Object.assign(Object.create(null), all);
        if (value === undefined) delete made[key]; else made[key] = value;
        return made;
      }),
      trouble(words) { disk(); return words && trouble ? words[trouble] || words.blocked : trouble; },
      prefix
    }
  };
})();
