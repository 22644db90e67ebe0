/* A run on the page of its list: one line of buttons for each item, or a grid of items by subjects.
   What it keeps is told at the head of `runs.js`. `#run-<run id>` in the address opens a run. */
(function () {
  "use strict";

  var root = document.querySelector('[data-widget="runs-list"]');
  var asked = JSON.parse(root.querySelector("script").textContent);
  var k = window.baodianRuns, store = baodian.store, el = k.el, button = k.button, fill = k.fill, say = k.say;
  var words = Object.assign(k.words, asked.words), here = asked.here, list = k.data.lists[here];
  var STATES = k.STATES, SIGNS = k.SIGNS;
  var box = root.querySelector(".bd-checklist");
  var top = el("div", { class: "bd-runs bd-runs-top" }), foot = el("div", { class: "bd-runs" });
  var id = "", run = null;
  var paint = function () {};

  function anchor(item) { return document.getElementById(item[0].replace(/\./g, "-")); }

  function mine() {
    var runs = k.all();
    return Object.keys(runs).filter(function (one) { return runs[one].list === here; })
      .sort(function (a, b) { return runs[b].changed - runs[a].changed; })
      .map(function (one) { return [one, runs[one]]; });
  }

  function idle(note) {
    var shown = el("div");
    var form = null;
    var start = button(words.start, function () {
      form = k.naming(list, null, function (asked) {
        var now = Date.now(), made = {}, fresh = "r" + now.toString(36) + Math.random().toString(36).slice(2, 6);
        made[fresh] = {
          list: here, title: list.title, name: asked.name, groups: asked.groups, subjects: asked.more.length ? asked.more : [""],
          items: {}, started: now, changed: now, done: 0
        };
        k.add(made);
        location.hash = "run-" + fresh;
      }, function () { form.parentNode.replaceChild(start, form); start.focus(); });
      start.parentNode.replaceChild(form, start);
      form.first.focus();
      form.first.select();
    }, "main");
    paint = function () {
      var found = mine();
      function section(done) {
        var of = found.filter(function (pair) { return !!pair[1].done === done; });
        return of.length ? el(done ? "details" : "div", { class: "bd-runs-list" }, [
          el(done ? "summary" : "h3", { text: words[done ? "finished" : "open"] + " " + of.length }),
          el("ul", {}, of.map(function (pair) {
            return el("li", {}, [el("a", { href: "#run-" + pair[0] }, [
              el("strong", { text: pair[1].name }), el("span", { text: say("progress", k.count(pair[1])) + " · " + k.when(pair[1].changed, true) }),
              el("em", { text: words[done ? "look" : "go_on"] })
            ])]);
          }))
        ]) : null;
      }
      fill(shown, [section(false), section(true)]);
    };
    fill(top, [
      k.alarm, note ? el("p", { class: "bd-runs-wrong", role: "alert", text: note }) : null, shown,
      el("p", { class: "bd-runs-loose", text: words.loose }), el("div", { class: "bd-runs-row" }, [
        start, el("a", { class: "bd-runs-to-all", href: baodian.root + k.data.address, text: words.all })
      ]), k.status
    ]);
    fill(foot, []);
    k.trouble();
    paint();
  }

  function lacking(run, i) {
    return k.items(run).filter(function (item) { return k.mark(run, item[0], i)[0] === "no"; })
      .map(function (item) { return k.said(item, k.mark(run, item[0], i)[1]); });
  }

  /* At most ten lines, for a chat. */
  function summary(run) {
    var who = k.live(run), rows = [];
    if (who.length < 2) rows = lacking(run, who[0]).map(function (text) { return "· " + text; });
    else rows = who.map(function (i) {
      return k.label(run, i) + words.colon + say("counts", k.count(run, i)) + (lacking(run, i).length ? " · " + lacking(run, i).join("；") : "");
    });
    rows = rows.map(function (row) { return row.length > 90 ? row.slice(0, 89) + "…" : row; });
    var lines = [k.head(run), say("counts", k.count(run))];
    if (who.length < 2 && rows.length) lines.push(words.not_done);
    var room = 10 - lines.length;
    if (rows.length > room) rows = rows.slice(0, room - 1).concat(say("more_lines", { n: rows.length - room + 1 }));
    return lines.concat(rows).join("\n");
  }

  function lone() { return k.live(run).length === 1 && !run.subjects[k.live(run)[0]] ? k.live(run)[0] : -1; }

  /* Changes the run: in the store as it is there, and here as it is seen. */
  function change(turn) {
    var there = k.put(id, turn);
    if (there) run = k.all()[id] || run;
    else turn(run);
    gone(!there);
    paint();
  }

  function gone(is) {
    k.trouble(is ? [el("p", { text: words.cleared }), button(words.put_back, function () {
      var made = {};
      made[id] = run;
      k.add(made);
      gone(false);
    })] : []);
  }

  function press(item, i, state) {
    var again = k.mark(run, item[0], i)[0] === state && !k.stale(run, item, i);
    change(function (of) { k.set(of, item, i, again ? "" : state, k.mark(of, item[0], i)[1]); });
  }

  /* A note is kept when it is left, so that half of a phone number is not. */
  function noteField() {
    var input = el("input", { type: "text", class: "bd-runs-note", maxlength: 80, autocomplete: "off", placeholder: words.note });
    var wrong = el("p", { role: "alert", class: "bd-runs-wrong" });
    var at = null;
    function keep() {
      if (!at || !run || run.done) return;
      var item = at[0], i = at[1], text = input.value.trim(), bad = baodian.personal(text);
      wrong.textContent = bad ? say("personal", { text: text }) : "";
      input.setAttribute("aria-invalid", bad);
      if (bad || text === k.mark(run, item[0], i)[1]) return;
      change(function (of) {
        var now = k.mark(of, item[0], i);
        k.set(of, item, i, now[0], text, now[2]);
      });
    }
    input.addEventListener("change", keep);
    input.leave = keep;
    return {
      input: input, wrong: wrong, at: function () { return at; },
      show: function (item, i) {
        var moved = !at || at[0] !== item || at[1] !== i;
        if (moved) { keep(); at = [item, i]; wrong.textContent = ""; input.removeAttribute("aria-invalid"); }
        input.setAttribute("aria-label", say("note_of", { what: (run.subjects[i] ? run.subjects[i] + " · " : "") + item[1] }));
        if (moved || (document.activeElement !== input && !wrong.textContent)) input.value = k.mark(run, item[0], i)[1];
        input.disabled = !!run.done;
      }
    };
  }

  function control(item, i) {
    var note = noteField(), opened = false;
    var buttons = STATES.map(function (state) {
      return el("button", { type: "button", "data-state": state, on: function () { press(item, i, state); } }, [
        el("span", { "aria-hidden": "true", text: SIGNS[state] }), document.createTextNode(words[state])
      ]);
    });
    var more = el("button", { type: "button", class: "bd-runs-more", text: words.note, "aria-label": say("note_of", { what: item[1] }), on: function () {
      opened = note.input.hidden;
      paint();
      if (opened) note.input.focus();
    } });
    var old = el("p", { class: "bd-runs-old", text: words.old });
    return {
      node: el("div", { class: "bd-runs-item" }, [
        el("div", { role: "group", "aria-label": item[1], class: "bd-runs-states" }, buttons.concat(more)), old, note.input, note.wrong
      ]),
      paint: function () {
        var now = k.mark(run, item[0], i);
        buttons.forEach(function (one, n) {
          one.setAttribute("aria-pressed", now[0] === STATES[n]);
          one.disabled = !!run.done;
        });
        old.hidden = !k.stale(run, item, i);
        note.show(item, i);
        note.input.hidden = !(opened || now[1] || note.wrong.textContent || (now[0] === "no" && !run.done));
        more.setAttribute("aria-expanded", !note.input.hidden);
        more.hidden = !!run.done;
      }
    };
  }

  function single(i) {
    var wanted = k.items(run), controls = [];
    wanted.forEach(function (item) {
      var line = anchor(item), one = control(item, i);
      line.insertBefore(one.node, line.querySelector(".bd-check").nextSibling);
      controls.push(one);
    });
    list.groups.forEach(function (group) {
      var shown = group[2].filter(function (item) {
        var in_ = wanted.indexOf(item) >= 0;
        anchor(item).hidden = !in_;
        return in_;
      });
      if (group[2].length) anchor(group[2][0]).closest("fieldset, .bd-checklist > ul").hidden = !shown.length;
    });
    return function () { controls.forEach(function (one) { one.paint(); }); };
  }

  function grid() {
    var wanted = k.items(run), who = k.live(run), note = noteField();
    var target = el("p", { class: "bd-runs-target" });
    var cells = wanted.map(function (item) {
      return who.map(function (i) {
        return el("button", { type: "button", tabindex: -1, on: function () {
          var now = k.mark(run, item[0], i)[0];
          if (k.stale(run, item, i)) press(item, i, now);
          else change(function (of) { k.set(of, item, i, STATES[STATES.indexOf(now) + 1] || "", k.mark(of, item[0], i)[1]); });
          var after = k.mark(run, item[0], i)[0];
          k.tell(k.label(run, i) + " · " + item[1] + " · " + words[after || "none"]);
        } });
      });
    });
    function look(r, c) {
      cells.forEach(function (row) { row.forEach(function (cell) { cell.tabIndex = -1; }); });
      cells[r][c].tabIndex = 0;
      note.show(wanted[r], who[c]);
      target.textContent = note.input.getAttribute("aria-label");
    }
    var table = el("table", { class: "bd-runs-table", role: "grid", "aria-label": say("grid", { title: list.title }) }, [
      el("thead", {}, [el("tr", {}, [el("th", { scope: "col", text: words.item })].concat(who.map(function (i) {
        return el("th", { scope: "col", text: k.label(run, i) });
      })))]),
      el("tbody", {}, wanted.map(function (item, r) {
        return el("tr", {}, [el("th", { scope: "row", text: item[1] })].concat(cells[r].map(function (cell) { return el("td", {}, [cell]); })));
      }))
    ]);
    table.addEventListener("focusin", function (event) {
      cells.forEach(function (row, r) { var c = row.indexOf(event.target); if (c >= 0) look(r, c); });
    });
    table.addEventListener("keydown", function (event) {
      var step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!step) return;
      cells.some(function (row, r) {
        var c = row.indexOf(event.target), next = c >= 0 && cells[r + step[0]] && cells[r + step[0]][c + step[1]];
        if (next) { event.preventDefault(); next.focus(); }
        return c >= 0;
      });
    });
    var behind = el("details", { class: "bd-runs-reasons" }, [el("summary", { text: words.reasons })]);
    root.insertBefore(el("div", { class: "bd-runs-grid" }, [
      el("p", { class: "bd-why", text: words.grid_hint }), el("div", { class: "bd-runs-scroll" }, [table]), target, note.input, note.wrong
    ]), box);
    root.insertBefore(behind, box);
    behind.appendChild(box);
    look(0, 0);
    return function () {
      cells.forEach(function (row, r) {
        row.forEach(function (cell, c) {
          var now = k.mark(run, wanted[r][0], who[c]), old = k.stale(run, wanted[r], who[c]);
          cell.setAttribute("data-state", now[0]);
          cell.textContent = SIGNS[now[0]] + " " + words[now[0] || "none"] + (now[1] ? " ✎" : "") + (old ? " !" : "");
          cell.setAttribute("aria-label", [k.label(run, who[c]), wanted[r][1], words[now[0] || "none"], now[1] && say("note_of", { what: now[1] }), old && words.old_short].filter(Boolean).join(words.sep));
          cell.disabled = !!run.done;
        });
      });
      note.show.apply(null, note.at());
    };
  }

  function running() {
    var title = el("h2", { tabindex: -1, text: say("running", { name: run.name }) });
    var bar = el("progress", { "aria-label": title.textContent });
    var counted = el("p", { role: "status" }), lost = el("p", { class: "bd-runs-old" });
    var leave = button("", function () {
      try { history.replaceState(null, "", location.pathname + location.search); } catch (refused) { location.hash = ""; }
      show();
      root.scrollIntoView();
      top.querySelector("a").focus({ preventScroll: true });
    });
    fill(top, [
      k.alarm,
      el("div", { class: "bd-runs-head" }, [el("div", { class: "bd-runs-row" }, [title, leave]), bar, counted]), lost
    ]);
    var body = lone() >= 0 ? single(lone()) : grid();
    var tools = el("div", { class: "bd-runs-row" });
    var done;
    function toolbar() {
      done = run.done;
      var copy = button(words.copy, function () { k.copy(summary(run), copy); });
      fill(tools, [
        done ? button(words.again, function () {
          change(function (of) { of.done = 0; });
          title.focus();
        })
          : k.sure(words.finish, function () { var open = k.count(run).open; return open && say("finish_open", { n: open }); }, words.finish, function () {
            change(function (of) { of.done = Date.now(); });
            title.focus();
          }),
        copy, button(words.print, function () { window.print(); }),
        done ? null : button(words.edit, edit),
        k.sure(words.delete, function () { return say("delete_sure", { name: run.name }); }, words.delete_yes, function () {
          var name = run.name;
          k.drop(id);
          leave.click();
          k.tell(say("deleted", { name: name }));
          k.status.focus();
        })
      ]);
    }
    function anew() {
      var title = show();
      if (title) title.focus();
    }
    function edit() {
      var form = k.naming(list, run, function (asked) {
        change(function (of) {
          of.name = asked.name;
          asked.named.forEach(function (pair) {
            of.subjects[pair[0]] = pair[1] || null;
            if (!pair[1]) Object.keys(of.items).forEach(function (item) { delete of.items[item][pair[0]]; });
          });
          of.subjects = of.subjects.concat(asked.more).slice(0, Math.max(of.subjects.length, k.MANY));
          if (of.subjects.every(function (one) { return one === null; })) of.subjects.push("");
        });
        anew();
      }, anew);
      fill(tools, [form]);
      form.first.focus();
    }
    fill(foot, [tools, k.status, k.exporter(words.export, function () { return run.name; }, function () {
      var made = {};
      made[id] = run;
      return made;
    })]);
    paint = function () {
      var now = k.count(run);
      bar.max = now.all || 1;
      bar.value = now.n;
      counted.textContent = say("progress", now) + words.colon + say("counts", now) + (run.done ? " · " + words.finished + " " + k.when(run.done, true) : "");
      lost.hidden = !now.lost;
      lost.textContent = say("gone_items", { n: now.lost });
      leave.textContent = store.trouble() ? words.leave_lost : words.leave;
      if (done !== run.done) toolbar();
      body();
    };
    gone(false);
    paint();
    return title;
  }

  function tidy() {
    Array.prototype.forEach.call(root.querySelectorAll(".bd-runs-note"), function (input) { if (input.leave) input.leave(); });
  }

  /* Shows what the address asks for. */
  function show() {
    var asked = /^#run-(r[0-9a-z]+)$/.exec(location.hash);
    root.insertBefore(box, foot);
    Array.prototype.forEach.call(root.querySelectorAll(".bd-runs-item, .bd-runs-grid, .bd-runs-reasons"), function (node) {
      node.parentNode.removeChild(node);
    });
    Array.prototype.forEach.call(box.querySelectorAll("[hidden]"), function (node) { node.hidden = false; });
    id = asked ? asked[1] : "";
    run = id ? k.all()[id] : null;
    if (run && run.list !== here) run = null;
    root.classList.toggle("bd-running", !!run);
    document.documentElement.classList.toggle("bd-prints-run", !!run);
    Array.prototype.forEach.call(box.querySelectorAll(".bd-check input"), function (input) { input.disabled = !!run; });
    k.tell("");
    if (run) return running();
    idle(id ? words.unknown : "");
    return null;
  }

  root.insertBefore(top, box);
  root.appendChild(foot);
  window.addEventListener("hashchange", function () {
    var to = location.hash.slice(1);
    tidy();
    if (!/^run-/.test(to) && (!run || document.getElementById(to))) return;
    var title = show();
    if (title) { title.focus({ preventScroll: true }); root.scrollIntoView(); }
  });
  document.addEventListener("visibilitychange", function () { if (document.hidden) tidy(); });
  window.addEventListener("pagehide", tidy);
  store.watch(k.NAME, function () {
    var fresh = run && k.all()[id];
    if (run && !fresh) return gone(true);
    if (!run) return paint();
    var same = JSON.stringify([fresh.name, fresh.subjects, fresh.groups]) === JSON.stringify([run.name, run.subjects, run.groups]);
    run = fresh;
    if (same) paint(); else show();
  });
  show();
})();
