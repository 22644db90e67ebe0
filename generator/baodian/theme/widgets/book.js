/* The customer book: who is due today and why, with the words to say. Kept on this device only; `book.due.js` tells what is
   kept. All that is not asked for each day stands in `book.tools.js` and comes when it is asked for. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, name: string, kind: "whole" | "number" | "values", unit: string, values: [string, string][], on: boolean }} BookAsk
   @typedef {{ id: string, kind: "whole" | "number" | "values", values: string[], cuts: [number, number] | null[] }} WalkAxis
   @typedef {{ id: string, boxes: number[][][] }} WalkRule
   @typedef {{ axes: WalkAxis[], rules: WalkRule[], nodes: number[][], root: number | null }} Walk
   @typedef {{ id: string, name: string, href: string, why: string[], script: string, list: string }} BookClass
   @typedef {{ id: string, name: string, judges: string, asks: BookAsk[], walk: Walk, classes: BookClass[] }} BookScheme
   @typedef {{ id: string, what: string, often: string, who: string[], months: number, days: number, apart: string[], whom: (Object<string, string[]>)[], script: string, list: string }} BookRhythm
   @typedef {{ id: string, what: string, early: number, late: number, see: [string, string][] }} BookStep
   @typedef {{ id: string, text: string, whom: (Object<string, string[]>)[] }} BookUntil
   @typedef {{ id: string, name: string, zero: string, href: string, whom: (Object<string, string[]>)[], steps: BookStep[], until: BookUntil[] }} BookPlan
   @typedef {{ kinds: [string, string][], schemes: BookScheme[], rhythms: BookRhythm[], plans: BookPlan[], things: Object<string, [string, string]>, roles: [string, string][], role: string, off: Object<string, string>, work: Object<string, string>, retired: Object<string, string>, words: Object<string, string> }} BookData */
