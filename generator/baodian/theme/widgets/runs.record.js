/* What a run of a self-check is, how it is counted, and how runs of two devices become one.

   Kept under the name `runs`, version 1: { run id: {
     list, title, name,             the list's id and title, what the reader calls the run
     groups: [group id],            [] for the whole list
     subjects: [name],              [""] for a run without; null where one was taken away
     items: { item id: { subject's place: [state, note, hash of the text, time] } },
     started, changed, done,        milliseconds; done is 0 while the run is open
     asked,                         of a finished run what was asked, as the list had it then; absent while it is open
     imported                       when it came from a file, else absent
   } }
   A state is "yes", "no", "na" or ""; a mark that was taken back stays with "", so that an older copy does not bring it
   back. A finished run speaks of what was asked; an open one of the list as it is today. */
/** @typedef {[string, string, string, number]} RunMark
    @typedef {{ list: string, title: string, name: string, groups: string[], subjects: (string | null)[],
                items: Object<string, Object<string, RunMark>>, started: number, changed: number, done: number, asked?: RunGroup[], imported?: number }} Run
    @typedef {Object<string, RunsList>} Lists  without names of their own, as `baodian.bare` makes them
    @typedef {[string, string]} RunItem
    @typedef {[string, string, RunItem[]]} RunGroup
    @typedef {{ run: string, about: "mark" | "name" | "done", what: string, was: RunMark | string, now: RunMark | string }} Replaced
       of `done` the names of words
    @typedef {{ yes: number, no: number, na: number, open: number, all: number, n: number, lost: number }} Counts */
