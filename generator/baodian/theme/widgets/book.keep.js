/* Customers as they are kept: which values are sound, and as they stand today: ids for
   retired ones, days that go on by themselves as the day that they are counted from. Knows no page. */
(() => {
  "use strict";
  const { bare, plain, only } = baodian, { DATE, plus } = baodian.book;
  const MANY = 5000; // promises, or runs of plans, of one customer

  /** @param {unknown} value @returns {boolean} */
  const date = value => typeof value === "string" && (value === "" || DATE.test(value) && !isNaN(Date.parse(value)));
  const id = value => typeof value === "string" && /^[\w.-]{1,60}$/.test(value);
  const text = (value, most) => typeof value === "string" && value.length <= most;
  const all = (map, good) => plain(map) && Object.keys(map).every(key => id(key) && good(map[key]));

  /** Whether a value from a file or from the store has the shape of a customer. @param {any} one @returns {boolean} */
  function valid(one) {
    return plain(one) && [one.added, one.judged].every(value => date(value) && value) && date(one.last) && (date(one.rest) || one.rest === "never") &&
      typeof one.changed === "number" && isFinite(one.changed) &&
      all(one.answers, of => all(of, value => typeof value === "number" && isFinite(value) || text(value, 60))) &&
      all(one.classes, id) && all(one.did, value => date(value) && value) &&
      Array.isArray(one.promises) && one.promises.length <= MANY && one.promises.every(row => plain(row) && id(row.id) && text(row.what, 300) && date(row.by) && row.by && date(row.done)) &&
      Array.isArray(one.plans) && one.plans.length <= MANY && one.plans.every(row => plain(row) && id(row.id) && id(row.plan) && date(row.start) && row.start && all(row.done, date) && date(row.ended) && text(row.why, 60));
  }

  /** The customers that are kept, without what is damaged, as they stand today.
      @param {any} kept @param {Pick<BookData, "schemes" | "retired">} data @returns {Object<string, Customer>} */
  function customers(kept, data) {
    const made = only(kept, valid);
    Object.keys(made).forEach(code => { made[code] = lifted(made[code], data); });
    return made;
  }

  /** @param {Customer} one @param {Pick<BookData, "schemes" | "retired">} data @returns {Customer} */
  function lifted(one, data) {
    const now = (kind, old) => (data.retired[kind + ":" + old] || kind + ":" + old).slice(kind.length + 1);
    /** @type {Customer} */
    const made = JSON.parse(JSON.stringify(one));
    made.classes = bare();
    Object.keys(one.classes).forEach(scheme => {
      const both = now("class", scheme + "/" + one.classes[scheme]).split("/");
      made.classes[both[0]] = both[1];
    });
    made.did = bare();
    Object.keys(one.did).forEach(old => {
      const to = now("rhythm", old);
      if (!(made.did[to] > one.did[old])) made.did[to] = one.did[old];
    });
    made.plans.forEach(run => { run.plan = now("plan", run.plan); });
    data.schemes.forEach(scheme => {
      const answers = made.answers[scheme.id] || {};
      scheme.asks.forEach(ask => { if (ask.on && answers[ask.id] < 1e4) answers[ask.id] = plus(one.judged, -answers[ask.id]); });
    });
    return made;
  }

  /** @param {string} today @returns {Customer} one of whom nothing is known yet */
  function blank(today) {
    return { added: today, judged: today, changed: 0, answers: {}, classes: {}, last: "", did: {}, promises: [], plans: [], rest: "" };
  }

  Object.assign(baodian.book, { valid, customers, lifted, blank });
})();
