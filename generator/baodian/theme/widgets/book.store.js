/* What a sheet or a copy from elsewhere says put into what is kept, and what is kept written for a sheet. Knows no page. */
(() => {
  "use strict";
  const { bare, plain } = baodian, { badCode, badWords, lifted, valid } = baodian.book;
  /** A name for a promise or a run that no other device gives. @returns {string} */
  function fresh() { return Date.now().toString(36) + Math.random().toString(36).slice(2, 8); }

  /** Puts what a sheet says into a customer; nothing it does not speak of is changed.
      @param {Customer} one @param {Given} given @param {string} today @param {number} now @returns {Customer} */
  function take(one, given, today, now) {
    const answered = Object.keys(given.answers), named = Object.keys(given.classes);
    answered.forEach(scheme => {
      one.answers[scheme] = Object.assign({}, one.answers[scheme], given.answers[scheme]);
      delete one.classes[scheme]; // what is answered now counts, not what was said before
    });
    named.forEach(scheme => { one.classes[scheme] = given.classes[scheme]; });
    if (answered.length || named.length) one.judged = today;
    if (given.last > one.last) one.last = given.last;
    Object.keys(given.did).forEach(rhythm => { if (!(one.did[rhythm] > given.did[rhythm])) one.did[rhythm] = given.did[rhythm]; });
    given.promises.forEach(row => {
      if (!one.promises.some(old => old.what === row.what && old.by === row.by)) one.promises.push({ id: fresh(), what: row.what, by: row.by, done: "" });
    });
    Object.keys(given.starts).forEach(plan => {
      if (!one.plans.some(run => run.plan === plan && run.start === given.starts[plan])) one.plans.push({ id: fresh(), plan, start: given.starts[plan], done: {}, ended: "", why: "" });
    });
    one.rest = given.rest || one.rest;
    one.changed = now;
    return one;
  }

  // --- from another device

  /** Two copies of one customer as one: what was done on either is done, of a contact the later day counts, and what can only
      be one of both is as in the copy that was changed last.
      @param {Customer} ours @param {Customer} theirs @returns {Customer} */
  function together(ours, theirs) {
    const [late, early] = theirs.changed > ours.changed ? [theirs, ours] : [ours, theirs], judged = theirs.judged > ours.judged ? theirs : theirs.judged < ours.judged ? ours : late;
    const most = (a, b) => (a > b ? a : b) || a || b;
    const union = (name, join) => early[name].map(row => late[name].filter(one => one.id === row.id)[0] ? join(late[name].filter(one => one.id === row.id)[0], row) : row)
      .concat(late[name].filter(row => !early[name].some(one => one.id === row.id))).sort((a, b) => a.id < b.id ? -1 : 1);
    const latest = (a, b) => { const made = Object.assign({}, a); Object.keys(b).forEach(key => { made[key] = most(a[key] || "", b[key]); }); return made; };
    return {
      added: ours.added < theirs.added ? ours.added : theirs.added, judged: judged.judged, changed: late.changed,
      answers: judged.answers, classes: judged.classes, last: most(ours.last, theirs.last), did: latest(early.did, late.did),
      promises: union("promises", (a, b) => Object.assign({}, a, { done: a.done || b.done })),
      plans: union("plans", (a, b) => Object.assign({}, a, { done: latest(b.done, a.done), ended: a.ended || b.ended, why: a.ended ? a.why : b.why })),
      rest: late.rest
    };
  }

  const still = one => JSON.stringify(one, (key, value) => plain(value) ? Object.keys(value).sort().reduce((made, name) => { made[name] = value[name]; return made; }, bare()) : value);

  /** Takes the customers of a file among those here. Returns them all, and the codes that were added, changed, the same, or
      refused because they are damaged or say who a person is.
      @param {Object<string, Customer>} here @param {Object<string, any>} sent @param {Pick<BookData, "schemes" | "retired">} data
      @returns {{ customers: Object<string, Customer>, added: string[], changed: string[], same: string[], bad: string[] }} */
  function merge(here, sent, data) {
    const made = { customers: bare(here), added: [], changed: [], same: [], bad: [] };
    Object.keys(sent).forEach(code => {
      const known = here[code] ? here[code].promises.map(row => row.what) : null; // what is here already tells nothing new
      if ((!known && badCode(code.trim())) || !valid(sent[code]) || sent[code].promises.some(row => badWords(row.what) && !(known && known.includes(row.what)))) { made.bad.push(code); return; }
      const theirs = lifted(sent[code], data), ours = made.customers[code], now = ours ? together(ours, theirs) : theirs;
      const kind = !ours ? "added" : still(now) === still(ours) ? "same" : "changed";
      if (kind === "changed" || kind === "added") made.customers[code] = now;
      made[kind].push(code);
    });
    return made;
  }

  // --- for a sheet

  /** The cells of customers with a heading, a line for each open promise; `book.paste.js` reads them again.
      @param {BookData} data @param {Object<string, string>} words @param {Object<string, Customer>} of @returns {string[][]} */
  function sheet(data, words, of) {
    const codes = Object.keys(of).sort(), head = name => words["h_" + name].split(/[,，、]/)[0], any = good => codes.some(code => good(of[code]));
    const schemes = data.schemes.filter(scheme => any(one => one.classes[scheme.id]));
    const asks = [];
    data.schemes.forEach(scheme => scheme.asks.forEach(ask => {
      if (any(one => one.answers[scheme.id] && one.answers[scheme.id][ask.id] !== undefined) && !asks.some(two => two[1].id === ask.id && two[1].name === ask.name)) asks.push([scheme, ask]);
    }));
    const rhythms = data.rhythms.filter(one => any(customer => customer.did[one.id])), plans = data.plans.filter(one => any(customer => customer.plans.some(run => run.plan === one.id && !run.ended)));
    const rests = any(one => one.rest);
    const rows = [[head("code")].concat(schemes.map(one => one.name), asks.map(two => two[1].name), head("last"), head("promise"), head("by"),
      rhythms.map(one => one.what), plans.map(one => one.name), rests ? head("rest") : [])];
    codes.forEach(code => {
      const one = of[code], open = one.promises.filter(row => !row.done);
      (open.length ? open : [{ what: "", by: "" }]).forEach((promise, n) => {
        const once = value => n ? "" : value || "";
        rows.push([code].concat(
          schemes.map(scheme => once(scheme.classes.filter(two => two.id === one.classes[scheme.id]).map(two => two.name)[0])),
          asks.map(two => {
            const value = (one.answers[two[0].id] || {})[two[1].id], label = two[1].values.filter(pair => pair[0] === value)[0];
            return n || value === undefined ? "" : label ? label[1] : String(value);
          }),
          once(one.last), promise.what, promise.by, rhythms.map(two => once(one.did[two.id])),
          plans.map(plan => once(one.plans.filter(run => run.plan === plan.id && !run.ended).map(run => run.start)[0])), rests ? once(one.rest) : []));
      });
    });
    return rows;
  }

  /** Cells as a file that spreadsheets open (RFC 4180, with a mark that says it is Unicode).
      @param {string[][]} rows @returns {string} */
  function csv(rows) { // what begins like a formula would be run
    const cell = value => value.replace(/^[=+\-@＝＋－＠\t\r]/, "'$&");
    return "\ufeff" + rows.map(row => row.map(value => /[",，\n\r]/.test(value) ? '"' + cell(value).replace(/"/g, '""') + '"' : cell(value)).join(",")).join("\r\n") + "\r\n";
  }

  Object.assign(baodian.book, { fresh, take, together, merge, sheet, csv });
})();
