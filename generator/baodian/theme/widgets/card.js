/* Makes a script something to work with: gaps are filled once for all scripts, the answers are walked by
   tapping what the other side said, a spoken line is copied with one tap and without our labels. */
(function () {
  "use strict";
  var node = document.querySelector('[data-widget="card"]');
  if (!node) return;
  var data = JSON.parse(node.querySelector('script[type="application/json"]').textContent);
  var words = data.words;
  var store = window.baodian.store;
  var page = document.querySelector(".bd-page");
  var talk = node.querySelector(".bd-script");
  var wide = window.matchMedia("(min-width: 60em)").matches;

  var say = baodian.speaker(words), make = baodian.make, put = baodian.put;
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function button(css, text, act) {
    var made = make("button", "bd-card-button " + css, text);
    made.type = "button";
    made.addEventListener("click", function () { act(made); });
    return made;
  }
  function status() {
    var made = make("p", "bd-card-told");
    made.setAttribute("role", "status");
    return made;
  }

  // --- gaps

  var gaps = Array.prototype.map.call(page.querySelectorAll(".bd-slot"), function (slot) {
    return { at: slot, mark: slot.textContent, name: slot.textContent.slice(1, -1), title: slot.title };
  });
  var fields = {};
  var copies = []; // how many gaps a line still has is said on its button
  var count = make("span", "bd-card-count");
  var told = status();

  function values() {
    var kept = store.read("slots", {});
    return kept && typeof kept === "object" ? kept : {};
  }
  function valueOf(kept, name) {
    return Object.prototype.hasOwnProperty.call(kept, name) ? String(kept[name]) : "";
  }
  function show() {
    var kept = values();
    gaps.forEach(function (gap) {
      var value = valueOf(kept, gap.name);
      gap.at.textContent = value || gap.mark;
      gap.at.title = value ? gap.mark : gap.title;
      gap.at.classList.toggle("bd-slot-filled", Boolean(value));
    });
    var open = 0;
    data.slots.forEach(function (slot) {
      var value = valueOf(kept, slot[0]);
      var field = fields[slot[0]];
      if (!value) open += 1;
      if (field !== document.activeElement && !field.hasAttribute("aria-invalid")) field.value = value;
    });
    count.textContent = open ? say("open", { n: open }) : words.filled;
    copies.forEach(function (renew) { renew(); });
  }
  function keep(name, value) {
    var went = store.change("slots", function (kept) {
      var made = Object.assign({}, kept);
      if (value) made[name] = value; else delete made[name];
      return made;
    });
    told.textContent = went ? "" : words[store.trouble()] || words.blocked;
  }
  function gapField(slot, n) {
    var row = make("div", "bd-card-gap");
    var label = make("label", "", slot[0]);
    var input = make("input");
    var wrong = make("p", "bd-card-wrong");
    input.id = "card-gap-" + n;
    label.htmlFor = input.id;
    wrong.id = input.id + "-wrong";
    wrong.setAttribute("role", "alert");
    input.maxLength = 60;
    input.autocomplete = "off";
    input.placeholder = slot[1] ? say("example", { example: slot[1] }) : "";
    input.addEventListener("input", function () {
      var text = input.value.trim();
      var refused = window.baodian.personal(text);
      wrong.textContent = refused ? say("personal", { text: text }) : "";
      if (refused) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", wrong.id); }
      else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
      keep(slot[0], refused ? "" : text);
      show();
    });
    fields[slot[0]] = input;
    return put(row, label, input, wrong);
  }
  function gapBar() {
    var bar = make("details", "bd-card-tool bd-card-fill");
    var inner = make("div", "bd-card-gaps");
    put(bar, put(make("summary"), make("span", "", words.fill), count), inner);
    data.slots.forEach(function (slot, n) { put(inner, gapField(slot, n)); });
    put(inner, make("p", "bd-why", words.kept), button("bd-card-clear", words.clear, function () {
      var went = store.change("slots", function () { return undefined; });
      each(inner.querySelectorAll("[aria-invalid]"), function (field) { field.removeAttribute("aria-invalid"); });
      each(inner.querySelectorAll(".bd-card-wrong"), function (wrong) { wrong.textContent = ""; });
      show();
      told.textContent = went ? words.cleared : words[store.trouble()] || words.blocked;
    }), told);
    if (store.trouble()) told.textContent = words[store.trouble()] || words.blocked;
    bar.open = wide;
    // A finger on a gap leads to its field; the bar is the way by keyboard.
    page.addEventListener("click", function (event) {
      var slot = event.target.closest && event.target.closest(".bd-slot");
      if (!slot || slot.closest("summary, a")) return;
      var gap = gaps.filter(function (one) { return one.at === slot; })[0];
      if (!gap || !fields[gap.name]) return;
      bar.open = true;
      fields[gap.name].focus();
    });
    return bar;
  }

  // --- what stands beside the words

  var tools = make("div", "bd-card-tools");
  if (data.slots.length) put(tools, gapBar());
  var rules = node.querySelectorAll(".bd-section");
  if (rules.length) {
    var beside = make("details", "bd-card-tool bd-card-beside");
    var inner = make("div");
    put(tools, put(beside, make("summary", "", words.beside), inner));
    each(rules, function (rule) { put(inner, rule); });
    beside.open = wide || Boolean(location.hash && inner.querySelector('[id="' + location.hash.slice(1).replace(/["\\]/g, "") + '"]'));
  }
  if (tools.firstChild) {
    node.insertBefore(tools, talk);
    node.classList.add("bd-card-both");
  }

  // --- copying

  function copier(line, text) {
    var made = make("button", "bd-card-copy");
    var said = make("span", "", words.copy);
    var missing = make("span", "bd-card-missing");
    made.type = "button";
    put(made, said, missing);
    var row = make("div", "bd-card-line");
    line.parentNode.insertBefore(row, line);
    var live = status();
    put(row, line, made, live);
    function renew() {
      var open = line.querySelectorAll(".bd-slot:not(.bd-slot-filled)").length;
      missing.textContent = open ? say("missing", { n: open }) : "";
      made.setAttribute("aria-label", words.copy + " " + missing.textContent + "：" + text());
    }
    made.addEventListener("click", function () {
      each(row.querySelectorAll(".bd-by-hand"), function (old) { row.removeChild(old); });
      window.baodian.copy(text(), made).then(function (went) {
        live.textContent = went ? words.copied : words.by_hand;
        live.classList.toggle("bd-card-went", went);
        if (went) window.setTimeout(function () { live.textContent = ""; }, 2500);
      });
    });
    copies.push(renew);
    renew();
  }
  each(talk.querySelectorAll(".bd-say"), function (spoken) {
    var lines = spoken.querySelectorAll("p");
    var whole = spoken.closest(".bd-paper") && lines.length;
    if (whole) { // a message or letter goes out in one piece
      var box = make("div", "bd-card-text");
      each(lines, function (line) { put(box, line); });
      put(spoken, box);
      copier(box, function () {
        return Array.prototype.map.call(box.querySelectorAll("p"), function (line) { return line.textContent.trim(); }).join("\n");
      });
    } else {
      each(lines, function (line) { copier(line, function () { return line.textContent.trim(); }); });
    }
  });

  // --- walking the answers

  var answers = talk.querySelectorAll(".bd-answer");
  var all = wide;
  function foldAll() { each(answers, function (answer) { answer.open = all; }); }
  if (answers.length) {
    var again = button("bd-card-again", words.again, function () {
      all = false;
      foldAll();
      renewWalk();
      answers[0].querySelector("summary").focus();
    });
    var mode = button("bd-card-mode", "", function () { all = !all; foldAll(); renewWalk(); });
    var renewWalk = function () {
      mode.textContent = all ? words.fold : words.unfold;
      again.hidden = !talk.querySelector(".bd-answer[open]");
    };
    var branch = talk.querySelector(".bd-branch");
    branch.classList.add("bd-card-branch");
    put(branch, mode);
    var last = Array.prototype.filter.call(answers, function (answer) { return answer.parentNode === talk; }).pop();
    talk.insertBefore(put(make("p", "bd-card-foot"), again), last.nextSibling);
    var id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (broken) { /* no such place */ }
    var target = id && document.getElementById(id);
    foldAll();
    if (target && talk.contains(target)) {
      for (var up = target; up !== talk; up = up.parentNode) if (up.tagName === "DETAILS") up.open = true;
      target.scrollIntoView();
    }
    each(answers, function (answer) {
      answer.addEventListener("toggle", renewWalk);
      answer.querySelector("summary").addEventListener("click", function () {
        if (all || answer.open) return;
        var before = answer.getBoundingClientRect().top;
        each(answer.parentNode.children, function (other) {
          if (other !== answer && other.tagName === "DETAILS") other.open = false;
        });
        window.scrollBy(0, answer.getBoundingClientRect().top - before); // what was tapped stays under the finger
      });
    });
    renewWalk();
  }

  // --- this does not work well

  function report(part, line, place) {
    var box = make("div", "bd-card-bad");
    var live = status();
    var why = null;
    function text() {
      var reason = why ? why.value.trim() : "";
      return [
        say("bad_head", data), say("bad_page", data), line ? say("bad_line", { line: line() }) : "",
        say("bad_id", { id: data.id + (part ? "#" + part : "") }), say("bad_version", data),
        reason ? say("bad_reason", { why: reason }) : ""
      ].filter(Boolean).join("\n");
    }
    function copy(from) {
      each(box.querySelectorAll(".bd-by-hand"), function (old) { box.removeChild(old); });
      if (why && window.baodian.personal(why.value)) { live.textContent = say("personal", { text: why.value.trim() }); return; }
      window.baodian.copy(text(), from).then(function (went) {
        live.textContent = say(went ? "bad_told" : "bad_by_hand", data);
        if (!why) ask();
      });
    }
    function ask() {
      why = make("input");
      why.maxLength = 80;
      var label = put(make("label"), make("span", "", words.bad_why), why);
      put(box, label, button("", words.bad_again, copy));
    }
    put(place, put(box, button("bd-card-worse", words.bad, copy), live));
  }
  each(answers, function (answer) {
    report(answer.id, function () {
      var they = answer.querySelector(".bd-they-say").cloneNode(true);
      each(they.querySelectorAll(".bd-unseen"), function (unseen) { unseen.parentNode.removeChild(unseen); });
      return they.textContent.trim();
    }, answer.querySelector(".bd-answer-body"));
  });
  report("", null, talk);

  show();
  store.watch("slots", show);
})();
