/* A week of what is due, day by day, and as entries of a calendar. Knows no page. */
(() => {
  "use strict";
  const { plus, sunday, items } = baodian.book, { cards } = baodian.order, { workdays } = baodian.calendar;

  const AT_ONCE = 5; // as many who are late or due by then are for the first day, however few the others have

  /** The days that are left to work on in the week of a day; of the next week if none is.
      @param {string} today @param {Object<string, string>} off @param {Object<string, string>} work @returns {string[]} */
  function workweek(today, off, work) {
    for (let from = today, n = 0; n < 9; n++) { // a holiday may take whole weeks
      const days = [];
      for (let day = from; day <= sunday(from); day = plus(day, 1)) days.push(day);
      const found = days.filter(day => workdays(day.slice(0, 7), off, work, {}).worked.includes(day));
      if (found.length) return found;
      from = plus(sunday(from), 1);
    }
    return [today];
  }

  /** What is due until the end of the week of `days`, by day, in the order of `due.order.js`, as many customers a day as on the others,
      but who is late or due on the first at once; nothing before it can be done, if there is another day, and no promise after its day for want of room.
      @param {BookData} data @param {Object<string, Customer>} customers @param {string[]} days @param {string} today
      @param {string} role @returns {{ day: string, items: DueItem[] }[]} */
  function week(data, customers, days, today, role) {
    const end = sunday(days[days.length - 1]), first = days[0] < today ? today : days[0];
    const all = [].concat(...Object.keys(customers).sort().map(code => items(data, code, customers[code], first, role).filter(one => one.due <= end)));
    const queue = cards(all, first, end), most = Math.ceil(queue.length / days.length), made = days.map(day => ({ day, items: [], n: 0 }));
    queue.forEach(mine => { // what is to be done with one customer is done on one day
      const from = mine.items.map(one => one.from).sort()[0], promise = mine.items.filter(one => one.kind === "promise" && one.due >= first)[0];
      const intime = made.filter(one => !promise || one.day <= promise.due), room = mine.items.some(one => one.due <= first) ? Math.max(most, AT_ONCE) : most;
      const open = intime.filter(one => one.n < room);
      const fit = days => days.filter(one => from <= one.day)[0], day = fit(open) || (promise && fit(intime)) || (open.length ? open : intime).pop();
      day.items.push(...mine.items);
      day.n += 1;
    });
    return made.map(one => ({ day: one.day, items: one.items }));
  }

  /** The customers as they are when all that a week holds is done on its day; themselves they stay as they are.
      @param {Object<string, Customer>} customers @param {{ day: string, items: DueItem[] }[]} days @returns {Object<string, Customer>} */
  function afterwards(customers, days) {
    const made = Object.assign(baodian.bare(), JSON.parse(JSON.stringify(customers)));
    days.forEach(one => one.items.forEach(item => {
      const customer = made[item.code];
      customer.promises.filter(two => item.kind === "promise" && two.id === item.id).forEach(two => { two.done = one.day; });
      customer.plans.filter(two => item.kind === "step" && two.id === item.run).forEach(two => { two.done[item.id] = one.day; });
      if (item.kind === "rhythm") customer.did[item.id] = one.day; // as a tick does; the last contact is for what was never ticked
    }));
    return made;
  }

  /** The same week, in which a contact that counts from one that customers do not know of says so (`told`).
      @param {Object<string, Customer>} customers @param {{ day: string, items: DueItem[] }[]} days
      @returns {{ day: string, items: DueItem[] }[]} */
  function supposed(customers, days) {
    const truly = one => [customers[one.code].did[one.id] || "", customers[one.code].last].sort()[1];
    return days.map(one => ({ day: one.day, items: one.items.map(item => Object.assign(item, { told: item.since > truly(item) ? "if" : "since" })) }));
  }

  /** Entries for whole days. Those of an earlier file of this week that are no longer there are called off.
      @param {{ day: string, items: DueItem[] }[]} days @param {{ seed: string, sent: Object<string, string>, times: number }} kept
      @param {(items: DueItem[], day: string) => { summary: string, description: string }} told @returns {CalendarEvent[]} */
  function events(days, kept, told) {
    const made = [], here = {};
    days.forEach(one => {
      const codes = Array.from(new Set(one.items.map(item => item.code)));
      codes.forEach(code => {
        const uid = days[0].day.slice(0, 4) + "w" + baodian.hash(sunday(days[0].day)) + "-" + baodian.hash(code) + "-" + kept.seed + "@baodian";
        here[uid] = true;
        made.push(Object.assign({ uid, date: one.day, start: "", end: "", cancelled: false, sequence: kept.times }, told(one.items.filter(item => item.code === code), one.day)));
      });
    });
    Object.keys(kept.sent).forEach(uid => {
      if (!here[uid]) made.push({ uid, date: kept.sent[uid].slice(0, 10), start: "", end: "", summary: kept.sent[uid].slice(11), description: "", cancelled: true, sequence: kept.times });
    });
    return made;
  }

  Object.assign(baodian.book, { workweek, week, afterwards, supposed, events });
})();
