/* Plans a month: days by the table of a plan beside what the rhythms need, then half-day by half-day.
   Tables, rhythms, minutes and words come from the YAML; the reader's figures stay on the device. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, name: string, unit: string, value: number, said: string, href: string | null }} PlannerNumber
   @typedef {{ id: string, name: string, mix: number }} PlannerClass
   @typedef {{ class: string | null, what: string, href: string | null, often: string, limit: string, fixed: number, daily: number, part: number, channels: string[] }} PlannerContact
   @typedef {{ id: string, name: string, days: number, customers: number, share: string | null, fresh: boolean, classes: PlannerClass[], contacts: PlannerContact[] }} PlannerRow
   @typedef {{ id: string, name: string, href: string, told: string, days: number, development: number | null, numbers: PlannerNumber[], rows: PlannerRow[], events: string[] }} PlannerPlan
   @typedef {{ plans: PlannerPlan[], channels: Object<string, string>, off: Object<string, string>, work: Object<string, string>, words: Object<string, string> }} PlannerData */
(() => {
  "use strict";

  const STORE = "planner";

  const { has, make, put, link, press, status, store } = baodian;
  const { reckon, shares, spread, column, used } = baodian.reckon, { weekday, dates: datesOf, workdays, halves, ics } = baodian.calendar;
  const HOURS = 24, MANY = 9999; // no more in a day, and of anything

  baodian.widget("planner", (root, data, say) => {
    const words = data.words;
    const button = (text, act, css) => press("bd-planner-button" + (css ? " " + css : ""), text, act);
    function round(number) { return String(Math.round(number * 10 + 1e-9) / 10); }
    function hundredths(number) { return String(Math.round(number * 100) / 100); }
    /* A figure of the reader's, as he gave it; sums of such without what a computer adds to them. */
    function exact(number) { return String(Number(number.toFixed(6))); }
    function names(many) { return many.join(baodian.signs.list); }

    // --- what is kept

    function kept() { return sound(store.read(STORE, {})); }
    /* Returns a copy of what is kept without what cannot be a figure of the reader's. */
    function sound(value) {
      const { only } = baodian;
      const each = (map, good) => {
        const made = only(map, baodian.plain);
        Object.keys(made).forEach(key => { made[key] = only(made[key], good); });
        return made;
      };
      function number(one, key) { return typeof one === "number" && one >= 0 && one <= MANY && (key !== "hours" || one > 0 && one <= HOURS); }
      function entry(one) { return typeof one === "string"; }
      function half(one, key) { return typeof one === "string" && /^\d{4}-\d\d-\d\d-[ap]m$/.test(key); }
      value = value || {};
      return {
        plan: value.plan, month: value.month, seed: /^[a-z0-9]{1,20}$/.test(value.seed) ? value.seed : undefined,
        days: only(value.days, number), numbers: only(value.numbers, number), counts: each(value.counts, number),
        mix: each(value.mix, number), off: each(value.off, one => typeof one === "boolean"), week: each(value.week, half),
        sent: each(value.sent, entry), times: only(value.times, number)
      };
    }
    function change(turn) {
      store.change(STORE, value => {
        value = sound(value);
        turn(value);
        return value;
      });
      update();
    }
    function inside(value, key, id) { return value[key][id] = value[key][id] || Object.create(null); }

    function months() {
      const now = new Date();
      const made = [];
      for (let n = 0; n < 7; n++) {
        const day = new Date(now.getFullYear(), now.getMonth() + n, 1);
        made.push(baodian.day(day).slice(0, 7));
      }
      return made;
    }
    function month(value) {
      const all = months();
      return all.includes(value.month) ? value.month : all[new Date().getDate() > 20 ? 1 : 0];
    }
    function plan(value) {
      return data.plans.filter(one => one.id === value.plan)[0] || data.plans[0];
    }
    function work(value) { return workdays(month(value), data.off, data.work, value.off[month(value)] || {}); }
    function dates(value) { return work(value).worked; }
    function days(value) {
      const typed = value.days[month(value)];
      return typed === undefined ? dates(value).length : typed;
    }
    function given(value) {
      const id = plan(value).id;
      return { days: days(value), numbers: value.numbers, counts: value.counts[id] || {}, mix: value.mix[id] || {} };
    }

    // --- fields

    const told = status("bd-planner-told");
    const fields = make("div", "bd-planner-fields");
    const result = make("section", "bd-planner-result");
    const week = make("section", "bd-planner-week");
    let refresh = []; // sets a field to what is kept, unless the reader is in it or has still to correct it

    /* A field for a number: read(value) gives what stands in it, write(value, number or undefined) keeps it; no more than
       `most(value)`, above 0 where `some`. What cannot be kept stays, with the reason, until it is corrected. */
    function field(name, unit, read, write, look) {
      const { note, most, some } = look || {};
      const label = make("label", "bd-planner-field");
      const input = make("input", { inputmode: "decimal", autocomplete: "off" });
      const wrong = make("span", { class: "bd-planner-wrong", role: "alert" });
      function fault(number) {
        const limit = most ? most(kept()) : MANY;
        return number !== number || number < 0 || some && number === 0 ? some ? words.bad_some : words.bad : number > limit ? say("bad_most", { n: limit }) : "";
      }
      input.addEventListener("input", () => {
        const number = baodian.number(input.value), bad = fault(number);
        input.setAttribute("aria-invalid", String(Boolean(bad)));
        wrong.textContent = bad;
        if (!bad) change(value => { write(value, number === null ? undefined : number); });
      });
      function correct() { return input.getAttribute("aria-invalid") !== "true"; }
      input.addEventListener("blur", () => { if (correct()) show(); });
      refresh.push(all => { if (all || document.activeElement !== input && correct()) show(); });
      function show() { input.value = exact(read(kept())); input.removeAttribute("aria-invalid"); wrong.textContent = ""; }
      show();
      put(label, make("span", "bd-planner-name", name), put(make("span", "bd-planner-input"), input, make("span", "bd-unit", unit)));
      if (note) put(label, note);
      put(label, wrong);
      label.input = input;
      return label;
    }

    function choices() {
      const who = put(make("fieldset", "bd-planner-who"), make("legend", "", words.who));
      data.plans.forEach(one => {
        const radio = make("input", { type: "radio", name: "bd-plan", value: one.id });
        radio.addEventListener("change", () => { change(value => { value.plan = one.id; }); build(); });
        refresh.push(() => { radio.checked = plan(kept()).id === one.id; });
        put(who, put(make("label", "bd-planner-choice"), radio, make("span", "", one.name)));
      });
      const select = make("select");
      months().forEach(one => { put(select, new Option(one, one)); });
      select.addEventListener("change", () => { change(value => { value.month = select.value; }); update(true); });
      refresh.push(() => { select.value = month(kept()); });
      const note = make("span", "bd-why");
      refresh.push(() => { note.textContent = daysNote(kept()); });
      const when = put(make("label", "bd-planner-field"), make("span", "bd-planner-name", words.month), select);
      const length = field(words.days, words.day, days, (value, number) => {
        if (number === undefined) delete value.days[month(value)]; else value.days[month(value)] = number;
      }, { note, most: value => datesOf(month(value)).length });
      length.input.name = "days";
      return put(make("div", "bd-planner-choices"), who, when, length);
    }

    /* How many days are worked, and which holidays and days that make up for them the handbook knows. */
    function daysNote(value) {
      const listed = days => names(Object.keys(days).filter(date => date.indexOf(month(value)) === 0).sort().map(date => dayName(date) + " " + days[date]));
      const off = listed(data.off), made = listed(data.work), n = dates(value).length;
      const known = off || made || Object.keys(value.off[month(value)] || {}).length;
      return [say(known ? "days_known" : "days_note", { n }), off && say("days_off", { names: off }), made && say("days_made", { names: made })]
        .filter(Boolean).join(" ");
    }

    function customers(chosen) {
      const box = put(make("fieldset", "bd-planner-rows"), make("legend", "", words.customers), make("p", "bd-why", words.once));
      const inputs = [];
      chosen.rows.forEach(row => {
        const one = field(row.name, words.unit, value => has(value.counts[chosen.id] || {}, row.id) ? value.counts[chosen.id][row.id] : row.customers, (value, number) => {
          keepCount(value, row, number);
        });
        one.input.name = row.id;
        one.input.addEventListener("paste", event => {
          const text = (event.clipboardData || window.clipboardData).getData("text");
          if (!/[\n\t]/.test(text.trim())) return;
          event.preventDefault();
          fill(inputs, one.input, column(text));
        });
        inputs.push(one.input);
        put(box, one, row.classes.length > 1 ? byClass(chosen, row) : null);
      });

      function keepCount(value, row, number) {
        const counts = inside(value, "counts", chosen.id), mix = inside(value, "mix", chosen.id);
        if (number === undefined) delete counts[row.id]; else counts[row.id] = number;
        row.classes.forEach(one => { delete mix[one.id]; });
      }
      function fill(inputs, from, numbers) {
        const at = inputs.indexOf(from);
        let filled = 0;
        let none = 0;
        change(value => {
          filled = none = 0;
          numbers.slice(0, inputs.length - at).forEach((number, n) => {
            if (number === null || number > MANY) { none += 1; return; }
            keepCount(value, chosen.rows[at + n], number);
            filled += 1;
          });
        });
        update(true);
        const rest = numbers.length - (inputs.length - at);
        tell([say("pasted", { n: filled }), none ? say("pasted_none", { n: none }) : "",
          rest > 0 ? say("pasted_rest", { n: rest }) : ""].join(" "));
      }
      return box;
    }

    function byClass(chosen, row) {
      const fold = put(make("details", "bd-planner-mix"), make("summary", "", words.classes), make("p", "bd-why", words.mix_note));
      row.classes.forEach(class_ => {
        const one = field(class_.name, words.unit, value => now(value)[class_.id], (value, number) => {
          const parts = now(value), mix = inside(value, "mix", chosen.id);
          parts[class_.id] = number || 0;
          Object.keys(parts).forEach(id => { mix[id] = parts[id]; });
          inside(value, "counts", chosen.id)[row.id] = row.classes.reduce((sum, other) => sum + parts[other.id], 0);
        });
        one.input.name = class_.id;
        put(fold, one);
      });
      fold.querySelector("summary").setAttribute("aria-label", row.name + " · " + words.classes);
      return fold;

      function now(value) {
        const counts = value.counts[chosen.id] || {};
        return shares(row, has(counts, row.id) ? counts[row.id] : row.customers, value.mix[chosen.id] || {});
      }
    }

    function minutes(chosen) {
      const fold = put(make("details", "bd-planner-numbers"), make("summary", "", words.numbers), make("p", "bd-why", words.numbers_note));
      chosen.numbers.forEach(one => {
        const note = make("span", "bd-why");
        const text = say("as_set", { n: one.said });
        put(note, one.href ? link(text, one.href) : text);
        const made = field(one.name, one.unit, value => has(value.numbers, one.id) ? value.numbers[one.id] : one.value, (value, number) => {
          if (number === undefined) delete value.numbers[one.id]; else value.numbers[one.id] = number;
        }, one.id === "hours" ? { some: true, most: () => HOURS } : {});
        made.input.name = one.id;
        put(fold, made, note);
      });
      return put(fold, button(words.reset, () => { change(value => { value.numbers = {}; }); update(true); }));
    }

    function tell(text) {
      const trouble = store.trouble();
      told.textContent = [text, trouble ? words[trouble] : text ? "" : words.saved].filter(Boolean).join(" ");
    }

    // --- what comes out

    function bar(css, name, number, most) {
      const line = make("div", "bd-planner-bar " + css);
      const fill = make("span", "bd-planner-fill");
      fill.style.width = (most ? Math.max(number / most * 100, number ? 1 : 0) : 0) + "%";
      return put(line, make("span", "bd-planner-which", name), put(make("span", "bd-planner-track"), fill),
        make("span", "bd-planner-figure", say("n_days", { n: round(number) })));
    }

    function gap(one) {
      const over = Math.round((one.need - one.plan) * 10) / 10;
      const text = over > 0 ? say("over", { n: over }) : over < 0 ? say("left", { n: -over }) : words.even;
      return make("span", "bd-planner-gap" + (over > 0 ? " bd-planner-over" : ""), (over > 0 ? "▲ " : "") + text);
    }

    function times(one) {
      return Object.keys(one.times).map(id => say("times", { name: data.channels[id] || id, n: round(one.times[id]) })).join(" · ");
    }

    function rowPart(one, most) {
      const item = make("li", "bd-planner-row");
      item.setAttribute("data-row", one.row.id);
      put(item, put(make("p", "bd-planner-head"), make("strong", "", one.row.name), gap(one)),
        bar("bd-planner-plan", words.by_table, one.plan, most), bar("bd-planner-need", words.by_need, one.need, most));
      if (!one.lines.length) return put(item, make("p", "bd-why", words.nothing));
      put(item, make("p", "bd-why", say("row_note", { customers: exact(one.customers), contacts: times(one), hours: round(one.hours) })));
      return put(item, sums(one));
    }

    function sums(one) {
      const fold = put(make("details", "bd-planner-how"), make("summary", "", words.how));
      fold.querySelector("summary").setAttribute("aria-label", one.row.name + " · " + words.how);
      one.lines.forEach(line => {
        const owner = one.row.classes.filter(class_ => class_.id === line.contact.class)[0];
        const text = say("sum", {
          name: (one.row.classes.length > 1 ? owner.name + " · " : "") + line.contact.what, often: line.contact.often,
          customers: line.contact.part === 1 ? exact(line.people) : hundredths(line.people), times: hundredths(line.times), minutes: exact(line.minutes),
          hours: round(line.hours), channel: data.channels[line.contact.channels[0]] || ""
        });
        put(fold, put(make("p", "bd-planner-sum"), line.contact.href ? link(text, line.contact.href) : text));
      });
      return fold;
    }

    function ratio(made, chosen) {
      const box = put(make("div", "bd-planner-ratio"), make("h3", "", words.ratio));
      [["plan", words.by_table], ["need", words.by_need]].forEach(one => {
        const all = made[one[0]];
        const part = all ? Math.round(made.development[one[0]] / all * 100) : 0;
        const line = make("p", "bd-planner-line", one[1] + "  " + words.development + " " + part + " : " + words.care + " " + (100 - part));
        const off = chosen.development === null || !all ? 0 : part - chosen.development;
        if (off) put(line, make("span", "bd-why", " " + say(off > 0 ? "further" : "short", { n: Math.abs(off) })));
        put(box, line);
      });
      if (chosen.development !== null) {
        put(box, make("p", "bd-why", say("wanted", { a: chosen.development, b: 100 - chosen.development })));
      }
      return box;
    }

    /* What can be done about the rows that need more than they have, the largest overrun first. */
    function levers(made, all) {
      const box = put(make("div", "bd-planner-levers"), make("h3", "", words.levers));
      const list = make("ul");
      function add(word, gaps) { put(list, make("li", "", say(word, gaps))); }
      made.rows.filter(one => one.need - one.plan >= 0.05)
        .sort((a, b) => (b.need - b.plan) - (a.need - a.plan)).slice(0, 2)
        .forEach(one => {
          const name = one.row.name;
          if (one.customers > one.row.customers) {
            add("lever_many", { name, n: exact(one.customers - one.row.customers), table: exact(one.row.customers) });
          }
          one.lines.forEach(line => {
            line.others.filter(other => other.days >= 0.05).forEach(other => {
              add("lever_call", { name, what: line.contact.what, to: data.channels[other.id], n: round(other.days) });
            });
          });
          trips(one, made).forEach(trip => { add("lever_trip", trip); });
          one.lines.filter(line => line.contact.class).sort((a, b) => b.hours - a.hours).slice(0, 2).forEach(line => {
            add(line.contact.limit === "至少" || line.contact.limit === "at least" ? "lever_floor" : "lever_fixed",
              { name, what: line.contact.what, often: line.contact.often });
          });
        });
      const left = made.rows.filter(one => one.plan - one.need >= 0.5);
      if (left.length) {
        add("lever_left", { names: names(left.map(one => one.row.name + " " + say("n_days", { n: round(one.plan - one.need) }))) });
      }
      if (made.need - all >= 0.05) add("lever_ask");
      return put(box, list);
    }

    /* Several things that one customer is visited for can be done in one visit; each still counts. */
    function trips(one, made) {
      return one.row.classes.map(class_ => {
        const visits = one.lines.filter(line => line.contact.class === class_.id && made.value["travel:" + line.contact.channels[0]]).sort((a, b) => b.times - a.times);
        const saved = visits.slice(1).reduce((sum, line) => sum + line.people * line.times * made.value["travel:" + line.contact.channels[0]] / 60 / made.hours, 0);
        return { name: class_.name, what: names(visits.map(line => line.contact.what)), n: round(saved), saved };
      }).filter(trip => trip.saved >= 0.05);
    }

    const verdict = status("bd-planner-verdict");

    function showResult(value) {
      const chosen = plan(value), all = days(value);
      const made = reckon(chosen, given(value));
      const over = Math.round((made.need - all) * 10) / 10;
      const worst = made.rows.slice().sort((a, b) => (b.need - b.plan) - (a.need - a.plan))[0];
      let text = over > 0 ? say("not", { need: round(made.need), days: exact(all), over })
        : say("fits", { need: round(made.need), days: exact(all), left: -over });
      if (over > 0) text += " " + say("cause", { name: worst.row.name, plan: round(worst.plan), need: round(worst.need) });
      else if (worst.need - worst.plan >= 0.05) text += " " + say("inside", { name: worst.row.name, over: round(worst.need - worst.plan) });
      const most = worst.lines.slice().sort((a, b) => b.hours - a.hours)[0];
      if (over > 0 && most) {
        const owner = worst.row.classes.filter(one => one.id === most.contact.class)[0];
        text += " " + say("cause_of", { name: owner ? owner.name : worst.row.name, what: most.contact.what, n: round(most.hours / made.hours) });
      }
      if (verdict.textContent !== text) verdict.textContent = text;
      verdict.classList.toggle("bd-planner-not", over > 0);

      const open = Array.from(result.querySelectorAll("li[data-row] details[open]"), one => one.parentNode.getAttribute("data-row"));
      while (verdict.nextSibling) result.removeChild(verdict.nextSibling);
      const list = make("ul", "bd-planner-list");
      const longest = Math.max.apply(null, made.rows.map(one => Math.max(one.plan, one.need)));
      made.rows.forEach(one => {
        const item = rowPart(one, longest);
        if (open.includes(one.row.id)) item.querySelector("details").open = true;
        put(list, item);
      });
      const sum = put(make("li", "bd-planner-row bd-planner-all"),
        put(make("p", "bd-planner-head"), make("strong", "", words.all), gap({ plan: all, need: made.need })),
        bar("bd-planner-plan", words.by_table, made.plan, Math.max(made.plan, made.need)),
        bar("bd-planner-need", words.by_need, made.need, Math.max(made.plan, made.need)));
      put(result, put(list, sum), ratio(made, chosen));
      if (worst.need - worst.plan >= 0.05) put(result, levers(made, all));
      if (chosen.events.length) put(result, make("p", "bd-why", say("events", { names: names(chosen.events) })));
      put(result, make("p", "bd-why", words.not_city));
    }

    // --- half-day by half-day

    function key(value) { return plan(value).id + "|" + month(value); }
    function slots(value) {
      const worked = dates(value), rows = planned(value).concat("");
      const made = spread(plan(value), worked, days(value));
      const own = value.week[key(value)] || {};
      Object.keys(own).forEach(slot => { if (worked.includes(slot.slice(0, 10))) made[slot] = own[slot]; });
      Object.keys(made).forEach(slot => { if (!rows.includes(made[slot])) delete made[slot]; });
      return made;
    }
    /* The rows of which there are customers: only they have half-days. */
    function planned(value) {
      return plan(value).rows.filter(row => used(row, value.counts[plan(value).id] || {})).map(row => row.id);
    }
    /* What stands in a half-day: a row, of which only those classes are named that were entered. */
    function rowName(value, id) {
      const found = plan(value).rows.filter(row => row.id === id)[0];
      if (!found) return words.free;
      const mix = value.mix[plan(value).id] || {}, some = found.classes.filter(one => !has(mix, one.id) || mix[one.id] > 0);
      return some.length && some.length < found.classes.length ? names(some.map(one => one.name)) : found.name;
    }
    function dayName(date) {
      const named = (list, at) => list.split(/[、,]\s*/)[at];
      return say("date", {
        weekday: named(words.weekdays, (weekday(date) + 6) % 7), month: named(words.months, Number(date.slice(5, 7)) - 1), day: Number(date.slice(8))
      });
    }
    function weeks(value) {
      const made = [];
      let monday = "";
      work(value).shown.forEach(date => {
        const first = new Date(Date.parse(date) - (weekday(date) + 6) % 7 * 864e5).toISOString().slice(0, 10);
        if (first !== monday) made.push([]);
        monday = first;
        made[made.length - 1].push(date);
      });
      return made;
    }
    function counted(value, filled) {
      return planned(value).map(id => {
        const halves = Object.keys(filled).filter(slot => filled[slot] === id).length;
        return rowName(value, id) + " " + say("n_days", { n: halves / 2 });
      }).join(" · ");
    }

    let built = ""; // what the half-days on the page were made for
    const summary = status("bd-planner-counted");

    function showWeek(value) {
      const chosen = plan(value), filled = slots(value), { shown, worked } = work(value);
      if (built !== key(value) + shown) {
        built = key(value) + shown;
        week.textContent = "";
        put(week, make("h2", "", words.week), make("p", "bd-why", words.week_note));
        weeks(value).forEach((dates, n) => {
          const box = put(make("section", "bd-planner-days"), make("h3", "", say("week_n", { n: n + 1 })));
          box.style.setProperty("--bd-from", String((weekday(dates[0]) + 6) % 7 + 1));
          box.style.setProperty("--bd-days", String(Math.max(5, (weekday(dates[0]) + 6) % 7 + dates.length)));
          dates.forEach(date => { put(box, dayPart(date)); });
          put(week, box);
        });
        put(week, weekendDay(value), summary, put(make("div", "bd-planner-acts"),
          button(words.ics, download), baodian.copier("bd-planner-button", words.copy, words, asText, tell), button(words.as_spread, () => {
            change(now => { delete now.week[key(now)]; });
          }), button(words.print, () => { window.print(); })), make("p", "bd-why", words.ics_note), make("p", "bd-why", words.ics_again));
      }
      week.querySelectorAll("[data-slot]").forEach(node => {
        const slot = node.getAttribute("data-slot"), date = slot.slice(0, 10);
        const at = chosen.rows.map(row => row.id).indexOf(filled[slot]);
        const name = rowName(value, filled[slot]);
        node.className = "bd-planner-half" + (at >= 0 ? " bd-hue-" + at % 8 : " bd-planner-free");
        node.lastChild.textContent = name;
        node.disabled = !worked.includes(date);
        node.setAttribute("aria-label", say("half", { day: dayName(date), half: words[slot.slice(11)], what: name }));
      });
      week.querySelectorAll("[data-day]").forEach(node => {
        node.setAttribute("aria-pressed", String(!worked.includes(node.getAttribute("data-day"))));
      });
      const open = worked.length * 2 - Object.keys(filled).filter(slot => filled[slot]).length;
      const more = Math.round(days(value) * 2) - worked.length * 2;
      summary.textContent = say("counted", { text: counted(value, filled) }) +
        (more > 0 ? " " + say("too_many", { n: more }) : open > 0 ? " " + say("too_few", { n: open }) : "");
    }

    function dayPart(date) {
      const box = make("div", "bd-planner-day");
      const why = data.off[date] || data.work[date] || "";
      const head = button(dayName(date), () => { turn(date, dates(kept()).includes(date)); }, "bd-planner-off");
      head.setAttribute("data-day", date);
      head.title = words.off;
      put(box, why ? put(head, make("span", "bd-planner-half-name", why)) : head);
      ["am", "pm"].forEach(half => {
        const node = button("", () => {
          change(value => {
            const ids = planned(value).concat("");
            const now = slots(value)[date + "-" + half] || "";
            inside(value, "week", key(value))[date + "-" + half] = ids[(ids.indexOf(now) + 1) % ids.length];
          });
        });
        node.setAttribute("data-slot", date + "-" + half);
        put(box, put(node, make("span", "bd-planner-half-name", words[half]), make("span")));
      });
      return box;
    }

    /* Says of a day whether it is off; for one that is as the handbook has it nothing is kept. */
    function turn(date, is) {
      change(value => {
        const own = inside(value, "off", month(value));
        delete own[date];
        if (workdays(month(value), data.off, data.work, own).worked.includes(date) === is) own[date] = is;
        delete value.days[month(value)];
      });
      update();
    }

    /* A day of a weekend can be worked too, for a holiday that the handbook does not know yet. */
    function weekendDay(value) {
      const shown = work(value).shown, select = make("select");
      put(select, new Option("", ""), datesOf(month(value)).filter(date => !shown.includes(date)).map(date => new Option(dayName(date), date)));
      select.addEventListener("change", () => { if (select.value) turn(select.value, false); });
      return put(make("label", "bd-planner-field bd-planner-weekend"), make("span", "bd-planner-name", words.weekend), select);
    }

    /* The half-days as calendar entries. Of those of an earlier file (`sent`: name → what it was for) the ones that are no
       longer there are called off. */
    function events(value) {
      const chosen = plan(value), filled = slots(value), made = reckon(chosen, given(value)), when = halves(made.hours);
      const sent = value.sent[month(value)] || {}, sequence = value.times[month(value)];
      const uid = slot => slot + "-" + chosen.id + "-" + value.seed + "@baodian";
      const now = Object.keys(filled).filter(slot => filled[slot]).map(slot => {
        const one = made.rows.filter(row => row.row.id === filled[slot])[0];
        return {
          uid: uid(slot), summary: rowName(value, filled[slot]), cancelled: false,
          description: say("month_total", { text: say("row_note", { customers: exact(one.customers), contacts: times(one), hours: round(one.hours) }) })
        };
      });
      const here = now.map(one => one.uid);
      const gone = Object.keys(sent).filter(name => !here.includes(name)).map(name => ({ uid: name, summary: sent[name], cancelled: true, description: "" }));
      return now.concat(gone).sort((a, b) => a.uid < b.uid ? -1 : 1).map(one => {
        const half = when[one.uid.slice(11, 13)];
        return Object.assign(one, { date: one.uid.slice(0, 10), start: half[0], end: half[1], sequence });
      });
    }

    function download() {
      change(value => {
        const now = month(value);
        value.seed = value.seed || Math.random().toString(36).slice(2, 10);
        value.times[now] = (has(value.times, now) ? value.times[now] : -1) + 1;
      });
      const made = events(kept());
      change(value => {
        const sent = inside(value, "sent", month(value));
        made.forEach(one => { sent[one.uid] = one.summary; });
        Object.keys(value.sent).filter(old => old < months()[0]).forEach(old => { delete value.sent[old]; delete value.times[old]; });
      });
      const value = kept();
      const name = words.calendar + " " + month(value);
      baodian.download(ics(name, made, new Date()), "baodian-" + month(value) + ".ics", "text/calendar");
    }

    function asText() {
      const value = kept(), chosen = plan(value), filled = slots(value);
      const lines = [words.calendar + " " + month(value) + " · " + chosen.name, verdict.textContent];
      weeks(value).forEach((dates, n) => {
        lines.push("", say("week_n", { n: n + 1 }));
        dates.forEach(date => {
          const halves = ["am", "pm"].filter(half => filled[date + "-" + half]);
          if (halves.length) {
            lines.push(dayName(date) + "  " + halves.map(half => words[half] + " " + rowName(value, filled[date + "-" + half])).join(" · "));
          }
        });
      });
      return lines.join("\n");
    }

    // --- together

    /* Shows what is kept; with `all` in every field, also in one that the reader is in or has still to correct. */
    function update(all) {
      const value = kept();
      showResult(value);
      showWeek(value);
      refresh.forEach(one => { one(all); });
      tell("");
    }

    function build() {
      const chosen = plan(kept());
      refresh = [];
      fields.textContent = "";
      const intro = put(make("p", "bd-why"), chosen.told + " ", link(chosen.name, chosen.href));
      put(fields, choices(), intro, customers(chosen), minutes(chosen), button(words.again, () => {
        change(value => { delete value.counts[chosen.id]; delete value.mix[chosen.id]; });
        update(true);
        tell(words.cleared);
      }));
      update();
    }

    store.watch(STORE, () => {
      const shown = fields.querySelector('[name="bd-plan"]:checked');
      if (shown && shown.value !== plan(kept()).id) build(); else update();
    });
    root.textContent = "";
    put(root, fields, told, put(result, make("h2", "", words.result), verdict), week);
    build();
  });
})();
