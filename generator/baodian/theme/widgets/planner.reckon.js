/* What a month needs and what its table gives, the spread of its half-days, and figures pasted from a sheet. */
(() => {
  "use strict";
  const { has } = baodian, { weekday } = baodian.calendar;

  /** Returns for each row the days by the table and by the rhythms, and both together.
      @typedef {Object<string, number>} Numbers
      @typedef {{ days: number, numbers: Numbers, counts: Numbers, mix: Numbers }} Given  values by id, customers by row and by class
      @typedef {{ contact: PlannerContact, people: number, times: number, minutes: number, hours: number,
                  others: { id: string, days: number }[] }} ReckonedLine
      @typedef {{ row: PlannerRow, customers: number, plan: number, need: number, hours: number, times: Numbers,
                  lines: ReckonedLine[] }} ReckonedRow
      @typedef {{ rows: ReckonedRow[], plan: number, need: number, development: { plan: number, need: number },
                  hours: number, value: Numbers }} Reckoned
      @param {PlannerPlan} plan @param {Given} given @returns {Reckoned} */
  function reckon(plan, given) {
    /** @type {Numbers} */
    const value = {};
    plan.numbers.forEach(one => {
      value[one.id] = has(given.numbers, one.id) ? given.numbers[one.id] : one.value;
    });
    const made = { rows: [], plan: 0, need: 0, development: { plan: 0, need: 0 }, hours: value.hours, value };
    plan.rows.forEach(row => {
      const customers = has(given.counts, row.id) ? given.counts[row.id] : row.customers;
      const one = { row, customers, plan: row.days * given.days / plan.days, hours: 0, times: {}, lines: [] };
      const of = shares(row, customers, given.mix);
      row.contacts.forEach(contact => {
        const people = (contact.class ? of[contact.class] : customers) * contact.part;
        const times = contact.fixed + contact.daily * given.days;
        const line = { contact, people, times, minutes: cost(contact.channels[0]) };
        line.hours = people * times * line.minutes / 60;
        line.others = contact.channels.slice(1).map(id => ({
          id,
          days: people * times * (line.minutes - cost(id)) / 60 / value.hours
        }));
        if (!people) return;
        one.times[contact.channels[0]] = (one.times[contact.channels[0]] || 0) + people * times;
        one.hours += line.hours;
        one.lines.push(line);
      });
      one.need = one.hours / value.hours;
      made.plan += one.plan;
      made.need += one.need;
      if (row.share === "development") { made.development.plan += one.plan; made.development.need += one.need; }
      made.rows.push(one);
    });
    return made;

    function cost(channel) {
      return (value["minutes:" + channel] || 0) + (value["travel:" + channel] || 0) + (value.record || 0);
    }
  }

  /** Returns the customers of each class of a row: as given, else whole ones in the proportion of the table; together they
      are the customers of the row.
      @param {PlannerRow} row @param {number} customers @param {Numbers} mix @returns {Numbers} */
  function shares(row, customers, mix) {
    const known = row.classes.some(one => has(mix, one.id));
    const all = row.classes.reduce((sum, one) => sum + one.mix, 0);
    const wanted = row.classes.map(one => known ? has(mix, one.id) && mix[one.id] || 0 : all ? customers * one.mix / all : 0);
    const numbers = known || !all ? wanted : whole(wanted, customers);
    /** @type {Numbers} */
    const made = {};
    row.classes.forEach((one, at) => { made[one.id] = numbers[at]; });
    return made;
  }

  /** Returns whole numbers near those given that make up a sum (what is left of it goes to the largest remainders).
      @param {number[]} exact @param {number} sum @returns {number[]} */
  function whole(exact, sum) {
    const made = exact.map(x => Math.floor(x + 1e-9));
    let rest = sum - made.reduce((a, b) => a + b, 0);
    exact.map((x, at) => [x - made[at], at]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).forEach(one => {
      const more = Math.min(rest, 1);
      made[one[1]] += more;
      rest -= more;
    });
    return made;
  }

  /** Whether a row is planned for: it has customers, or takes days without any, as the table has it.
      @param {PlannerRow} row @param {Numbers} counts @returns {boolean} */
  function used(row, counts) {
    return has(counts, row.id) ? counts[row.id] > 0 : row.customers > 0 || !row.classes.length && !row.contacts.length;
  }

  /** Returns what a month's half-days are for: { "2026-12-01-am": row id }. New customers get mornings
     of the same weekdays, the others follow one another evenly.
      @param {PlannerPlan} plan @param {string[]} dates @param {number} days @returns {Object<string, string>} */
  function spread(plan, dates, days) {
    const total = Math.min(Math.round(days * 2), dates.length * 2);
    const exact = plan.rows.map(row => row.days / plan.days * total);
    const quota = whole(exact, total);
    const used = dates.slice(0, Math.ceil(total / 2));
    /** @type {Object<string, string>} */
    const made = {};
    const mornings = used.slice().sort((a, b) => {
      const order = [2, 4, 1, 3, 5, 6, 0]; // Tuesdays first: Monday mornings go to planning
      return order.indexOf(weekday(a)) - order.indexOf(weekday(b)) || (a < b ? -1 : 1);
    }).map(date => date + "-am");
    plan.rows.forEach((row, at) => {
      if (!row.fresh) return;
      while (quota[at] && mornings.length) { made[mornings.shift()] = row.id; quota[at] -= 1; }
    });
    const open = [];
    used.forEach(date => {
      ["am", "pm"].forEach(half => { if (!(date + "-" + half in made)) open.push(date + "-" + half); });
    });
    const placed = quota.map(() => 0);
    const length = quota.reduce((a, b) => a + b, 0);
    open.slice(0, length).forEach((slot, n) => {
      let best = -1, most = -Infinity;
      quota.forEach((wanted, at) => {
        const due = placed[at] < wanted ? wanted * (n + 1) / length - placed[at] : -Infinity;
        if (due > most + 1e-9) { most = due; best = at; }
      });
      made[slot] = plan.rows[best].id;
      placed[best] += 1;
    });
    return made;
  }

  /** Returns the numbers of a column copied from a sheet; null where a line has none. A heading is left out.
      @param {string} text @returns {(number | null)[]} */
  function column(text) {
    const lines = baodian.digits(text.slice(0, 20000)).split(/\r\n?|\n/);
    while (lines.length > 1 && !lines[lines.length - 1]) lines.pop();
    // A comma or a blank between two digits may part thousands, two figures, or a fraction: it parts no cells.
    const parted = lines.map(line => line.replace(/(^|\D),|,(?!\d)/g, "$1\t").replace(/([^\d\s])\s+(?=\d)/g, "$1\t"));
    const cells = parted.map(line => line.split(/\t+|\s{2,}|\s*[;|]\s*/));
    const read = cell => {
      const found = /^(?:\D*\s)?(\d[\d,.百千万亿\s]*)([^\d\s]{0,2})$/.exec(cell.trim());
      const number = found && !/[多余几来半成打十%+]/.test(found[2]) ? baodian.number(found[1]) : null;
      return number === number ? number : null; // NaN is no number
    };
    const found = cells.map(row => row.map(read).filter(number => number !== null));
    if (found.length === 1 && found[0].length > 1) return found[0];
    const numbers = found.map(row => row.length ? row[row.length - 1] : null);
    if (numbers.length > 1 && numbers[0] === null && lines[0].trim()) numbers.shift();
    return numbers;
  }

  baodian.reckon = { reckon, shares, spread, column, used };
})();
