/* The rest of the customer book: adding, pasting, the week, everyone, files, erasing. Comes when it is first asked for. */
/** @typedef {{ root: HTMLElement, data: BookData, words: Object<string, string>, say: (word: string, gaps?: object) => string, today: () => string,
                kept: () => object, people: () => Object<string, Customer>, role: () => string, when: (date: string) => string, weekday: (date: string) => string,
                reason: (item: DueItem, day?: string) => string, lateness: (item: DueItem, day?: string) => string, classesOf: (one: Customer) => BookClass[], stillToChoose: (id: string) => string, missing: (one: Customer) => string, lacking: (one: Customer) => string, completer: (code: string, one: Customer) => HTMLElement | null,
                head: (code: string, note: string) => HTMLElement, panelOf: (code: string) => HTMLElement, button: (text: string, act: Function, look?: string) => HTMLElement,
                change: (turn: (customers: Object<string, Customer>, all: object) => void) => boolean, staying: (code: string, act: () => void, name?: string) => void, edit: (code: string, turn: (one: Customer) => void, told?: string) => void,
                tell: (text: string, undo?: () => string, code?: string) => void, show: () => void, open: (code: string, then?: () => void) => void,
                folds: Object<string, HTMLDetailsElement>, adding: HTMLElement, adds: HTMLElement, due: HTMLElement,
                opened: () => string, named: (code: string) => void }} BookKit */
