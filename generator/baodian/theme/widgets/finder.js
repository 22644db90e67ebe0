/* Finds the class of a customer by each ruler, says why, and puts together what follows from all of them.
   The rules come as the diagram that the rule engine decides by. */
(function () {
  "use strict";

  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); } // not `constructor`

  var decide = baodian.decide, weigh = baodian.guide.weigh, together = baodian.guide.together;
  var SHOWN = 8; // entries of a list before one asks for more

  // --- on the page -------------------------------------------------------------------------------------

  Array.prototype.forEach.call(document.querySelectorAll('[data-widget="finder"]'), attach);

  function attach(root) {
    var data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    var words = data.words;
    var kinds = Object.create(null);   // kinds of customer that hold
    var answers = Object.create(null); // scheme → dimension → value
    var chosen = Object.create(null);  // scheme → class chosen by hand or by the address
    var byId = Object.create(null);    // the address may ask for `constructor`
    data.schemes.forEach(function (scheme) { byId[scheme.id] = scheme; answers[scheme.id] = Object.create(null); });

    var say = baodian.speaker(words), make = baodian.make, put = baodian.put, link = baodian.link;
    function classOf(scheme, id) { return scheme.classes.filter(function (one) { return one.id === id; })[0]; }
    function name(key) {
      var two = key.split("/");
      return classOf(byId[two[0]], two[1]).name;
    }
    function names(keys) { return keys.map(name).join("、"); }

    /* A ruler without questions that another ruler asks about (closing asks for the line) has its answer there. */
    function shared(scheme) {
      if (scheme.asks.length) return "";
      return data.schemes.reduce(function (found, other) {
        var value = kinds[other.judges] && answers[other.id][scheme.id];
        return found || (value && classOf(scheme, value) ? value : "");
      }, "");
    }

    function profile() {
      var found = [];
      data.schemes.forEach(function (scheme) {
        if (!kinds[scheme.judges]) return;
        var id = chosen[scheme.id] || shared(scheme);
        if (id) { found.push(scheme.id + "/" + id); return; }
        decide(scheme.walk, answers[scheme.id]).certain.forEach(function (id) {
          if (Object.keys(answers[scheme.id]).length) found.push(scheme.id + "/" + id);
        });
      });
      return found;
    }

    // --- questions

    var form = make("form", "bd-finder");
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    var rulers = make("div", "bd-finder-rulers");
    var summary = make("section", "bd-finder-profile");
    var guide = make("section", "bd-finder-guide");

    function kindsField() {
      var field = put(make("fieldset", "bd-finder-kinds"), make("legend", "", words.kind));
      data.kinds.forEach(function (kind) {
        var box = make("input");
        box.type = "checkbox";
        box.name = "kind";
        box.value = kind[0];
        box.addEventListener("change", function () { kinds[kind[0]] = box.checked; rule(); update(); });
        put(field, put(make("label", "bd-finder-choice"), box, make("span", "", kind[1])));
      });
      return field;
    }

    function question(scheme, ask) {
      if (ask.kind === "values") {
        var field = put(make("fieldset", "bd-finder-ask"), make("legend", "", ask.name));
        ask.values.concat([["", words.unknown]]).forEach(function (value) {
          var radio = make("input");
          radio.type = "radio";
          radio.name = scheme.id + "-" + ask.id;
          radio.value = value[0];
          radio.checked = value[0] === (answers[scheme.id][ask.id] || "");
          radio.addEventListener("change", function () { answer(scheme, ask.id, value[0] || undefined); });
          put(field, put(make("label", "bd-finder-choice"), radio, make("span", "", value[1])));
        });
        field.setAttribute("data-ask", ask.id);
        return field;
      }
      var label = make("label", "bd-finder-ask bd-finder-number");
      var input = make("input");
      input.type = "number";
      input.inputMode = ask.kind === "whole" ? "numeric" : "decimal";
      input.step = ask.kind === "whole" ? "1" : "any";
      input.placeholder = words.unknown;
      input.addEventListener("input", function () {
        answer(scheme, ask.id, input.value === "" ? undefined : Number(input.value));
      });
      label.setAttribute("data-ask", ask.id);
      return put(label, make("span", "", ask.name), input, ask.unit ? make("span", "bd-unit", ask.unit) : null);
    }

    function answer(scheme, id, value) {
      if (value === undefined || value !== value) delete answers[scheme.id][id]; else answers[scheme.id][id] = value;
      delete chosen[scheme.id];
      var select = rulers.querySelector('[data-known="' + scheme.id + '"]');
      if (select) select.value = "";
      update();
    }

    function ruler(scheme) {
      var part = make("section", "bd-finder-ruler");
      part.id = "ruler-" + scheme.id;
      put(part, make("h2", "", scheme.question), make("p", "bd-why", scheme.name));
      scheme.asks.forEach(function (ask) { put(part, question(scheme, ask)); });
      var known = make("label", "bd-finder-known");
      var select = make("select");
      select.setAttribute("data-known", scheme.id);
      put(select, new Option(words.choose, ""));
      scheme.classes.forEach(function (one) { put(select, new Option(one.name, one.id)); });
      select.value = chosen[scheme.id] || "";
      select.addEventListener("change", function () {
        if (select.value) chosen[scheme.id] = select.value; else delete chosen[scheme.id];
        update();
      });
      select.setAttribute("aria-label", words.known + " " + scheme.name);
      put(known, make("span", "", words.known), select);
      if (scheme.tables.length) put(part, signs(scheme));
      put(part, known);
      var said = make("div", "bd-finder-said");
      if (scheme.asks.length) said.setAttribute("role", "status"); // elsewhere it is a list to choose from
      said.setAttribute("data-said", scheme.id);
      return put(part, said);
    }

    function signs(scheme) {
      var fold = put(make("details", "bd-finder-signs"), make("summary", "", words.signs), make("p", "bd-why", words.signs_note));
      scheme.tables.forEach(function (table, at) {
        var used = scheme.signs.filter(function (sign) {
          return Object.keys(table.rows).some(function (id) { return has(table.rows[id], sign.id); });
        });
        var box = put(make("fieldset"), make("legend", "", table.for ? say("for", { names: table.for }) : words.signs));
        var mine = {};
        var told = make("p", "bd-finder-weighed");
        told.setAttribute("role", "status");
        used.forEach(function (sign) {
          var select = put(make("select"), new Option(words.unknown, ""));
          sign.values.forEach(function (value) { put(select, new Option(value, value)); });
          select.addEventListener("change", function () {
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
      var ranked = weigh(table, mine);
      var top = ranked.filter(function (one) { return one.yes - one.no === ranked[0].yes - ranked[0].no; });
      if (top.length === 1) {
        return say("points", { name: classOf(scheme, top[0].id).name, yes: top[0].yes, no: top[0].no });
      }
      var apart = scheme.apart && (scheme.asks.concat(scheme.signs).filter(function (one) { return one.id === scheme.apart; })[0] || {}).name;
      return say("tie", { names: top.map(function (one) { return classOf(scheme, one.id).name; }).join("、") }) +
        (apart ? " " + say("tie_ask", { name: apart }) : "");
    }

    function rule() {
      rulers.textContent = "";
      data.schemes.forEach(function (scheme) { if (kinds[scheme.judges]) put(rulers, ruler(scheme)); });
    }

    // --- answers

    function tell(scheme) {
      var box = rulers.querySelector('[data-said="' + scheme.id + '"]');
      if (!box) return;
      box.textContent = "";
      var known = chosen[scheme.id] || shared(scheme);
      if (known) { put(box, verdict(scheme, known, null)); return; }
      if (!scheme.asks.length) { put(box, lookers(scheme)); return; }
      var mine = answers[scheme.id];
      if (!Object.keys(mine).length) { put(box, make("p", "", words.start)); return; }
      var found = decide(scheme.walk, mine);
      found.outside.forEach(function (id) {
        put(box, make("p", "bd-finder-wrong", say("outside", { name: scheme.asks.filter(function (ask) { return ask.id === id; })[0].name })));
      });
      if (found.outside.length) return;
      if (!found.possible.length) { put(box, make("p", "bd-finder-wrong", words.none)); return; }
      found.certain.forEach(function (id) { put(box, verdict(scheme, id, found)); });
      var open = found.possible.filter(function (id) { return found.certain.indexOf(id) < 0; });
      if (open.length) put(box, make("p", "", say("possible", { names: open.map(function (id) { return classOf(scheme, id).name; }).join("、") })));
      if (found.ask) {
        put(box, make("p", "bd-finder-next", say("ask", { name: scheme.asks.filter(function (ask) { return ask.id === found.ask; })[0].name })));
      }
    }

    function verdict(scheme, id, found) {
      var one = classOf(scheme, id);
      var head = make("p", "bd-finder-class");
      var parts = say("certain", { name: "\u0000" }).split("\u0000");
      head.appendChild(document.createTextNode(parts[0]));
      put(head, link(one.name, one.href));
      head.appendChild(document.createTextNode(parts[1] || ""));
      var box = put(make("div"), head);
      if (found && one.why[found.why[id]]) put(box, make("p", "bd-why", say("why", { rule: one.why[found.why[id]] })));
      if (one.told) put(box, make("p", "", one.told));
      if (one.then) put(box, make("p", "", one.then));
      return box;
    }

    function lookers(scheme) {
      var list = make("ul", "bd-finder-looks");
      scheme.classes.forEach(function (one) {
        var button = make("button", "", one.name);
        button.type = "button";
        button.addEventListener("click", function () {
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
      return found.map(function (key) { return key.replace("/", "="); }).join("&");
    }

    function update() {
      data.schemes.forEach(tell);
      var found = profile();
      try { history.replaceState(null, "", location.pathname + location.search + (found.length ? "#" + address(found) : "")); }
      catch (refused) { /* a browser that keeps no addresses for files */ }
      showProfile(found);
      showGuide(found);
    }

    function showProfile(found) {
      var at = document.activeElement && document.activeElement.className;
      summary.textContent = "";
      put(summary, make("h2", "", words.profile));
      if (!found.length) { put(summary, make("p", "", words.empty)); return; }
      var line = make("p", "bd-finder-classes");
      line.setAttribute("role", "status");
      found.forEach(function (key, n) {
        if (n) line.appendChild(document.createTextNode(" · "));
        var two = key.split("/");
        put(line, link(name(key), classOf(byId[two[0]], two[1]).href));
      });
      put(summary, line);
      var row = make("div", "bd-finder-row");
      var told = make("p", "bd-finder-told");
      told.setAttribute("role", "status");
      function button(word, css, act) {
        var made = make("button", "bd-finder-button " + css, words[word]);
        made.type = "button";
        made.addEventListener("click", function () { act(made); });
        return made;
      }
      put(row, button("copy", "bd-finder-copy", function (made) {
        window.baodian.copy(location.href.replace(/#.*$/, "") + "#" + address(found), made).then(function (went) {
          told.textContent = went ? words.copied : words.by_hand;
        });
      }));
      var label = make("label", "bd-finder-save");
      var input = make("input");
      input.maxLength = 40;
      put(label, make("span", "", words.name), input);
      put(row, button("clear", "", function () {
        kinds = Object.create(null); chosen = Object.create(null);
        data.schemes.forEach(function (scheme) { answers[scheme.id] = Object.create(null); });
        Array.prototype.forEach.call(form.querySelectorAll('[name="kind"]'), function (box) { box.checked = false; });
        rule(); update();
        form.querySelector('[name="kind"]').focus();
      }));
      put(summary, row, label, button("save", "bd-finder-keep", function () {
        var text = input.value.trim();
        if (!text) { input.focus(); return; }
        if (window.baodian.personal(text)) { told.textContent = words.personal; input.focus(); return; }
        var kept = window.baodian.store.change("profiles", function (all) {
          all = all || {};
          all[text] = { classes: address(found), names: names(found), at: new Date().toISOString().slice(0, 10) };
          return all;
        });
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
      var part = put(make("section"), make("h3", "", title));
      var first = items.length > SHOWN + 2 ? SHOWN : items.length;
      put(part, items.slice(0, first).reduce(function (list, item) { return put(list, item); }, make("ul", "bd-finder-things")));
      if (first < items.length) {
        put(part, put(make("details"), make("summary", "", say("more", { n: items.length - first })),
          items.slice(first).reduce(function (list, item) { return put(list, item); }, make("ul", "bd-finder-things"))));
      }
      return part;
    }

    function showGuide(found) {
      guide.textContent = "";
      if (!found.length) return;
      var all = together(data, found);
      put(guide, make("h2", "", words.guide));
      ["contact", "review", "supervisor"].forEach(function (kind) {
        put(guide, group(words[kind], all.rhythm.filter(function (one) { return one.thing.of === kind; }).map(function (one) {
          return put(make("li"), make("strong", "", one.thing.often), document.createTextNode(" "), link(one.thing.title, one.thing.href),
            make("span", "bd-why", one.thing.who), one.if.length ? make("span", "bd-why", say("if", { names: names(one.if) })) : null, from(one.from, found));
        })));
      });
      put(guide, group(words.measures, all.measure.map(function (one) {
        var item = put(make("li"), link(one.title, one.href));
        one.marks.forEach(function (mark) {
          put(item, make("span", "bd-finder-mark bd-finder-" + mark.mark, words[mark.mark] + (mark.note ? "：" + mark.note : "")), one.marks.length > 1 ? from(mark.from, found) : null);
        });
        if (one.marks.length > 1) put(item, make("span", "bd-why", words.differ));
        return item;
      })));
      [["scripts", "script"], ["checklists", "checklist"]].forEach(function (row) {
        put(guide, group(words[row[0]], all[row[1]].map(function (one) {
          return put(make("li"), link(one.thing.title, one.thing.href), one.if.length ? make("span", "bd-why", say("if", { names: names(one.if) })) : null, from(one.from, found));
        })));
      });
      put(guide, group(words.dont, all.dont.map(function (one) {
        return put(make("li"), make("span", "", one.text), from([one.from], found));
      })));
    }

    // --- from the address

    function read() {
      chosen = Object.create(null);
      new URLSearchParams(location.hash.slice(1)).forEach(function (id, scheme) {
        if (byId[scheme] && classOf(byId[scheme], id)) { chosen[scheme] = id; kinds[byId[scheme].judges] = true; }
      });
      var asked = byId[new URLSearchParams(location.search).get("ruler")]; // a ruler's page leads here
      if (asked) kinds[asked.judges] = true;
      Array.prototype.forEach.call(form.querySelectorAll('[name="kind"]'), function (box) { box.checked = !!kinds[box.value]; });
      rule();
      update();
    }

    root.textContent = "";
    put(root, put(form, kindsField(), rulers), summary, guide);
    window.addEventListener("hashchange", read);
    read();
    var asked = rulers.querySelector("#ruler-" + CSS.escape(new URLSearchParams(location.search).get("ruler") || "-"));
    if (asked) asked.scrollIntoView();
  }
})();
