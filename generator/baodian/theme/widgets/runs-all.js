/* All runs of this device: go on, export, import, a table of several, delete, forget everything.
   What is kept is told at the head of `runs.js`. */
(function () {
  "use strict";
  var root = document.querySelector('[data-widget="runs-all"]');
  var asked = JSON.parse(root.querySelector("script").textContent);
  var k = window.baodianRuns, el = k.el, button = k.button, fill = k.fill, say = k.say;
  var words = Object.assign(k.words, asked.words), lists = k.data.lists;
  var place = el("div", { class: "bd-runs" });
  var shown = el("div"), team = el("section"), report = el("div", { role: "status", class: "bd-runs-report" });
  var left = {};    // runs the reader took out of the table
  var chosen = "";  // the list of the table

  function sorted(runs) {
    return Object.keys(runs).sort(function (a, b) { return runs[b].changed - runs[a].changed; });
  }

  // --- the runs --------------------------------------------------------------------------------------

  function line(id, run) {
    var list = lists[run.list];
    return el("li", {}, [
      el(list ? "a" : "p", { href: list ? baodian.root + list.href + "#run-" + id : null }, [
        el("strong", { text: run.name }),
        el("span", { text: (list ? list.title : run.title) + " · " + say("progress", k.count(run)) + " · " + k.when(run.changed, true) }),
        run.imported ? el("em", { text: words.imported }) : null
      ]),
      list ? null : el("p", { class: "bd-runs-old", text: words.no_list }),
      k.sure(words.delete, function () { return say("delete_sure", { name: run.name }); }, words.delete_yes, function () {
        k.drop(id);
        paint();
        k.tell(say("deleted", { name: run.name }));
        k.status.focus();
      }, words.delete + words.colon + run.name)
    ]);
  }

  function paint() {
    var runs = k.all(), ids = sorted(runs);
    function section(done) {
      var of = ids.filter(function (id) { return !!runs[id].done === done; });
      return of.length ? el("section", { class: "bd-runs-list" }, [
        el("h2", { text: words[done ? "finished" : "open"] + " " + of.length }),
        el("ul", {}, of.map(function (id) { return line(id, runs[id]); }))
      ]) : null;
    }
    k.trouble();
    fill(shown, ids.length ? [section(false), section(true), k.exporter(words.export_all, function () { return words.all_name; }, k.all)] : [
      el("p", {}, [document.createTextNode(words.nothing + " "), el("a", { href: baodian.root + "checklists/index.html", text: words.begin })])
    ]);
    table(runs);
  }

  // --- several in a table ----------------------------------------------------------------------------

  function table(runs) {
    var found = Object.keys(lists).filter(function (list) {
      return sorted(runs).some(function (id) { return runs[id].list === list; });
    });
    if (!found.length) return fill(team, []);
    if (found.indexOf(chosen) < 0) chosen = found[0];
    var which = el("select", {}, found.map(function (list) { return el("option", { value: list, text: lists[list].title }); }));
    which.value = chosen;
    which.addEventListener("change", function () { chosen = which.value; rows(); });
    var who = el("fieldset"), grid = el("div");
    fill(team, [
      el("h2", { text: words.team }), el("p", { class: "bd-why", text: words.team_hint }),
      el("label", { class: "bd-runs-field" }, [el("span", { text: words.which }), which]), who, grid
    ]);
    rows();

    function rows() {
      var ids = sorted(runs).filter(function (id) { return runs[id].list === chosen; });
      fill(who, [el("legend", { text: words.who })].concat(ids.map(function (id) {
        var input = el("input", { type: "checkbox" });
        input.checked = !left[id];
        input.addEventListener("change", function () { left[id] = !input.checked; cells(); });
        return el("label", { class: "bd-check" }, [input, el("span", { text: runs[id].name + " · " + k.when(runs[id].started) })]);
      })));
      cells();

      function cells() {
        var items = k.items({ list: chosen, groups: [] });
        var made = [], sums = items.map(function () { return 0; }), total = 0;
        ids.filter(function (id) { return !left[id]; }).forEach(function (id) {
          k.live(runs[id]).forEach(function (i) {
            var states = items.map(function (item, n) {
              var now = k.mark(runs[id], item[0], i);
              if (now[0] === "no") sums[n] += 1;
              return [now[0], now[1]];
            });
            var lacks = states.filter(function (one) { return one[0] === "no"; }).length;
            total += lacks;
            made.push([runs[id].name + (runs[id].subjects[i] ? " · " + runs[id].subjects[i] : ""), lacks, states]);
          });
        });
        function word(one) { return (k.SIGNS[one[0]] + " " + words[one[0] || "none"]) + (one[1] ? "（" + one[1] + "）" : ""); }
        var copy = button(words.copy_table, function () {
          k.copy([[words.row, words.lacks].concat(items.map(function (item) { return item[1]; }))].concat(
            made.map(function (row) { return [row[0], row[1]].concat(row[2].map(word)); }), [[words.sum, total].concat(sums)]
          ).map(function (row) {
            // A cell that begins like a formula would be run by a spreadsheet.
            return row.map(function (cell) { return String(cell).replace(/\s+/g, " ").trim().replace(/^[=+\-@＝＋－＠]/, "'$&"); }).join("\t");
          }).join("\n"), copy);
        });
        function tr(head, cells, look) {
          return el("tr", look ? { class: look } : {}, [el("th", { scope: "row", text: head })].concat(cells));
        }
        fill(grid, [
          el("div", { class: "bd-runs-scroll", tabindex: 0, role: "region", "aria-label": words.team }, [el("table", { class: "bd-runs-table" }, [
            el("thead", {}, [el("tr", {}, [words.row, words.lacks].concat(items.map(function (item) { return item[1]; })).map(function (text) {
              return el("th", { scope: "col", text: text });
            }))]),
            el("tbody", {}, made.map(function (row) {
              return tr(row[0], [el("td", { class: "bd-runs-number", text: row[1] })].concat(row[2].map(function (one) {
                return el("td", { "data-state": one[0], text: word(one) });
              })));
            }).concat(tr(words.sum, [total].concat(sums).map(function (n) { return el("td", { class: "bd-runs-number", text: n }); }), "bd-runs-sum")))
          ])]),
          el("div", { class: "bd-runs-row" }, [copy, button(words.print, function () { window.print(); })])
        ]);
      }
    }
  }

  // --- import ----------------------------------------------------------------------------------------

  function held(run) {
    var texts = [run.name].concat(run.subjects);
    Object.keys(run.items).forEach(function (id) {
      Object.keys(run.items[id]).forEach(function (i) { texts.push(run.items[id][i][1]); });
    });
    return texts.some(function (text) { return text && baodian.personal(text); });
  }

  var BIG = 5e6; // characters; a browser keeps no more

  /* Takes what a file holds. Returns sentences about what became of it. */
  function take(text, file) {
    var found;
    if (text.length > BIG) return [say("too_big", { file: file })];
    try { found = JSON.parse(text.replace(/^\ufeff/, "")); } catch (damaged) {
      return [say(/"baodian-runs"/.test(text) ? "damaged" : "foreign", { file: file })];
    }
    if (!k.plain(found) || typeof found["baodian-runs"] !== "number") return [say("foreign", { file: file })];
    if (found["baodian-runs"] > 1) return [say("too_new", { file: file })];
    if (!k.plain(found.runs)) return [say("damaged", { file: file })];
    var n, sent = {};
    baodian.store.change(k.NAME, function (runs) {
      runs = runs || {};
      n = { added: 0, replaced: 0, kept: 0, strange: 0, bad: 0 };
      Object.keys(found.runs).forEach(function (id) {
        var run = found.runs[id];
        if (!k.ID.test(id) || !k.valid(run) || held(run)) { n.bad += 1; return; }
        run = k.lifted(run);
        if (!lists[run.list]) { n.strange += 1; return; }
        var old = k.valid(runs[id]) ? runs[id] : null;
        if (old && old.changed >= run.changed) { n.kept += 1; return; }
        n[old ? "replaced" : "added"] += 1;
        if (!old || old.imported) run.imported = Date.now();
        runs[id] = run;
        sent[run.list] = true;
      });
      return runs;
    });
    chosen = Object.keys(sent)[0] || chosen;
    return Object.keys(n).filter(function (key) { return n[key]; }).map(function (key) { return say(key, { n: n[key] }); });
  }

  function took(pairs) {
    fill(report, pairs.map(function (pair) {
      return el("p", {}, [el("strong", { text: pair[0] + words.colon }), document.createTextNode(take(pair[1], pair[0]).join(" ") || say("added", { n: 0 }))]);
    }));
    paint();
  }

  var files = el("input", { type: "file", multiple: "", accept: ".json,.txt,application/json,text/plain" });
  files.addEventListener("change", function () {
    Promise.all(Array.prototype.map.call(files.files, function (file) {
      return new Promise(function (done) {
        var reader = new FileReader();
        reader.onload = function () { done([file.name, reader.result]); };
        reader.onerror = function () { done([file.name, ""]); };
        reader.readAsText(file.slice(0, 4 * BIG));
      });
    })).then(function (pairs) { files.value = ""; took(pairs); });
  });
  var pasted = el("textarea", { rows: 3, autocomplete: "off" });
  function field(text, input) { return el("label", { class: "bd-runs-field" }, [el("span", { text: text }), input]); }

  // --- everything ------------------------------------------------------------------------------------

  fill(place, [
    k.alarm, k.status, shown,
    el("section", { class: "bd-runs-import" }, [
      el("h2", { text: words.import }), el("p", { class: "bd-why", text: words.import_hint }),
      field(words.files, files), field(words.paste, pasted),
      el("div", { class: "bd-runs-row" }, [button(words.take, function () {
        if (pasted.value.trim()) took([[words.pasted, pasted.value.trim()]]);
        pasted.value = "";
      })]), report
    ]),
    team,
    el("section", { class: "bd-runs-clear" }, [
      el("h2", { text: words.clear }), el("p", { text: words.clear_hint }),
      k.sure(words.clear, function () { return words.clear_sure; }, words.clear_yes, function () {
        baodian.store.clear();
        fill(report, []);
        paint();
        k.tell(words.was_cleared);
        k.status.focus();
      })
    ])
  ]);
  Array.prototype.forEach.call(root.children, function (child) { child.hidden = true; });
  root.appendChild(place);
  baodian.store.watch(k.NAME, paint);
  paint();
})();
