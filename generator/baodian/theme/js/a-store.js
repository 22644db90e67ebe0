/* What the handbook keeps on the reader's device, and how it is copied out. Used by every widget:

   baodian.store.read(name, none)        the value kept under a name, else `none`
   baodian.store.change(name, turn)      reads afresh, keeps turn(value) and returns whether that went well;
                                         so two tabs do not lose each other's changes
   baodian.store.watch(name, told)       told(value) when another tab changed it
   baodian.store.migrate(name, v, turn)  declares version v of a name; turn(value) lifts the one before it
   baodian.store.trouble()               "" | "blocked" | "full": what keeps data from being kept
   baodian.store.clear()                 forgets everything of this handbook
   baodian.copy(text, near)              a promise: true if copied; else the text stands selected after `near`
   baodian.personal(text)                whether a name holds what looks like a phone or identity number

   Names are prefixed by the handbook's place, so that two handbooks of one host stay apart. What is kept is a
   plain object, or a list if its name ends in `recent`; anything else is damaged and read as nothing. */
(function () {
  "use strict";
  var here = document.currentScript && document.currentScript.src || location.href;
  var root = here.replace(/js\/a-store\.js.*$/, "");
  var prefix = "baodian:" + root.replace(/^[a-z]+:\/\/[^/]*/i, "") + ":";
  var versions = {};   // name → [turn from 1 to 2, …]
  var memory = {};     // what could not be kept, for this page
  var trouble = "";
  var watchers = [];

  function disk() {
    try { return window.localStorage; } catch (blocked) { trouble = "blocked"; return null; }
  }

  function lifted(name, kept) {
    var turns = versions[name] || [];
    var value = kept.data;
    for (var v = kept.v || 1; v <= turns.length; v++) value = turns[v - 1](value);
    return value;
  }

  function fits(name, value) {
    return value === undefined || (typeof value === "object" && value !== null && Array.isArray(value) === /recent$/.test(name));
  }

  function read(name, none) {
    if (name in memory) return memory[name];
    var place = disk();
    var text = null;
    try { text = place && place.getItem(prefix + name); } catch (blocked) { trouble = "blocked"; }
    if (text === null) return none;
    try {
      var kept = JSON.parse(text);
      if (kept.v > (versions[name] || []).length + 1) return none; // written by a newer handbook: left alone
      var value = lifted(name, kept);
      return value !== undefined && fits(name, value) ? value : none;
    } catch (damaged) {
      return none;
    }
  }

  function newer(name) {
    try {
      var kept = JSON.parse(disk().getItem(prefix + name));
      return kept.v > (versions[name] || []).length + 1;
    } catch (none) { return false; }
  }

  function change(name, turn) {
    var value = turn(read(name, undefined));
    var place = disk();
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
    var place = disk();
    if (!place) return;
    try {
      Object.keys(place).forEach(function (key) {
        var ours = key.indexOf(prefix) === 0 && key.indexOf(":", prefix.length) < 0; // else of one in a folder ":…"
        if (ours || key.indexOf("baodian.search.") === 0) place.removeItem(key);
      });
    } catch (blocked) { trouble = "blocked"; }
    watchers.forEach(function (one) { one[1](undefined); });
  }

  window.addEventListener("storage", function (event) {
    watchers.forEach(function (one) {
      if (event.key === null || event.key === prefix + one[0]) one[1](read(one[0], undefined));
    });
  });

  /* The old way works on plain http and in views inside other apps. */
  function byHand(text, near) {
    var area = document.createElement("textarea");
    area.className = "bd-by-hand";
    area.readOnly = true;
    area.value = text;
    near.parentNode.insertBefore(area, near.nextSibling);
    area.focus();
    area.select();
    area.setSelectionRange(0, text.length);
    var went = false;
    try { went = document.execCommand("copy"); } catch (refused) { went = false; }
    if (went) { area.parentNode.removeChild(area); near.focus(); }
    return went;
  }

  function copy(text, near) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(function () { return true; }, function () { return byHand(text, near); });
    }
    return Promise.resolve(byHand(text, near));
  }

  /* Mobile and fixed-line numbers, identity numbers, with spaces and dashes between the digits or not. */
  function personal(text) {
    var bare = String(text).normalize("NFKC").replace(/[\s\-_.·]/g, "");
    return /(^|\D)(86)?1[3-9]\d{9}(\D|$)/.test(bare) || /\d{17}[\dx]/i.test(bare) || /(^|\D)0\d{9,11}(\D|$)/.test(bare);
  }

  window.baodian = {
    root: root,
    store: {
      read: read, change: change, clear: clear,
      watch: function (name, told) { watchers.push([name, told]); },
      migrate: function (name, v, turn) { (versions[name] = versions[name] || [])[v - 2] = turn; },
      trouble: function () { disk(); return trouble; },
      prefix: prefix
    },
    copy: copy,
    personal: personal
  };
})();
