/* What class a customer of the book has and why, and what is due when. Knows no page.

   Kept under the name `book`, version 1: {
     customers: { code: Customer },
     role,                          whose contacts count; absent for the handbook's choice
     seed, sent, times              of the calendar files: see `book.week.js`
   }
   A customer: {
     added, judged,                 dates: since when he is here, when answers and classes were given last
     changed,                       milliseconds, for putting two copies together
     answers: { ruler: { question: number | value | date } }   a date where days are asked stands for the days since then
     classes: { ruler: class },     said outright; before the answers
     last,                          the last contact of any kind, "" for none
     did: { rhythm: date },
     promises: [{ id, what, by, done }],         `done` is a date, "" while it is open
     plans: [{ id, plan, start, done: { step: date }, ended, why }],   `why` is what ended it, as the plan names it
     rest                           no rhythm calls before this day; "never" for good, "" for none
   } */
/** @typedef {Object<string, string[]>[]} Whom  alternatives: ruler → classes, all of which must hold
    @typedef {{ id: string, what: string, by: string, done: string }} BookPromise
    @typedef {{ id: string, plan: string, start: string, done: Object<string, string>, ended: string, why: string }} BookRun
    @typedef {{ added: string, judged: string, changed: number, answers: Object<string, Object<string, string | number>>,
                classes: Object<string, string>, last: string, did: Object<string, string>, promises: BookPromise[],
                plans: BookRun[], rest: string }} Customer
    @typedef {{ ids: string[], by: "hand" | "answers" | "other", why: string[], ask: string, outside: string[], possible: string[] }} Judged
       of one ruler: the classes that hold, why, else what to ask next, which answers cannot be, what may hold
    @typedef {{ code: string, kind: "promise" | "rhythm" | "step", id: string, run: string, what: string, due: string, from: string, pace: number,
                since: string, script: string, list: string, see: [string, string][], often: string, plan: string, told?: string }} DueItem
       `since` is the contact that is counted from, "" where there was none, `told` with this word if it is not kept as done; `from` the first day on which it can be done; `pace` as in
       `due.order.js` */
