/* All runs of this device: go on, export, import, a table of several, delete, forget everything.
   What is kept is told at the head of `runs.js`. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ words: Object<string, string> }} RunsAllData */
(() => {
  "use strict";
  const { fill, make } = baodian;

  baodian.widget("runs-all", (root, asked) => {
    const k = baodian.runs, { button, say } = k;
    const words = Object.assign(k.words, asked.words), lists = k.data.lists;
    const place = make("div", { class: "bd-runs" });
    const shown = make("div"), team = make("section"), report = make("div", { role: "status", class: "bd-runs-report" });
    const left = {};    // runs the reader took out of the table
    let chosen = "";  // the list of the table

    function sorted(runs) {
      return Object.keys(runs).sort((a, b) => runs[b].changed - runs[a].changed);
    }

    // --- the runs --------------------------------------------------------------------------------------

    function line(id, run) {
      const list = lists[run.list];
      return make("li", {}, [
        make(list ? "a" : "p", { href: list ? baodian.root + list.href + "#run-" + id : null }, [
          make("strong", { text: run.name }),
          make("span", { text: (list ? list.title : run.title) + " · " + say("progress", k.count(run)) + " · " + k.when(run.changed, true) }),
          run.imported ? make("em", { text: words.imported }) : null
        ]),
        list ? null : make("p", { class: "bd-runs-old", text: words.no_list }),
        k.sure(words.delete, () => say("delete_sure", { name: run.name }), words.delete_yes, () => {
          k.drop(id);
          paint();
          k.tell(say("deleted", { name: run.name }));
          k.status.focus();
        }, words.delete + words.colon + run.name)
      ]);
    }

    function paint() {
      const runs = k.all(), ids = sorted(runs);
      function section(done) {
        const of = ids.filter(id => !!runs[id].done === done);
        return of.length ? make("section", { class: "bd-runs-list" }, [
          make("h2", { text: words[done ? "finished" : "open"] + " " + of.length }),
          make("ul", {}, of.map(id => line(id, runs[id])))
        ]) : null;
      }
      k.trouble();
      fill(shown, ids.length ? [section(false), section(true), k.exporter(words.export_all, () => words.all_name, k.all)] : [
        make("p", {}, [words.nothing + " ", make("a", { href: baodian.root + "checklists/index.html", text: words.begin })])
      ]);
      table(runs);
    }

    // --- several in a table ----------------------------------------------------------------------------

    function table(runs) {
      const found = Object.keys(lists).filter(list => sorted(runs).some(id => runs[id].list === list));
      if (!found.length) return fill(team, []);
      if (!found.includes(chosen)) chosen = found[0];
      const which = make("select", {}, found.map(list => make("option", { value: list, text: lists[list].title })));
      which.value = chosen;
      which.addEventListener("change", () => { chosen = which.value; rows(); });
      const who = make("fieldset"), grid = make("div");
      fill(team, [
        make("h2", { text: words.team }), make("p", { class: "bd-why", text: words.team_hint }),
        make("label", { class: "bd-runs-field" }, [make("span", { text: words.which }), which]), who, grid
      ]);
      rows();

      function rows() {
        const ids = sorted(runs).filter(id => runs[id].list === chosen);
        fill(who, [make("legend", { text: words.who })].concat(ids.map(id => {
          const input = make("input", { type: "checkbox" });
          input.checked = !left[id];
          input.addEventListener("change", () => { left[id] = !input.checked; cells(); });
          return make("label", { class: "bd-check" }, [input, make("span", { text: runs[id].name + " · " + k.when(runs[id].started) })]);
        })));
        cells();

        function cells() {
          // What the list has today, then what a finished run was asked that is no longer on it.
          const items = k.items({ list: chosen, groups: [] }), today = items.length;
          const shown = ids.filter(id => !left[id]);
          shown.forEach(id => { k.items(runs[id]).forEach(item => { if (!items.some(one => one[0] === item[0])) items.push(item); }); });
          const heads = items.map((item, n) => n < today ? item[1] : say("gone_item", { what: item[1] }));
          const made = [];
          const sums = items.map(() => 0);
          let total = 0;
          shown.forEach(id => {
            const then = new Map(k.items(runs[id])); // of a finished run what was asked
            k.live(runs[id]).forEach(i => {
              const states = items.map((item, n) => {
                const now = k.mark(runs[id], item[0], i);
                if (now[0] === "no") sums[n] += 1;
                return [now[0], now[1], !runs[id].asked ? "" : !then.has(item[0]) ? "not_asked" : then.get(item[0]) !== item[1] ? "old_short" : ""];
              });
              const lacks = states.filter(one => one[0] === "no").length;
              total += lacks;
              made.push([runs[id].name + (runs[id].subjects[i] ? " · " + runs[id].subjects[i] : ""), lacks, states]);
            });
          });
          function word(one) {
            if (one[2] === "not_asked" && !one[0]) return words.not_asked;
            return k.SIGNS[one[0]] + " " + words[one[0] || "none"] + (one[1] ? baodian.signs.aside(one[1]) : "") + (one[2] === "old_short" ? " [" + words.old_short + "]" : "");
          }
          const copy = button(words.copy_table, () => {
            k.copy([[words.row, words.lacks].concat(heads)].concat(
              made.map(row => [row[0], row[1]].concat(row[2].map(word))), [[words.sum, total].concat(sums)]
            ).map(row => // A cell that begins like a formula would be run by a spreadsheet.
            row.map(cell => String(cell).replace(/\s+/g, " ").trim().replace(/^[=+\-@＝＋－＠]/, "'$&")).join("\t")).join("\n"), copy);
          });
          function tr(head, cells, look) {
            return make("tr", look ? { class: look } : {}, [make("th", { scope: "row", text: head })].concat(cells));
          }
          fill(grid, [
            make("div", { class: "bd-runs-scroll", tabindex: 0, role: "region", "aria-label": words.team }, [make("table", { class: "bd-runs-table" }, [
              make("thead", {}, [make("tr", {}, [words.row, words.lacks].concat(heads).map(text => make("th", { scope: "col", text })))]),
              make("tbody", {}, made.map(row => tr(row[0], [make("td", { class: "bd-runs-number", text: row[1] })].concat(row[2].map(one => make("td", { "data-state": one[0], text: word(one) }))))).concat(tr(words.sum, [total].concat(sums).map(n => make("td", { class: "bd-runs-number", text: n })), "bd-runs-sum")))
            ])]),
            make("div", { class: "bd-runs-row" }, [copy, button(words.print, () => { window.print(); })])
          ]);
        }
      }
    }

    // --- import ----------------------------------------------------------------------------------------

    const BIG = 5e6; // characters; a browser keeps no more

    const MANY = 20; // what gave way is told one by one up to here

    /* What stood here and gave way, in words. */
    function gaveWay(one) {
      function state(mark) { return words[mark[0] || "none"] + (mark[1] ? baodian.signs.aside(mark[1]) : ""); }
      const [was, now] = [one.was, one.now].map(side => one.about === "mark" ? state(side) : one.about === "done" ? words[side] : side || words.taken_away);
      return say("gave_way", { run: one.run, what: one.what ? one.what + words.colon : "", was, now });
    }

    /* Takes what a file holds. Returns sentences about what became of it, and of what gave way. */
    function take(text, file) {
      let found;
      if (text.length > BIG) return [say("too_big", { file })];
      try { found = JSON.parse(text.replace(/^\ufeff/, "")); } catch (damaged) {
        return [say(/"baodian-runs"/.test(text) ? "damaged" : "foreign", { file })];
      }
      if (!baodian.plain(found) || typeof found["baodian-runs"] !== "number") return [say("foreign", { file })];
      if (found["baodian-runs"] > 1) return [say("too_new", { file })];
      if (!baodian.plain(found.runs)) return [say("damaged", { file })];
      let taken;
      baodian.store.change(k.NAME, runs => {
        taken = k.merge(runs, found.runs, lists, k.data.retired, Date.now());
        return taken.runs;
      });
      const n = taken.n;
      chosen = taken.lists[0] || chosen;
      const more = taken.replaced.length - MANY;
      return Object.keys(n).filter(key => n[key]).map(key => say(key, { n: n[key] }))
        .concat(taken.replaced.slice(0, MANY).map(gaveWay), more > 0 ? say("more_lines", { n: more }) : []);
    }

    function took(pairs) {
      fill(report, pairs.map(pair => {
        const said = take(pair[1], pair[0]);
        return [make("p", { text: pair[0] + words.colon }), make("ul", {}, (said.length ? said : [say("added", { n: 0 })]).map(text => make("li", { text })))];
      }));
      paint();
    }

    const files = make("input", { type: "file", multiple: "", accept: ".json,.txt,application/json,text/plain" });
    files.addEventListener("change", () => {
      Promise.all(Array.from(files.files, file => new Promise(done => {
        const reader = new FileReader();
        reader.onload = () => { done([file.name, reader.result]); };
        reader.onerror = () => { done([file.name, ""]); };
        reader.readAsText(file.slice(0, 4 * BIG));
      }))).then(pairs => { files.value = ""; took(pairs); });
    });
    const pasted = make("textarea", { rows: 3, autocomplete: "off" });
    function field(text, input) { return make("label", { class: "bd-runs-field" }, [make("span", { text }), input]); }

    // --- everything ------------------------------------------------------------------------------------

    fill(place, [
      k.alarm, k.status, shown,
      make("section", { class: "bd-runs-import" }, [
        make("h2", { text: words.import }), make("p", { class: "bd-why", text: words.import_hint }),
        field(words.files, files), field(words.paste, pasted),
        make("div", { class: "bd-runs-row" }, [button(words.take, () => {
          if (pasted.value.trim()) took([[words.pasted, pasted.value.trim()]]);
          pasted.value = "";
        })]), report
      ]),
      team,
      make("section", { class: "bd-runs-clear" }, [
        make("h2", { text: words.clear }), make("p", { text: words.clear_hint }),
        k.sure(words.clear, () => words.clear_sure, words.clear_yes, () => {
          baodian.store.clear();
          fill(report, []);
          paint();
          k.tell(words.was_cleared);
          k.status.focus();
        })
      ])
    ]);
    Array.from(root.children).forEach(child => { child.hidden = true; });
    root.appendChild(place);
    baodian.store.watch(k.NAME, paint);
    paint();
  });
})();