(() => {
  "use strict";
  const { bare, fill, link, make, plain, put, store } = baodian, book = baodian.book;

  book.tools = kit => {
    const { data, words, say, today, people, role, when, weekday, reason, lateness, classesOf, missing, lacking, completer, head, panelOf, change, edit, tell, show, open, folds, adding, due } = kit;
    const { button, field, form, visit, badDay, who, typed, day, starter } = book.forms;
    const week = make("div", "bd-book-week"), unplanned = make("div"), filter = make("input", { type: "search", autocomplete: "off" }), allList = make("ul", "bd-book-lines");
    const opened = kit.opened;

    // --- everyone

    function showAll(all) {
      const codes = Object.keys(all).sort(), wanted = filter.value.trim().toLowerCase();
      const shown = codes.filter(code => !wanted || code.toLowerCase().indexOf(wanted) >= 0 || classesOf(all[code]).some(one => one.name.toLowerCase().indexOf(wanted) >= 0));
      const inDue = opened() && due.querySelector("[data-panel]");
      fill(allList, shown.map(code => {
        const next = book.items(data, code, all[code], today(), role())[0], names = classesOf(all[code]).map(one => one.name).join(" · "), lack = lacking(all[code]);
        return make("li", { class: "bd-book-line", "data-code": inDue ? null : code }, head(code, [names || (lack ? "" : words.no_class_yet), lack, next ? next.what + " " + lateness(next) : all[code].rest === "never" ? words.rest_never : lack ? "" : words.nothing_next].filter(Boolean).join(" · ")), opened() === code && !inDue ? panelOf(code) : null);
      }));
    }

    // --- add, rename, remove

    Object.assign(kit, {
      drop(code) {
        let old = null;
        change(customers => { old = customers[code]; delete customers[code]; });
        tell(say("removed", { code }), () => { change(customers => { if (!customers[code]) customers[code] = old; }); return ""; });
      },
      rename(code, name, draft) {
        kit.staying(code, () => {
          kit.named(name);
          change(customers => {
            const now = book.customers({ [code]: customers[code] }, data)[code] || draft;
            ["answers", "classes", "judged", "last"].forEach(key => { now[key] = draft[key]; });
            now.changed = Date.now();
            delete customers[code];
            customers[name] = now;
          });
        }, name);
        tell(saved(name));
      }
    });

    const saved = code => [say("saved", { code }), lacking(people()[code])].filter(Boolean).join(" ");

    function add() {
      tell("");
      const made = who(kit, "", (code, draft, again) => {
        change(customers => { draft.changed = Date.now(); customers[code] = draft; });
        fill(adding);
        if (!pasted.value) folds.paste.open = false;
        if (again) add(); else due.scrollIntoView();
        tell(saved(code), null, again || draft.promises.length ? "" : code);
      }, () => { fill(adding); });
      fill(adding, make("section", "bd-book-sheet", make("h2", "", words.add), made));
      made.first.focus();
    }

    // --- from a sheet

    const pasted = make("textarea", { rows: 4, autocomplete: "off", spellcheck: "false" }), preview = make("div", { "aria-live": "polite" });
    pasted.addEventListener("input", read);

    function wrongLine(one) {
      return make("li", "", button(say("line", { n: one.line }), () => { showLine(one.line); }), " ", one.wrong.map(bad => say(bad.why, { column: bad.column, text: bad.text })).join(" "), make("small", "", one.text.slice(0, 80)));
    }
    /* Selects a line of what was pasted, as the sheet counts them. */
    function showLine(n) {
      const lines = pasted.value.split("\n"), from = lines.slice(0, n - 1).join("\n").length + (n > 1 ? 1 : 0);
      visit(pasted);
      pasted.setSelectionRange(from, from + lines[n - 1].length);
      pasted.scrollTop = (n - 1) * pasted.scrollHeight / lines.length;
    }
    function read() {
      ["aria-invalid", "aria-describedby"].forEach(name => { pasted.removeAttribute(name); });
      if (!pasted.value.trim()) { fill(preview); return; }
      const found = book.read(data, words, pasted.value, today()), good = found.lines.filter(one => one.given), bad = found.lines.filter(one => one.wrong.length), all = people();
      const joined = found.lines.filter(one => !one.given && !one.wrong.length).length, news = good.filter(one => !all[one.code]).length;
      if (bad.length) { pasted.setAttribute("aria-invalid", "true"); pasted.setAttribute("aria-describedby", "bd-book-bad"); }
      fill(preview,
        bad.length ? make("div", "bd-book-bad", make("div", { id: "bd-book-bad" }, make("p", "bd-book-wrong", say("bad_lines", { n: bad.length })), make("ul", "", bad.slice(0, 3).map(wrongLine))), bad.length > 3 ? make("ul", "", bad.slice(3).map(wrongLine)) : null) : null,
        found.headed ? null : make("p", "bd-why", say("plain_columns", { names: ["code", "class", "last", "promise", "by"].map(name => words["h_" + name].split(/[,，、]/)[0]).join(baodian.signs.list) })),
        found.unknown.length ? make("p", "bd-book-old", say("unknown", { names: found.unknown.join(baodian.signs.list) })) : null,
        make("p", "", say("found", { n: good.length, news, old: good.length - news }) + (joined ? say("joined", { n: joined }) : "")),
        good.length ? make("details", "bd-book-fold", make("summary", "", words.see_lines), make("ul", "", good.map(one => make("li", "", make("strong", "", one.code), " ", taken(one))))) : null,
        good.length ? button(say("take", { n: good.length }), () => { take(found, good, bad); }, "main") : null);
    }
    function taken(one) {
      const fake = book.take(book.blank(today()), one.given, today(), 0), given = one.given;
      return [classesOf(fake).map(two => two.name).join(" · ") || words.no_class_yet, given.last && say("was_last", { day: given.last })].concat(
        given.promises.map(row => words.promised + row.what + " " + row.by), data.rhythms.filter(two => given.did[two.id]).map(two => two.what + " " + given.did[two.id]),
        data.plans.filter(two => given.starts[two.id]).map(two => two.name + " " + given.starts[two.id]), given.rest === "never" ? words.rest_never : given.rest && say("rest_until", { day: given.rest })).filter(Boolean).join(baodian.signs.semicolon);
    }
    function take(found, good, bad) {
      const went = change(customers => {
        const here = book.customers(customers, data);
        good.forEach(one => { customers[one.code] = book.take(here[one.code] || book.blank(today()), one.given, today(), Date.now()); });
      });
      pasted.value = bad.length ? [found.head].concat(bad.map(one => one.text)).filter(Boolean).join("\n") : "";
      read();
      if (!bad.length) folds.paste.open = false;
      tell(say(went ? "took" : "took_here", { n: good.length }) + (bad.length ? say("left", { n: bad.length }) : ""));
      if (bad.length) visit(pasted); else due.scrollIntoView();
    }
    put(folds.paste, make("p", "bd-why", words.paste_hint), make("p", "bd-why", say("columns", { names: ["code", "class", "last", "promise", "by"].map(name => words["h_" + name].split(/[,，、]/)[0]).join(baodian.signs.list), asks: Array.from(new Set([].concat(...data.schemes.map(one => one.asks.map(ask => ask.name))))).join(baodian.signs.list) })),
      field(words.pasted, pasted), preview);

    // --- the week

    let ahead = false; // whether it is the next one
    const turn = button("", () => { ahead = !ahead; showWeek(people()); });
    function weekOf(all) {
      const days = book.workweek(today(), data.off, data.work), now = book.week(data, all, days, today(), role());
      if (!ahead) return now;
      const next = book.workweek(book.plus(book.sunday(days[0]), 1), data.off, data.work);
      return book.supposed(all, book.week(data, book.afterwards(all, now), next, next[0], role()));
    }
    function showWeek(all) {
      turn.textContent = ahead ? words.to_week : words.next_week;
      folds.week.firstChild.textContent = ahead ? words.next_week : words.week;
      const found = weekOf(all), lack = Object.keys(all).sort().filter(code => lacking(all[code]));
      fill(unplanned, lack.length ? make("div", "bd-book-unplanned", make("p", "", say("week_lacks", { n: lack.length })),
        lack.map(code => make("div", "bd-book-row", make("p", "", code + baodian.signs.colon + missing(all[code])), completer(code, all[code])))) : null);
      fill(week, found.map(one => make("section", "", make("h3", "", when(one.day) + " " + weekday(one.day)), one.items.length ? make("ul", "", one.items.map(item => make("li", "", make("strong", "", item.code), " ", item.what, make("small", "", reason(item, one.day))))) : make("p", "bd-why", words.free))));
    }
    function weekText() {
      return weekOf(people()).map(one => [when(one.day) + " " + weekday(one.day)].concat(one.items.map(item => "· " + item.code + " " + item.what + baodian.signs.aside(reason(item, one.day)))).join("\n")).join("\n\n");
    }
    function download() {
      const found = weekOf(people()), key = book.sunday(found[0].day);
      let made = [];
      change((customers, all) => {
        all.seed = all.seed || Math.random().toString(36).slice(2, 10);
        all.sent = Object.assign({}, all.sent);
        Object.keys(all.sent).filter(old => old < today()).forEach(old => { delete all.sent[old]; });
        const sent = Object.assign({ times: -1, uids: {} }, all.sent[key]);
        made = book.events(found, { seed: all.seed, sent: sent.uids, times: sent.times + 1 }, (items, day) => ({
          summary: items[0].code + " " + items.map(one => one.what).join(baodian.signs.list), description: items.map(one => one.what + baodian.signs.aside(reason(one, day))).join("\n")
        }));
        all.sent[key] = { times: sent.times + 1, uids: made.reduce((uids, one) => { uids[one.uid] = one.date + " " + one.summary; return uids; }, {}) };
      });
      baodian.download(baodian.calendar.ics(words.calendar, made, new Date()), "baodian-" + found[0].day + ".ics", "text/calendar");
    }

    // --- files

    const picked = bare(), picks = make("div"), gone = () => Object.keys(picked).filter(code => people()[code]);
    function picking(all) {
      return make("fieldset", "bd-book-kinds", make("legend", "", words.which), Object.keys(all).sort().map(code => {
        const input = make("input", { type: "checkbox" });
        input.checked = Boolean(picked[code]);
        input.addEventListener("change", () => { if (input.checked) picked[code] = true; else delete picked[code]; });
        return make("label", "bd-book-pick", input, make("span", "", code));
      }));
    }
    function chosen() {
      const all = people(), some = Object.keys(all).filter(code => picked[code]), made = bare();
      (some.length ? some : Object.keys(all)).forEach(code => { made[code] = all[code]; });
      return made;
    }
    const asFile = () => JSON.stringify({ "baodian-book": 1, exported: new Date().toISOString(), note: words.unprotected, customers: chosen() }, null, 1);
    const asSheet = () => book.sheet(data, words, chosen());
    const fileName = end => words.file_name + "-" + today() + end;

    const files = make("input", { type: "file", multiple: "", accept: ".json,.csv,.txt,application/json,text/csv,text/plain" }), report = make("div", { role: "status" });
    files.addEventListener("change", () => {
      Promise.all(Array.from(files.files, file => new Promise(resolve => {
        const reader = new FileReader();
        reader.onload = () => { resolve([file.name, reader.result]); };
        reader.onerror = () => { resolve([file.name, ""]); };
        reader.readAsText(file.slice(0, 2e7));
      }))).then(pairs => { files.value = ""; fill(report, pairs.map(two => make("p", "", two[0] + baodian.signs.colon + bring(two[1])))); });
    });

    /* Takes what a file holds; returns what became of it. A sheet goes where sheets are pasted. */
    function bring(text) {
      const bare_ = text.replace(/^\ufeff/, "").trim();
      let found = null;
      if (text.length > 5e6) return words.too_big;
      if (bare_[0] !== "{") {
        if (!bare_) return words.damaged_file;
        folds.paste.open = true;
        pasted.value = bare_;
        read();
        pasted.focus();
        return words.as_sheet;
      }
      try { found = JSON.parse(bare_); } catch (broken) { return words.damaged_file; }
      if (!plain(found) || typeof found["baodian-book"] !== "number") return words.foreign;
      if (found["baodian-book"] > 1) return words.too_new;
      if (!plain(found.customers)) return words.damaged_file;
      let made = null;
      change(customers => {
        made = book.merge(book.customers(customers, data), found.customers, data);
        made.added.concat(made.changed).forEach(code => { customers[code] = made.customers[code]; });
      });
      return say("brought", { added: made.added.length, changed: made.changed.length, same: made.same.length }) + (made.bad.length ? say("refused", { n: made.bad.length, codes: made.bad.slice(0, 9).join(baodian.signs.list) + (made.bad.length > 9 ? "…" : "") }) : "");
    }

    const tellCopy = text => { tell(text); }, can = baodian.downloads();
    const roles = book.forms.choice(data.roles, role());
    roles.addEventListener("change", () => { change((customers, all) => { all.role = roles.value; }); });
    const sure = (text, ask, yes, act) => baodian.sure({ button: (label, press, danger) => button(label, press, danger && "danger"), css: "bd-book-sure", text, ask, yes, no: words.spare, act });
    put(folds.week, unplanned, make("p", "bd-why", words.week_hint), turn, week, make("div", "bd-book-row",
      can ? button(words.ics, download, "main") : null, baodian.copier("bd-book-button", words.copy_week, words, weekText, tellCopy), button(words.print, () => { window.print(); })), make("p", "bd-why", words.ics_note));
    put(folds.away, make("p", "bd-why", words.away_hint), picks,
      make("div", "bd-book-row",
        can ? button(words.json, () => { baodian.download(asFile(), fileName(".json"), "application/json"); tell(words.downloaded); }) : null,
        can ? button(words.csv, () => { baodian.download(book.csv(asSheet()), fileName(".csv"), "text/csv"); tell(words.downloaded); }) : make("p", "bd-why", words.no_download),
        baodian.copier("bd-book-button", words.copy_file, words, asFile, tellCopy),
        baodian.copier("bd-book-button", words.copy_sheet, words, () => asSheet().map(row => row.map(cell => cell.replace(/\s+/g, " ").replace(/^[=+\-@＝＋－＠]/, "'$&")).join("\t")).join("\n"), tellCopy)),
      sure(words.drop_chosen, () => { const n = gone().length; return n ? say("drop_sure", { n }) : ""; }, words.remove_yes, () => {
        const codes = gone();
        if (codes.length) change(customers => { codes.forEach(code => { delete customers[code]; delete picked[code]; }); });
        tell(codes.length ? words.dropped : words.drop_none);
      }));
    put(folds.bring, make("p", "bd-why", words.bring_hint), field(words.files, files), report);
    put(folds.settings, data.roles.length > 1 ? field(words.role, roles, words.role_hint) : null,
      make("p", "bd-why", words.private), sure(words.erase, () => words.erase_sure, words.erase_yes, () => {
        store.change("book", () => undefined);
        Object.keys(picked).forEach(code => { delete picked[code]; });
        show();
        tell(words.erased);
      }));

    // --- from other pages

    /* A run's “not done” as promises: one line each, of the subjects that the run had. */
    function fromRun(id) {
      const run = (store.read("runs", {}) || {})[id], lines = run ? book.notDone(run) : [];
      if (!lines.length) { fill(adding, make("p", "bd-book-old", words.no_run)); return; }
      const codes = Object.keys(people()).sort(), by = day(book.plus(today(), 1)), known = make("datalist", { id: "bd-book-codes" }, codes.map(code => make("option", { value: code })));
      const rows = lines.map(one => {
        const tick = make("input", { type: "checkbox" }), code = typed(codes.includes(one.subject) ? one.subject : codes.length === 1 ? codes[0] : ""), what = typed(one.text + (one.note ? baodian.signs.aside(one.note) : ""), book.WORDS);
        tick.checked = true;
        code.setAttribute("list", "bd-book-codes");
        return { tick, code, what, node: make("li", "", make("label", "bd-book-pick", tick, make("span", "", one.text)), make("div", "bd-book-row", field(words.code, code), field(words.promise, what))) };
      });
      const made = form(kit, [make("p", "bd-why", run.title + " · " + run.name), known, make("ul", "bd-book-notdone", rows.map(one => one.node)), field(words.by, by)], words.keep, () => {
        const wanted = rows.filter(one => one.tick.checked);
        const refused = [];
        wanted.forEach(one => {
          const code = one.code.value.trim(), what = one.what.value.trim(), bad = people()[code] ? "" : book.badCode(code), worse = what ? book.badWords(what) : "p_no_promise";
          if (bad) refused.push({ text: say(bad, { column: words.code, text: code }), input: one.code });
          if (worse) refused.push({ text: say(worse, { column: words.promise, text: what }), input: one.what });
        });
        refused.push(...badDay(kit, by, words.by, "p_no_day"));
        if (refused.length) return refused;
        change(customers => {
          const here = book.customers(customers, data);
          wanted.forEach(one => {
            const code = one.code.value.trim(), given = { answers: {}, classes: {}, last: "", did: {}, promises: [{ what: one.what.value.trim(), by: by.value }], starts: {}, rest: "" };
            here[code] = customers[code] = book.take(here[code] || book.blank(today()), given, today(), Date.now());
          });
        });
        fill(adding);
        forget();
        tell(say("noted_n", { n: wanted.length }));
        return [];
      }, () => { fill(adding); forget(); });
      fill(adding, make("section", "bd-book-sheet", make("h2", "", words.not_done), made));
    }

    function fromPlan(id) {
      const plans = data.plans.filter(one => one.id === id), codes = Object.keys(people()).sort();
      if (!plans.length) return;
      const code = book.forms.choice(codes.map(one => [one, one]), codes[0]);
      fill(adding, make("section", "bd-book-sheet", make("h2", "", plans[0].name), codes.length ? starter(kit, plans, () => (plan, start) => {
        edit(code.value, one => { one.plans.push({ id: book.fresh(), plan, start, done: {}, ended: "", why: "" }); });
        fill(adding);
        forget();
        tell(words.started);
      }, field(words.code, code)) : make("p", "", words.add_first)));
    }
    function forget() { try { history.replaceState(null, "", location.pathname); } catch (refused) { /* for files some browsers keep no addresses */ } }

    /* Customers that the finder saved before there was a book. */
    function fromFinder() {
      const saved = baodian.only(store.read("profiles", {}), one => plain(one) && typeof one.classes === "string"), all = people();
      const codes = Object.keys(saved).filter(code => !all[code] && !book.badCode(code));
      return codes.length ? button(say("from_finder", { n: codes.length }), node => {
        change(customers => {
          codes.forEach(code => {
            const one = book.blank(today());
            new URLSearchParams(saved[code].classes).forEach((id, scheme) => { if (data.schemes.some(two => two.id === scheme && two.classes.some(class_ => class_.id === id))) one.classes[scheme] = id; });
            one.changed = Date.now();
            customers[code] = one;
          });
        });
        node.remove();
        tell(say("took", { n: codes.length }));
      }) : null;
    }

    function arrive() {
      const run = /^#run-(r[0-9a-z]{1,40})$/.exec(location.hash), plan = baodian.query().get("plan"), code = /^#customer-(.+)$/.exec(location.hash);
      if (run) fromRun(run[1]); else if (plan) fromPlan(plan); else if (code) {
        let name = "";
        try { name = decodeURIComponent(code[1]); } catch (broken) { return; }
        open(name, () => {
          const there = kit.root.querySelector("[data-panel]");
          if (there) there.parentNode.scrollIntoView();
        });
      }
    }

    // --- together

    put(folds.all, field(words.filter, filter), allList);
    filter.addEventListener("input", () => { showAll(people()); });
    put(kit.adds, fromFinder());
    return {
      add, arrive,
      show(all) {
        showAll(all);
        showWeek(all);
        fill(picks, picking(all));
      }
    };
  };
})();
