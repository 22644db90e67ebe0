/* Keeps how far somebody is on a path, asks its questions and writes the text for the supervisor.

   Kept under the name `paths`, version 1: { path id: {
     items:   { line id: hash of its text when it was ticked },
     answers: { question id: [right: 1 | 0, hash of the question, [choice ids]] },
     plays:   { talk id: [who practised, who signed, date] },
     last:    the id of the day touched last } } */
(function () {
  "use strict";
  var node = document.querySelector('[data-widget="path"]');
  if (!node) return;
  var data = JSON.parse(node.querySelector('script[type="application/json"]').textContent);
  var words = data.words;
  var store = window.baodian.store;
  var page = document.querySelector(".bd-page");

  var say = baodian.speaker(words), make = baodian.make, put = baodian.put, hash = baodian.hash;
  function all(from, what) { return Array.prototype.slice.call(from.querySelectorAll(what)); }
  function button(css, text, act) {
    var made = make("button", "bd-path-button " + css, text);
    made.type = "button";
    made.addEventListener("click", function () { act(made); });
    return made;
  }
  function status(css) {
    var made = make("p", "bd-path-told " + (css || ""));
    made.setAttribute("role", "status");
    return made;
  }
  function tell(at, text) { if (at.textContent !== text) at.textContent = text; }

  // --- what is kept

  function plain(value) { return value && typeof value === "object" && !Array.isArray(value) ? value : {}; }
  function mine(every) {
    every = plain(every);
    var old = every[data.id] || data.was.map(function (was) { return every[was]; }).filter(Boolean)[0];
    old = plain(JSON.parse(JSON.stringify(old || {})));
    var one = { items: plain(old.items), answers: plain(old.answers), plays: plain(old.plays), last: old.last || "" };
    Object.keys(data.retired).forEach(function (part) {
      [one.items, one.answers, one.plays].forEach(function (kept) {
        if (!(part in kept)) return;
        if (!(data.retired[part] in kept)) kept[data.retired[part]] = kept[part];
        delete kept[part];
      });
    });
    return one;
  }
  function now() { return mine(store.read("paths", {})); }
  function keep(turn) {
    var went = store.change("paths", function (every) {
      var made = Object.assign({}, plain(every));
      var one = mine(made);
      data.was.forEach(function (was) { delete made[was]; });
      turn(one);
      made[data.id] = one;
      return made;
    });
    tell(trouble, went ? "" : words[store.trouble()] || words.blocked);
    render();
  }

  // --- what stands on the page

  function dayOf(at) {
    var section = at.closest('.bd-section[data-item^="day-"]');
    return section ? section.getAttribute("data-item") : "";
  }
  var lines = all(page, ".bd-checklist li[data-item]").map(function (li) {
    var span = li.querySelector(".bd-check > span");
    var text = span.textContent.trim();
    var named = span.firstChild && span.firstChild.nodeName === "A" ? span.firstChild.textContent : text; // without its kind
    var line = { id: li.getAttribute("data-item"), box: li.querySelector("input"), text: named, hash: hash(text), day: dayOf(li) };
    line.note = make("p", "bd-path-changed");
    line.note.id = "changed-" + line.id;
    line.box.setAttribute("aria-describedby", line.note.id);
    put(li, line.note);
    line.box.addEventListener("change", function () {
      keep(function (one) {
        if (line.box.checked) one.items[line.id] = line.hash; else delete one.items[line.id];
        one.last = line.day || one.last;
      });
    });
    return line;
  });
  var questions = all(page, ".bd-question[data-item]").map(function (section) {
    var verdicts = {};
    all(section, "[data-verdict]").forEach(function (li) { verdicts[li.getAttribute("data-verdict")] = li; });
    var choices = all(section, "[data-choice]").map(function (li) {
      var id = li.getAttribute("data-choice");
      return { id: id, text: li.textContent.trim(), right: verdicts[id].classList.contains("bd-right") };
    });
    var ask = section.querySelector(".bd-heading :first-child").textContent.trim();
    return {
      id: section.getAttribute("data-item"), at: section, ask: ask, choices: choices, day: dayOf(section),
      several: choices.filter(function (one) { return one.right; }).length > 1,
      key: section.querySelector(".bd-key"),
      hash: hash(ask + choices.map(function (one) { return one.text; }).join("\n")), again: false
    };
  });
  function linesOf(day) { return lines.filter(function (line) { return line.day === day; }); }
  function ticked(one, line) { return one.items[line.id] === line.hash; }
  function answered(one, question) {
    var kept = one.answers[question.id];
    return Array.isArray(kept) && kept[1] === question.hash ? kept : null;
  }
  function count(list, is) { return list.filter(is).length; }
  function right(one) { return count(questions, function (q) { return (answered(one, q) || [0])[0]; }); }
  function wrong(one, among) { return among.filter(function (q) { var kept = answered(one, q); return kept && !kept[0]; }); }
  function unseen(one, among) { return among.filter(function (q) { return !answered(one, q); }); }
  function dayDone(one, day) { return linesOf(day).every(function (line) { return ticked(one, line); }); }
  function dayName(day) { return day[1] + (day[2] ? " · " + day[2] : ""); }
  function whereIWas(one) {
    var at = data.days.map(function (day) { return day[0]; }).indexOf(one.last);
    var order = at < 0 ? data.days : data.days.slice(at).concat(data.days.slice(0, at));
    return order.filter(function (day) { return !dayDone(one, day[0]); })[0];
  }

  // --- asking

  /* A question to answer; `act(right, chosen)` is called once. */
  function asker(question, act) {
    var list = make("ul", "bd-path-choices");
    var chosen = [];
    question.choices.forEach(function (choice) {
      var made = button("bd-path-choice", choice.text, function () {
        if (!question.several) { act(choice.right, [choice.id]); return; }
        var at = chosen.indexOf(choice.id);
        if (at < 0) chosen.push(choice.id); else chosen.splice(at, 1);
        made.setAttribute("aria-pressed", String(at < 0));
      });
      if (question.several) made.setAttribute("aria-pressed", "false");
      put(list, put(make("li"), made));
    });
    if (!question.several) return list;
    return put(make("div"), make("p", "bd-path-several", words.several), list, button("", words.check, function () {
      if (!chosen.length) return;
      act(question.choices.every(function (choice) { return choice.right === chosen.indexOf(choice.id) >= 0; }), chosen);
    }));
  }
  function verdict(at, isRight) {
    at.className = at.className.replace(/ bd-path-(right|wrong)/g, "") + (isRight ? " bd-path-right" : " bd-path-wrong");
    tell(at, isRight ? "✓ " + words.right : "✗ " + words.wrong + " · " + words.wrong_back);
  }
  function mark(list, chosen) {
    all(list, "[data-verdict]").forEach(function (li) {
      var head = li.querySelector(".bd-verdict");
      var old = head.querySelector(".bd-path-yours");
      if (old) head.removeChild(old);
      if (chosen.indexOf(li.getAttribute("data-verdict")) >= 0) put(head, make("span", "bd-path-yours", words.yours));
    });
  }
  function note(question, isRight, chosen) {
    keep(function (one) {
      one.answers[question.id] = [isRight ? 1 : 0, question.hash, chosen.slice()];
      one.last = question.day || one.last;
    });
  }

  questions.forEach(function (question) {
    var list = question.at.querySelector(".bd-choices");
    var several = question.at.querySelector(".bd-several");
    if (several) several.hidden = true; // said where one chooses
    question.box = make("div", "bd-path-asked");
    question.live = status("bd-path-verdict");
    question.retry = button("bd-path-retry", words.retry, function () {
      question.again = true;
      render();
      question.box.querySelector("button").focus();
    });
    list.parentNode.replaceChild(question.box, list);
    question.at.insertBefore(question.live, question.key);
    put(question.at, question.retry);
    question.renew = function (one) {
      var kept = question.again ? null : answered(one, question);
      question.key.hidden = question.retry.hidden = !kept;
      question.box.hidden = Boolean(kept);
      if (kept) {
        question.box.textContent = "";
        verdict(question.live, kept[0]);
        mark(question.key, kept[2] || []);
      } else {
        question.key.open = false;
        question.live.className = "bd-path-told bd-path-verdict";
        tell(question.live, one.answers[question.id] && !question.again ? words.changed_question : "");
        if (!question.box.firstChild) {
          put(question.box, asker(question, function (isRight, chosen) {
            question.again = false;
            note(question, isRight, chosen);
            question.key.open = true;
            question.key.querySelector("summary").focus({ preventScroll: true });
          }));
        }
      }
    };
  });

  // --- practising: wrong ones come back in a later round

  var due = make("p", "bd-path-due");
  var which = make("select");
  var drill = make("div", "bd-path-drill");
  var start = button("bd-path-start", words.start, practise);
  function among() { return questions.filter(function (q) { return which.value === "*" || q.day === which.value; }); }
  function practise() {
    var one = now();
    var queue = wrong(one, among()).concat(unseen(one, among()));
    if (!queue.length) return;
    var rounds = 1, at = 0, total = queue.length, back = [];
    function show() {
      var question = queue[at];
      drill.textContent = "";
      var head = make("h3", "", question.ask);
      var live = status("bd-path-verdict");
      head.tabIndex = -1;
      var box = asker(question, function (isRight, chosen) {
        if (!isRight) back.push(question);
        question.again = false;
        note(question, isRight, chosen);
        drill.removeChild(box);
        verdict(live, isRight);
        var key = make("div", "bd-path-key");
        all(question.key, ".bd-verdicts, .bd-see").forEach(function (part) { put(key, part.cloneNode(true)); });
        mark(key, chosen);
        var last = at + 1 === queue.length;
        var next = button("bd-path-next", !last ? words.next : back.length ? say("next_round", { n: back.length }) : words.stop, function () {
          if (!last) { at += 1; show(); return; }
          if (!back.length) { stop(); return; }
          queue = back; back = []; at = 0; rounds += 1;
          show();
        });
        var ended = last && !back.length;
        [key, ended ? make("p", "bd-path-right", say("all_right", { n: total, rounds: rounds })) : null, next].forEach(function (part) {
          if (part) drill.insertBefore(part, leave);
        });
        leave.hidden = ended; // the last button leaves, too
        next.focus({ preventScroll: true });
      });
      var leave = button("bd-path-stop", words.stop, stop);
      put(drill, make("p", "bd-why", say("round", { round: rounds, n: at + 1, all: queue.length })), head, box, live, leave);
      head.focus();
    }
    function stop() { drill.textContent = ""; start.hidden = false; which.disabled = false; render(); start.focus(); }
    start.hidden = true;
    which.disabled = true;
    show();
  }
  if (questions.length) {
    put(which, new Option(words.all, "*"));
    data.days.forEach(function (day) {
      if (questions.some(function (q) { return q.day === day[0]; })) put(which, new Option(dayName(day), day[0]));
    });
    which.addEventListener("change", render);
    var title = document.getElementById("questions");
    var practice = put(make("div", "bd-path-practise"), make("p", "", words.practise_told),
      put(make("label"), make("span", "", words.which), which), due, start, drill);
    title.closest(".bd-section").insertBefore(practice, title.closest(".bd-heading").nextSibling);
  }

  // --- talks to act out

  var plays = data.plays.map(function (two) {
    var section = page.querySelector('.bd-section[data-item="' + two[0] + '"]');
    var sign = section.querySelector(".bd-signature");
    var play = { id: two[0], title: two[1], state: status("bd-path-state") };
    var listed = all(section, ".bd-checklist li[data-item]").map(function (li) { return li.getAttribute("data-item"); });
    play.lines = lines.filter(function (line) { return listed.indexOf(line.id) >= 0; });
    play.fields = all(sign, "li").map(function (li, n) {
      var input = make("input");
      var label = put(make("label"), make("span", "", li.textContent), input);
      var refused = make("p", "bd-path-changed");
      refused.setAttribute("role", "alert");
      input.autocomplete = "off";
      if (n === 2) input.type = "date"; else { input.maxLength = 20; input.placeholder = words.code; }
      input.addEventListener("change", function () {
        var text = input.value.trim();
        var personal = n < 2 && window.baodian.personal(text);
        tell(refused, personal ? say("personal", { text: text }) : "");
        keep(function (one) {
          var kept = Array.isArray(one.plays[play.id]) ? one.plays[play.id] : ["", "", ""];
          kept[n] = personal ? "" : text;
          one.plays[play.id] = kept;
        });
      });
      li.textContent = "";
      li.className = "bd-path-sign";
      put(li, label, refused);
      return input;
    });
    sign.parentNode.insertBefore(play.state, sign.nextSibling);
    return play;
  });
  function stateOf(one, play) {
    var left = count(play.lines, function (line) { return !ticked(one, line); });
    var kept = Array.isArray(one.plays[play.id]) ? one.plays[play.id] : ["", "", ""];
    if (left) return say("not_passed", { n: left });
    return kept[1] && kept[2] ? say("passed", { n: play.lines.length, by: kept[1], date: kept[2] }) : words.not_signed;
  }
  function begun(one, play) {
    return Boolean(one.plays[play.id]) || play.lines.some(function (line) { return ticked(one, line); });
  }

  // --- the text for the supervisor

  var today = make("select");
  var unsure = make("input");
  var letter = make("p", "bd-path-letter");
  data.days.forEach(function (day) { put(today, new Option(dayName(day), day[0])); });
  var setToday = true;
  today.addEventListener("change", function () { setToday = false; render(); });
  unsure.maxLength = 120;
  unsure.addEventListener("input", render);
  function report(one) {
    var at = data.days.map(function (day) { return day[0]; }).indexOf(today.value);
    var until = data.days.slice(0, at + 1);
    var done = data.days.map(function (day) {
      var own = linesOf(day[0]);
      var n = count(own, function (line) { return ticked(one, line); });
      return n ? say("r_day", { day: day[1], done: n, all: own.length }) : "";
    }).filter(Boolean);
    var open = [];
    until.forEach(function (day) {
      linesOf(day[0]).forEach(function (line) { if (!ticked(one, line)) open.push("· " + day[1] + " " + line.text); });
    });
    var text = [say("r_head", { title: data.title, day: data.days[at][1] }), say("r_done", { days: done.join(words.sep) || words.r_nothing })];
    if (questions.length) text.push(say("r_questions", { right: right(one), all: questions.length, wrong: wrong(one, questions).length }));
    plays.forEach(function (play) { if (begun(one, play)) text.push(say("r_play", { title: play.title, state: stateOf(one, play) })); });
    text.push(open.length ? words.r_open : words.r_none);
    text = text.concat(open.slice(0, 8));
    if (open.length > 8) text.push(say("r_more", { n: open.length - 8 }));
    if (unsure.value.trim()) text.push(say("r_unsure", { text: unsure.value.trim() }));
    return text.join("\n");
  }

  // --- how far

  var sum = make("p", "bd-path-sum");
  var boxes = make("ol", "bd-path-days");
  var goOn = make("a", "bd-path-button bd-path-on");
  var trouble = status("bd-path-trouble");
  function box(one, day, here) {
    var own = linesOf(day[0]);
    var n = count(own, function (line) { return ticked(one, line); });
    var state = n === own.length ? "done" : n ? "part" : "none";
    var link = make("a", "bd-path-day bd-path-is-" + state);
    link.href = "#" + day[0];
    link.title = dayName(day);
    if (here) link.setAttribute("aria-current", "step");
    put(link, make("strong", "", day[1]), make("span", "", (state === "done" ? "✓ " : "") + words[state]), make("span", "", n + "/" + own.length));
    return put(make("li"), link);
  }
  function render() {
    var one = now();
    var dayLines = lines.filter(function (line) { return line.day; });
    tell(sum, say("sum", { done: count(dayLines, function (line) { return ticked(one, line); }), all: dayLines.length, right: right(one), asked: questions.length }));
    var here = whereIWas(one);
    boxes.textContent = "";
    data.days.forEach(function (day) { put(boxes, box(one, day, here === day)); });
    goOn.hidden = !here;
    if (here) { goOn.href = "#" + here[0]; tell(goOn, say(one.last ? "go_on" : "begin", { day: dayName(here) })); }
    finished.hidden = Boolean(here);
    lines.forEach(function (line) {
      line.box.checked = ticked(one, line);
      tell(line.note, line.id in one.items && !line.box.checked ? words.changed : "");
    });
    questions.forEach(function (question) { question.renew(one); });
    var some = among();
    var bad = wrong(one, some).length, fresh = unseen(one, some).length;
    tell(due, bad + fresh ? say("due", { wrong: bad, unseen: fresh }) : words.nothing_due);
    if (!drill.firstChild) start.hidden = !(bad + fresh);
    plays.forEach(function (play) {
      var kept = Array.isArray(one.plays[play.id]) ? one.plays[play.id] : ["", "", ""];
      play.fields.forEach(function (input, n) { if (input !== document.activeElement) input.value = kept[n] || ""; });
      tell(play.state, begun(one, play) ? stateOf(one, play) : "");
    });
    if (setToday) today.value = (here || data.days[data.days.length - 1])[0];
    letter.textContent = report(one);
  }

  var finished = make("p", "bd-path-right", words.finished);
  put(node, make("h2", "", words.head), sum, boxes, put(make("p", "bd-path-row"), goOn), finished, make("p", "bd-why", words.kept), trouble);
  var copied = status();
  var letterBox = put(make("details", "bd-folded bd-path-report"), make("summary", "", words.report), put(make("div", "bd-folded-body"),
    put(make("label"), make("span", "", words.today), today),
    put(make("label"), make("span", "", words.unsure), unsure),
    letter,
    button("bd-path-copy", words.copy, function (made) {
      all(letterBox, ".bd-by-hand").forEach(function (old) { old.parentNode.removeChild(old); });
      if (window.baodian.personal(unsure.value)) { tell(copied, say("personal", { text: unsure.value.trim() })); return; }
      window.baodian.copy(letter.textContent, made).then(function (went) { tell(copied, went ? words.copied : words.by_hand); });
    }), copied));
  var sure = make("div", "bd-path-row");
  sure.hidden = true;
  var reset = button("bd-path-reset", words.reset, function () { sure.hidden = false; reset.hidden = true; sure.querySelector("button").focus(); });
  function settled() { sure.hidden = true; reset.hidden = false; reset.focus(); }
  put(sure, make("p", "", words.reset_sure), button("", words.reset_no, settled), button("bd-path-delete", words.reset_yes, function () {
    var went = store.change("paths", function (every) {
      var made = Object.assign({}, plain(every));
      [data.id].concat(data.was).forEach(function (id) { delete made[id]; });
      return made;
    });
    setToday = true;
    render();
    settled();
    tell(trouble, went ? words.was_reset : words[store.trouble()] || words.blocked);
  }));
  put(node, letterBox, put(make("div", "bd-path-row"), reset), sure);
  render();
  if (store.trouble()) tell(trouble, words[store.trouble()] || words.blocked);
  store.watch("paths", render);
})();
