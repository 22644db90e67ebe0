/* Plans a month: days by the table of a plan beside what the rhythms need, then half-day by half-day.
   Tables, rhythms, minutes and words come from the YAML; the reader's figures stay on the device. */
(function () {
  "use strict";

  var STORE = "planner";

  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); } // not `constructor`

  /* Returns for each row the days by the table and by the rhythms, and both together.
     given: { days, numbers: id → value, counts: row → customers, mix: class → customers } */
  function reckon(plan, given) {
    var value = {};
    plan.numbers.forEach(function (one) {
      value[one.id] = has(given.numbers, one.id) ? given.numbers[one.id] : one.value;
    });
    var made = { rows: [], plan: 0, need: 0, development: { plan: 0, need: 0 } };
    plan.rows.forEach(function (row) {
      var customers = has(given.counts, row.id) ? given.counts[row.id] : row.customers;
      var one = { row: row, customers: customers, plan: row.days * given.days / plan.days, hours: 0, times: {}, lines: [] };
      var of = shares(row, customers, given.mix);
      row.contacts.forEach(function (contact) {
        var people = (contact.class ? of[contact.class] : customers) * contact.part;
        var times = contact.fixed + contact.daily * given.days;
        var line = { contact: contact, people: people, times: times, minutes: cost(contact.channels[0]) };
        line.hours = people * times * line.minutes / 60;
        line.others = contact.channels.slice(1).map(function (id) {
          return { id: id, days: people * times * (line.minutes - cost(id)) / 60 / value.hours };
        });
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
    made.hours = value.hours;
    made.value = value;
    return made;

    function cost(channel) {
      return (value["minutes:" + channel] || 0) + (value["travel:" + channel] || 0) + (value.record || 0);
    }
  }

  /* Returns the customers of each class of a row: as given, else as the table has them. */
  function shares(row, customers, mix) {
    var known = row.classes.some(function (one) { return has(mix, one.id); });
    var all = row.classes.reduce(function (sum, one) { return sum + one.mix; }, 0);
    var made = {};
    row.classes.forEach(function (one) {
      made[one.id] = known ? has(mix, one.id) && mix[one.id] || 0 : all ? customers * one.mix / all : 0;
    });
    return made;
  }

  /* Returns what a month's half-days are for: { "2026-12-01-am": row id }. New customers get mornings
     of the same weekdays, the others follow one another evenly. */
  function spread(plan, dates, days) {
    var total = Math.min(Math.round(days * 2), dates.length * 2);
    var exact = plan.rows.map(function (row) { return row.days / plan.days * total; });
    var quota = exact.map(Math.floor);
    var rest = total - quota.reduce(function (a, b) { return a + b; }, 0);
    exact.map(function (x, at) { return [x - quota[at], at]; })
      .sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; })
      .slice(0, rest).forEach(function (one) { quota[one[1]] += 1; });
    var used = dates.slice(0, Math.ceil(total / 2));
    var made = {};
    var mornings = used.slice().sort(function (a, b) {
      var order = [2, 4, 1, 3, 5]; // Tuesdays first: Monday mornings go to planning
      return order.indexOf(weekday(a)) - order.indexOf(weekday(b)) || (a < b ? -1 : 1);
    }).map(function (date) { return date + "-am"; });
    plan.rows.forEach(function (row, at) {
      if (!row.fresh) return;
      while (quota[at] && mornings.length) { made[mornings.shift()] = row.id; quota[at] -= 1; }
    });
    var open = [];
    used.forEach(function (date) {
      ["am", "pm"].forEach(function (half) { if (!(date + "-" + half in made)) open.push(date + "-" + half); });
    });
    var placed = quota.map(function () { return 0; });
    var length = quota.reduce(function (a, b) { return a + b; }, 0);
    open.slice(0, length).forEach(function (slot, n) {
      var best = -1, most = -Infinity;
      quota.forEach(function (wanted, at) {
        var due = placed[at] < wanted ? wanted * (n + 1) / length - placed[at] : -Infinity;
        if (due > most + 1e-9) { most = due; best = at; }
      });
      made[slot] = plan.rows[best].id;
      placed[best] += 1;
    });
    return made;
  }

  function weekday(date) { return new Date(date + "T12:00:00Z").getUTCDay(); }

  /* Returns Monday to Friday of a month such as 2026-12, as dates. */
  function weekdays(month) {
    var made = [];
    for (var n = 1; n <= 31; n++) {
      var date = month + "-" + ("0" + n).slice(-2);
      var day = new Date(date + "T12:00:00Z");
      if (isNaN(day) || day.toISOString().slice(0, 10) !== date) break;
      if (day.getUTCDay() % 6) made.push(date);
    }
    return made;
  }

  /* Returns the numbers of a column copied from a sheet; null where a line has none. A heading is left out. */
  function column(text) {
    var lines = text.slice(0, 20000).normalize("NFKC").split(/\r\n?|\n/);
    while (lines.length > 1 && !lines[lines.length - 1]) lines.pop();
    var cells = lines.map(function (line) { return line.split(/\t+|\s{2,}|\s*[;|]\s*|,(?!\d{3}(?:\D|$))|\s+(?=\d)/); });
    var read = function (cell) {
      var found = /^(?:\D*\s)?(\d[\d,]*(?:\.\d+)?)\s*\D{0,2}$/.exec(cell.trim());
      return found ? Number(found[1].replace(/,/g, "")) : null;
    };
    var found = cells.map(function (row) {
      return row.map(read).filter(function (number) { return number !== null; });
    });
    if (found.length === 1 && found[0].length > 1) return found[0];
    var numbers = found.map(function (row) { return row.length ? row[row.length - 1] : null; });
    if (numbers.length > 1 && numbers[0] === null && lines[0].trim()) numbers.shift();
    return numbers;
  }

  // --- iCalendar (RFC 5545)

  function escaped(text) {
    return String(text).replace(/[\\;,]/g, "\\$&").replace(/\r\n?|[\n\v\f\x85\u2028\u2029]/g, "\\n").replace(/[\x00-\x08\x0e-\x1f\x7f]/g, "");
  }

  function folded(line) {
    var made = "", size = 0;
    Array.from(line).forEach(function (sign) {
      var code = sign.codePointAt(0);
      var octets = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (size + octets > 75) { made += "\r\n "; size = 1; }
      made += sign;
      size += octets;
    });
    return made;
  }

  /* Returns a calendar. events: [{ uid, date, start, end, summary, description }], times as HHMM of the
     reader's own clock. */
  function ics(name, events, now) {
    var stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:baodian planner", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", "X-WR-CALNAME:" + escaped(name)];
    events.forEach(function (one) {
      var day = one.date.replace(/-/g, "");
      lines.push("BEGIN:VEVENT", "UID:" + one.uid, "DTSTAMP:" + stamp, "DTSTART:" + day + "T" + one.start + "00",
        "DTEND:" + day + "T" + one.end + "00", "SUMMARY:" + escaped(one.summary),
        "DESCRIPTION:" + escaped(one.description), "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR").map(folded).join("\r\n") + "\r\n";
  }

  window.baodianPlanner = { reckon: reckon, spread: spread, weekdays: weekdays, column: column, ics: ics };

  // --- on the page -------------------------------------------------------------------------------------

  Array.prototype.forEach.call(document.querySelectorAll('[data-widget="planner"]'), attach);

  function attach(root) {
    var data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    var words = data.words;
    var store = window.baodian.store;

    var say = baodian.speaker(words), make = baodian.make, put = baodian.put, link = baodian.link;
    function button(text, act, css) {
      var node = make("button", "bd-planner-button" + (css ? " " + css : ""), text);
      node.type = "button";
      node.addEventListener("click", act);
      return node;
    }
    function round(number) { return String(Math.round(number * 10 + 1e-9) / 10); }
    function names(many) { return many.join("、"); }

    // --- what is kept

    function kept() { return sound(store.read(STORE, {})); }
    /* Returns a copy of what is kept without what cannot be a figure of the reader's. */
    function sound(value) {
      function only(map, good) {
        var made = Object.create(null);
        if (map && typeof map === "object") Object.keys(map).forEach(function (key) { if (good(map[key], key)) made[key] = map[key]; });
        return made;
      }
      function each(map, good) {
        var made = only(map, function (inner) { return inner && typeof inner === "object"; });
        Object.keys(made).forEach(function (key) { made[key] = only(made[key], good); });
        return made;
      }
      function number(one, key) { return typeof one === "number" && one >= 0 && one <= 9999 && (key !== "hours" || one > 0); }
      function half(one, key) { return typeof one === "string" && /^\d{4}-\d\d-\d\d-[ap]m$/.test(key); }
      value = value || {};
      return {
        plan: value.plan, month: value.month, seed: /^[a-z0-9]{1,20}$/.test(value.seed) ? value.seed : undefined,
        days: only(value.days, number), numbers: only(value.numbers, number), counts: each(value.counts, number),
        mix: each(value.mix, number), off: each(value.off, function (one) { return one === true; }), week: each(value.week, half)
      };
    }
    function change(turn) {
      store.change(STORE, function (value) {
        value = sound(value);
        turn(value);
        return value;
      });
      update();
    }
    function inside(value, key, id) { return value[key][id] = value[key][id] || Object.create(null); }

    function months() {
      var now = new Date();
      var made = [];
      for (var n = 0; n < 7; n++) {
        var day = new Date(now.getFullYear(), now.getMonth() + n, 1);
        made.push(day.getFullYear() + "-" + ("0" + (day.getMonth() + 1)).slice(-2));
      }
      return made;
    }
    function month(value) {
      var all = months();
      return all.indexOf(value.month) >= 0 ? value.month : all[new Date().getDate() > 20 ? 1 : 0];
    }
    function plan(value) {
      return data.plans.filter(function (one) { return one.id === value.plan; })[0] || data.plans[0];
    }
    function dates(value) {
      var off = value.off[month(value)] || {};
      return weekdays(month(value)).filter(function (date) { return !off[date]; });
    }
    function days(value) {
      var typed = value.days[month(value)];
      return typed === undefined ? dates(value).length : typed;
    }
    function given(value) {
      var id = plan(value).id;
      return { days: days(value), numbers: value.numbers, counts: value.counts[id] || {}, mix: value.mix[id] || {} };
    }

    // --- fields

    var told = make("p", "bd-planner-told");
    told.setAttribute("role", "status");
    var fields = make("div", "bd-planner-fields");
    var result = make("section", "bd-planner-result");
    var week = make("section", "bd-planner-week");
    var refresh = []; // sets a field to what is kept, unless the reader is in it

    /* A field for a number: read(value) gives what stands in it, write(value, number or undefined) keeps it. */
    function field(name, unit, read, write, note) {
      var label = make("label", "bd-planner-field");
      var input = make("input");
      input.inputMode = "decimal";
      input.autocomplete = "off";
      var wrong = make("span", "bd-planner-wrong");
      wrong.setAttribute("role", "alert");
      input.addEventListener("input", function () {
        var text = input.value.normalize("NFKC").trim();
        var bad = !/^(\d+(\.\d+)?)?$/.test(text) || Number(text) > 9999;
        input.setAttribute("aria-invalid", String(bad));
        wrong.textContent = bad ? words.bad : "";
        if (!bad) change(function (value) { write(value, text === "" ? undefined : Number(text)); });
      });
      input.addEventListener("blur", function () { if (input.getAttribute("aria-invalid") !== "true") show(); });
      refresh.push(function () { if (document.activeElement !== input) show(); });
      function show() { input.value = round(read(kept())); input.removeAttribute("aria-invalid"); wrong.textContent = ""; }
      show();
      put(label, make("span", "bd-planner-name", name), put(make("span", "bd-planner-input"), input, make("span", "bd-unit", unit)));
      if (note) put(label, note);
      put(label, wrong);
      label.input = input;
      return label;
    }

    function choices() {
      var who = put(make("fieldset", "bd-planner-who"), make("legend", "", words.who));
      data.plans.forEach(function (one) {
        var radio = make("input");
        radio.type = "radio";
        radio.name = "bd-plan";
        radio.value = one.id;
        radio.addEventListener("change", function () { change(function (value) { value.plan = one.id; }); build(); });
        refresh.push(function () { radio.checked = plan(kept()).id === one.id; });
        put(who, put(make("label", "bd-planner-choice"), radio, make("span", "", one.name)));
      });
      var select = make("select");
      months().forEach(function (one) { put(select, new Option(one, one)); });
      select.addEventListener("change", function () { change(function (value) { value.month = select.value; }); again(); });
      refresh.push(function () { select.value = month(kept()); });
      var note = make("span", "bd-why");
      refresh.push(function () { note.textContent = say("days_note", { n: weekdays(month(kept())).length }); });
      var when = put(make("label", "bd-planner-field"), make("span", "bd-planner-name", words.month), select);
      var length = field(words.days, words.day, days, function (value, number) {
        if (number === undefined) delete value.days[month(value)]; else value.days[month(value)] = Math.min(number, 31);
      }, note);
      length.input.name = "days";
      return put(make("div", "bd-planner-choices"), who, when, length);
    }

    function customers(chosen) {
      var box = put(make("fieldset", "bd-planner-rows"), make("legend", "", words.customers), make("p", "bd-why", words.once));
      var inputs = [];
      chosen.rows.forEach(function (row) {
        var one = field(row.name, words.unit, function (value) {
          return has(value.counts[chosen.id] || {}, row.id) ? value.counts[chosen.id][row.id] : row.customers;
        }, function (value, number) {
          keepCount(value, row, number);
        });
        one.input.name = row.id;
        one.input.addEventListener("paste", function (event) {
          var text = (event.clipboardData || window.clipboardData).getData("text");
          if (!/[\n\t]/.test(text.trim())) return;
          event.preventDefault();
          fill(inputs, one.input, column(text));
        });
        inputs.push(one.input);
        put(box, one, row.classes.length > 1 ? byClass(chosen, row) : null);
      });

      function keepCount(value, row, number) {
        var counts = inside(value, "counts", chosen.id), mix = inside(value, "mix", chosen.id);
        if (number === undefined) delete counts[row.id]; else counts[row.id] = number;
        row.classes.forEach(function (one) { delete mix[one.id]; });
      }
      function fill(inputs, from, numbers) {
        var at = inputs.indexOf(from), filled = 0, none = 0;
        change(function (value) {
          filled = none = 0;
          numbers.slice(0, inputs.length - at).forEach(function (number, n) {
            if (number === null || number > 9999) { none += 1; return; }
            keepCount(value, chosen.rows[at + n], number);
            filled += 1;
          });
        });
        from.blur();
        again();
        from.focus();
        var rest = numbers.length - (inputs.length - at);
        tell([say("pasted", { n: filled }), none ? say("pasted_none", { n: none }) : "",
          rest > 0 ? say("pasted_rest", { n: rest }) : ""].join(" "));
      }
      return box;
    }

    function byClass(chosen, row) {
      var fold = put(make("details", "bd-planner-mix"), make("summary", "", words.classes), make("p", "bd-why", words.mix_note));
      row.classes.forEach(function (class_) {
        var one = field(class_.name, words.unit, function (value) { return now(value)[class_.id]; }, function (value, number) {
          var parts = now(value), mix = inside(value, "mix", chosen.id);
          parts[class_.id] = number || 0;
          Object.keys(parts).forEach(function (id) { mix[id] = parts[id]; });
          inside(value, "counts", chosen.id)[row.id] = row.classes.reduce(function (sum, other) { return sum + parts[other.id]; }, 0);
        });
        one.input.name = class_.id;
        put(fold, one);
      });
      fold.querySelector("summary").setAttribute("aria-label", row.name + " · " + words.classes);
      return fold;

      function now(value) {
        var counts = value.counts[chosen.id] || {};
        return shares(row, has(counts, row.id) ? counts[row.id] : row.customers, value.mix[chosen.id] || {});
      }
    }

    function minutes(chosen) {
      var fold = put(make("details", "bd-planner-numbers"), make("summary", "", words.numbers), make("p", "bd-why", words.numbers_note));
      chosen.numbers.forEach(function (one) {
        var note = make("span", "bd-why");
        var text = say("as_set", { n: one.value + " " + one.unit });
        put(note, one.href ? link(text, one.href) : document.createTextNode(text));
        var made = field(one.name, one.unit, function (value) {
          return has(value.numbers, one.id) ? value.numbers[one.id] : one.value;
        }, function (value, number) {
          if (number === undefined || (one.id === "hours" && !number)) delete value.numbers[one.id]; else value.numbers[one.id] = number;
        });
        made.input.name = one.id;
        put(fold, made, note);
      });
      return put(fold, button(words.reset, function () { change(function (value) { value.numbers = {}; }); again(); }));
    }

    function tell(text) {
      var trouble = store.trouble();
      told.textContent = [text, trouble ? words[trouble] : text ? "" : words.saved].filter(Boolean).join(" ");
    }

    // --- what comes out

    function bar(css, name, number, most) {
      var line = make("div", "bd-planner-bar " + css);
      var fill = make("span", "bd-planner-fill");
      fill.style.width = (most ? Math.max(number / most * 100, number ? 1 : 0) : 0) + "%";
      return put(line, make("span", "bd-planner-which", name), put(make("span", "bd-planner-track"), fill),
        make("span", "bd-planner-figure", say("n_days", { n: round(number) })));
    }

    function gap(one) {
      var over = Math.round((one.need - one.plan) * 10) / 10;
      var text = over > 0 ? say("over", { n: over }) : over < 0 ? say("left", { n: -over }) : words.even;
      return make("span", "bd-planner-gap" + (over > 0 ? " bd-planner-over" : ""), (over > 0 ? "▲ " : "") + text);
    }

    function times(one) {
      return Object.keys(one.times).map(function (id) {
        return say("times", { name: data.channels[id] || id, n: round(one.times[id]) });
      }).join(" · ");
    }

    function rowPart(one, most) {
      var item = make("li", "bd-planner-row");
      item.setAttribute("data-row", one.row.id);
      put(item, put(make("p", "bd-planner-head"), make("strong", "", one.row.name), gap(one)),
        bar("bd-planner-plan", words.by_table, one.plan, most), bar("bd-planner-need", words.by_need, one.need, most));
      if (!one.lines.length) return put(item, make("p", "bd-why", words.nothing));
      put(item, make("p", "bd-why", say("row_note", { customers: round(one.customers), contacts: times(one), hours: round(one.hours) })));
      return put(item, sums(one));
    }

    function sums(one) {
      var fold = put(make("details", "bd-planner-how"), make("summary", "", words.how));
      fold.querySelector("summary").setAttribute("aria-label", one.row.name + " · " + words.how);
      one.lines.forEach(function (line) {
        var owner = one.row.classes.filter(function (class_) { return class_.id === line.contact.class; })[0];
        var text = say("sum", {
          name: (one.row.classes.length > 1 ? owner.name + " · " : "") + line.contact.what, often: line.contact.often,
          customers: round(line.people), times: String(Math.round(line.times * 100) / 100), minutes: round(line.minutes),
          hours: round(line.hours), channel: data.channels[line.contact.channels[0]] || ""
        });
        put(fold, put(make("p", "bd-planner-sum"), line.contact.href ? link(text, line.contact.href) : document.createTextNode(text)));
      });
      return fold;
    }

    function ratio(made, chosen) {
      var box = put(make("div", "bd-planner-ratio"), make("h3", "", words.ratio));
      [["plan", words.by_table], ["need", words.by_need]].forEach(function (one) {
        var all = made[one[0]];
        var part = all ? Math.round(made.development[one[0]] / all * 100) : 0;
        var line = make("p", "bd-planner-line", one[1] + "  " + words.development + " " + part + " : " + words.care + " " + (100 - part));
        var off = chosen.development === null || !all ? 0 : part - chosen.development;
        if (off) put(line, make("span", "bd-why", " " + say(off > 0 ? "further" : "short", { n: Math.abs(off) })));
        put(box, line);
      });
      if (chosen.development !== null) {
        put(box, make("p", "bd-why", say("wanted", { a: chosen.development, b: 100 - chosen.development })));
      }
      return box;
    }

    /* What can be done about the rows that need more than they have, the largest overrun first. */
    function levers(made, all) {
      var box = put(make("div", "bd-planner-levers"), make("h3", "", words.levers));
      var list = make("ul");
      function add(word, gaps) { put(list, make("li", "", say(word, gaps))); }
      made.rows.filter(function (one) { return one.need - one.plan >= 0.05; })
        .sort(function (a, b) { return (b.need - b.plan) - (a.need - a.plan); }).slice(0, 2)
        .forEach(function (one) {
          var name = one.row.name;
          if (one.customers > one.row.customers) {
            add("lever_many", { name: name, n: round(one.customers - one.row.customers), table: round(one.row.customers) });
          }
          one.lines.forEach(function (line) {
            line.others.filter(function (other) { return other.days >= 0.05; }).forEach(function (other) {
              add("lever_call", { name: name, what: line.contact.what, to: data.channels[other.id], n: round(other.days) });
            });
          });
          trips(one, made).forEach(function (trip) { add("lever_trip", trip); });
          one.lines.filter(function (line) { return line.contact.class; }).sort(function (a, b) {
            return b.hours - a.hours;
          }).slice(0, 2).forEach(function (line) {
            add(line.contact.limit === "至少" || line.contact.limit === "at least" ? "lever_floor" : "lever_fixed",
              { name: name, what: line.contact.what, often: line.contact.often });
          });
        });
      var left = made.rows.filter(function (one) { return one.plan - one.need >= 0.5; });
      if (left.length) {
        add("lever_left", { names: names(left.map(function (one) { return one.row.name + " " + say("n_days", { n: round(one.plan - one.need) }); })) });
      }
      if (made.need - all >= 0.05) add("lever_ask");
      return put(box, list);
    }

    /* Several things that one customer is visited for can be done in one visit; each still counts. */
    function trips(one, made) {
      return one.row.classes.map(function (class_) {
        var visits = one.lines.filter(function (line) {
          return line.contact.class === class_.id && made.value["travel:" + line.contact.channels[0]];
        }).sort(function (a, b) { return b.times - a.times; });
        var saved = visits.slice(1).reduce(function (sum, line) {
          return sum + line.people * line.times * made.value["travel:" + line.contact.channels[0]] / 60 / made.hours;
        }, 0);
        return { name: class_.name, what: names(visits.map(function (line) { return line.contact.what; })), n: round(saved), saved: saved };
      }).filter(function (trip) { return trip.saved >= 0.05; });
    }

    var verdict = make("p", "bd-planner-verdict");
    verdict.setAttribute("role", "status");

    function showResult(value) {
      var chosen = plan(value), all = days(value);
      var made = reckon(chosen, given(value));
      var over = Math.round((made.need - all) * 10) / 10;
      var worst = made.rows.slice().sort(function (a, b) { return (b.need - b.plan) - (a.need - a.plan); })[0];
      var text = over > 0 ? say("not", { need: round(made.need), days: round(all), over: over })
        : say("fits", { need: round(made.need), days: round(all), left: -over });
      if (over > 0) text += " " + say("cause", { name: worst.row.name, plan: round(worst.plan), need: round(worst.need) });
      else if (worst.need - worst.plan >= 0.05) text += " " + say("inside", { name: worst.row.name, over: round(worst.need - worst.plan) });
      var most = worst.lines.slice().sort(function (a, b) { return b.hours - a.hours; })[0];
      if (over > 0 && most) {
        var owner = worst.row.classes.filter(function (one) { return one.id === most.contact.class; })[0];
        text += " " + say("cause_of", { name: owner ? owner.name : worst.row.name, what: most.contact.what, n: round(most.hours / made.hours) });
      }
      if (verdict.textContent !== text) verdict.textContent = text;
      verdict.classList.toggle("bd-planner-not", over > 0);

      var open = Array.prototype.map.call(result.querySelectorAll("li[data-row] details[open]"), function (one) {
        return one.parentNode.getAttribute("data-row");
      });
      while (verdict.nextSibling) result.removeChild(verdict.nextSibling);
      var list = make("ul", "bd-planner-list");
      var longest = Math.max.apply(null, made.rows.map(function (one) { return Math.max(one.plan, one.need); }));
      made.rows.forEach(function (one) {
        var item = rowPart(one, longest);
        if (open.indexOf(one.row.id) >= 0) item.querySelector("details").open = true;
        put(list, item);
      });
      var sum = put(make("li", "bd-planner-row bd-planner-all"),
        put(make("p", "bd-planner-head"), make("strong", "", words.all), gap({ plan: all, need: made.need })),
        bar("bd-planner-plan", words.by_table, made.plan, Math.max(made.plan, made.need)),
        bar("bd-planner-need", words.by_need, made.need, Math.max(made.plan, made.need)));
      put(result, put(list, sum), ratio(made, chosen));
      if (worst.need - worst.plan >= 0.05) put(result, levers(made, all));
      if (chosen.events.length) put(result, make("p", "bd-why", say("events", { names: names(chosen.events) })));
      put(result, make("p", "bd-why", words.not_city));
    }

    // --- half-day by half-day

    function key(value) { return plan(value).id + "|" + month(value); }
    function slots(value) {
      var made = spread(plan(value), dates(value), days(value));
      var own = value.week[key(value)] || {};
      var off = value.off[month(value)] || {};
      var rows = plan(value).rows.map(function (row) { return row.id; }).concat("");
      Object.keys(own).forEach(function (slot) { // of an older handbook perhaps
        if (!off[slot.slice(0, 10)] && rows.indexOf(own[slot]) >= 0 && slot.indexOf(month(value)) === 0) made[slot] = own[slot];
      });
      return made;
    }
    function rowName(chosen, id) {
      var found = chosen.rows.filter(function (row) { return row.id === id; })[0];
      return found ? found.name : words.free;
    }
    function dayName(date) {
      return say("date", { month: Number(date.slice(5, 7)), day: Number(date.slice(8)) }) + " " + words.weekdays.split(/[、,]\s*/)[weekday(date) - 1];
    }
    function weeks(value) {
      var made = [];
      weekdays(month(value)).forEach(function (date) {
        if (!made.length || weekday(date) === 1) made.push([]);
        made[made.length - 1].push(date);
      });
      return made;
    }
    function counted(chosen, filled) {
      return chosen.rows.map(function (row) {
        var halves = Object.keys(filled).filter(function (slot) { return filled[slot] === row.id; }).length;
        return row.name + " " + say("n_days", { n: halves / 2 });
      }).join(" · ");
    }

    var built = ""; // what the half-days on the page were made for
    var summary = make("p", "bd-planner-counted");
    summary.setAttribute("role", "status");

    function showWeek(value) {
      var chosen = plan(value), filled = slots(value), off = value.off[month(value)] || {};
      if (built !== key(value)) {
        built = key(value);
        week.textContent = "";
        put(week, make("h2", "", words.week), make("p", "bd-why", words.week_note));
        weeks(value).forEach(function (dates, n) {
          var box = put(make("section", "bd-planner-days"), make("h3", "", say("week_n", { n: n + 1 })));
          box.style.setProperty("--bd-from", String(weekday(dates[0])));
          dates.forEach(function (date) { put(box, dayPart(date)); });
          put(week, box);
        });
        put(week, summary, put(make("div", "bd-planner-acts"),
          button(words.ics, download), button(words.copy, copyText), button(words.as_spread, function () {
            change(function (now) { delete now.week[key(now)]; });
          }), button(words.print, function () { window.print(); })), make("p", "bd-why", words.ics_note));
      }
      Array.prototype.forEach.call(week.querySelectorAll("[data-slot]"), function (node) {
        var slot = node.getAttribute("data-slot"), date = slot.slice(0, 10);
        var at = chosen.rows.map(function (row) { return row.id; }).indexOf(filled[slot]);
        var name = off[date] ? words.free : rowName(chosen, filled[slot]);
        node.className = "bd-planner-half" + (at >= 0 ? " bd-hue-" + at % 8 : " bd-planner-free");
        node.lastChild.textContent = name;
        node.disabled = !!off[date];
        node.setAttribute("aria-label", say("half", { day: dayName(date), half: words[slot.slice(11)], what: name }));
      });
      Array.prototype.forEach.call(week.querySelectorAll("[data-day]"), function (node) {
        node.setAttribute("aria-pressed", String(!!off[node.getAttribute("data-day")]));
      });
      var open = dates(value).length * 2 - Object.keys(filled).filter(function (slot) { return filled[slot]; }).length;
      var more = Math.round(days(value) * 2) - dates(value).length * 2;
      summary.textContent = say("counted", { text: counted(chosen, filled) }) +
        (more > 0 ? " " + say("too_many", { n: more }) : open > 0 ? " " + say("too_few", { n: open }) : "");
    }

    function dayPart(date) {
      var box = make("div", "bd-planner-day");
      var head = button(dayName(date), function () {
        change(function (value) {
          var off = inside(value, "off", month(value));
          if (off[date]) delete off[date]; else off[date] = true;
          delete value.days[month(value)];
        });
        again();
      }, "bd-planner-off");
      head.setAttribute("data-day", date);
      head.title = words.off;
      put(box, head);
      ["am", "pm"].forEach(function (half) {
        var node = button("", function () {
          change(function (value) {
            var ids = plan(value).rows.map(function (row) { return row.id; }).concat("");
            var now = slots(value)[date + "-" + half] || "";
            inside(value, "week", key(value))[date + "-" + half] = ids[(ids.indexOf(now) + 1) % ids.length];
          });
        });
        node.setAttribute("data-slot", date + "-" + half);
        put(box, put(node, make("span", "bd-planner-half-name", words[half]), make("span")));
      });
      return box;
    }

    function clock(hour) { return ("0" + Math.floor(hour)).slice(-2) + ("0" + Math.round(hour % 1 * 60)).slice(-2); }

    function events(value) {
      var chosen = plan(value), filled = slots(value), made = reckon(chosen, given(value));
      var half = Math.min(Math.max(made.hours / 2, 0.5), 6); // noon is 12:00 to 13:30
      return Object.keys(filled).sort().filter(function (slot) { return filled[slot]; }).map(function (slot) {
        var morning = slot.slice(11) === "am";
        var one = made.rows.filter(function (row) { return row.row.id === filled[slot]; })[0];
        return {
          uid: slot + "-" + chosen.id + "-" + value.seed + "@baodian", date: slot.slice(0, 10),
          start: clock(morning ? 12 - half : 13.5), end: clock(morning ? 12 : 13.5 + half),
          summary: one.row.name,
          description: say("month_total", { text: say("row_note", { customers: round(one.customers), contacts: times(one), hours: round(one.hours) }) })
        };
      });
    }

    function download() {
      change(function (value) { value.seed = value.seed || Math.random().toString(36).slice(2, 10); });
      var value = kept();
      var name = words.calendar + " " + month(value);
      var file = new Blob([ics(name, events(value), new Date())], { type: "text/calendar;charset=utf-8" });
      var a = make("a");
      a.href = URL.createObjectURL(file);
      a.download = "baodian-" + month(value) + ".ics";
      put(root, a);
      a.click();
      root.removeChild(a);
      setTimeout(function () { URL.revokeObjectURL(a.href); }, 60000);
    }

    function copyText(event) {
      var value = kept(), chosen = plan(value), filled = slots(value), near = event.currentTarget;
      var lines = [words.calendar + " " + month(value) + " · " + chosen.name, verdict.textContent];
      weeks(value).forEach(function (dates, n) {
        lines.push("", say("week_n", { n: n + 1 }));
        dates.forEach(function (date) {
          var halves = ["am", "pm"].filter(function (half) { return filled[date + "-" + half]; });
          if (halves.length) {
            lines.push(dayName(date) + "  " + halves.map(function (half) {
              return words[half] + " " + rowName(chosen, filled[date + "-" + half]);
            }).join(" · "));
          }
        });
      });
      window.baodian.copy(lines.join("\n"), near).then(function (went) { tell(went ? words.copied : words.by_hand); });
    }

    // --- together

    function update() {
      var value = kept();
      showResult(value);
      showWeek(value);
      refresh.forEach(function (one) { one(); });
      tell("");
    }
    function again() { update(); }

    function build() {
      var chosen = plan(kept());
      refresh = [];
      fields.textContent = "";
      var intro = put(make("p", "bd-why"), document.createTextNode(chosen.told + " "), link(chosen.name, chosen.href));
      put(fields, choices(), intro, customers(chosen), minutes(chosen), button(words.again, function () {
        change(function (value) { delete value.counts[chosen.id]; delete value.mix[chosen.id]; });
        again();
        tell(words.cleared);
      }));
      update();
    }

    store.watch(STORE, function () {
      var shown = fields.querySelector('[name="bd-plan"]:checked');
      if (shown && shown.value !== plan(kept()).id) build(); else update();
    });
    root.textContent = "";
    put(root, fields, told, put(result, make("h2", "", words.result), verdict), week);
    build();
  }
})();
