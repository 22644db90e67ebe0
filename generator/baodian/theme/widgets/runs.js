/* What the two scripts of self-check runs share: the runs of this device, how they are named, told and handed on.
   `runs-list.js` makes them on the page of a list, `runs-all.js` shows all of them; `#run-<run id>` on the page of
   its list opens a run. `runs.record.js` says what a run is. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ title: string, href: string, groups: [string, string, [string, string][]][] }} RunsList
   @typedef {{ handbook: string, address: string, lists: Object<string, RunsList>, retired: Object<string, string>, words: Object<string, string> }} RunsData */
(() => {
  "use strict";
  const { bare, fill, make, only, store } = baodian;
  const record = baodian.record, { ID, MANY, valid, live, mark, stale } = record;
  const NAMES = 30; // characters of a name
  const SIGNS = { yes: "✓", no: "✗", na: "–", "": "○" }, NAME = "runs";

  const button = (text, on, look) => baodian.press("bd-runs-button" + (look ? " bd-runs-" + look : ""), text, on);

  function when(time, whole) {
    const lang = document.documentElement.lang; // 1/12 would be two days in English
    const set = { month: /^zh/.test(lang) ? "numeric" : "short", day: "numeric" };
    if (whole) { set.hour = "2-digit"; set.minute = "2-digit"; } else set.year = "numeric";
    return new Date(time).toLocaleString(lang || undefined, set);
  }

  function kit(data, say) {
    const words = data.words;
    data.lists = bare(data.lists);
    data.retired = bare(data.retired);
    const alarm = make("div", { role: "alert", class: "bd-runs-alert" });
    const status = make("p", { role: "status", class: "bd-runs-status", tabindex: -1 });

    function tell(text) { status.textContent = text; }

    function trouble(more) {
      const now = store.trouble();
      fill(alarm, [now ? make("p", { text: words[now] }) : null].concat(more || []));
    }

    const lifted = run => record.lifted(run, data.retired);
    const items = run => record.items(run, data.lists);
    const count = (run, only) => record.count(run, data.lists, only);

    /* A run that was finished before runs kept what they had asked gets it as the list is now. */
    function settle() {
      const late = run => valid(run) && run.done && !run.asked && data.lists[lifted(run).list];
      if (Object.values(only(store.read(NAME, {}), late)).length) store.change(NAME, runs => {
        Object.keys(only(runs, late)).forEach(id => {
          runs[id] = lifted(runs[id]);
          record.finish(runs[id], data.lists, runs[id].done);
        });
        return runs;
      });
    }

    function all() {
      const runs = only(store.read(NAME, {}), (run, id) => ID.test(id) && valid(run));
      Object.keys(runs).forEach(id => { runs[id] = lifted(runs[id]); });
      return runs;
    }

    /* Changes one run, read afresh. Returns whether it was there. */
    function put(id, turn) {
      let there = false;
      store.change(NAME, runs => {
        there = !!runs && id in runs;
        if (!there) return runs;
        runs[id] = lifted(runs[id]);
        turn(runs[id]);
        runs[id].changed = Date.now();
        return runs;
      });
      return there;
    }

    function add(id, run) { return store.set(NAME, id, run); }

    function drop(id) { store.set(NAME, id); }

    function said(item, note) { return item[1] + (note ? baodian.signs.aside(note) : ""); }

    function head(run) { return run.title + " · " + run.name + " · " + when(run.started); }

    function asText(run) {
      const lines = [head(run), say("counts", count(run))];
      live(run).forEach(i => {
        if (run.subjects[i]) lines.push("", run.subjects[i] + words.colon + say("counts", count(run, i)));
        items(run).forEach(item => {
          const now = mark(run, item[0], i);
          lines.push(SIGNS[now[0]] + " " + words[now[0] || "none"] + "  " + said(item, now[1]) + (stale(run, item, i) ? " [" + words.old_short + "]" : ""));
        });
      });
      return lines.join("\n");
    }

    function asFile(runs) {
      return JSON.stringify({ "baodian-runs": 1, handbook: data.handbook, exported: new Date().toISOString(), note: words.unprotected, runs }, null, 1);
    }

    function copy(text, near) {
      baodian.copy(text, near, words).then(went => { tell(words[went ? "copied" : "by_hand"]); });
    }

    function download(text, name, type) {
      baodian.download(text, name, type);
      tell(say("downloaded", { name }));
    }

    /* What offers runs as files; `found()` returns them when it is used. */
    function exporter(title, name, found) {
      const can = baodian.downloads();
      function file(end) { return words.file + "-" + name().replace(/[^0-9A-Za-z_\u4e00-\u9fff-]+/g, "-") + end; }
      function text() {
        const runs = found();
        return Object.keys(runs).map(id => asText(runs[id])).join("\n\n");
      }
      const first = button(words[can ? "json" : "copy_file"], () => {
        if (can) download(asFile(found()), file(".json"), "application/json");
        else copy(asFile(found()), first);
      });
      const second = can && button(words.text, () => { download("\ufeff" + text(), file(".txt"), "text/plain"); });
      const third = can && button(words.copy_file, () => { copy(asFile(found()), third); });
      return make("details", { class: "bd-runs-export" }, [
        make("summary", { text: title }),
        make("p", { text: words.unprotected }),
        can ? null : make("p", { text: words.no_download }),
        make("div", { class: "bd-runs-row" }, [first, second, third])
      ]);
    }

    /* A button that asks before it acts. */
    function sure(text, ask, yes, act, name) {
      return baodian.sure({
        button: (text, act, danger) => button(text, act, danger && "danger"),
        text, ask, yes, no: words.keep, act, name, css: "bd-runs-sure"
      });
    }

    function nextName() {
      const day = baodian.day(new Date()).slice(5).replace("-", "");
      const runs = all();
      return day + "-" + (1 + Object.keys(runs).reduce((most, one) => {
        const parts = runs[one].name.split("-");
        return parts[0] === day && parts[1] > 0 ? Math.max(most, Math.floor(parts[1])) : most;
      }, 0));
    }

    function lines(text) { return text.split(/\r?\n/).map(one => one.trim()).filter(Boolean); }

    /* Why a text is not kept: longer than there is room for, or with a phone number; "" if it may be. */
    function refused(text, most) {
      const n = baodian.length(text);
      return n > most ? say("too_long", { text: Array.from(text).slice(0, 10).join("") + "…", n, most }) : baodian.personal(text) ? say("personal", { text }) : "";
    }

    /* The names of a run: a new one, or of `old`. */
    function naming(list, old, done, cancel) {
      const name = make("input", { type: "text", autocomplete: "off", "aria-describedby": "bd-runs-hint" });
      const more = make("textarea", { rows: 2, autocomplete: "off" });
      const wrong = make("p", { role: "alert", class: "bd-runs-wrong" });
      let parts = [], named = [];
      function field(text, input) { return make("label", { class: "bd-runs-field" }, [make("span", { text }), input]); }
      name.value = old ? old.name : nextName();
      if (!old && list.groups.length > 1) parts = list.groups.map(group => {
        const input = make("input", { type: "checkbox" });
        input.checked = true;
        return { id: group[0], input, node: make("label", { class: "bd-check" }, [input, make("span", { text: group[1] || list.title })]) };
      });
      if (old) named = live(old).filter(i => old.subjects[i]).map(i => {
        const input = make("input", { type: "text", autocomplete: "off" });
        input.value = old.subjects[i];
        return { i, input };
      });
      const form = make("form", { class: "bd-runs-form", autocomplete: "off" }, [
        field(words.name, name), make("p", { id: "bd-runs-hint", class: "bd-why", text: words.name_hint }),
        parts.length ? make("fieldset", {}, [make("legend", { text: words.parts })].concat(parts.map(part => part.node))) : null
      ].concat(named.map((one, n) => field(say("subject", { n: n + 1 }), one.input)), [
        field(old ? words.more : words.whom, more), old ? null : make("p", { class: "bd-why", text: words.whom_hint }), wrong,
        make("div", { class: "bd-runs-row" }, [
          make("button", { type: "submit", class: "bd-runs-button bd-runs-main", text: old ? words.save : words.begin }), button(words.cancel, cancel)
        ])
      ]));
      form.addEventListener("submit", event => {
        event.preventDefault();
        const chosen = parts.filter(part => part.input.checked);
        const reason = input => lines(input.value).map(text => refused(text, NAMES)).filter(Boolean)[0] || "";
        const many = (old ? old.subjects.length : 0) + lines(more.value).length > MANY;
        const bad = [name].concat(named.map(one => one.input), more).filter(reason)[0] || (many ? more : name);
        wrong.textContent = reason(bad) || (many ? say("too_many", { most: MANY }) : !name.value.trim() ? words.no_name : parts.length && !chosen.length ? words.no_part : "");
        if (wrong.textContent) { bad.focus(); return; }
        done({
          name: name.value.trim(), more: lines(more.value),
          groups: chosen.length < parts.length ? chosen.map(part => part.id) : [],
          named: named.map(one => [one.i, one.input.value.trim()])
        });
      });
      form.first = name;
      return form;
    }

    settle();
    return Object.assign({}, record, {
      words, data, alarm, status, say, tell, trouble, all, put, add, drop, items, count, head, said, naming, refused, copy,
      asked: run => record.asked(run, data.lists), changes: run => record.changes(run, data.lists),
      finish: run => record.finish(run, data.lists, Date.now()), exporter, sure, button, when, SIGNS, NAME
    });
  }

  baodian.widget("runs", (root, data, say) => { baodian.runs = kit(data, say); });
})();
