/* What a run of a self-check is, how it is counted, and how runs of two devices become one.

   Kept under the name `runs`, version 1: { run id: {
     list, title, name,             the list's id and title, what the reader calls the run
     groups: [group id],            [] for the whole list
     subjects: [name],              [""] for a run without; null where one was taken away
     items: { item id: { subject's place: [state, note, hash of the text, time] } },
     started, changed, done,        milliseconds; done is 0 while the run is open
     imported                       when it came from a file, else absent
   } }
   A state is "yes", "no", "na" or "". */
/** @typedef {[string, string, string, number]} RunMark
    @typedef {{ list: string, title: string, name: string, groups: string[], subjects: (string | null)[],
                items: Object<string, Object<string, RunMark>>, started: number, changed: number, done: number, imported?: number }} Run
    @typedef {Object<string, RunsList>} Lists  without names of their own, as `baodian.bare` makes them
    @typedef {[string, string]} RunItem
    @typedef {{ yes: number, no: number, na: number, open: number, all: number, n: number, lost: number }} Counts */
(() => {
  "use strict";
  const { bare, hash, plain } = baodian;
  const MANY = 200, LONG = 2000; // no run of ours holds more
  const ID = /^r[0-9a-z]{1,40}$/; // of a run; no name that objects have of themselves
  const STATES = ["yes", "no", "na"];

  /** @param {unknown} text @returns {boolean} */
  function short(text) { return typeof text === "string" && text.length <= LONG; }

  /** Whether a value from a file or from the store has the shape of a run, and a size that a page can show.
      @param {any} run @returns {boolean} */
  function valid(run) {
    return plain(run) && plain(run.items) && Array.isArray(run.groups) && Array.isArray(run.subjects) && run.subjects.length > 0 &&
      run.subjects.length <= MANY && run.groups.length <= MANY && Object.keys(run.items).length <= LONG &&
      ["list", "title", "name"].every(key => short(run[key])) &&
      ["started", "changed", "done"].every(key => isFinite(run[key]) && typeof run[key] === "number") &&
      run.groups.every(short) &&
      run.subjects.every(name => name === null || short(name)) &&
      Object.keys(run.items).every(id => plain(run.items[id]) && Object.keys(run.items[id]).every(i => {
        const mark = run.items[id][i];
        return /^\d+$/.test(i) && +i < run.subjects.length && Array.isArray(mark) && (mark[0] === "" || STATES.includes(mark[0])) &&
          short(mark[1]) && short(mark[2]) && typeof mark[3] === "number";
      }));
  }

  /** The places of the subjects that are still there. @param {Run} run @returns {number[]} */
  function live(run) {
    return run.subjects.map((name, i) => i).filter(i => run.subjects[i] !== null);
  }

  /** @param {Run} run @param {number} i @returns {string} */
  function label(run, i) { return run.subjects[i] || run.name; }

  /** @param {Run} run @param {string} id @param {number} i @returns {RunMark} */
  function mark(run, id, i) { return (run.items[id] || {})[i] || ["", "", "", 0]; }

  /** Marks an item for a subject; `text` is the hash of the text it was marked for, else today's.
      @param {Run} run @param {RunItem} item @param {number} i @param {string} state @param {string} note @param {string} [text] */
  function set(run, item, i, state, note, text) {
    const of = run.items[item[0]] = run.items[item[0]] || {};
    if (state || note) of[i] = [state, note, text || hash(item[1]), Date.now()];
    else delete of[i];
  }

  /** Whether the text changed after it was marked. @param {Run} run @param {RunItem} item @param {number} i @returns {boolean} */
  function stale(run, item, i) {
    const now = mark(run, item[0], i);
    return !!now[0] && now[2] !== hash(item[1]);
  }

  /** A copy of what is known of a run, with what was retired since replaced; of two marks on one item the
     newer stays.
      @param {Run} run @param {Object<string, string>} retired @returns {Run} */
  function lifted(run, retired) {
    const was = run.list;
    const { title, name, started, changed, done } = run;
    /** @type {Run} */
    const made = { list: "", title, name, groups: [], subjects: [], items: {}, started, changed, done };
    if (run.imported) made.imported = +run.imported || 1;
    made.list = (retired[was] || was).split("#")[0];
    made.subjects = run.subjects.slice();
    made.items = bare();
    function now(id) {
      const to = (retired[was + "#" + id] || "").split("#");
      return to[0] === made.list && to[1] ? to[1] : id;
    }
    made.groups = run.groups.map(now);
    Object.keys(run.items).forEach(id => {
      const of = made.items[now(id)] = made.items[now(id)] || {};
      Object.keys(run.items[id]).forEach(i => {
        if (!of[i] || of[i][3] < run.items[id][i][3]) of[i] = /** @type {RunMark} */ (run.items[id][i].slice());
      });
    });
    return made;
  }

  /** The items [id, text] of a run: of its parts, or of the whole list where none of them is left.
      @param {Pick<Run, "list" | "groups">} run @param {Lists} lists @returns {RunItem[]} */
  function items(run, lists) {
    const list = lists[run.list];
    let made = [];
    [true, false].forEach(chosen => {
      if (list && !made.length) list.groups.forEach(group => {
        if (!chosen || !run.groups.length || run.groups.includes(group[0])) made = made.concat(group[2]);
      });
    });
    return made;
  }

  /** How often each state stands; `n` of `all` are decided, `lost` stand on items that the list no longer has.
      @param {Run} run @param {Lists} lists @param {number} [only] a subject's place @returns {Counts} */
  function count(run, lists, only) {
    const made = { yes: 0, no: 0, na: 0, open: 0, all: 0, n: 0, lost: 0 }, known = {};
    items(run, lists).forEach(item => {
      known[item[0]] = true;
      live(run).forEach(i => {
        if (only !== undefined && i !== only) return;
        const state = mark(run, item[0], i)[0];
        made[state || "open"] += 1;
        made.all += 1;
        if (state) made.n += 1;
      });
    });
    const list = lists[run.list];
    if (list) list.groups.forEach(group => { group[2].forEach(item => { known[item[0]] = true; }); });
    Object.keys(run.items).forEach(id => { if (!known[id]) made.lost += Object.keys(run.items[id]).length; });
    return made;
  }

  /** Whether a run holds what looks like a phone or identity number. @param {Run} run @returns {boolean} */
  function personal(run) {
    const notes = Object.values(run.items).map(of => Object.values(of).map(one => one[1]));
    return [run.name].concat(run.subjects, ...notes).some(text => text && baodian.personal(text));
  }

  /** Takes `sent` runs among the `kept` ones, of two with one id the newer. Returns { runs, lists, n }: what is to be
     kept, the lists that got something, and how many were added, replaced, kept, of strange lists, or bad.
      @param {Object<string, Run> | undefined} kept @param {Object<string, any>} sent @param {Lists} lists
      @param {Object<string, string>} retired @param {number} now @returns {{ runs: Object<string, Run>, lists: string[], n: Object<string, number> }} */
  function merge(kept, sent, lists, retired, now) {
    const runs = bare(kept), n = { added: 0, replaced: 0, kept: 0, strange: 0, bad: 0 }, got = new Set();
    Object.keys(sent).forEach(id => {
      if (!ID.test(id) || !valid(sent[id]) || personal(sent[id])) { n.bad += 1; return; }
      const run = lifted(sent[id], retired), old = valid(runs[id]) ? runs[id] : null;
      if (!lists[run.list]) { n.strange += 1; return; }
      if (old && old.changed >= run.changed) { n.kept += 1; return; }
      n[old ? "replaced" : "added"] += 1;
      if (!old || old.imported) run.imported = now;
      runs[id] = run;
      got.add(run.list);
    });
    return { runs, lists: Array.from(got), n };
  }

  baodian.record = { ID, MANY, STATES, valid, live, label, mark, set, stale, lifted, items, count, merge };
})();
