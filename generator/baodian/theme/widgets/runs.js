/* Self-check runs: how they are kept, counted and handed on. `runs-list.js` makes them on the page of a list,
   `runs-all.js` shows all of them.

   Kept under the name `runs`, version 1: { run id: {
     list, title, name,             the list's id and title, what the reader calls the run
     groups: [group id],            [] for the whole list
     subjects: [name],              [""] for a run without; null where one was taken away
     items: { item id: { subject's place: [state, note, hash of the text, time] } },
     started, changed, done,        milliseconds; done is 0 while the run is open
     imported                       when it came from a file, else absent
   } }
   A state is "yes", "no", "na" or "". `#run-<run id>` on the page of its list opens a run. */
(function () {
  "use strict";
  var store = baodian.store, hash = baodian.hash, NAME = "runs";
  var MANY = 200, LONG = 2000; // no run of ours holds more
  var ID = /^r[0-9a-z]{1,40}$/; // of a run; no name that objects have of themselves
  var STATES = ["yes", "no", "na"], SIGNS = { yes: "✓", no: "✗", na: "–", "": "○" };
  var IN_APP = /MicroMessenger|DingTalk|wxwork|Lark|Feishu|Alipay|QQ\/|Weibo/i;

  function el(tag, set, kids) {
    var made = document.createElement(tag);
    Object.keys(set || {}).forEach(function (key) {
      if (key === "text") made.textContent = set.text;
      else if (key === "on") made.addEventListener("click", set.on);
      else if (set[key] !== null) made.setAttribute(key, set[key]);
    });
    (kids || []).forEach(function (kid) { if (kid) made.appendChild(kid); });
    return made;
  }

  function button(text, on, look) {
    return el("button", { type: "button", class: "bd-runs-button" + (look ? " bd-runs-" + look : ""), text: text, on: on });
  }

  function fill(node, kids) {
    node.textContent = "";
    kids.forEach(function (kid) { if (kid) node.appendChild(kid); });
  }


  function when(time, whole) {
    var set = { month: "numeric", day: "numeric" };
    if (whole) { set.hour = "2-digit"; set.minute = "2-digit"; } else set.year = "numeric";
    return new Date(time).toLocaleString(document.documentElement.lang || undefined, set);
  }

  function plain(value) { return value && typeof value === "object" && !Array.isArray(value); }

  /* A map that holds nothing of itself: neither `constructor` nor `__proto__`. */
  function bare(from) { return Object.assign(Object.create(null), from); }

  function short(text) { return typeof text === "string" && text.length <= LONG; }

  /* Whether a value from a file or from the store has the shape of a run, and a size that a page can show. */
  function valid(run) {
    return plain(run) && plain(run.items) && Array.isArray(run.groups) && Array.isArray(run.subjects) && run.subjects.length > 0 &&
      run.subjects.length <= MANY && run.groups.length <= MANY && Object.keys(run.items).length <= LONG &&
      ["list", "title", "name"].every(function (key) { return short(run[key]); }) &&
      ["started", "changed", "done"].every(function (key) { return isFinite(run[key]) && typeof run[key] === "number"; }) &&
      run.groups.every(short) &&
      run.subjects.every(function (name) { return name === null || short(name); }) &&
      Object.keys(run.items).every(function (id) {
        return plain(run.items[id]) && Object.keys(run.items[id]).every(function (i) {
          var mark = run.items[id][i];
          return /^\d+$/.test(i) && +i < run.subjects.length && Array.isArray(mark) && (mark[0] === "" || STATES.indexOf(mark[0]) >= 0) &&
            short(mark[1]) && short(mark[2]) && typeof mark[3] === "number";
        });
      });
  }

  function live(run) {
    return run.subjects.map(function (name, i) { return i; }).filter(function (i) { return run.subjects[i] !== null; });
  }

  function label(run, i) { return run.subjects[i] || run.name; }

  function mark(run, id, i) { return (run.items[id] || {})[i] || ["", "", "", 0]; }

  function set(run, item, i, state, note, text) {
    var of = run.items[item[0]] = run.items[item[0]] || {};
    if (state || note) of[i] = [state, note, text || hash(item[1]), Date.now()];
    else delete of[i];
  }

  function stale(run, item, i) {
    var now = mark(run, item[0], i);
    return !!now[0] && now[2] !== hash(item[1]);
  }

  function kit(data) {
    var words = data.words;
    data.lists = bare(data.lists);
    data.retired = bare(data.retired);
    var alarm = el("div", { role: "alert", class: "bd-runs-alert" });
    var status = el("p", { role: "status", class: "bd-runs-status", tabindex: -1 });

    function say(word, gaps) {
      return words[word].replace(/\{(\w+)\}/g, function (all, name) { return gaps && name in gaps ? gaps[name] : all; });
    }

    function tell(text) { status.textContent = text; }

    function trouble(more) {
      var now = store.trouble();
      fill(alarm, [now ? el("p", { text: words[now] }) : null].concat(more || []));
    }

    /* A copy of what is known of a run, with what was retired since replaced; of two marks on one item the
       newer stays. */
    function lifted(run) {
      var made = {}, was = run.list, moved = data.retired;
      ["title", "name", "started", "changed", "done"].forEach(function (key) { made[key] = run[key]; });
      if (run.imported) made.imported = +run.imported || 1;
      made.list = (moved[was] || was).split("#")[0];
      made.subjects = run.subjects.slice();
      made.items = bare();
      function now(id) {
        var to = (moved[was + "#" + id] || "").split("#");
        return to[0] === made.list && to[1] ? to[1] : id;
      }
      made.groups = run.groups.map(now);
      Object.keys(run.items).forEach(function (id) {
        var of = made.items[now(id)] = made.items[now(id)] || {};
        Object.keys(run.items[id]).forEach(function (i) {
          if (!of[i] || of[i][3] < run.items[id][i][3]) of[i] = run.items[id][i].slice();
        });
      });
      return made;
    }

    function all() {
      var kept = store.read(NAME, {}), made = {};
      Object.keys(plain(kept) ? kept : {}).forEach(function (id) { if (ID.test(id) && valid(kept[id])) made[id] = lifted(kept[id]); });
      return made;
    }

    /* Changes one run, read afresh. Returns whether it was there. */
    function put(id, turn) {
      var there = false;
      store.change(NAME, function (runs) {
        there = !!runs && id in runs;
        if (!there) return runs;
        runs[id] = lifted(runs[id]);
        turn(runs[id]);
        runs[id].changed = Date.now();
        return runs;
      });
      return there;
    }

    function add(found) {
      return store.change(NAME, function (runs) {
        runs = runs || {};
        Object.keys(found).forEach(function (id) { runs[id] = found[id]; });
        return runs;
      });
    }

    function drop(id) {
      store.change(NAME, function (runs) { if (runs) delete runs[id]; return runs; });
    }

    function items(run) {
      var list = data.lists[run.list], made = [];
      [true, false].forEach(function (chosen) {
        if (list && !made.length) list.groups.forEach(function (group) {
          if (!chosen || !run.groups.length || run.groups.indexOf(group[0]) >= 0) made = made.concat(group[2]);
        });
      });
      return made;
    }

    function count(run, only) {
      var made = { yes: 0, no: 0, na: 0, open: 0, all: 0, n: 0, lost: 0 }, known = {};
      items(run).forEach(function (item) {
        known[item[0]] = true;
        live(run).forEach(function (i) {
          if (only !== undefined && i !== only) return;
          var state = mark(run, item[0], i)[0];
          made[state || "open"] += 1;
          made.all += 1;
          if (state) made.n += 1;
        });
      });
      var list = data.lists[run.list];
      if (list) list.groups.forEach(function (group) { group[2].forEach(function (item) { known[item[0]] = true; }); });
      Object.keys(run.items).forEach(function (id) { if (!known[id]) made.lost += Object.keys(run.items[id]).length; });
      return made;
    }

    function said(item, note) { return item[1] + (note ? "（" + note + "）" : ""); }

    function head(run) { return run.title + " · " + run.name + " · " + when(run.started); }

    function asText(run) {
      var lines = [head(run), say("counts", count(run))];
      live(run).forEach(function (i) {
        if (run.subjects[i]) lines.push("", run.subjects[i] + words.colon + say("counts", count(run, i)));
        items(run).forEach(function (item) {
          var now = mark(run, item[0], i);
          lines.push(SIGNS[now[0]] + " " + words[now[0] || "none"] + "  " + said(item, now[1]) + (stale(run, item, i) ? " [" + words.old_short + "]" : ""));
        });
      });
      return lines.join("\n");
    }

    function asFile(runs) {
      return JSON.stringify({ "baodian-runs": 1, handbook: data.handbook, exported: new Date().toISOString(), note: words.unprotected, runs: runs }, null, 1);
    }

    function copy(text, near) {
      var before = near.nextElementSibling;
      if (before && before.className === "bd-by-hand") before.parentNode.removeChild(before);
      baodian.copy(text, near).then(function (went) {
        if (!went) near.nextElementSibling.setAttribute("aria-label", words.by_hand);
        tell(words[went ? "copied" : "by_hand"]);
      });
    }

    function download(text, name, type, near) {
      var address = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
      var link = el("a", { href: address, download: name });
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
      setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
      tell(say("downloaded", { name: name }));
    }

    /* What offers runs as files; `found()` returns them when it is used. */
    function exporter(title, name, found) {
      var can = window.Blob && window.URL && URL.createObjectURL && "download" in document.createElement("a") && !IN_APP.test(navigator.userAgent);
      function file(end) { return words.file + "-" + name().replace(/[^0-9A-Za-z_\u4e00-\u9fff-]+/g, "-") + end; }
      function text() {
        var runs = found();
        return Object.keys(runs).map(function (id) { return asText(runs[id]); }).join("\n\n");
      }
      var first = button(words[can ? "json" : "copy_file"], function () {
        if (can) download(asFile(found()), file(".json"), "application/json");
        else copy(asFile(found()), first);
      });
      var second = can && button(words.text, function () { download("\ufeff" + text(), file(".txt"), "text/plain"); });
      var third = can && button(words.copy_file, function () { copy(asFile(found()), third); });
      return el("details", { class: "bd-runs-export" }, [
        el("summary", { text: title }),
        el("p", { text: words.unprotected }),
        can ? null : el("p", { text: words.no_download }),
        el("div", { class: "bd-runs-row" }, [first, second, third])
      ]);
    }

    /* A button that asks before it acts. */
    function sure(text, question, yes, act, name) {
      var place = el("span", { class: "bd-runs-sure" });
      var asked = button(text, function () {
        var back = button(words.keep, function () { fill(place, [asked]); asked.focus(); });
        var ask = question();
        if (!ask) return act();
        fill(place, [el("span", { text: ask }), button(yes, act, "danger"), back]);
        place.setAttribute("role", "group");
        place.setAttribute("aria-label", ask);
        back.focus();
      });
      if (name) asked.setAttribute("aria-label", name);
      place.appendChild(asked);
      return place;
    }

    function nextName() {
      var now = new Date(), day = ("0" + (now.getMonth() + 1)).slice(-2) + ("0" + now.getDate()).slice(-2);
      var runs = all();
      return day + "-" + (1 + Object.keys(runs).reduce(function (most, one) {
        var parts = runs[one].name.split("-");
        return parts[0] === day && parts[1] > 0 ? Math.max(most, Math.floor(parts[1])) : most;
      }, 0));
    }

    function lines(text) {
      return text.split(/\r?\n/).map(function (one) { return one.trim().slice(0, 30); }).filter(Boolean).slice(0, MANY);
    }

    /* The names of a run: a new one, or of `old`. */
    function naming(list, old, done, cancel) {
      var name = el("input", { type: "text", maxlength: 30, autocomplete: "off", "aria-describedby": "bd-runs-hint" });
      var more = el("textarea", { rows: 2, autocomplete: "off" });
      var wrong = el("p", { role: "alert", class: "bd-runs-wrong" });
      var parts = [], named = [];
      function field(text, input) { return el("label", { class: "bd-runs-field" }, [el("span", { text: text }), input]); }
      name.value = old ? old.name : nextName();
      if (!old && list.groups.length > 1) parts = list.groups.map(function (group) {
        var input = el("input", { type: "checkbox" });
        input.checked = true;
        return { id: group[0], input: input, node: el("label", { class: "bd-check" }, [input, el("span", { text: group[1] || list.title })]) };
      });
      if (old) named = live(old).filter(function (i) { return old.subjects[i]; }).map(function (i) {
        var input = el("input", { type: "text", maxlength: 30, autocomplete: "off" });
        input.value = old.subjects[i];
        return { i: i, input: input };
      });
      var form = el("form", { class: "bd-runs-form", autocomplete: "off" }, [
        field(words.name, name), el("p", { id: "bd-runs-hint", class: "bd-why", text: words.name_hint }),
        parts.length ? el("fieldset", {}, [el("legend", { text: words.parts })].concat(parts.map(function (part) { return part.node; }))) : null
      ].concat(named.map(function (one, n) { return field(say("subject", { n: n + 1 }), one.input); }), [
        field(old ? words.more : words.whom, more), old ? null : el("p", { class: "bd-why", text: words.whom_hint }), wrong,
        el("div", { class: "bd-runs-row" }, [
          el("button", { type: "submit", class: "bd-runs-button bd-runs-main", text: old ? words.save : words.begin }), button(words.cancel, cancel)
        ])
      ]));
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        var chosen = parts.filter(function (part) { return part.input.checked; });
        var texts = [name.value].concat(named.map(function (one) { return one.input.value; }), lines(more.value));
        var bad = texts.filter(baodian.personal)[0];
        wrong.textContent = bad ? say("personal", { text: bad }) : !name.value.trim() ? words.no_name : parts.length && !chosen.length ? words.no_part : "";
        if (wrong.textContent) { (bad && bad !== name.value ? more : name).focus(); return; }
        done({
          name: name.value.trim(), more: lines(more.value),
          groups: chosen.length < parts.length ? chosen.map(function (part) { return part.id; }) : [],
          named: named.map(function (one) { return [one.i, one.input.value.trim()]; })
        });
      });
      form.first = name;
      return form;
    }

    return {
      words: words, data: data, alarm: alarm, status: status, say: say, tell: tell, trouble: trouble, all: all, put: put, add: add,
      ID: ID, MANY: MANY, drop: drop, items: items, count: count, head: head, said: said, naming: naming, copy: copy,
      exporter: exporter, sure: sure, el: el, button: button, fill: fill, when: when, valid: valid, live: live, label: label,
      mark: mark, set: set, stale: stale, lifted: lifted, plain: plain, SIGNS: SIGNS, STATES: STATES, NAME: NAME
    };
  }

  window.baodianRuns = kit(JSON.parse(document.querySelector('[data-widget="runs"] > script').textContent));
})();
