/* The forms of the book: who a customer is, and all that can be said of one. They change nothing themselves. What a form
   refuses stands under the field that it is about, and is told with it. */
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

  /* Says under its field what is wrong with an input, or nothing any more. */
  function refuse(input, text) {
    if (input.refused) input.refused.remove();
    input.refused = text ? make("p", { id: "bd-book-wrong-" + (count += 1), class: "bd-book-wrong", role: "alert", text }) : null;
    if (text) {
      (input.closest("label") || input).after(input.refused);
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", input.refused.id);
    } else ["aria-invalid", "aria-describedby"].forEach(name => { input.removeAttribute(name); });
  }

  /* Brings an input to the middle of the screen, with what stands under it, and the reader into it. */
  function visit(input) {
    const folded = input.closest("form details");
    if (folded) folded.open = true;
    input.focus({ preventScroll: true });
    (input.closest("label") || input).scrollIntoView({ block: "center" });
  }

  /* A form: `fields`, and what to press. `done()` returns what is refused, each as { text, input }, or nothing if it went well. */
  function form(kit, fields, yes, done, no) {
    const made = make("form", { class: "bd-book-form", autocomplete: "off", novalidate: "" }, fields,
      make("div", "bd-book-row", make("button", { type: "submit", class: "bd-book-button bd-book-main", text: yes }), no && button(kit.words.cancel, no)));
    made.addEventListener("submit", event => {
      event.preventDefault();
      made.querySelectorAll("[aria-invalid]").forEach(input => { refuse(input, ""); });
      const bad = [].concat(done() || []);
      bad.forEach(one => { refuse(one.input, one.text); });
      if (bad.length) visit(bad[0].input);
    });
    made.addEventListener("input", event => { if (event.target.refused) refuse(event.target, ""); }, true);
    return made;
  }

  /* What is wrong with a day: half of one typed, none where one is needed (`none`, why), or one to come where it is `past`. */
  function badDay(kit, input, column, none, past) {
    const text = why => ({ text: kit.say(why, { column, text: input.value || "…" }), input });
    return input.validity.badInput || (input.value && !input.validity.valid) ? [text("p_date")]
      : !input.value && none ? [text(none)] : past && input.value > kit.today() ? [text("p_future")] : [];
  }

  /* What is wrong with a promise and its day. */
  function badPromise(kit, what, by) {
    const now = what.value.trim(), bad = now ? book.badWords(now) : "p_no_promise";
    return (bad ? [{ text: kit.say(bad, { column: kit.words.promise, text: now }), input: what }] : []).concat(badDay(kit, by, kit.words.by, "p_no_day"));
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
    const name = typed(code), last = day(draft.last), rulers = make("div", "bd-book-rulers"), outright = make("div");
    const asked = data.schemes.filter(one => one.asks.length || !data.schemes.some(other => other.asks.some(two => two.id === one.id)));
    const about = scheme => has(draft.classes, scheme.id) || Object.keys(draft.answers[scheme.id] || {}).length;
    const chosen = bare(), bad = bare(), inputs = bare();
    let told = []; // what says of each ruler how it stands
    const besidesTheClass = one => data.schemes.some(other => other.id === one.id); // an answer that says something else too
    data.kinds.forEach(kind => { chosen[kind[0]] = data.kinds.length === 1 || data.schemes.some(one => one.judges === kind[0] && about(one)); });
    const kinds = data.kinds.length > 1 && make("fieldset", "bd-book-kinds", make("legend", "", words.kind), data.kinds.map(kind => {
      const input = make("input", { type: "checkbox", value: kind[0] });
      input.checked = chosen[kind[0]];
      input.addEventListener("change", () => {
        chosen[kind[0]] = input.checked;
        if (!input.checked) data.schemes.filter(one => one.judges === kind[0]).forEach(one => { delete draft.classes[one.id]; delete draft.answers[one.id]; });
        ask();
      });
      return make("label", "bd-book-pick", input, make("span", "", kind[1]));
    }));

    /* Every class there is, for who knows it: one choice says what he is too. */
    const all = make("select", "", new Option(words.choose, ""), asked.map(scheme => make("optgroup", { label: scheme.name }, scheme.classes.map(one => new Option(one.name, scheme.id + "/" + one.id)))));
    all.addEventListener("change", () => {
      if (!all.value) return;
      const two = all.value.split("/"), ruler = asked.filter(one => one.id === two[0])[0];
      all.value = "";
      draft.classes[ruler.id] = two[1];
      chosen[ruler.judges] = true;
      if (kinds) kinds.querySelectorAll("input").forEach(input => { input.checked = chosen[input.value]; });
      ask();
      inputs[ruler.id].focus();
    });

    const tell = () => { told.forEach(one => { one(); }); };
    function ask() {
      told = [];
      fill(outright, Object.keys(chosen).some(kind => chosen[kind]) ? null : field(words.known, all));
      fill(rulers, asked.filter(one => chosen[one.judges]).map(scheme => {
        const said = make("div", { role: "status" });
        const known = choice([["", scheme.asks.length ? words.by_answers : words.choose]].concat(scheme.classes.map(one => [one.id, one.name])), draft.classes[scheme.id] || "");
        told.push(() => {
          const lacks = book.lacks(data, draft, kit.today(), kit.role()), of = (lacks ? lacks.of : []).filter(id => id === scheme.id || scheme.asks.some(one => one.id === id));
          fill(said, verdict(kit, scheme, book.judge(data, draft, kit.today())[scheme.id]), of.length ? make("p", "bd-book-wrong", of.map(kit.stillToChoose).join(baodian.signs.list)) : null);
        });
        const answered = (one, value) => {
          draft.answers[scheme.id] = Object.assign({}, draft.answers[scheme.id]);
          if (value === "" || value === null) delete draft.answers[scheme.id][one.id]; else draft.answers[scheme.id][one.id] = value;
          if (!besidesTheClass(one)) {
            delete draft.classes[scheme.id];
            known.value = "";
          }
          tell();
        };
        inputs[scheme.id] = known;
        known.addEventListener("change", () => {
          if (known.value) draft.classes[scheme.id] = known.value; else delete draft.classes[scheme.id];
          tell();
        });
        const besides = [], asks = [];
        scheme.asks.forEach(one => { (besidesTheClass(one) ? besides : asks).push(question(one)); });
        function question(one) {
          const now = (draft.answers[scheme.id] || {})[one.id];
          if (one.kind === "values") {
            const select = choice([["", words.unknown_answer]].concat(one.values), now || "");
            inputs[one.id] = select;
            select.addEventListener("change", () => { answered(one, select.value); });
            return field(one.name, select);
          }
          const input = typed(now === undefined ? "" : String(one.on && typeof now === "string" ? book.between(now, kit.today()) : now));
          input.setAttribute("inputmode", book.inDays(one) ? "text" : "decimal");
          input.addEventListener("input", () => {
            const value = input.value.trim() ? book.answer(one, input.value, kit.today()) : "";
            bad[scheme.id + one.id] = value === null && input;
            refuse(input, value === null ? words.figure : "");
            answered(one, value);
          });
          return make("div", "", field(one.name + (one.unit ? baodian.signs.aside(one.unit) : ""), input, one.on ? words.or_today : ""));
        }
        return make("fieldset", "bd-book-ruler", make("legend", "", scheme.name), field(words.known, known), besides,
          known.value && asks.length ? make("details", "bd-book-fold", make("summary", "", words.or_answers), asks) : asks, said);
      }));
      tell();
    }

    ask();
    const what = typed("", book.WORDS), by = day(""), former = code && book.badCode(code); // of an earlier handbook: he may keep it
    const made = form(kit, [
      field(words.code, name, words.code_hint), former && make("p", "bd-book-old", say(former, { column: words.code, text: code })), outright, kinds, rulers, field(words.last, last, words.last_hint),
      !code && make("details", "bd-book-fold", make("summary", "", words.add_promise), field(words.promise, what, words.promise_hint), field(words.by, by))
    ], words.save, () => {
      const now = name.value.trim(), wrong = code && now === code ? "" : book.badCode(now) || (kit.people()[now] ? "taken" : "");
      const refused = (wrong ? [{ text: say(wrong, { column: words.code, text: now }), input: name }] : []).concat(
        Object.keys(bad).filter(key => bad[key] && made.contains(bad[key])).map(key => ({ text: words.figure, input: bad[key] })),
        badDay(kit, last, words.last, "", true), what.value.trim() || by.value || by.validity.badInput ? badPromise(kit, what, by) : []);
      if (refused.length) return refused;
      const same = ["answers", "classes"].every(key => JSON.stringify(draft[key]) === JSON.stringify(old ? old[key] : {}));
      if (!same) draft.judged = kit.today();
      draft.last = last.value;
      if (what.value.trim()) draft.promises.push({ id: book.fresh(), what: what.value.trim(), by: by.value, done: "" });
      done(now, draft, again);
      return [];
    }, cancel);
    let again = false; // whether another is added after this one
    made.addEventListener("click", event => { again = event.target === more; }, true);
    const more = make("button", { type: "submit", class: "bd-book-button", text: words.save_more });
    if (!code) made.querySelector(".bd-book-main").after(more);
    made.first = name;
    made.lacking = which => outright.querySelector("select") || inputs[which] || rulers.querySelector("select, input");
    return made;
  }

  /* What was promised, and by when; `done(what, by)`. */
  function promise(kit, text, by, done, cancel) {
    const { words } = kit, what = typed(text, book.WORDS), when = day(by);
    const made = form(kit, [field(words.promise, what, words.promise_hint), field(words.by, when)], words.keep, () => {
      const bad = badPromise(kit, what, when);
      if (!bad.length) done(what.value.trim(), when.value);
      return bad;
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
    /* Opens the form, in which something is lacking. */
    place.change = which => {
      const made = who(kit, code, (name, draft) => { kit.rename(code, name, draft); }, () => { fill(box); });
      fill(box, made);
      kit.tell("");
      visit(which ? made.lacking(which) : made.first);
    };
    return put(place,
      part(words.promises, promises.length ? make("ul", "bd-book-promises", promises) : null, over.length ? make("p", "bd-why", say("kept_promises", { n: over.length })) : null,
        promise(kit, "", "", (what, by) => { edit(now => { now.promises.push({ id: book.fresh(), what, by, done: "" }); }, words.noted); })),
      runs.length ? part(words.plans, started) : null, next,
      part(words.class_of, classes.length ? classes : make("p", "bd-why", words.no_answers), classes.length && age > 30 ? make("p", "bd-book-old", say("age", { n: age })) : null,
        make("p", "bd-why", one.last ? say("was_last", { day: kit.when(one.last) }) : words.never)),
      later.length ? part(words.later, make("ul", "", later.map(item => make("li", "", item.what, make("small", "", kit.when(item.due)))))) : null,
      part(words.rest, field(words.rest_hint, rest)),
      box,
      make("div", "bd-book-row", button(words.change, () => { place.change(); }), baodian.sure({
        button: (text, act, danger) => button(text, act, danger && "danger"), css: "bd-book-sure", text: words.remove, ask: () => say("remove_sure", { code }),
        yes: words.remove_yes, no: words.spare, name: words.remove + baodian.signs.colon + code, act: () => { kit.drop(code); }
      })));
  }

  /* Which plan begins on which day; `begin(plan)(id, start)`. */
  function starter(kit, plans, begin, before) {
    const { words } = kit, which = choice(plans.map(one => [one.id, one.name]), plans[0].id), start = day("");
    const zero = make("span"), told = () => { zero.textContent = plans.filter(one => one.id === which.value)[0].zero; };
    which.addEventListener("change", told);
    told();
    return form(kit, [before, field(words.which_plan, which), make("label", "bd-book-field", zero, start)], words.begin, () => {
      const bad = badDay(kit, start, zero.textContent, "p_start");
      if (!bad.length) begin(which.value)(which.value, start.value);
      return bad;
    });
  }

  Object.assign(book, { forms: { button, field, day, choice, typed, form, refuse, visit, badDay, verdict, who, promise, panel, starter } });
})();
