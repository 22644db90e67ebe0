/* Finds the class of a customer by each ruler, says why, and puts together what follows from all of them.
   The rules come as the diagram that the rule engine decides by. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, name: string, kind: "whole" | "number" | "values", unit: string, values: [string, string][] }} FinderAsk
   @typedef {{ id: string, kind: "whole" | "number" | "values", values: string[], cuts: [number, number] | null[] }} WalkAxis
   @typedef {{ id: string, boxes: number[][][] }} WalkRule
   @typedef {{ axes: WalkAxis[], rules: WalkRule[], nodes: number[][], root: number | null }} Walk
   @typedef {{ id: string, name: string, href: string, told: string, then: string, looks: string[], why: string[] }} FinderClass
   @typedef {{ id: string, name: string, values: string[] }} FinderSign
   @typedef {{ for: string, rows: Object<string, Object<string, string[]>> }} FinderTable
   @typedef {{ id: string, name: string, question: string, judges: string, asks: FinderAsk[], walk: Walk, classes: FinderClass[], signs: FinderSign[], tables: FinderTable[], apart: string }} FinderScheme
   @typedef {{ title: string, href: string, often?: string, days?: number, who?: string, of?: string }} FinderThing
   @typedef {{ goal: string[], do: string[], rhythm: [string, string[]][], script: [string, string[]][], checklist: [string, string[]][], measure: [string, string, string, string, string][], dont: string[] }} FinderFollows
   @typedef {{ kinds: [string, string][], schemes: FinderScheme[], things: Object<string, FinderThing>, applies: Object<string, FinderFollows>, words: Object<string, string> }} FinderData */