(() => {
  "use strict";
  const { bare, fill, link, make, plain, put, store } = baodian;
  const NAME = "book", AHEAD = 45, SHOWN = 12, STAY = 5000; // days that other pages know without the rules; cards before one asks for more; ms

  /* Runs the scripts that the page names as late, as they stand, then ready(); if one cannot be had, fail(). */
  function lately(ready, fail) {
    Promise.all(Array.from(document.querySelectorAll('script[type="text/late"]'), one => new Promise((loaded, failed) => {
      const script = Object.assign(make("script"), { src: one.src, async: false, onload: loaded, onerror: failed, baodianLate: true });
      document.head.append(script);
    }))).then(ready, fail);
  }

  baodian.widget("book", (root, data, say) => {
    const words = data.words, book = baodian.book;
    const alarm = make("div", { role: "alert", class: "bd-book-alert" });
    const toast = make("div", { class: "bd-book-toast", hidden: "" }), toastText = make("p", { role: "status" }), toastActs = make("div", "bd-book-row");
    const due = make("section", "bd-book-due"), adding = make("div"), adds = make("div", "bd-book-row bd-book-adds");
    let opened = "", most = SHOWN, stale = false, tools = null, unkept = "";

    const button = (text, act, look) => baodian.press("bd-book-button" + (look ? " bd-book-" + look : ""), text, act);

    // --- what is kept

    const today = () => baodian.day(new Date());
    const kept = () => store.read(NAME, {});
    const people = () => book.customers(kept().customers, data);
    const role = () => data.roles.some(one => one[0] === kept().role) ? kept().role : data.role;

    /* Changes the book as it is now in the store. */
    function change(turn) {
      const went = store.change(NAME, value => {
        const made = Object.assign({}, value);
        made.customers = bare(plain(made.customers) ? made.customers : {});
        turn(made.customers, made);
        return made;
      });
      unkept = went ? "" : store.trouble(words);
      show();
      return went;
    }

    /* Where all of a customer stands, else where he is named among who is due. */
    const spot = code => root.querySelector('[data-panel="' + CSS.escape(code) + '"]') || due.querySelector('[data-code="' + CSS.escape(code) + '"]');

    /* Does something with a customer, who stays where he is on the screen, however the others move; then he may have another code. */
    function staying(code, act, name) {
      const at = spot(code), top = at && at.getBoundingClientRect().top;
      act();
      const now = at && spot(name || code), folded = now && now.dataset.panel && now.closest("details");
      if (folded) folded.open = true;
      if (now) scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
    }

    /* Changes one customer; nothing if he is no longer there. */
    function edit(code, turn, told) {
      let before = null, stamp = 0;
      staying(code, () => { change(customers => {
        const one = book.customers({ [code]: customers[code] }, data)[code];
        if (!one) return;
        before = customers[code];
        turn(one);
        stamp = one.changed = Date.now();
        customers[code] = one;
      }); });
      if (!before) { tell(say("gone", { code })); return; }
      if (told) tell(told, () => {
        let went = false;
        change(customers => {
          went = Boolean(customers[code]) && customers[code].changed === stamp;
          if (went) customers[code] = before;
        });
        return went ? words.undone : words.changed_since;
      }, code);
    }

    /* Lets other pages tell what is due without the rules. */
    function snapshot(all) {
      const now = today(), end = book.plus(now, AHEAD), list = [];
      Object.keys(all).sort().forEach(code => {
        book.items(data, code, all[code], now, role()).forEach(one => {
          if (one.due <= end) list.push({ code, kind: one.kind, what: one.what, due: one.due, pace: one.pace, say: (leads([one], all[code]).script || ["", ""])[1] });
        });
      });
      const made = { made: now, items: list };
      if (JSON.stringify(made) !== JSON.stringify(store.read("due", null))) store.change("due", () => list.length ? made : undefined);
    }

    // --- words

    const listed = text => text.split(/[,，、]\s*/);
    function when(date) {
      const now = today(), text = say("date", { month: listed(words.months)[date.slice(5, 7) - 1], day: +date.slice(8) });
      return date.slice(0, 4) === now.slice(0, 4) || Math.abs(book.between(now, date)) < 150 ? text : date;
    }
    const weekday = date => listed(words.weekdays)[(new Date(date + "T12:00:00Z").getUTCDay() + 6) % 7];

    /* When something is due, as it reads on a day. */
    function lateness(item, day) {
      const now = day || today(), n = book.between(item.due, now);
      return n > 0 ? say("late", { n }) : n < 0 ? say("until", { day: when(item.due) }) : now === today() ? words.today : words.that_day;
    }
    function reason(item, day) {
      const why = item.kind === "promise" ? [] : item.kind === "step" ? [item.plan] : [item.often, item.since ? say(item.told || "since", { day: when(item.since) }) : words.never];
      return why.concat(lateness(item, day)).join(" · ");
    }

    /* What was done, and a way back. It leaves the screen by itself, but never the one who is in it; a way back then lies below all else. */
    let leaving = 0, back = false, from = -1; // from where one scrolls on, -1 if nobody has begun
    function rest() {
      if (toast.matches(":hover, :focus-within")) stay();
      else if (back) toast.classList.add("bd-book-resting"); else toast.hidden = true;
    }
    function stay() {
      clearTimeout(leaving);
      leaving = setTimeout(rest, STAY);
    }
    ["pointerleave", "focusout"].forEach(how => { toast.addEventListener(how, stay); });
    function tell(text, undo, code) {
      toastText.textContent = text;
      fill(toastActs, undo && button(words.undo, () => { tell(undo() || words.undone); }), code && button(words.add_promise, () => {
        toast.hidden = true;
        open(code, () => {
          const input = root.querySelector("[data-panel] form input");
          if (input) input.focus();
        });
      }), button(words.close, () => { toast.hidden = true; }));
      toast.hidden = !text;
      toast.classList.remove("bd-book-resting");
      back = Boolean(undo);
      from = -1;
      stay();
    }
    /* Who scrolls on by hand has read it, and wants to see what it covers. */
    ["wheel", "touchmove"].forEach(how => window.addEventListener(how, () => {
      if (from < 0) from = window.scrollY;
      else if (Math.abs(window.scrollY - from) > 120) rest();
    }, { passive: true }));

    // --- who is due

    const ticks = () => Array.from(due.querySelectorAll(".bd-book-tick"));
    function done(item) {
      const now = today(), text = say("did", { code: item.code, what: item.what }), at = ticks().findIndex(one => one === document.activeElement);
      edit(item.code, one => {
        if (item.kind === "promise") one.promises.forEach(row => { if (row.id === item.id) row.done = now; });
        else if (item.kind === "rhythm") one.did[item.id] = now;
        else one.plans.forEach(run => { if (run.id === item.run) run.done[item.id] = now; });
      }, text);
      const left = ticks().filter(one => one.offsetParent), card = spot(item.code); // those that can be seen
      if (at >= 0) (card && left.find(one => card.contains(one)) || left[at] || due.querySelector("h2")).focus({ preventScroll: true });
    }

    function line(item) {
      const now = today(), look = item.due < now ? "late" : item.due === now ? "now" : "soon";
      const tick = make("button", { type: "button", class: "bd-book-tick", "aria-label": say("tick", { code: item.code, what: item.what }), on: () => { done(item); } }, make("span", { "aria-hidden": "true", text: "✓" }));
      return make("li", "bd-book-item bd-book-" + look + (item.kind === "promise" ? " bd-book-promised" : ""), make("div", "",
        make("p", "", item.kind === "promise" ? make("em", "", words.promised) : null, item.what), make("small", "", reason(item))), tick);
    }

    function classesOf(customer) {
      const judged = book.judge(data, customer, today());
      return [].concat(...data.schemes.map(scheme => (judged[scheme.id] ? judged[scheme.id].ids : []).map(id => scheme.classes.filter(one => one.id === id)[0])));
    }

    /* Where the words, the guide and the list for what is due first are, as [title, address]. */
    function leads(items, customer) {
      const classes = classesOf(customer).filter(one => one.script || one.list).concat(classesOf(customer));
      const thing = (kind, id) => id && data.things[kind + ":" + id];
      const see = start => [].concat(...items.map(one => one.see)).filter(two => two[1].indexOf(start) === 0)[0];
      const rhythms = items.filter(one => one.kind === "rhythm"), class_ = classes[0];
      return { script: see("scripts/") || (rhythms[0] && thing("script", rhythms[0].script)) || (class_ && thing("script", class_.script)), guide: class_ && [class_.name, class_.href],
        list: see("checklists/") || (rhythms[0] && thing("checklist", rhythms[0].list)) || (class_ && thing("checklist", class_.list)) };
    }
    function ways(items, customer) {
      const found = leads(items, customer), way = (word, two) => { if (!two) return null; const made = link(words[word], two[1]); made.title = two[0]; return made; };
      return items.length ? make("p", "bd-book-ways", way("to_script", found.script), way("to_guide", found.guide), way("to_list", found.list)) : null;
    }

    const stillToChoose = id => say("lacks_more", { name: [].concat(...data.schemes.map(one => one.asks), data.schemes).filter(one => one.id === id)[0].name });
    /* What must be known of a customer before he can be due, in words; "" for nothing. */
    function missing(one) {
      const found = book.lacks(data, one, today(), role());
      return found ? (found.of.length ? found.of.map(stillToChoose) : [words.lacks_class]).concat(found.last ? words.lacks_last : []).join(baodian.signs.list) : "";
    }
    const lacking = one => { const what = missing(one); return what && (book.lacks(data, one, today(), role()).some ? what : say("lacks", { what })); };
    const known = one => classesOf(one).map(two => two.name).concat(lacking(one) || []).join(" · ");
    function completer(code, one) {
      const found = book.lacks(data, one, today(), role());
      if (!found) return null;
      const made = button(words.complete, () => {
        open(code, () => { root.querySelector("[data-panel]").change(found.of[0] || "class"); });
      });
      made.setAttribute("aria-label", words.complete + baodian.signs.colon + code);
      return made;
    }

    function card(one, all, apart) { // `apart`: all that is known of him stands elsewhere
      const customer = all[one.code];
      return make("li", { class: "bd-book-card", "data-code": apart ? null : one.code }, head(one.code, known(customer) || words.no_class_yet), make("ul", "", one.items.map(line)), ways(one.items, customer), apart ? null : completer(one.code, customer), opened === one.code && !apart ? panelOf(one.code) : null);
    }
    function head(code, note) {
      return make("h3", "", make("button", { type: "button", class: "bd-book-code", "aria-expanded": String(opened === code), on: () => {
        open(opened === code ? "" : code, () => {
          const again = root.querySelector('[data-code="' + CSS.escape(code) + '"] .bd-book-code');
          if (again) again.focus();
        });
      } }, code), make("small", "", note));
    }
    function panelOf(code) {
      if (!tools) return null;
      const made = book.forms.panel(kit, code);
      made.setAttribute("data-panel", code);
      return made;
    }
    /* Shows all of a customer, wherever he stands. */
    function open(code, then) {
      opened = code;
      ask(() => {
        show();
        const there = root.querySelector("[data-panel]"), folded = there && there.closest("details");
        if (folded) folded.open = true;
        if (then) then();
      });
    }

    const unfolded = bare();
    function soon(name, title, cards, open) {
      const made = make("details", "bd-book-fold", make("summary", "", title), cards);
      made.open = name in unfolded ? unfolded[name] : open;
      made.addEventListener("toggle", () => { unfolded[name] = made.open; });
      return made;
    }

    function showDue(all) {
      const now = today(), found = book.list(data, all, now, role()), codes = Object.keys(all);
      const items = [].concat(...found.today.map(one => one.items)).filter(one => one.due <= now), promises = items.filter(one => one.kind === "promise").length;
      const lack = codes.filter(code => lacking(all[code]) && !found.today.some(one => one.code === code));
      fill(due, make("div", "bd-book-head", make("h2", { tabindex: -1 }, say("head", { day: when(now), weekday: weekday(now) })), codes.length ? button(words.to_week, () => {
        ask(() => {
          folds.week.open = true;
          folds.week.firstChild.focus({ preventScroll: true });
          folds.week.scrollIntoView();
        });
      }) : null),
        codes.length ? make("p", "bd-book-count", found.today.length ? say("count", { n: found.today.length, items: items.length }) + (promises ? say("count_promises", { n: promises }) : "") : words.nothing_due) : make("p", "bd-book-count", words.empty),
        make("ul", "bd-book-cards", found.today.slice(0, most).map(one => card(one, all))),
        found.today.length > most ? button(say("show_more", { n: found.today.length - most }), () => {
          const at = most;
          most = found.today.length;
          show();
          due.querySelectorAll(".bd-book-cards > li .bd-book-code")[at].focus();
        }) : null,
        lack.length ? soon("lack", say("incomplete", { n: lack.length }), make("ul", "bd-book-lines bd-book-lacks", lack.map(code => make("li", { class: "bd-book-line", "data-code": code }, head(code, known(all[code])), completer(code, all[code]), opened === code ? panelOf(code) : null))), lack.length < 6) : null,
        found.soon.length ? soon("soon", say("soon", { n: found.soon.length }), make("ul", "bd-book-cards", found.soon.map(one => card(one, all, lack.includes(one.code)))), false) : null);
    }

    // --- what is not asked for each day

    const folds = bare();
    function fold(name, title, ...inner) {
      const made = make("details", { class: "bd-book-fold", "data-fold": name }, make("summary", "", title), inner);
      if (!inner.length) made.addEventListener("toggle", () => { if (made.open) ask(() => {}); });
      folds[name] = made;
      return made;
    }

    /* Has the tools before it goes on; a failure is told. */
    function ask(then) {
      if (tools) { then(); return; }
      lately(() => {
        if (!tools) { tools = book.tools(kit); show(); }
        then();
      }, () => { tell(words.failed); });
    }

    function show() {
      const all = people(), codes = Object.keys(all), lost = plain(kept().customers) ? Object.keys(kept().customers).length - codes.length : 0;
      const trouble = unkept || store.trouble(words);
      fill(alarm, trouble ? make("p", { text: trouble }) : null, lost ? make("p", { text: say("damaged", { n: lost }) }) : null);
      if (opened && !all[opened]) opened = "";
      showDue(all);
      folds.all.firstChild.textContent = say("everyone", { n: codes.length });
      ["week", "all", "away"].forEach(name => { folds[name].hidden = !codes.length; });
      if (tools) tools.show(all);
      if (!unkept) snapshot(all);
    }

    // --- together

    const kit = { root, data, words, say, today, kept, people, role, when, weekday, reason, lateness, classesOf, stillToChoose, missing, lacking, completer, head, panelOf, button, change, staying, edit, tell, show, open, folds, adding, adds, due,
      opened: () => opened, named: code => { opened = code; } };
    fill(toast, toastText, toastActs);
    fill(root, alarm, adding, due, put(adds, button(words.add, () => { ask(() => { tools.add(); }); }, "main")), ["paste", "week", "all", "away", "bring", "settings"].map(name => fold(name, words[name] || "")), toast);
    const quiet = event => { if (!toast.contains(event.target)) toast.hidden = true; }; // what it said is over when the next begins
    ["input", "submit"].forEach(name => { root.addEventListener(name, quiet, true); });
    const typing = () => root.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    store.watch(NAME, () => { if (typing()) stale = true; else show(); });
    root.addEventListener("focusout", () => { setTimeout(() => { if (stale && !typing()) { stale = false; show(); } }, 0); });
    const arrive = () => { if (/^#(?:run|customer)-/.test(location.hash) || baodian.query().get("plan") || Object.keys(store.read("profiles", {})).some(code => !people()[code])) ask(() => { tools.arrive(); }); };
    window.addEventListener("hashchange", arrive);
    show();
    arrive();
    if (!Object.keys(people()).length) folds.paste.open = true;
  });
})();
