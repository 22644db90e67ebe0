/* Reads customers from what was copied out of a sheet. Knows no page. Nothing is dropped in silence: a cell that cannot be
   read keeps its whole line back, with the reason. */
/** @typedef {{ line: number, text: string, code: string, given: Given | null, wrong: Wrong[] }} PastedLine
    @typedef {{ answers: Object<string, Object<string, string | number>>, classes: Object<string, string>, last: string,
                did: Object<string, string>, promises: { what: string, by: string }[], starts: Object<string, string>, rest: string }} Given
    @typedef {{ why: string, column: string, text: string }} Wrong  `why` is a name of words
    @typedef {{ lines: PastedLine[], head: string, unknown: string[], headed: boolean }} Pasted  `unknown` are columns that are not read */
(() => {
  "use strict";
  const { bare, has } = baodian;
  const LONG = 30, WORDS = 120, MOST = 2000; // signs of a code, of a promise; lines
  const PLAIN = ["code", "class", "last", "promise", "by"]; // the columns without a heading

  // --- cells

  /** The cells of a text, line by line: parted by tabs if there are any, else by commas of either width. A cell in quotes
      may hold what parts cells, and lines.
      @param {string} text @returns {{ line: number, text: string, cells: string[] }[]} */
  function cells(text) {
    const clean = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"), parts = clean.indexOf("\t") >= 0 ? "\t" : ",，";
    const rows = [];
    let row = [], cell = "", quoted = false, was = false, line = 1, begun = 1, from = 0;
    const next = () => { row.push(was ? cell : cell.trim()); cell = ""; was = false; };
    for (let at = 0; at <= clean.length; at++) {
      const sign = at < clean.length ? clean[at] : "\n";
      if (quoted && at < clean.length) {
        if (sign === '"' && clean[at + 1] === '"') { cell += '"'; at += 1; } else if (sign === '"') quoted = false; else cell += sign;
        if (sign === "\n") line += 1;
      } else if (sign === '"' && !cell.trim() && !was) { quoted = true; was = true; cell = ""; }
      else if (sign === "\n") {
        next();
        if (row.some(one => one.trim())) rows.push({ line: begun, text: clean.slice(from, at), cells: row.map(one => one.trim()) });
        line += 1;
        row = []; begun = line; from = at + 1; quoted = false;
      } else if (parts.indexOf(sign) >= 0) next(); else cell += sign;
    }
    return rows;
  }

  /** @param {string} text @returns {string} a text as it is compared: narrow, without spaces, brackets and what is in them */
  function bared(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\([^)]*\)/g, "").replace(/[\s:*"'“”]/g, "");
  }

  // --- dates

  const FORMS = [
    [/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/, [1, 2, 3]], [/^(\d{4})(\d\d)(\d\d)$/, [1, 2, 3]],
    [/^(\d{1,2})[-/.月](\d{1,2})[日号]?$/, [0, 1, 2]]
  ];

  /** A date as people and sheets write it, as 2026-11-29; "" if it is none. Without a year it is the nearest day; of what is
      `past` the latest that is not after today.
      @param {string} text @param {string} today @param {boolean} past @returns {string} */
  function date(text, today, past) {
    const plain = baodian.digits(text).trim().replace(/[\sT]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?Z?$/, "").replace(/\s*(?:星期|周)[一二三四五六日天]$/, "").replace(/\s*([-/.年月])\s*/g, "$1");
    if (/^[2-7]\d{4}(\.\d+)?$/.test(plain)) return new Date(Date.UTC(1899, 11, 30) + Math.floor(+plain) * 86400000).toISOString().slice(0, 10); // of a sheet
    const two = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(plain); // which is the month must be plain
    if (two && (+two[1] > 12) !== (+two[2] > 12)) return +two[1] > 12 ? day(+two[3], +two[2], +two[1]) : day(+two[3], +two[1], +two[2]);
    if (two && two[1] === two[2]) return day(+two[3], +two[1], +two[2]);
    for (const form of FORMS) {
      const found = /** @type {RegExp} */ (form[0]).exec(plain);
      if (!found) continue;
      const [y, m, d] = /** @type {number[]} */ (form[1]).map(n => n ? +found[n] : 0);
      if (y) return day(y, m, d);
      const year = +today.slice(0, 4), near = [year - 1, year, year + 1].map(one => day(one, m, d)).filter(Boolean);
      const far = one => Math.abs(baodian.book.between(today, one));
      return near.filter(one => !past || one <= today).sort((a, b) => far(a) - far(b))[0] || "";
    }
    return "";
  }

  function day(y, m, d) {
    const made = new Date(Date.UTC(y, m - 1, d));
    return y > 1999 && y < 2100 && made.getUTCMonth() === m - 1 && made.getUTCDate() === d ? made.toISOString().slice(0, 10) : "";
  }

  // --- columns

  /** What each column holds, by its heading: a name of PLAIN, `rest`, or ["class" | "ask" | "did" | "start", id…]; null where
      nothing is known of it, and nothing at all if no cell is a heading.
      @param {BookData} data @param {Object<string, string>} words @param {string[]} row @returns {(string[] | null)[] | null} */
  function columns(data, words, row) {
    const known = bare();
    const add = (text, what) => { const key = bared(text); if (key && !has(known, key)) known[key] = what; };
    PLAIN.concat("rest").forEach(name => { [name].concat(words["h_" + name].split(/[,，、]/)).forEach(one => add(one, [name])); });
    data.schemes.forEach(scheme => {
      scheme.asks.forEach(ask => {
        const twins = data.schemes.filter(other => other.asks.some(one => one.id === ask.id && one.name === ask.name));
        add(ask.name, ["ask", ask.id].concat(twins.map(one => one.id)));
      });
    });
    data.schemes.forEach(scheme => { add(scheme.name, ["class", scheme.id]); add(scheme.id, ["class", scheme.id]); });
    data.rhythms.forEach(one => { add(one.what, ["did", one.id]); });
    data.plans.forEach(one => { add(one.name, ["start", one.id]); });
    const made = row.map(cell => known[bared(cell)] || null);
    return made.some(one => one && one[0] === "code") || made.filter(Boolean).length > 1 ? made : null;
  }

  /** The classes that a cell names, as [ruler, class]; nothing where it does not name just one of a ruler.
      @param {BookData} data @param {string} text @param {string} [ruler] @returns {[string, string][] | null} */
  function classes(data, text, ruler) {
    const of = data.schemes.filter(scheme => !ruler || scheme.id === ruler), made = [];
    for (const part of text.split(/[、;；+/|]|·/).map(bared).filter(Boolean)) {
      const all = [].concat(...of.map(scheme => scheme.classes.map(one => [scheme.id, one.id, bared(one.name)])));
      const same = all.filter(one => part === one[2] || part === one[1] || part === one[0] + "/" + one[1]);
      const found = same.length ? same : all.filter(one => one[2].indexOf(part) === 0 && part.length > 1);
      if (found.length !== 1) return null;
      made.push([found[0][0], found[0][1]]);
    }
    return made.length ? made : null;
  }

  /** Whether a question may be answered by the day that is counted from. @param {BookAsk} ask @returns {boolean} */
  const inDays = ask => /^(天|日|days?)$/i.test(ask.unit);

  /** The answer that a cell gives to a question, or nothing. Days that go on by themselves are kept as the day that they are counted
      from, whether they are told as a number or as that day.
      @param {BookAsk} ask @param {string} text @param {string} today @returns {string | number | null} */
  function answer(ask, text, today) {
    if (ask.kind === "values") {
      const part = bared(text), same = ask.values.filter(one => part === bared(one[1]) || part === one[0]);
      const found = same.length ? same : ask.values.filter(one => bared(one[1]).indexOf(part) === 0);
      return found.length === 1 ? found[0][0] : null;
    }
    const plain = baodian.digits(text).trim(), since = inDays(ask) && !/^\d{0,4}$/.test(plain) ? date(plain, today, true) : "";
    if (since) return since <= today ? since : null;
    const number = baodian.number(plain.replace(/\s*[^\d.,百千万亿\s]{1,6}$/, ""));
    if (number === null || number !== number || number < 0 || (ask.kind === "whole" && number !== Math.floor(number))) return null;
    return ask.on && number < 1e4 ? baodian.book.plus(today, -Math.floor(number)) : number;
  }

  // --- lines

  /** Why a code is not kept, as a name of words; "" if it may be. @param {string} code @returns {string} */
  function badCode(code) {
    const found = baodian.length(code) > LONG ? "long" : baodian.book.inCode(code);
    return !code ? "p_code" : found && "p_" + found;
  }

  /** The same of what was promised. @param {string} text @returns {string} */
  function badWords(text) {
    const found = baodian.length(text) > WORDS ? "long" : baodian.book.inWords(text);
    return found && "p_" + found;
  }

  /** @returns {Given} */
  function nothing() { return { answers: bare(), classes: bare(), last: "", did: bare(), promises: [], starts: bare(), rest: "" }; }

  /** What a text of a sheet says. Lines of one code are put together; where they contradict each other the later one is kept back.
      @param {BookData} data @param {Object<string, string>} words @param {string} text @param {string} today @returns {Pasted} */
  function read(data, words, text, today) {
    const rows = cells(text), found = rows.length ? columns(data, words, rows[0].cells) : null;
    const heads = found ? rows[0].cells : PLAIN.map(name => words["h_" + name].split(/[,，、]/)[0]), kinds = found || PLAIN.map(name => [name]);
    /** @type {Object<string, PastedLine>} */
    const first = bare();
    const lines = rows.slice(found ? 1 : 0).map((row, n) => {
      const one = line(row);
      if (n >= MOST) one.wrong.push({ why: "p_many", column: "", text: String(MOST) });
      if (!one.wrong.length && first[one.code]) together(first[one.code], one);
      if (one.wrong.length) one.given = null; else if (!first[one.code]) first[one.code] = one;
      return one;
    });
    return { lines, head: found ? rows[0].text : "", unknown: heads.filter((head, at) => !kinds[at] && head), headed: Boolean(found) };

    function line(row) {
      /** @type {PastedLine} */
      const made = { line: row.line, text: row.text, code: "", given: nothing(), wrong: [] };
      const promise = { what: "", by: "" };
      row.cells.forEach((cell, at) => {
        if (!cell) return;
        const kind = kinds[at], wrong = why => { made.wrong.push({ why, column: heads[at] || "", text: cell }); };
        if (at >= kinds.length) wrong("p_more"); else if (kind) put(made, kind, cell, wrong, promise);
      });
      if (!made.code && !made.wrong.some(one => /^p_(name|shop|number|plate|mail|long)$/.test(one.why))) made.wrong.push({ why: "p_code", column: "", text: "" });
      outside(made);
      if (promise.what && promise.by) made.given.promises.push(promise);
      else if ((promise.what || promise.by) && !made.wrong.length) made.wrong.push({ why: promise.what ? "p_no_day" : "p_no_promise", column: "", text: promise.what || promise.by });
      return made;
    }

    /* Answers that can be read and yet cannot be, such as no truck at all. */
    function outside(made) {
      const judged = baodian.book.judge(data, Object.assign({}, made.given, { classes: {} }), today);
      data.schemes.forEach(scheme => {
        (judged[scheme.id] ? judged[scheme.id].outside : []).forEach(id => {
          const ask = scheme.asks.filter(one => one.id === id)[0];
          made.wrong.push({ why: "p_outside", column: ask.name, text: String(made.given.answers[scheme.id][id]) });
        });
      });
    }

    function put(made, kind, cell, wrong, promise) {
      const name = kind[0], given = made.given;
      if (name === "code") {
        const bad = badCode(cell);
        if (bad) wrong(bad); else made.code = cell;
      } else if (name === "promise") {
        const bad = badWords(cell);
        if (bad) wrong(bad); else promise.what = cell;
      } else if (name === "class") {
        const found = classes(data, cell, kind[1]);
        if (!found) wrong("p_class");
        else found.forEach(one => { if (has(given.classes, one[0]) && given.classes[one[0]] !== one[1]) wrong("p_two"); else given.classes[one[0]] = one[1]; });
      } else if (name === "ask") {
        kind.slice(2).forEach((id, n) => {
          const ask = data.schemes.filter(one => one.id === id)[0].asks.filter(one => one.id === kind[1])[0], value = answer(ask, cell, today);
          if (value === null) { if (!n) wrong(ask.kind === "values" ? "p_value" : "p_figure"); return; }
          given.answers[id] = given.answers[id] || bare();
          given.answers[id][ask.id] = value;
        });
      } else if (name === "rest" && /^(never|永久|不再|别再联系)$/.test(bared(cell))) given.rest = "never";
      else {
        const when = date(cell, today, name === "last" || name === "did");
        if (!when) wrong("p_date");
        else if ((name === "last" || name === "did") && when > today) wrong("p_future");
        else if (name === "last") given.last = when;
        else if (name === "by") promise.by = when;
        else if (name === "rest") given.rest = when;
        else given[name === "did" ? "did" : "starts"][kind[1]] = when;
      }
    }

    function together(before, now) {
      const a = before.given, b = now.given;
      const other = (x, y) => Object.keys(y).some(key => has(x, key) && x[key] !== y[key]);
      const differ = other(a.classes, b.classes) || Object.keys(b.answers).some(id => other(a.answers[id] || {}, b.answers[id])) || other(a.starts, b.starts) || a.rest && b.rest && a.rest !== b.rest;
      if (differ) { now.wrong.push({ why: "p_differs", column: "", text: String(before.line) }); return; }
      Object.assign(a.classes, b.classes);
      Object.assign(a.starts, b.starts);
      Object.keys(b.answers).forEach(id => { a.answers[id] = Object.assign(a.answers[id] || bare(), b.answers[id]); });
      Object.keys(b.did).forEach(id => { if (!(a.did[id] > b.did[id])) a.did[id] = b.did[id]; });
      if (b.last > a.last) a.last = b.last;
      a.rest = a.rest || b.rest;
      a.promises.push(...b.promises);
      now.given = null;
    }
  }

  Object.assign(baodian.book, { LONG, WORDS, badCode, badWords, cells, date, answer, inDays, read });
})();