(() => {
  "use strict";
  const { decide, has, bare } = baodian, { cards, ordered } = baodian.order;
  const DATE = /^\d{4}-\d\d-\d\d$/, DAY = 86400000, STEP = 8; // a step that is late comes next to what is due each week

  /** @param {string} date @returns {number} */
  function stamp(date) { return Date.parse(date + "T00:00:00Z"); }

  /** @param {string} date @param {number} days @returns {string} */
  function plus(date, days) { return new Date(stamp(date) + days * DAY).toISOString().slice(0, 10); }

  /** The same day some months later, or the last of that month. @param {string} date @param {number} months @returns {string} */
  function later(date, months) {
    const month = +date.slice(0, 4) * 12 + +date.slice(5, 7) - 1 + months;
    const first = String(Math.floor(month / 12)).padStart(4, "0") + "-" + String(month % 12 + 1).padStart(2, "0");
    const days = new Date(Date.UTC(Math.floor(month / 12), month % 12 + 1, 0)).getUTCDate();
    return first + "-" + String(Math.min(+date.slice(8), days)).padStart(2, "0");
  }

  /** Days from one date to another. @param {string} from @param {string} to @returns {number} */
  function between(from, to) { return Math.round((stamp(to) - stamp(from)) / DAY); }

  /** The later of two dates; "" is none. @param {string} one @param {string} other @returns {string} */
  function most(one, other) { return one > other ? one : other; }

  /** The classes of a customer by each ruler that something is known for.
      @param {Pick<BookData, "schemes">} data @param {Customer} customer @param {string} today @returns {Object<string, Judged>} */
  function judge(data, customer, today) {
    const made = bare();
    data.schemes.forEach(scheme => {
      const known = scheme.classes.filter(one => one.id === customer.classes[scheme.id])[0];
      const answers = customer.answers[scheme.id] || {}, asked = scheme.asks.filter(ask => has(answers, ask.id));
      /** @type {Judged} */
      const judged = { ids: [], by: "hand", why: [], ask: "", outside: [], possible: [] };
      if (known) judged.ids = [known.id];
      else if (asked.length) {
        const facts = {};
        asked.forEach(ask => {
          const value = answers[ask.id];
          facts[ask.id] = ask.kind !== "values" && typeof value === "string" ? between(value, today) : value;
        });
        const found = decide(scheme.walk, facts);
        Object.assign(judged, { ids: found.certain, by: "answers", ask: found.ask || "", outside: found.outside, possible: found.possible });
        judged.why = found.certain.map(id => scheme.classes.filter(one => one.id === id)[0].why[found.why[id]] || "");
      } else if (!scheme.asks.length) { // another ruler may have asked for just this
        const other = data.schemes.map(one => (customer.answers[one.id] || {})[scheme.id]).filter(Boolean)[0];
        if (scheme.classes.some(one => one.id === other)) Object.assign(judged, { ids: [other], by: "other" });
      }
      if (judged.ids.length || asked.length) made[scheme.id] = judged;
    });
    return made;
  }

  /** Whether a customer with such classes is meant. @param {Whom} whom @param {Object<string, Judged>} judged @returns {boolean} */
  function meant(whom, judged) {
    return whom.some(all => Object.keys(all).every(scheme => judged[scheme] && judged[scheme].ids.some(id => all[scheme].includes(id))));
  }

  /** What ended a run of a plan, "" while it goes on: said by the reader, or a class that ends it by itself.
      @param {BookPlan} plan @param {BookRun} run @param {Object<string, Judged>} judged @returns {string} */
  function ended(plan, run, judged) {
    const itself = plan.until.filter(one => meant(one.whom, judged))[0];
    return run.ended ? run.why || "-" : itself ? itself.id : "";
  }

  /** Everything that is to be done with a customer, whenever it is due, most urgent first.
      @param {BookData} data @param {string} code @param {Customer} customer @param {string} today @param {string} role @returns {DueItem[]} */
  function items(data, code, customer, today, role) {
    const judged = judge(data, customer, today), made = [];
    const item = (more, rhythm) => { made.push(Object.assign({ code, run: "", pace: 0, since: "", script: "", list: "", see: [], often: "", plan: "" }, rhythm, more)); };
    customer.promises.forEach(one => {
      if (!one.done) item({ kind: "promise", id: one.id, what: one.what, due: one.by, from: one.by });
    });
    customer.plans.forEach(run => {
      const plan = data.plans.filter(one => one.id === run.plan)[0];
      if (!plan || ended(plan, run, judged)) return;
      plan.steps.forEach(step => {
        if (run.done[step.id]) return;
        item({ kind: "step", id: step.id, run: run.id, what: step.what, due: plus(run.start, step.late), from: plus(run.start, step.early), pace: STEP, see: step.see, plan: plan.name });
      });
    });
    const calls = customer.rest === "never" ? [] : data.rhythms.filter(one => one.who.includes(role) && meant(one.whom, judged)), due = bare();
    const since = one => most(customer.did[one.id] || "", customer.last);
    calls.forEach(one => {
      const from = since(one), day = from ? one.months ? later(from, one.months) : plus(from, one.days) : customer.added;
      due[one.id] = most(customer.rest, day);
    });
    calls.forEach(one => {
      const pace = one.days || one.months * 30;
      one.apart.filter(other => due[other]).forEach(other => { due[one.id] = apart(due[one.id], due[other], customer.did[other], today, Math.round(pace / 4)); });
      item({ kind: "rhythm", due: due[one.id], from: due[one.id], pace, since: since(one) }, one);
    });
    return ordered(made, today);
  }

  /** When something is due that is not done together with another: `days` after the other was done, or is to be done if both are to be
      on one day. @param {string} due @param {string} other @param {string | undefined} did @param {string} today @param {number} days @returns {string} */
  function apart(due, other, did, today, days) {
    const held = most(did ? plus(did, days) : "", due), day = most(other, today);
    return most(held, today) === day ? plus(day, days) : held;
  }

  /** @param {string} date @returns {string} the Sunday of its week */
  function sunday(date) { return plus(date, (7 - new Date(stamp(date)).getUTCDay()) % 7); }

  /** Who is due today, and who in the days to come: until the end of the week, or whose steps can be done by now. What a
      customer who is due today has to come this week stands with him.
      @param {BookData} data @param {Object<string, Customer>} customers @param {string} today @param {string} role
      @returns {{ today: { code: string, items: DueItem[] }[], soon: { code: string, items: DueItem[] }[] }} */
  function list(data, customers, today, role) {
    const end = sunday(today), now = [], soon = [];
    Object.keys(customers).sort().forEach(code => {
      const all = items(data, code, customers[code], today, role).filter(one => one.due <= end || (one.kind === "step" && one.from <= today));
      if (all.length) (all[0].due <= today ? now : soon).push(...all);
    });
    return { today: cards(now, today), soon: cards(soon, today) };
  }

  /** What of a customer must be known before every rhythm that is for him can call: a class, of which what is known leaves a rhythm open,
      and with it the last contact. `of` are the rulers that a class is lacking of, none where nothing is known of him; `some` says that
      another rhythm calls him. Null where nothing is lacking, or no rhythm ever calls.
      @param {BookData} data @param {Customer} customer @param {string} today @param {string} role
      @returns {{ of: string[], last: boolean, some: boolean } | null} */
  function lacks(data, customer, today, role) {
    const judged = judge(data, customer, today), ids = scheme => judged[scheme] ? judged[scheme].ids : [], any = Object.keys(judged).some(id => ids(id).length);
    const mine = data.rhythms.filter(one => one.who.includes(role)), some = mine.some(one => meant(one.whom, judged));
    if (customer.rest === "never" || !mine.length) return null;
    const open = [].concat(...mine.map(one => one.whom)).filter(all => {
      const known = Object.keys(all).filter(id => ids(id).length);
      return known.every(id => ids(id).some(class_ => all[id].includes(class_))) && (known.length || !any);
    });
    const of = any ? [].concat(...open.map(all => Object.keys(all).filter(id => !ids(id).length))) : [];
    return (some ? of : open).length ? { of: Array.from(new Set(of)), last: !some && !customer.last && !Object.keys(customer.did).length, some } : null;
  }

  baodian.book = Object.assign(baodian.book || {}, { DATE, plus, later, between, judge, meant, ended, items, lacks, sunday, list });
})();
