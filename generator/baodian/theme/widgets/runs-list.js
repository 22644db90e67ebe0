/* A run on the page of its list: one line of buttons for each item, or a grid of items by subjects.
   What it keeps is told at the head of `runs.js`. `#run-<run id>` in the address opens a run. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ here: string, book: string, words: Object<string, string> }} RunsListData */
(() => {
  "use strict";

  const { bare, fill, has, make, only, store } = baodian;
  const NOTE = 80, FITS = 5; // characters of a note; subjects beside each other on a phone

  baodian.widget("runs-list", (root, asked) => {
    const k = baodian.runs, { button, say } = k;
    const words = Object.assign(k.words, asked.words), here = asked.here, list = k.data.lists[here];
    const STATES = k.STATES, SIGNS = k.SIGNS;
    const box = root.querySelector(".bd-checklist");
    const top = make("div", { class: "bd-runs bd-runs-top" }), foot = make("div", { class: "bd-runs" });
    const ticks = bare(), today = () => new Date().toDateString();
    const wipe = button(words.wipe, () => {
      Object.keys(ticks).forEach(item => { ticks[item].checked = false; });
      keepTicks();
    });
    let id = "", run = null, carried = "";
    let paint = () => {};

    function anchor(item) { return document.getElementById(item[0].replace(/\./g, "-")); }

    /* Boxes ticked outside a run stay so until the day is over (`ticked`, version 1): by list, the day and its items. */
    const ofToday = kept => only(kept, one => one && one.day === today() && Array.isArray(one.items));
    function keepTicks() {
      const items = Object.keys(ticks).filter(item => ticks[item].checked);
      store.change("ticked", kept => {
        const made = ofToday(kept);
        if (items.length) made[here] = { day: today(), items }; else delete made[here];
        return made;
      });
      wipe.hidden = !items.length;
    }
    function tick() {
      const kept = ofToday(store.read("ticked")), mine = has(kept, here) ? kept[here].items : [];
      Object.keys(ticks).forEach(item => { ticks[item].checked = mine.includes(item); });
      wipe.hidden = !mine.length;
    }

    function mine() {
      const runs = k.all();
      return Object.keys(runs).filter(one => runs[one].list === here)
        .sort((a, b) => runs[b].changed - runs[a].changed)
        .map(one => [one, runs[one]]);
    }

    function idle(note) {
      const shown = make("div");
      let form = null;
      const start = button(words.start, () => {
        form = k.naming(list, null, asked => {
          const now = Date.now(), fresh = "r" + now.toString(36) + Math.random().toString(36).slice(2, 6);
          const made = {
            list: here, title: list.title, name: asked.name, groups: asked.groups, subjects: asked.more.length ? asked.more : [""],
            items: {}, started: now, changed: now, done: 0
          };
          carry(made);
          k.add(fresh, made);
          location.hash = "run-" + fresh;
        }, () => { form.parentNode.replaceChild(start, form); start.focus(); });
        start.parentNode.replaceChild(form, start);
        form.first.focus();
        form.first.select();
      }, "main");
      paint = () => {
        const found = mine();
        function section(done) {
          const of = found.filter(pair => !!pair[1].done === done);
          return of.length ? make(done ? "details" : "div", { class: "bd-runs-list" }, [
            make(done ? "summary" : "h3", { text: words[done ? "finished" : "open"] + " " + of.length }),
            make("ul", {}, of.map(pair => make("li", {}, [make("a", { href: "#run-" + pair[0] }, [
              make("strong", { text: pair[1].name }), make("span", { text: say("progress", k.count(pair[1])) + " · " + k.when(pair[1].changed, true) }),
              make("em", { text: words[done ? "look" : "go_on"] })
            ])])))
          ]) : null;
        }
        fill(shown, [section(false), section(true)]);
      };
      tick();
      fill(top, [k.alarm, note ? make("p", { class: "bd-runs-wrong", role: "alert", text: note }) : null, shown, k.status]);
      fill(foot, [make("div", { class: "bd-runs-row" }, [start, wipe, baodian.link(words.all, k.data.address)]), make("p", "bd-runs-loose", words.loose)]);
      k.trouble();
      paint();
    }

    /* What was ticked before the run was started goes along as done; of several nobody knows whose it is. */
    function carry(run) {
      const ticked = k.items(run).map(item => [item, anchor(item).querySelector(".bd-check input")]).filter(pair => pair[1].checked);
      const one = run.subjects.length === 1;
      carried = ticked.length ? say(one ? "carried" : "not_carried", { n: ticked.length }) : "";
      if (one) ticked.forEach(pair => {
        k.set(run, pair[0], 0, "yes", "");
        pair[1].checked = false;
      });
      keepTicks();
    }

    function lacking(run, i) {
      return k.items(run).filter(item => k.mark(run, item[0], i)[0] === "no")
        .map(item => k.said(item, k.mark(run, item[0], i)[1]));
    }

    /* At most ten lines, for a chat. */
    function summary(run) {
      const who = k.live(run), most = baodian.signs.room(90);
      let rows = [];
      if (who.length < 2) rows = lacking(run, who[0]).map(text => "· " + text);
      else rows = who.map(i => k.label(run, i) + words.colon + say("counts", k.count(run, i)) + (lacking(run, i).length ? " · " + lacking(run, i).join(baodian.signs.semicolon) : ""));
      rows = rows.map(row => row.length > most ? row.slice(0, most - 1) + "…" : row);
      const lines = [k.head(run), say("counts", k.count(run))];
      if (who.length < 2 && rows.length) lines.push(words.not_done);
      const room = 10 - lines.length;
      if (rows.length > room) rows = rows.slice(0, room - 1).concat(say("more_lines", { n: rows.length - room + 1 }));
      return lines.concat(rows).join("\n");
    }

    function lone() { return k.live(run).length === 1 && !run.subjects[k.live(run)[0]] ? k.live(run)[0] : -1; }

    /* Whoever answered the last open line went through the list: a path that asks for it ticks its step (`path.lists.js`). */
    function went() { store.set("checked", here, Date.now()); }
    const answered = () => !run.groups.length && !k.count(run).open;

    /* Changes the run: in the store as it is there, and here as it is seen. */
    function change(turn) {
      const before = answered();
      const there = k.put(id, turn);
      if (there) run = k.all()[id] || run;
      else turn(run);
      if (!before && answered()) went();
      gone(!there);
      paint();
    }

    function gone(is) {
      k.trouble(is ? [make("p", { text: words.cleared }), button(words.put_back, () => {
        k.add(id, run);
        gone(false);
      })] : []);
    }

    function press(item, i, state) {
      const again = k.mark(run, item[0], i)[0] === state && !k.stale(run, item, i);
      change(of => { k.set(of, item, i, again ? "" : state, k.mark(of, item[0], i)[1]); });
    }

    /* A note is kept when it is left, so that half of a phone number is not. */
    function noteField() {
      const input = make("input", { type: "text", class: "bd-runs-note", autocomplete: "off", placeholder: words.note });
      const wrong = make("p", { role: "alert", class: "bd-runs-wrong" });
      let at = null;
      function keep() {
        if (!at || !run || run.done) return;
        const item = at[0], i = at[1], text = input.value.trim(), bad = k.refused(text, NOTE);
        wrong.textContent = bad;
        input.setAttribute("aria-invalid", Boolean(bad));
        if (bad || text === k.mark(run, item[0], i)[1]) return;
        change(of => {
          const now = k.mark(of, item[0], i);
          k.set(of, item, i, now[0], text, now[2]);
        });
      }
      input.addEventListener("change", keep);
      input.leave = keep;
      return {
        input, wrong, place: () => at,
        show: function (item, i) {
          const moved = !at || at[0] !== item || at[1] !== i;
          if (moved) { keep(); at = [item, i]; wrong.textContent = ""; input.removeAttribute("aria-invalid"); }
          input.setAttribute("aria-label", say("note_of", { what: (run.subjects[i] ? run.subjects[i] + " · " : "") + item[1] }));
          if (moved || (document.activeElement !== input && !wrong.textContent)) input.value = k.mark(run, item[0], i)[1];
          input.disabled = !!run.done;
        }
      };
    }

    function control(item, i) {
      const note = noteField();
      let opened = false;
      const buttons = STATES.map(state => make("button", { type: "button", "data-state": state, on: function () { press(item, i, state); } }, [
        make("span", { "aria-hidden": "true", text: SIGNS[state] }), words[state]
      ]));
      const more = make("button", { type: "button", class: "bd-runs-more", text: words.note, "aria-label": say("note_of", { what: item[1] }), on: function () {
        opened = note.input.hidden;
        paint();
        if (opened) note.input.focus();
      } });
      const old = make("p", "bd-runs-old", words.old);
      return {
        node: make("div", { class: "bd-runs-item" }, [
          make("div", { role: "group", "aria-label": item[1], class: "bd-runs-states" }, buttons.concat(more)), old, note.input, note.wrong
        ]),
        paint: function () {
          const now = k.mark(run, item[0], i);
          buttons.forEach((one, n) => {
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
      const wanted = k.items(run), controls = [];
      wanted.forEach(item => {
        const line = anchor(item), one = control(item, i);
        line.insertBefore(one.node, line.querySelector(".bd-check").nextSibling);
        controls.push(one);
      });
      list.groups.forEach(group => {
        const shown = group[2].filter(item => {
          const in_ = wanted.includes(item);
          anchor(item).hidden = !in_;
          return in_;
        });
        if (group[2].length) anchor(group[2][0]).closest("fieldset, .bd-checklist > ul").hidden = !shown.length;
      });
      return () => { controls.forEach(one => { one.paint(); }); };
    }

    /* What became of the list since the run was finished; null if nothing did. */
    function changed() {
      const { added, gone, reworded } = k.changes(run);
      const lines = added.map(what => say("was_added", { what })).concat(gone.map(what => say("was_gone", { what })),
        reworded.map(two => say("was_reworded", { was: two[0], now: two[1] })));
      return lines.length ? make("div", { class: "bd-runs-changed" }, [make("p", { text: words.changed }), make("ul", {}, lines.map(text => make("li", { text })))]) : null;
    }

    /* The list as it is stands folded below what a run shows by itself. */
    function foldList(title) {
      const behind = make("details", { class: "bd-runs-reasons" }, [make("summary", { text: title })]);
      root.insertBefore(behind, box);
      behind.appendChild(box);
    }

    /* A finished run of one, of a list that was changed since: what was asked, group by group. */
    function past(i, note) {
      const controls = [];
      root.insertBefore(make("div", { class: "bd-runs-past" }, [note].concat(k.asked(run).map(group => make("section", {}, [
        group[1] ? make("h3", { text: group[1] }) : null,
        make("ul", {}, group[2].map(item => {
          const one = control(item, i);
          controls.push(one);
          return make("li", {}, [make("p", { text: item[1] }), one.node]);
        }))
      ])))), box);
      foldList(words.list_now);
      return () => { controls.forEach(one => { one.paint(); }); };
    }

    function grid(changed) {
      const wanted = k.items(run), who = k.live(run), note = noteField();
      const target = make("p", { class: "bd-runs-target" });
      const cells = wanted.map(item => who.map(i => make("button", { type: "button", tabindex: -1, on: function () {
        const now = k.mark(run, item[0], i)[0];
        if (k.stale(run, item, i)) press(item, i, now);
        else change(of => { k.set(of, item, i, STATES[STATES.indexOf(now) + 1] || "", k.mark(of, item[0], i)[1]); });
        const after = k.mark(run, item[0], i)[0];
        k.tell(k.label(run, i) + " · " + item[1] + " · " + words[after || "none"]);
      } })));
      function look(r, c) {
        cells.forEach(row => { row.forEach(cell => { cell.tabIndex = -1; }); });
        cells[r][c].tabIndex = 0;
        note.show(wanted[r], who[c]);
        target.textContent = note.input.getAttribute("aria-label");
      }
      // On a phone rows are laid out as boxes: their roles are said, or they would be lost.
      const tr = (head, cells) => make("tr", { role: "row" }, [head].concat(cells));
      const table = make("table", { class: "bd-runs-table", role: "grid", "aria-label": say("grid", { title: list.title }) }, [
        make("thead", { role: "rowgroup" }, [tr(make("th", { scope: "col", role: "columnheader", text: words.item }), who.map(i => make("th", { scope: "col", role: "columnheader", text: k.label(run, i) })))]),
        make("tbody", { role: "rowgroup" }, wanted.map((item, r) => tr(make("th", { scope: "row", role: "rowheader", text: item[1] }), cells[r].map(cell => make("td", { role: "gridcell" }, [cell])))))
      ]);
      table.style.setProperty("--bd-many", String(who.length));
      table.addEventListener("focusin", event => {
        cells.forEach((row, r) => { const c = row.indexOf(event.target); if (c >= 0) look(r, c); });
      });
      table.addEventListener("keydown", event => {
        const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
        if (!step) return;
        cells.some((row, r) => {
          const c = row.indexOf(event.target), next = c >= 0 && cells[r + step[0]] && cells[r + step[0]][c + step[1]];
          if (next) { event.preventDefault(); next.focus(); }
          return c >= 0;
        });
      });
      root.insertBefore(make("div", { class: "bd-runs-grid" + (who.length <= FITS ? " bd-runs-fits" : "") }, [
        changed, make("p", "bd-why", words.grid_hint), make("div", { class: "bd-runs-scroll" }, [table]), target, note.input, note.wrong
      ]), box);
      foldList(changed ? words.list_now : words.reasons);
      look(0, 0);
      return () => {
        cells.forEach((row, r) => {
          row.forEach((cell, c) => {
            const now = k.mark(run, wanted[r][0], who[c]), old = k.stale(run, wanted[r], who[c]);
            cell.setAttribute("data-state", now[0]);
            cell.textContent = SIGNS[now[0]] + " " + words[now[0] || "none"] + (now[1] ? " ✎" : "") + (old ? " !" : "");
            cell.setAttribute("aria-label", [k.label(run, who[c]), wanted[r][1], words[now[0] || "none"], now[1] && say("note_of", { what: now[1] }), old && words.old_short].filter(Boolean).join(words.sep));
            cell.disabled = !!run.done;
          });
        });
        note.show.apply(null, note.place());
      };
    }

    function running() {
      const title = make("h2", { tabindex: -1, text: say("running", { name: run.name }) });
      const bar = make("progress", { "aria-label": title.textContent });
      const counted = make("p", { role: "status" }), lost = make("p", { class: "bd-runs-old" });
      const leave = button("", () => {
        try { history.replaceState(null, "", location.pathname + location.search); } catch (refused) { location.hash = ""; }
        show();
        root.scrollIntoView();
        root.querySelector(".bd-runs a").focus({ preventScroll: true });
      });
      const head = make("div", { class: "bd-runs-head" }, [make("div", { class: "bd-runs-row" }, [title, leave]), bar, counted]);
      fill(top, [k.alarm, head, lost]);
      // The names of a grid stay in sight below it.
      new ResizeObserver(() => { root.style.setProperty("--bd-run-head", head.offsetHeight + "px"); }).observe(head);
      const note = changed();
      const body = lone() < 0 ? grid(note) : note ? past(lone(), note) : single(lone());
      const tools = make("div", { class: "bd-runs-row" });
      let done;
      function toolbar() {
        done = run.done;
        const copy = button(words.copy, () => { k.copy(summary(run), copy); });
        fill(tools, [
          done ? button(words.again, () => {
            change(of => {
              of.done = 0;
              delete of.asked;
            });
            anew();
          })
            : k.sure(words.finish, () => { const open = k.count(run).open; return open && say("finish_open", { n: open }); }, words.finish, () => {
              change(k.finish);
              title.focus();
            }),
          done && asked.book && k.count(run).no ? baodian.link(words.promise, asked.book + "#run-" + id) : null,
          copy, button(words.print, () => { window.print(); }),
          done ? null : button(words.edit, edit),
          k.sure(words.delete, () => say("delete_sure", { name: run.name }), words.delete_yes, () => {
            const name = run.name;
            k.drop(id);
            leave.click();
            k.tell(say("deleted", { name }));
            k.status.focus();
          })
        ]);
      }
      function anew() {
        const title = show();
        if (title) title.focus();
      }
      function edit() {
        const form = k.naming(list, run, asked => {
          change(of => {
            of.name = asked.name;
            asked.named.forEach(pair => {
              of.subjects[pair[0]] = pair[1] || null;
              if (!pair[1]) Object.keys(of.items).forEach(item => { delete of.items[item][pair[0]]; });
            });
            of.subjects = of.subjects.concat(asked.more);
            if (of.subjects.every(one => one === null)) of.subjects.push("");
          });
          anew();
        }, anew);
        fill(tools, [form]);
        form.first.focus();
      }
      fill(foot, [tools, k.status, k.exporter(words.export, () => run.name, () => {
        const made = {};
        made[id] = run;
        return made;
      })]);
      paint = () => {
        const now = k.count(run);
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
      root.querySelectorAll(".bd-runs-note").forEach(input => { if (input.leave) input.leave(); });
    }

    /* Shows what the address asks for. */
    function show() {
      const asked = /^#run-(r[0-9a-z]+)$/.exec(location.hash);
      root.insertBefore(box, foot);
      root.querySelectorAll(".bd-runs-item, .bd-runs-grid, .bd-runs-past, .bd-runs-reasons").forEach(node => {
        node.remove();
      });
      box.querySelectorAll("[hidden]").forEach(node => { node.hidden = false; });
      id = asked ? asked[1] : "";
      run = id ? k.all()[id] : null;
      if (run && run.list !== here) run = null;
      root.classList.toggle("bd-running", !!run);
      document.documentElement.classList.toggle("bd-prints-run", !!run);
      box.querySelectorAll(".bd-check input").forEach(input => { input.disabled = !!run; });
      k.tell(run ? carried : "");
      carried = "";
      if (run) return running();
      idle(id ? words.unknown : "");
      return null;
    }

    box.addEventListener("change", event => {
      const all = Object.keys(ticks).map(item => ticks[item]);
      if (run || !all.includes(event.target)) return;
      keepTicks();
      if (all.every(one => one.checked)) went();
    });
    list.groups.forEach(group => { group[2].forEach(item => { ticks[item[0]] = anchor(item).querySelector(".bd-check input"); }); });
    store.watch("ticked", () => { if (!run) tick(); });
    root.insertBefore(top, box);
    root.appendChild(foot);
    window.addEventListener("hashchange", () => {
      const to = location.hash.slice(1);
      tidy();
      if (!/^run-/.test(to) && (!run || document.getElementById(to))) return;
      const title = show();
      if (title) { title.focus({ preventScroll: true }); root.scrollIntoView(); }
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) tidy(); else if (!run) tick(); }); // a day may have passed
    window.addEventListener("pagehide", tidy);
    store.watch(k.NAME, () => {
      const fresh = run && k.all()[id];
      if (run && !fresh) return gone(true);
      if (!run) return paint();
      const same = JSON.stringify([fresh.name, fresh.subjects, fresh.groups, fresh.asked]) === JSON.stringify([run.name, run.subjects, run.groups, run.asked]);
      run = fresh;
      if (same) paint(); else show();
    });
    show();
  });
})();