(() => {
  "use strict";

  const { decide, has, make, put, link, press, status, store } = baodian;
  const { weigh, together } = baodian.guide;
  const SHOWN = 8; // entries of a list before one asks for more

  baodian.widget("finder", (root, data, say) => {
    const words = data.words;
    let kinds = Object.create(null);   // kinds of customer that hold
    const answers = Object.create(null); // scheme → dimension → value
    let chosen = Object.create(null);  // scheme → class chosen by hand or by the address
    const byId = Object.create(null);    // the address may ask for `constructor`
    data.schemes.forEach(scheme => { byId[scheme.id] = scheme; answers[scheme.id] = Object.create(null); });

    function classOf(scheme, id) { return scheme.classes.filter(one => one.id === id)[0]; }
    function name(key) {
      const two = key.split("/");
      return classOf(byId[two[0]], two[1]).name;
    }
    function names(keys) { return keys.map(name).join(baodian.signs.list); }

    /* A ruler without questions that another ruler asks about (closing asks for the line) has its answer there. */
    function shared(scheme) {
      if (scheme.asks.length) return "";
      return data.schemes.reduce((found, other) => {
        const value = kinds[other.judges] && answers[other.id][scheme.id];
        return found || (value && classOf(scheme, value) ? value : "");
      }, "");
    }

    function profile() {
      const found = [];
      data.schemes.forEach(scheme => {
        if (!kinds[scheme.judges]) return;
        const id = chosen[scheme.id] || shared(scheme);
        if (id) { found.push(scheme.id + "/" + id); return; }
        decide(scheme.walk, answers[scheme.id]).certain.forEach(id => {
          if (Object.keys(answers[scheme.id]).length) found.push(scheme.id + "/" + id);
        });
      });
      return found;
    }

    // --- questions

    const form = make("form", "bd-finder");
    form.addEventListener("submit", event => { event.preventDefault(); });
    const rulers = make("div", "bd-finder-rulers");
    const summary = make("section", "bd-finder-profile");
    const guide = make("section", "bd-finder-guide");

    function kindsField() {
      const field = put(make("fieldset", "bd-finder-kinds"), make("legend", "", words.kind));
      data.kinds.forEach(kind => {
        const box = make("input", { type: "checkbox", name: "kind", value: kind[0] });
        box.addEventListener("change", () => { kinds[kind[0]] = box.checked; rule(); update(); });
        put(field, put(make("label", "bd-finder-choice"), box, make("span", "", kind[1])));
      });
      return field;
    }

    function question(scheme, ask) {
      if (ask.kind === "values") {
        const field = put(make("fieldset", "bd-finder-ask"), make("legend", "", ask.name));
        ask.values.concat([["", words.unknown]]).forEach(value => {
          const radio = make("input", { type: "radio", name: scheme.id + "-" + ask.id, value: value[0] });
          radio.checked = value[0] === (answers[scheme.id][ask.id] || "");
          radio.addEventListener("change", () => { answer(scheme, ask.id, value[0] || undefined); });
          put(field, put(make("label", "bd-finder-choice"), radio, make("span", "", value[1])));
        });
        field.setAttribute("data-ask", ask.id);
        return field;
      }
      const whole = ask.kind === "whole", mine = answers[scheme.id][ask.id];
      const input = make("input", { inputmode: whole ? "numeric" : "decimal", autocomplete: "off", placeholder: words.unknown });
      const wrong = make("span", { class: "bd-finder-wrong", role: "alert" });
      input.value = mine === undefined ? "" : String(mine);
      input.addEventListener("input", () => {
        const number = baodian.number(input.value), bad = number !== number;
        input.setAttribute("aria-invalid", String(bad));
        wrong.textContent = bad ? words.no_number : "";
        answer(scheme, ask.id, bad || number === null ? undefined : number);
      });
      return make("label", { class: "bd-finder-ask bd-finder-number", "data-ask": ask.id }, make("span", "", ask.name), input,
        ask.unit && make("span", "bd-unit", ask.unit), wrong);
    }

    function answer(scheme, id, value) {
      if (value === undefined || value !== value) delete answers[scheme.id][id]; else answers[scheme.id][id] = value;
      delete chosen[scheme.id];
      const select = rulers.querySelector('[data-known="' + scheme.id + '"]');
      if (select) select.value = "";
      update();
    }

    function ruler(scheme) {
      const part = make("section", "bd-finder-ruler");
      part.id = "ruler-" + scheme.id;
      put(part, make("h2", "", scheme.question), make("p", "bd-why", scheme.name));
      scheme.asks.forEach(ask => { put(part, question(scheme, ask)); });
      const known = make("label", "bd-finder-known");
      const select = make("select");
      select.setAttribute("data-known", scheme.id);
      put(select, new Option(words.choose, ""));
      scheme.classes.forEach(one => { put(select, new Option(one.name, one.id)); });
      select.value = chosen[scheme.id] || "";
      select.addEventListener("change", () => {
        if (select.value) chosen[scheme.id] = select.value; else delete chosen[scheme.id];
        update();
      });
      select.setAttribute("aria-label", words.known + " " + scheme.name);
      put(known, make("span", "", words.known), select);
      if (scheme.tables.length) put(part, signs(scheme));
      put(part, known);
      const said = make("div", "bd-finder-said");
      if (scheme.asks.length) said.setAttribute("role", "status"); // elsewhere it is a list to choose from
      said.setAttribute("data-said", scheme.id);
      return put(part, said);
    }

    function signs(scheme) {
      const fold = put(make("details", "bd-finder-signs"), make("summary", "", words.signs), make("p", "bd-why", words.signs_note));
      scheme.tables.forEach((table, at) => {
        const used = scheme.signs.filter(sign => Object.keys(table.rows).some(id => has(table.rows[id], sign.id)));
        const box = put(make("fieldset"), make("legend", "", table.for ? say("for", { names: table.for }) : words.signs));
        const mine = {};
        const told = status("bd-finder-weighed");
        used.forEach(sign => {
          const select = put(make("select"), new Option(words.unknown, ""));
          sign.values.forEach(value => { put(select, new Option(value, value)); });
          select.addEventListener("change", () => {
            if (select.value) mine[sign.id] = select.value; else delete mine[sign.id];
            told.textContent = weighed(scheme, table, mine);
          });
          put(box, put(make("label"), make("span", "", sign.name), select));
        });
        box.setAttribute("data-table", String(at));
        put(fold, put(box, told));
      });
      return fold;
    }

    function weighed(scheme, table, mine) {
      if (!Object.keys(mine).length) return "";
      const ranked = weigh(table, mine);
      const top = ranked.filter(one => one.yes - one.no === ranked[0].yes - ranked[0].no);
      if (top.length === 1) {
        return say("points", { name: classOf(scheme, top[0].id).name, yes: top[0].yes, no: top[0].no });
      }
      const apart = scheme.apart && (scheme.asks.concat(scheme.signs).filter(one => one.id === scheme.apart)[0] || {}).name;
      return say("tie", { names: top.map(one => classOf(scheme, one.id).name).join(baodian.signs.list) }) +
        (apart ? " " + say("tie_ask", { name: apart }) : "");
    }

    function rule() {
      rulers.textContent = "";
      data.schemes.forEach(scheme => { if (kinds[scheme.judges]) put(rulers, ruler(scheme)); });
    }

    // --- answers

    function tell(scheme) {
      const box = rulers.querySelector('[data-said="' + scheme.id + '"]');
      if (!box) return;
      box.textContent = "";
      const known = chosen[scheme.id] || shared(scheme);
      if (known) { put(box, verdict(scheme, known, null)); return; }
      if (!scheme.asks.length) { put(box, lookers(scheme)); return; }
      const mine = answers[scheme.id];
      if (!Object.keys(mine).length) { put(box, make("p", "", words.start)); return; }
      const found = decide(scheme.walk, mine);
      found.outside.forEach(id => {
        put(box, make("p", "bd-finder-wrong", say("outside", { name: scheme.asks.filter(ask => ask.id === id)[0].name })));
      });
      if (found.outside.length) return;
      if (!found.possible.length) { put(box, make("p", "bd-finder-wrong", words.none)); return; }
      found.certain.forEach(id => { put(box, verdict(scheme, id, found)); });
      const open = found.possible.filter(id => !found.certain.includes(id));
      if (open.length) put(box, make("p", "", say("possible", { names: open.map(id => classOf(scheme, id).name).join(baodian.signs.list) })));
      if (found.ask) {
        put(box, make("p", "bd-finder-next", say("ask", { name: scheme.asks.filter(ask => ask.id === found.ask)[0].name })));
      }
    }

    function verdict(scheme, id, found) {
      const one = classOf(scheme, id);
      const parts = say("certain", { name: "\u0000" }).split("\u0000");
      const box = make("div", "", make("p", "bd-finder-class", parts[0], link(one.name, one.href), parts[1]));
      if (found && one.why[found.why[id]]) put(box, make("p", "bd-why", say("why", { rule: one.why[found.why[id]] })));
      if (one.told) put(box, make("p", "", one.told));
      if (one.then) put(box, make("p", "", one.then));
      return box;
    }

    function lookers(scheme) {
      const list = make("ul", "bd-finder-looks");
      scheme.classes.forEach(one => {
        const button = press("", one.name, () => {
          chosen[scheme.id] = one.id;
          rulers.querySelector('[data-known="' + scheme.id + '"]').value = one.id;
          update();
        });
        put(list, put(make("li"), button, make("span", "", [one.told].concat(one.looks).filter(Boolean).join(" "))));
      });
      return list;
    }

    // --- the profile and what follows from it

    function address(found) {
      return found.map(key => key.replace("/", "=")).join("&");
    }

    function update() {
      data.schemes.forEach(tell);
      const found = profile();
      try { history.replaceState(null, "", location.pathname + location.search + (found.length ? "#" + address(found) : "")); }
      catch (refused) { /* a browser that keeps no addresses for files */ }
      showProfile(found);
      showGuide(found);
    }

    function showProfile(found) {
      const at = document.activeElement && document.activeElement.className;
      summary.textContent = "";
      put(summary, make("h2", "", words.profile));
      if (!found.length) { put(summary, make("p", "", words.empty)); return; }
      const line = status("bd-finder-classes");
      found.forEach((key, n) => {
        const two = key.split("/");
        put(line, n ? " · " : "", link(name(key), classOf(byId[two[0]], two[1]).href));
      });
      put(summary, line);
      const row = make("div", "bd-finder-row");
      const told = status("bd-finder-told");
      const button = (word, css, act) => press("bd-finder-button " + css, words[word], act);
      put(row, baodian.copier("bd-finder-button bd-finder-copy", words.copy, words, () => {
        return location.href.replace(/#.*$/, "") + "#" + address(found);
      }, text => { told.textContent = text; }));
      const label = make("label", "bd-finder-save");
      const input = make("input");
      put(label, make("span", "", words.name), input);
      put(row, button("clear", "", () => {
        kinds = Object.create(null); chosen = Object.create(null);
        data.schemes.forEach(scheme => { answers[scheme.id] = Object.create(null); });
        form.querySelectorAll('[name="kind"]').forEach(box => { box.checked = false; });
        rule(); update();
        form.querySelector('[name="kind"]').focus();
      }));
      put(summary, row, label, button("save", "bd-finder-keep", () => {
        const text = input.value.trim();
        if (!text) { input.focus(); return; }
        if (baodian.book.inCode(text)) { told.textContent = words.personal; input.focus(); return; }
        const kept = store.set("profiles", text, { classes: address(found), names: names(found), at: baodian.day(new Date()) });
        told.textContent = kept ? words.saved : words.not_saved;
      }), told);
      if (/bd-finder-copy/.test(at)) summary.querySelector(".bd-finder-copy").focus();
    }

    function from(keys, found) {
      return found.length > 1 ? make("span", "bd-why", say("from", { names: names(keys) })) : null;
    }

    /* A list that shows its first entries; the narrowest reasons stand first. */
    function group(title, items) {
      if (!items.length) return null;
      const part = put(make("section"), make("h3", "", title));
      const first = items.length > SHOWN + 2 ? SHOWN : items.length;
      put(part, items.slice(0, first).reduce((list, item) => put(list, item), make("ul", "bd-finder-things")));
      if (first < items.length) {
        put(part, put(make("details"), make("summary", "", say("more", { n: items.length - first })),
          items.slice(first).reduce((list, item) => put(list, item), make("ul", "bd-finder-things"))));
      }
      return part;
    }

    function showGuide(found) {
      guide.textContent = "";
      if (!found.length) return;
      const all = together(data, found);
      const advice = part => group(words[part], all[part].map(one => put(make("li"), make("span", "", one.text), from([one.from], found))));
      put(guide, make("h2", "", words.guide), advice("goal"), advice("do"));
      ["contact", "review", "supervisor"].forEach(kind => {
        put(guide, group(words[kind], all.rhythm.filter(one => one.thing.of === kind).map(one => put(make("li"), make("strong", "", one.thing.often), " ", link(one.thing.title, one.thing.href),
          make("span", "bd-why", one.thing.who), one.if.length ? make("span", "bd-why", say("if", { names: names(one.if) })) : null, from(one.from, found)))));
      });
      put(guide, group(words.measures, all.measure.map(one => {
        const item = put(make("li"), link(one.title, one.href));
        one.marks.forEach(mark => {
          put(item, make("span", "bd-finder-mark bd-finder-" + mark.mark, words[mark.mark] + (mark.note ? baodian.signs.colon + mark.note : "")), one.marks.length > 1 ? from(mark.from, found) : null);
        });
        if (one.marks.length > 1) put(item, make("span", "bd-why", words.differ));
        return item;
      })));
      [["scripts", "script"], ["checklists", "checklist"]].forEach(row => {
        put(guide, group(words[row[0]], all[row[1]].map(one => put(make("li"), link(one.thing.title, one.thing.href), one.if.length ? make("span", "bd-why", say("if", { names: names(one.if) })) : null, from(one.from, found)))));
      });
      put(guide, advice("dont"));
    }

    // --- from the address

    function read() {
      chosen = Object.create(null);
      new URLSearchParams(location.hash.slice(1)).forEach((id, scheme) => {
        if (byId[scheme] && classOf(byId[scheme], id)) { chosen[scheme] = id; kinds[byId[scheme].judges] = true; }
      });
      const asked = byId[new URLSearchParams(location.search).get("ruler")]; // a ruler's page leads here
      if (asked) kinds[asked.judges] = true;
      form.querySelectorAll('[name="kind"]').forEach(box => { box.checked = !!kinds[box.value]; });
      rule();
      update();
    }

    root.textContent = "";
    put(root, put(form, kindsField(), rulers), summary, guide);
    window.addEventListener("hashchange", read);
    read();
    const asked = rulers.querySelector("#ruler-" + CSS.escape(new URLSearchParams(location.search).get("ruler") || "-"));
    if (asked) asked.scrollIntoView();
  });
})();
