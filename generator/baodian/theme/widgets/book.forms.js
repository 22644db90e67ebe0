/* The forms of the book: who a customer is, and all that can be said of one. They change nothing themselves. */
(() => {
  "use strict";
  const { bare, fill, has, link, make, put } = baodian;
  const book = baodian.book;
  let count = 0;

  const button = (text, act, look) => baodian.press("bd-book-button" + (look ? " bd-book-" + look : ""), text, act);
  const field = (text, input, hint) => make("label", "bd-book-field", make("span", "", text), input, hint && make("small", "", hint));
  const day = value => { const input = make("input", { type: "date", min: "2000-01-01", max: "2099-12-31" }); input.value = value || ""; return input; };
  const choice = (pairs, value) => { const select = make("select", "", pairs.map(two => new Option(two[1], two[0]))); select.value = value; return select; };
  const typed = (value, most) => { const input = make("input", { type: "text", autocomplete: "off", maxlength: most || null }); input.value = value; return input; };

  /* A form: `fields`, a place for what is wrong, and what to press. `done()` returns what is wrong, "" if it went well. */
  function form(kit, fields, yes, done, no) {
    const wrong = make("p", { role: "alert", class: "bd-book-wrong" });
    const made = make("form", { class: "bd-book-form", autocomplete: "off" }, fields, wrong,
      make("div", "bd-book-row", make("button", { type: "submit", class: "bd-book-button bd-book-main", text: yes }), no && button(kit.words.cancel, no)));
    made.addEventListener("submit", event => {
      event.preventDefault();
      const bad = done();
      wrong.textContent = bad ? bad.text || bad : "";
      if (bad && bad.input) bad.input.focus();
    });
    return made;
  }

  const named = (data, scheme, ids) => ids.map(id => scheme.classes.filter(one => one.id === id)[0]).filter(Boolean);

  /* What is known of the class of a customer by one ruler, in words. */
  function verdict(kit, scheme, judged) {
    const { words, say } = kit;
    if (!judged) return [];
    const ask = id => scheme.asks.filter(one => one.id === id).map(one => one.name)[0];
    if (judged.outside.length) return [make("p", "bd-book-wrong", say("outside", { name: judged.outside.map(ask).join(baodian.signs.list) }))];
    return named(kit.data, scheme, judged.ids).map((one, n) => make("p", "bd-book-judged", link(one.name, one.href),
      judged.why[n] ? make("small", "", say("because", { rule: judged.why[n] })) : judged.by === "hand" ? make("small", "", words.by_hand_class) : null))
      .concat(!judged.ids.length && judged.possible.length ? make("p", "bd-book-judged", say("maybe", { names: named(kit.data, scheme, judged.possible).map(one => one.name).join(baodian.signs.list) }),
        judged.ask ? make("small", "", say("ask", { name: ask(judged.ask) })) : null) : [],
      !judged.ids.length && !judged.possible.length ? make("p", "bd-book-wrong", words.no_class) : []);
  }

  /* Who a customer is: a new one, or the one of `code`. */
  function who(kit, code, done, cancel) {
    const { data, words, say } = kit, old = code ? kit.people()[code] : null, draft = old ? JSON.parse(JSON.stringify(old)) : book.blank(kit.today());
    const name = typed(code), last = day(draft.last), rulers = make("div", "bd-book-rulers"), n = (count += 1);
    const about = scheme => has(draft.classes, scheme.id) || Object.keys(draft.answers[scheme.id] || {}).length;
    const chosen = bare(), bad = bare();
    data.kinds.forEach(kind => { chosen[kind[0]] = data.kinds.length === 1 || data.schemes.some(one => one.judges === kind[0] && about(one)); });
    const kinds = data.kinds.length > 1 && make("fieldset", "bd-book-kinds", make("legend", "", words.kind), data.kinds.map(kind => {
      const input = make("input", { type: "checkbox" });
      input.checked = chosen[kind[0]];
      input.addEventListener("change", () => { chosen[kind[0]] = input.checked; ask(); });
      return make("label", "bd-book-pick", input, make("span", "", kind[1]));
    }));

    function ask() {
      fill(rulers, data.schemes.filter(one => chosen[one.judges] && (one.asks.length || !data.schemes.some(other => other.asks.some(two => two.id === one.id)))).map(scheme => {
        const said = make("div", { role: "status" });
        const known = choice([["", scheme.asks.length ? words.by_answers : words.choose]].concat(scheme.classes.map(one => [one.id, one.name])), draft.classes[scheme.id] || "");
        const tell = () => { fill(said, verdict(kit, scheme, book.judge(data, draft, kit.today())[scheme.id])); };
        const answered = (one, value) => {
          draft.answers[scheme.id] = Object.assign({}, draft.answers[scheme.id]);
          if (value === "" || value === null) delete draft.answers[scheme.id][one.id]; else draft.answers[scheme.id][one.id] = value;
          delete draft.classes[scheme.id];
          known.value = "";
          tell();
        };
        known.addEventListener("change", () => {
          if (known.value) draft.classes[scheme.id] = known.value; else delete draft.classes[scheme.id];
          tell();
        });
        const asks = scheme.asks.map(one => {
          const now = (draft.answers[scheme.id] || {})[one.id];
          if (one.kind === "values") {
            const select = choice([["", words.unknown_answer]].concat(one.values), now || "");
            select.addEventListener("change", () => { answered(one, select.value); });
            return field(one.name, select);
          }
          const input = typed(now === undefined ? "" : String(now)), hint = make("small", { role: "alert", class: "bd-book-wrong" });
          const days = /^(天|days?)$/i.test(one.unit);
          input.setAttribute("inputmode", days ? "text" : "decimal");
          input.addEventListener("input", () => {
            const value = input.value.trim() ? book.answer(one, input.value, kit.today()) : "";
            bad[scheme.id + one.id] = value === null;
            hint.textContent = value === null ? words.figure : "";
            input.setAttribute("aria-invalid", String(value === null));
            answered(one, value);
          });
          return put(field(one.name + (one.unit ? baodian.signs.aside(one.unit) : ""), input, days ? words.or_day : ""), hint);
        });
        tell();
        return make("fieldset", "bd-book-ruler", make("legend", "", scheme.name), asks, field(words.known, known), said);
      }));
    }

    ask();
    const made = form(kit, [
      put(field(words.code, name), make("small", "", words.code_hint)), kinds, rulers, field(words.last, last, words.last_hint)
    ], words.save, () => {
      const now = name.value.trim(), people = kit.people();
      const wrong = book.badCode(now) || (now !== code && people[now] ? "taken" : "");
      if (wrong) return { text: say(wrong, { column: words.code, text: now }), input: name };
      if (Object.keys(bad).some(key => bad[key])) return words.figure;
      if (last.value > kit.today()) return { text: say("p_future", { column: words.last, text: last.value }), input: last };
      const same = ["answers", "classes"].every(key => JSON.stringify(draft[key]) === JSON.stringify(old ? old[key] : {}));
      if (!same) draft.judged = kit.today();
      draft.last = last.value;
      done(now, draft);
      return "";
    }, cancel);
    made.setAttribute("data-form", String(n));
    made.first = name;
    return made;
  }

  /* What was promised, and by when; `done(what, by)`. */
  function promise(kit, text, by, done, cancel) {
    const { words, say } = kit, what = typed(text, book.WORDS), when = day(by);
    const made = form(kit, [field(words.promise, what, words.promise_hint), field(words.by, when)], words.keep, () => {
      const now = what.value.trim(), bad = book.badWords(now);
      if (!now) return { text: words.p_no_promise, input: what };
      if (bad) return { text: say(bad, { column: words.promise, text: now }), input: what };
      if (!when.value) return { text: say("p_no_day", { column: "", text: now }), input: when };
      done(now, when.value);
      return "";
    }, cancel);
    made.first = what;
    return made;
  }

  /* All that is known of a customer, and what can be done with him. */
  function panel(kit, code) {
    const { data, words, say } = kit, one = kit.people()[code], today = kit.today(), judged = book.judge(data, one, today);
    const place = make("div", "bd-book-panel"), role = kit.role();
    const part = (title, ...inner) => make("section", "", make("h4", "", title), inner);
    const box = make("div");
    const edit = (turn, told) => { kit.edit(code, turn, told); };

    const classes = data.schemes.filter(scheme => judged[scheme.id]).map(scheme => make("div", "", make("p", "bd-book-of", scheme.name), verdict(kit, scheme, judged[scheme.id])));
    const age = book.between(one.judged, today);
    const later = book.items(data, code, one, today, role).filter(item => item.due > today).slice(0, 8);

    const open = one.promises.filter(row => !row.done), over = one.promises.filter(row => row.done);
    const promises = open.map(row => {
      const when = day(row.by);
      when.setAttribute("aria-label", say("move", { what: row.what }));
      when.addEventListener("change", () => { if (when.value) edit(now => { now.promises.forEach(two => { if (two.id === row.id) two.by = when.value; }); }); });
      return make("li", "", make("span", "", row.what), when, button(words.take_back, () => { edit(now => { now.promises = now.promises.filter(two => two.id !== row.id); }, words.dropped); }));
    });

    const runs = one.plans.map(run => {
      const plan = data.plans.filter(two => two.id === run.plan)[0];
      if (!plan) return make("li", "", run.plan + " ", make("small", "", words.no_plan), button(words.take_back, () => { edit(now => { now.plans = now.plans.filter(two => two.id !== run.id); }, words.dropped); }));
      const why = book.ended(plan, run, judged), all = plan.steps.every(step => run.done[step.id]);
      const turn = act => { edit(now => { now.plans.forEach(two => { if (two.id === run.id) act(two); }); }); };
      const end = choice([["", words.end]].concat(plan.until.map(two => [two.id, two.text]), [["-", words.end_other]]), "");
      end.setAttribute("aria-label", plan.name + baodian.signs.colon + words.end);
      end.addEventListener("change", () => { if (end.value) turn(two => { two.ended = today; two.why = end.value; }); });
      return make("li", "bd-book-run", make("p", "", link(plan.name, plan.href), make("small", "", plan.zero + baodian.signs.colon + kit.when(run.start))),
        make("ul", "", plan.steps.map(step => {
          const tick = make("input", { type: "checkbox" });
          tick.checked = Boolean(run.done[step.id]);
          tick.disabled = Boolean(why);
          tick.addEventListener("change", () => { turn(two => { if (tick.checked) two.done[step.id] = today; else delete two.done[step.id]; }); });
          return make("li", "", make("label", "bd-book-pick", tick, make("span", "", step.what, make("small", "", kit.when(book.plus(run.start, step.early)) + (step.late > step.early ? " – " + kit.when(book.plus(run.start, step.late)) : "")))));
        })),
        all ? make("p", "bd-why", words.run_done) : why ? make("p", "bd-why", say("ended", { why: plan.until.filter(two => two.id === why).map(two => two.text)[0] || words.end_other }),
          run.ended ? button(words.go_on, () => { turn(two => { two.ended = ""; two.why = ""; }); }) : null) : make("div", "bd-book-row", end),
        button(words.take_back, () => { edit(now => { now.plans = now.plans.filter(two => two.id !== run.id); }, words.dropped); }));
    });
    const fits = plan => book.meant(plan.whom, judged) ? 0 : 1;
    const plans = data.plans.slice().sort((a, b) => fits(a) - fits(b));

    const rest = choice([["", words.rest_none], ["30", say("rest_days", { n: 30 })], ["90", say("rest_days", { n: 90 })], ["never", words.rest_never]].concat(/^\d{4}/.test(one.rest) && one.rest > today ? [[one.rest, say("rest_until", { day: kit.when(one.rest) })]] : []), one.rest === "never" || one.rest > today ? one.rest : "");
    rest.addEventListener("change", () => { edit(now => { now.rest = /^\d+$/.test(rest.value) ? book.plus(today, +rest.value) : rest.value; }); });

    const started = make("ul", "", runs), next = plans.length && make("details", "bd-book-fold", make("summary", "", words.start_plan), starter(kit, plans, () => (id, start) => {
      edit(now => { now.plans.push({ id: book.fresh(), plan: id, start, done: {}, ended: "", why: "" }); }, words.started);
    }));
    return put(place,
      part(words.promises, promises.length ? make("ul", "bd-book-promises", promises) : null, over.length ? make("p", "bd-why", say("kept_promises", { n: over.length })) : null,
        promise(kit, "", "", (what, by) => { edit(now => { now.promises.push({ id: book.fresh(), what, by, done: "" }); }, words.noted); })),
      runs.length ? part(words.plans, started) : null, next,
      part(words.class_of, classes.length ? classes : make("p", "bd-why", words.no_answers), classes.length && age > 30 ? make("p", "bd-book-old", say("age", { n: age })) : null,
        make("p", "bd-why", one.last ? say("was_last", { day: kit.when(one.last) }) : words.never)),
      later.length ? part(words.later, make("ul", "", later.map(item => make("li", "", item.what, make("small", "", kit.when(item.due)))))) : null,
      part(words.rest, field(words.rest_hint, rest)),
      box,
      make("div", "bd-book-row", button(words.change, () => {
        const made = who(kit, code, (name, draft) => { kit.rename(code, name, draft); }, () => { fill(box); });
        fill(box, made);
        made.first.focus();
      }), baodian.sure({
        button: (text, act, danger) => button(text, act, danger && "danger"), css: "bd-book-sure", text: words.remove, ask: () => say("remove_sure", { code }),
        yes: words.remove_yes, no: words.cancel, name: words.remove + baodian.signs.colon + code, act: () => { kit.drop(code); }
      })));
  }

  /* Which plan begins on which day; `begin(plan)(id, start)`. */
  function starter(kit, plans, begin, before) {
    const { words } = kit, which = choice(plans.map(one => [one.id, one.name]), plans[0].id), start = day("");
    const zero = make("span"), told = () => { zero.textContent = plans.filter(one => one.id === which.value)[0].zero; };
    which.addEventListener("change", told);
    told();
    return form(kit, [before, field(words.which_plan, which), make("label", "bd-book-field", zero, start)], words.begin, () => {
      if (!start.value) return { text: words.p_start, input: start };
      return begin(which.value)(which.value, start.value) || "";
    });
  }

  Object.assign(book, { forms: { button, field, day, choice, typed, form, verdict, who, promise, panel, starter } });
})();