(() => {
  "use strict";
  const { bare, has, hash, plain } = baodian;
  const MANY = 200, LONG = 2000; // no run of ours holds more
  const ID = /^r[0-9a-z]{1,40}$/; // of a run; no name that objects have of themselves
  const STATES = ["yes", "no", "na"];
  /** @type {RunMark} */
  const NONE = ["", "", "", 0];

  /** @param {unknown} text @returns {boolean} */
  function short(text) { return typeof text === "string" && text.length <= LONG; }

  /** Whether a value from a file or from the store has the shape of a run, and a size that a page can show.
      @param {any} run @returns {boolean} */
  function valid(run) {
    return plain(run) && plain(run.items) && Array.isArray(run.groups) && Array.isArray(run.subjects) && run.subjects.length > 0 &&
      run.subjects.length <= MANY && run.groups.length <= MANY && Object.keys(run.items).length <= LONG &&
      ["list", "title", "name"].every(key => short(run[key])) &&
      ["started", "changed", "done"].every(key => isFinite(run[key]) && typeof run[key] === "number") &&
      run.groups.every(short) && (run.asked === undefined || asks(run.asked)) &&
      run.subjects.every(name => name === null || short(name)) &&
      Object.keys(run.items).every(id => plain(run.items[id]) && Object.keys(run.items[id]).every(i => {
        const mark = run.items[id][i];
        return /^\d+$/.test(i) && +i < run.subjects.length && Array.isArray(mark) && (mark[0] === "" || STATES.includes(mark[0])) &&
          short(mark[1]) && short(mark[2]) && typeof mark[3] === "number";
      }));
  }

  /** @param {any} asked @returns {boolean} */
  function asks(asked) {
    return Array.isArray(asked) && asked.length <= MANY && asked.every(group => Array.isArray(group) && short(group[0]) && short(group[1]) &&
      Array.isArray(group[2]) && group[2].length <= LONG && group[2].every(item => Array.isArray(item) && short(item[0]) && short(item[1])));
  }

  /** The places of the subjects that are still there. @param {Run} run @returns {number[]} */
  function live(run) {
    return run.subjects.map((name, i) => i).filter(i => run.subjects[i] !== null);
  }

  /** @param {Run} run @param {number} i @returns {string} */
  function label(run, i) { return run.subjects[i] || run.name; }

  /** @param {Run} run @param {string} id @param {number} i @returns {RunMark} */
  function mark(run, id, i) {
    const one = (run.items[id] || {})[i] || NONE;
    return one[0] || one[1] ? one : NONE;
  }

  /** Marks an item for a subject; `text` is the hash of the text it was marked for, else today's.
      @param {Run} run @param {RunItem} item @param {number} i @param {string} state @param {string} note @param {string} [text] */
  function set(run, item, i, state, note, text) {
    const of = run.items[item[0]] = run.items[item[0]] || {};
    of[i] = [state, note, text || hash(item[1]), Date.now()];
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
    /** @type {Object<string, string>} */
    const then = bare(); // of a finished run: what was asked → where it stands now; two that became one stay apart
    made.list = (retired[was] || was).split("#")[0];
    made.subjects = run.subjects.slice();
    made.items = bare();
    function now(id) {
      if (has(then, id)) return then[id];
      const to = (retired[was + "#" + id] || "").split("#");
      return to[0] === made.list && to[1] && !has(then, to[1]) ? to[1] : id;
    }
    if (run.asked) {
      run.asked.forEach(group => { group[2].forEach(item => { then[item[0]] = item[0]; }); });
      run.asked.forEach(group => { group[2].forEach(item => {
        delete then[item[0]];
        const to = now(item[0]);
        then[to] = to;
        then[item[0]] = to;
      }); });
      made.asked = run.asked.map(group => [now(group[0]), group[1], group[2].map(item => /** @type {RunItem} */ ([then[item[0]], item[1]]))]);
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

  /** What a run asks: its parts, or the whole list where none of them is left; of a finished one what was asked then.
      @param {Pick<Run, "list" | "groups" | "asked">} run @param {Lists} lists @returns {RunGroup[]} */
  function asked(run, lists) {
    if (run.asked) return run.asked;
    const all = lists[run.list] ? lists[run.list].groups : [];
    const chosen = all.filter(group => !run.groups.length || run.groups.includes(group[0]));
    return chosen.some(group => group[2].length) ? chosen : all;
  }

  /** The items [id, text] of a run. @param {Pick<Run, "list" | "groups" | "asked">} run @param {Lists} lists @returns {RunItem[]} */
  function items(run, lists) { return [].concat(...asked(run, lists).map(group => group[2])); }

  /** Finishes a run: from now on it speaks of what was asked. @param {Run} run @param {Lists} lists @param {number} now */
  function finish(run, lists, now) {
    delete run.asked;
    run.asked = asked(run, lists).map(group => [group[0], group[1], group[2].map(item => /** @type {RunItem} */ (item.slice()))]);
    run.done = now;
  }

  /** What became of the list since a run was finished: texts that were added, those that went, and [then, now] of others.
      @param {Run} run @param {Lists} lists @returns {{ added: string[], gone: string[], reworded: [string, string][] }} */
  function changes(run, lists) {
    const made = { added: [], gone: [], reworded: [] }, today = bare(), then = bare();
    if (!run.asked || !lists[run.list]) return made;
    lists[run.list].groups.forEach(group => { group[2].forEach(item => { today[item[0]] = item[1]; }); });
    items(run, lists).forEach(item => {
      then[item[0]] = true;
      if (!has(today, item[0])) made.gone.push(item[1]);
      else if (today[item[0]] !== item[1]) made.reworded.push([item[1], today[item[0]]]);
    });
    const parts = lists[run.list].groups.filter(group => !run.groups.length || run.groups.includes(group[0]));
    parts.forEach(group => { group[2].forEach(item => { if (!then[item[0]]) made.added.push(item[1]); }); });
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
    Object.keys(run.items).forEach(id => { if (!known[id]) made.lost += Object.values(run.items[id]).filter(one => one[0] || one[1]).length; });
    return made;
  }

  /** Whether a run holds what looks like a phone or identity number. @param {Run} run @returns {boolean} */
  function personal(run) {
    const notes = Object.values(run.items).map(of => Object.values(of).map(one => one[1]));
    return [run.name].concat(run.subjects, ...notes).some(text => text && baodian.personal(text));
  }

  /** Puts a copy of a run from elsewhere together with ours, mark by mark: the later mark stays. What is said of the run as a
      whole (name, parts, finished or not) is as in the copy that was changed last. Subjects are the same by their name, or in
      one place if they share a mark; `replaced` gets what gave way.
      @param {Run} ours @param {Run} theirs @param {Lists} lists @param {Replaced[]} replaced @returns {Run} */
  function together(ours, theirs, lists, replaced) {
    const theirsIsLater = theirs.changed > ours.changed;
    const { name, title, groups, done, asked } = theirsIsLater ? theirs : ours;
    /** @type {Run} */
    const made = Object.assign({}, ours, { name, title, groups, done, changed: Math.max(ours.changed, theirs.changed), subjects: ours.subjects.slice(), items: bare() });
    if (asked) made.asked = asked; else delete made.asked;
    Object.keys(ours.items).forEach(id => { made.items[id] = Object.assign({}, ours.items[id]); });
    if (name !== ours.name) replaced.push({ run: name, about: "name", what: "", was: ours.name, now: name });
    if (!done !== !ours.done) replaced.push({ run: name, about: "done", what: "", was: done ? "open" : "finished", now: done ? "finished" : "open" });

    const marks = (run, i) => Object.keys(run.items).map(id => run.items[id][i]).filter(Boolean);
    const texts = bare();
    lists[made.list].groups.concat(theirs.asked || [], made.asked || []).forEach(group => { group[2].forEach(item => { texts[item[0]] = item[1]; }); });

    theirs.subjects.forEach((subject, from) => {
      const to = place(subject, from);
      if (to < 0) return;
      Object.keys(theirs.items).forEach(id => {
        const sent = theirs.items[id][from], kept = (made.items[id] || {})[to] || NONE;
        if (!sent || sent[3] <= kept[3]) return;
        made.items[id] = made.items[id] || {};
        made.items[id][to] = sent;
        if ((kept[0] || kept[1]) && (kept[0] !== sent[0] || kept[1] !== sent[1])) {
          replaced.push({ run: name, about: "mark", what: [made.subjects[to], texts[id] || id].filter(Boolean).join(" · "), was: kept, now: sent });
        }
      });
    });
    return made;

    /* Where a subject of theirs stands with us, or is put; -1 for one that was taken away. */
    function place(subject, from) {
      const mine = ours.subjects[from];
      if (mine === subject) return subject === null ? -1 : from;
      if (subject === null) { // taken away there
        const last = Math.max(0, ...marks(ours, from).map(one => one[3]));
        if (theirsIsLater && typeof mine === "string" && last < theirs.changed) {
          replaced.push({ run: name, about: "name", what: "", was: mine || ours.name, now: "" });
          made.subjects[from] = null;
          Object.keys(made.items).forEach(id => { delete made.items[id][from]; });
        }
        return -1;
      }
      const same = ours.subjects.indexOf(subject);
      if (same >= 0) return same;
      if (mine === null && !theirsIsLater) return -1; // taken away here
      const shared = marks(ours, from).some(one => marks(theirs, from).some(other => one[3] === other[3] && one[2] === other[2]));
      if (mine === null || shared) {
        if (shared && theirsIsLater) replaced.push({ run: name, about: "name", what: "", was: mine || ours.name, now: subject });
        if (mine === null || theirsIsLater) made.subjects[from] = subject;
        return from;
      }
      return made.subjects.push(subject) - 1;
    }
  }

  /** Takes `sent` runs among the `kept` ones, those of one id mark by mark. Returns what is to be kept, the lists that got
      something, how many runs were added, replaced in part, kept, of strange lists, or bad, and what gave way.
      @param {Object<string, Run> | undefined} kept @param {Object<string, any>} sent @param {Lists} lists
      @param {Object<string, string>} retired @param {number} now
      @returns {{ runs: Object<string, Run>, lists: string[], n: Object<string, number>, replaced: Replaced[] }} */
  function merge(kept, sent, lists, retired, now) {
    const runs = bare(kept), n = { added: 0, replaced: 0, kept: 0, strange: 0, bad: 0 }, got = new Set();
    /** @type {Replaced[]} */
    const replaced = [];
    Object.keys(sent).forEach(id => {
      if (!ID.test(id) || !valid(sent[id]) || personal(sent[id])) { n.bad += 1; return; }
      const theirs = lifted(sent[id], retired), old = valid(runs[id]) ? lifted(runs[id], retired) : null;
      if (!lists[theirs.list]) { n.strange += 1; return; }
      if (theirs.done && !theirs.asked) finish(theirs, lists, theirs.done); // of a handbook that did not keep it yet
      const run = old && old.list === theirs.list ? together(old, theirs, lists, replaced) : theirs;
      if (old && JSON.stringify(run) === JSON.stringify(old)) { n.kept += 1; return; }
      if (!valid(run)) { n.bad += 1; return; } // more subjects together than a page can show
      n[old ? "replaced" : "added"] += 1;
      if (!old || old.imported) run.imported = now;
      runs[id] = run;
      got.add(run.list);
    });
    return { runs, lists: Array.from(got), n, replaced };
  }

  baodian.record = { ID, MANY, STATES, valid, live, label, mark, set, stale, lifted, asked, items, finish, changes, count, merge };
})();
