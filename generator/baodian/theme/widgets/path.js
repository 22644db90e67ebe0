/* Keeps how far somebody is on a path, asks its questions and writes the text for the supervisor.

   Kept under the name `paths`, version 2 (`path.again.js` lifts version 1): { path id: {
     items:   { line id: hash of its text when it was ticked },
     answers: { question id: [right: 1 | 0, hash of the question, [choice ids], step, day to come back] },
     plays:   { talk id: [who practised, who signed, date] },
     last:    the id of the day touched last,
     at:      when that was, in milliseconds; 0 where it is not known } } */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, title: string, days: [string, string, string][], plays: [string, string][], was: string[], retired: Object<string, string>, words: Object<string, string> }} PathData */
(() => {
  "use strict";
  const { make, put, hash, store, plain, again } = baodian;
  store.migrate("paths", 2, again.lifted);

  baodian.widget("path", (node, data, say) => {
    const words = data.words;
    const page = document.querySelector(".bd-page");
    function all(from, what) { return Array.from(from.querySelectorAll(what)); }
    const button = (css, text, act) => baodian.press("bd-path-button " + css, text, act);
    const status = css => baodian.status("bd-path-told " + (css || ""));
    function tell(at, text) { if (at.textContent !== text) at.textContent = text; }

    // --- what is kept

    function map(value) { return plain(value) ? value : {}; }
    function mine(every) {
      every = map(every);
      let old = every[data.id] || data.was.map(was => every[was]).filter(Boolean)[0];
      old = map(JSON.parse(JSON.stringify(old || {})));
      const one = { items: map(old.items), answers: map(old.answers), plays: map(old.plays), last: old.last || "", at: old.at || 0 };
      Object.keys(data.retired).forEach(part => {
        [one.items, one.answers, one.plays].forEach(kept => {
          if (!(part in kept)) return;
          if (!(data.retired[part] in kept)) kept[data.retired[part]] = kept[part];
          delete kept[part];
        });
      });
      return one;
    }
    function now() { return mine(store.read("paths", {})); }
    function keep(turn) {
      const went = store.change("paths", every => {
        const made = Object.assign({}, map(every));
        const one = mine(made);
        data.was.forEach(was => { delete made[was]; });
        turn(one);
        one.at = Date.now();
        made[data.id] = one;
        return made;
      });
      tell(trouble, went ? "" : store.trouble(words));
      render();
    }

    // --- what stands on the page

    function dayOf(at) {
      const section = at.closest('.bd-section[data-item^="day-"]');
      return section ? section.getAttribute("data-item") : "";
    }
    const lines = all(page, ".bd-checklist li[data-item]").map(li => {
      const span = li.querySelector(".bd-check > span");
      const text = span.textContent.trim();
      const named = span.firstChild && span.firstChild.nodeName === "A" ? span.firstChild.textContent : text; // without its kind
      const line = { id: li.getAttribute("data-item"), box: li.querySelector("input"), text: named, hash: hash(text), day: dayOf(li) };
      line.note = make("p", "bd-path-changed");
      line.note.id = "changed-" + line.id;
      line.box.setAttribute("aria-describedby", line.note.id);
      put(li, line.note);
      line.box.addEventListener("change", () => {
        listed.delete(line.id);
        keep(one => {
          if (line.box.checked) one.items[line.id] = line.hash; else delete one.items[line.id];
          one.last = line.day || one.last;
        });
      });
      return line;
    });
    const questions = all(page, ".bd-question[data-item]").map(section => {
      const verdicts = {};
      all(section, "[data-verdict]").forEach(li => { verdicts[li.getAttribute("data-verdict")] = li; });
      const choices = all(section, "[data-choice]").map(li => {
        const id = li.getAttribute("data-choice");
        return { id, text: li.textContent.trim(), right: verdicts[id].classList.contains("bd-right") };
      });
      const ask = section.querySelector(".bd-heading :first-child").textContent.trim();
      return {
        id: section.getAttribute("data-item"), at: section, ask, choices, day: dayOf(section),
        several: choices.filter(one => one.right).length > 1,
        key: section.querySelector(".bd-key"),
        hash: hash(ask + choices.map(one => one.text).join("\n")), again: false
      };
    });
    function linesOf(day) { return lines.filter(line => line.day === day); }
    function ticked(one, line) { return one.items[line.id] === line.hash; }
    function answered(one, question) {
      const kept = one.answers[question.id];
      return Array.isArray(kept) && kept[1] === question.hash ? kept : null;
    }
    const today = () => baodian.day(new Date());
    function count(list, is) { return list.filter(is).length; }
    function right(one) { return count(questions, q => (answered(one, q) || [0])[0]); }
    function wrong(one, among) { return among.filter(q => { const kept = answered(one, q); return kept && !kept[0]; }); }
    function back(one, among) { return among.filter(q => { const kept = answered(one, q); return kept && kept[0] && again.due(kept, today()); }); }
    function unseen(one, among) { return among.filter(q => !answered(one, q)); }
    function dayDone(one, day) { return linesOf(day).every(line => ticked(one, line)); }
    function dayName(day) { return day[1] + (day[2] ? " · " + day[2] : ""); }
    const days = data.days.map(day => [day[0], linesOf(day[0]).map(line => line.id)]);
    const by = one => { const done = new Set(lines.filter(line => ticked(one, line)).map(line => line.id)); return id => done.has(id); };
    function whereIWas(one) {
      const at = baodian.lists.day(days, one.last, by(one));
      return at && data.days[days.indexOf(at)];
    }

    /* What lists have done since this was looked at is ticked, and says so until it is tapped. */
    const listed = new Set();
    function take() {
      const one = now(), fresh = baodian.lists.since(days, one, by(one), store.read("checked", {}), new Date());
      fresh.forEach(id => { listed.add(id); });
      if (!fresh.length) return render();
      keep(one => {
        lines.filter(line => fresh.includes(line.id)).forEach(line => {
          one.items[line.id] = line.hash;
          one.last = line.day;
        });
      });
    }

    // --- asking

    /* A question to answer; `act(right, chosen)` is called once. */
    function asker(question, act) {
      const list = make("ul", "bd-path-choices");
      const chosen = [];
      question.choices.forEach(choice => {
        const made = button("bd-path-choice", choice.text, () => {
          if (!question.several) { act(choice.right, [choice.id]); return; }
          const at = chosen.indexOf(choice.id);
          if (at < 0) chosen.push(choice.id); else chosen.splice(at, 1);
          made.setAttribute("aria-pressed", String(at < 0));
        });
        if (question.several) made.setAttribute("aria-pressed", "false");
        put(list, put(make("li"), made));
      });
      if (!question.several) return list;
      return put(make("div"), make("p", "bd-path-several", words.several), list, button("", words.check, () => {
        if (!chosen.length) return;
        act(question.choices.every(choice => choice.right === chosen.includes(choice.id)), chosen);
      }));
    }
    function verdict(at, isRight) {
      at.className = at.className.replace(/ bd-path-(right|wrong)/g, "") + (isRight ? " bd-path-right" : " bd-path-wrong");
      tell(at, isRight ? "✓ " + words.right : "✗ " + words.wrong + " · " + words.wrong_back);
    }
    function mark(list, chosen) {
      all(list, "[data-verdict]").forEach(li => {
        const head = li.querySelector(".bd-verdict");
        const old = head.querySelector(".bd-path-yours");
        if (old) head.removeChild(old);
        if (chosen.includes(li.getAttribute("data-verdict"))) put(head, make("span", "bd-path-yours", words.yours));
      });
    }
    function note(question, isRight, chosen) {
      keep(one => {
        one.answers[question.id] = [isRight ? 1 : 0, question.hash, chosen.slice()].concat(again.next(answered(one, question), isRight, today()));
        one.last = question.day || one.last;
      });
    }

    questions.forEach(question => {
      const list = question.at.querySelector(".bd-choices");
      const several = question.at.querySelector(".bd-several");
      if (several) several.hidden = true; // said where one chooses
      question.box = make("div", "bd-path-asked");
      question.live = status("bd-path-verdict");
      question.retry = button("bd-path-retry", words.retry, () => {
        question.again = true;
        render();
        question.box.querySelector("button").focus();
      });
      list.parentNode.replaceChild(question.box, list);
      question.at.insertBefore(question.live, question.key);
      put(question.at, question.retry);
      question.renew = one => {
        const kept = question.again ? null : answered(one, question);
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
            put(question.box, asker(question, (isRight, chosen) => {
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

    const due = make("p", "bd-path-due");
    const coming = make("p", "bd-why");
    const which = make("select");
    const drill = make("div", "bd-path-drill");
    const start = button("bd-path-start", words.start, practise);
    /* What was never answered; if no day is chosen, of the days that one has begun, and all up to the first that is not done. */
    function fresh(one) {
      const next = data.days.findIndex(day => !dayDone(one, day[0]));
      const begun = data.days.filter((day, n) => next < 0 || n <= next || linesOf(day[0]).some(line => ticked(one, line))).map(day => day[0]);
      return unseen(one, among()).filter(q => which.value !== "*" || !q.day || begun.includes(q.day));
    }
    function among() { return questions.filter(q => which.value === "*" || which.value === "all" || q.day === which.value); }
    function nextDay(one, some) {
      const days = some.map(q => answered(one, q)).filter(kept => kept && kept[0] && kept[4] && !again.due(kept, today())).map(kept => kept[4]).sort();
      return days.length ? say("next_day", { day: days[0], n: count(days, day => day === days[0]) }) : "";
    }
    function practise() {
      const one = now();
      let queue = wrong(one, among()).concat(back(one, among()), fresh(one));
      if (!queue.length) return;
      let rounds = 1;
      let at = 0;
      const total = queue.length;
      let missed = [];
      function show() {
        const question = queue[at];
        drill.textContent = "";
        const head = make("h3", "", question.ask);
        const live = status("bd-path-verdict");
        head.tabIndex = -1;
        const box = asker(question, (isRight, chosen) => {
          if (!isRight) missed.push(question);
          question.again = false;
          note(question, isRight, chosen);
          drill.removeChild(box);
          verdict(live, isRight);
          const key = make("div", "bd-path-key");
          all(question.key, ".bd-verdicts, .bd-see").forEach(part => { put(key, part.cloneNode(true)); });
          mark(key, chosen);
          const last = at + 1 === queue.length;
          const next = button("bd-path-next", !last ? words.next : missed.length ? say("next_round", { n: missed.length }) : words.stop, () => {
            if (!last) { at += 1; show(); return; }
            if (!missed.length) { stop(); return; }
            queue = missed; missed = []; at = 0; rounds += 1;
            show();
          });
          const ended = last && !missed.length;
          [key, ended ? make("p", "bd-path-right", say("all_right", { n: total, rounds })) : null, next].forEach(part => {
            if (part) drill.insertBefore(part, leave);
          });
          leave.hidden = ended; // the last button leaves, too
          next.focus({ preventScroll: true });
        });
        const leave = button("bd-path-stop", words.stop, stop);
        put(drill, make("p", "bd-why", say("round", { round: rounds, n: at + 1, all: queue.length })), head, box, live, leave);
        head.focus();
      }
      function stop() { drill.textContent = ""; start.hidden = false; which.disabled = false; render(); start.focus(); }
      start.hidden = true;
      which.disabled = true;
      show();
    }
    if (questions.length) {
      put(which, new Option(words.so_far, "*"));
      data.days.forEach(day => {
        if (questions.some(q => q.day === day[0])) put(which, new Option(dayName(day), day[0]));
      });
      put(which, new Option(words.all, "all"));
      which.addEventListener("change", render);
      const title = document.getElementById("questions");
      const practice = put(make("div", "bd-path-practise"), make("p", "", words.practise_told),
        put(make("label"), make("span", "", words.which), which), due, coming, start, drill);
      title.closest(".bd-section").insertBefore(practice, title.closest(".bd-heading").nextSibling);
    }

    // --- talks to act out

    const plays = data.plays.map(two => {
      const section = page.querySelector('.bd-section[data-item="' + two[0] + '"]');
      const sign = section.querySelector(".bd-signature");
      const play = { id: two[0], title: two[1], state: status("bd-path-state") };
      const listed = all(section, ".bd-checklist li[data-item]").map(li => li.getAttribute("data-item"));
      play.lines = lines.filter(line => listed.includes(line.id));
      play.fields = all(sign, "li").map((li, n) => {
        const input = make("input");
        const label = put(make("label"), make("span", "", li.textContent), input);
        const refused = make("p", "bd-path-changed");
        refused.setAttribute("role", "alert");
        input.autocomplete = "off";
        if (n === 2) input.type = "date"; else input.placeholder = words.code;
        input.addEventListener("change", () => {
          const text = input.value.trim();
          const personal = n < 2 && baodian.personal(text);
          tell(refused, personal ? say("personal", { text }) : "");
          keep(one => {
            const kept = Array.isArray(one.plays[play.id]) ? one.plays[play.id] : ["", "", ""];
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
      const left = count(play.lines, line => !ticked(one, line));
      const kept = Array.isArray(one.plays[play.id]) ? one.plays[play.id] : ["", "", ""];
      if (left) return say("not_passed", { n: left });
      return kept[1] && kept[2] ? say("passed", { n: play.lines.length, by: kept[1], date: kept[2] }) : words.not_signed;
    }
    function begun(one, play) {
      return Boolean(one.plays[play.id]) || play.lines.some(line => ticked(one, line));
    }

    // --- the text for the supervisor

    const upTo = make("select");
    const unsure = make("input");
    const letter = make("p", "bd-path-letter");
    data.days.forEach(day => { put(upTo, new Option(dayName(day), day[0])); });
    let setToday = true;
    upTo.addEventListener("change", () => { setToday = false; render(); });
    unsure.addEventListener("input", render);
    function report(one) {
      const at = data.days.map(day => day[0]).indexOf(upTo.value);
      const until = data.days.slice(0, at + 1);
      const done = data.days.map(day => {
        const own = linesOf(day[0]);
        const n = count(own, line => ticked(one, line));
        return n ? say("r_day", { day: day[1], done: n, all: own.length }) : "";
      }).filter(Boolean);
      const open = [];
      until.forEach(day => {
        linesOf(day[0]).forEach(line => { if (!ticked(one, line)) open.push("· " + day[1] + " " + line.text); });
      });
      let text = [say("r_head", { title: data.title, day: data.days[at][1] }), say("r_done", { days: done.join(words.sep) || words.r_nothing })];
      if (questions.length) text.push(say("r_questions", { right: right(one), all: questions.length, wrong: wrong(one, questions).length }));
      plays.forEach(play => { if (begun(one, play)) text.push(say("r_play", { title: play.title, state: stateOf(one, play) })); });
      text.push(open.length ? words.r_open : words.r_none);
      text = text.concat(open.slice(0, 8));
      if (open.length > 8) text.push(say("r_more", { n: open.length - 8 }));
      if (unsure.value.trim()) text.push(say("r_unsure", { text: unsure.value.trim() }));
      return text.join("\n");
    }

    // --- how far

    const sum = make("p", "bd-path-sum");
    const boxes = make("ol", "bd-path-days");
    const goOn = make("a", "bd-path-button bd-path-on");
    const trouble = status("bd-path-trouble");
    let turned = () => {};
    const returned = make("a", { class: "bd-path-button", href: "#questions" });
    function box(one, day, here) {
      const own = linesOf(day[0]);
      const n = count(own, line => ticked(one, line));
      const state = n === own.length ? "done" : n ? "part" : "none";
      const link = make("a", "bd-path-day bd-path-is-" + state);
      link.href = "#" + day[0];
      link.title = dayName(day);
      if (here) link.setAttribute("aria-current", "step");
      put(link, make("strong", "", day[1]), make("span", "", (state === "done" ? "✓ " : "") + words[state]), make("span", "", n + "/" + own.length));
      return put(make("li"), link);
    }
    function render() {
      const one = now();
      const dayLines = lines.filter(line => line.day);
      tell(sum, say("sum", { done: count(dayLines, line => ticked(one, line)), all: dayLines.length, right: right(one), asked: questions.length }));
      const here = whereIWas(one);
      boxes.textContent = "";
      data.days.forEach(day => { put(boxes, box(one, day, here === day)); });
      goOn.hidden = !here;
      if (here) { goOn.href = "#" + here[0]; tell(goOn, say(one.last ? "go_on" : "begin", { day: dayName(here) })); }
      finished.hidden = Boolean(here);
      lines.forEach(line => {
        line.box.checked = ticked(one, line);
        tell(line.note, line.box.checked ? listed.has(line.id) ? words.listed : "" : line.id in one.items ? words.changed : "");
      });
      questions.forEach(question => { question.renew(one); });
      const some = among();
      const bad = wrong(one, some).length, news = fresh(one).length, old = back(one, some).length;
      const said = bad + news ? say("due", { wrong: bad, unseen: news }) : "";
      tell(due, [old ? say("back_today", { n: old }) : "", said].filter(Boolean).join(words.sep) || (unseen(one, some).length ? words.later : words.nothing_due));
      tell(coming, nextDay(one, some));
      const all = wrong(one, questions).length + back(one, questions).length;
      tell(returned, all ? say("returned", { n: all }) : "");
      returned.hidden = !all;
      if (!drill.firstChild) start.hidden = !(bad + news + old);
      plays.forEach(play => {
        const kept = Array.isArray(one.plays[play.id]) ? one.plays[play.id] : ["", "", ""];
        play.fields.forEach((input, n) => { if (input !== document.activeElement) input.value = kept[n] || ""; });
        tell(play.state, begun(one, play) ? stateOf(one, play) : "");
      });
      turned(day => dayDone(one, day), day => unseen(one, questions.filter(q => q.day === day)).length);
      if (setToday) upTo.value = (here || data.days[data.days.length - 1])[0];
      letter.textContent = report(one);
    }

    const finished = make("p", "bd-path-right", words.finished);
    put(node, make("h2", "", words.head), sum, put(make("p", "bd-path-row"), goOn, returned), finished, boxes, make("p", "bd-why", words.kept), trouble);
    const copied = status();
    const letterBox = put(make("details", "bd-folded bd-path-report"), make("summary", "", words.report), put(make("div", "bd-folded-body"),
      put(make("label"), make("span", "", words.today), upTo),
      put(make("label"), make("span", "", words.unsure), unsure),
      letter,
      baodian.copier("bd-path-button bd-path-copy", words.copy, words, () => {
        const refused = baodian.personal(unsure.value);
        if (refused) tell(copied, say("personal", { text: unsure.value.trim() }));
        return refused ? "" : letter.textContent;
      }, text => { tell(copied, text); }), copied));
    const reset = baodian.sure({
      button: (text, act, danger) => button(danger ? "bd-path-delete" : text === words.reset ? "bd-path-reset" : "", text, act),
      css: "bd-path-row", text: words.reset, ask: () => words.reset_sure, yes: words.reset_yes, no: words.reset_no,
      act() {
        const went = store.change("paths", every => {
          const made = Object.assign({}, map(every));
          data.was.forEach(id => { delete made[id]; });
          made[data.id] = { at: Date.now() }; // what lists have done until now is over, too
          return made;
        });
        setToday = true;
        render();
        tell(trouble, went ? words.was_reset : store.trouble(words));
      }
    });
    put(node, letterBox, reset);
    turned = baodian.pathDay(page, data.days, say, words, () => (whereIWas(now()) || [""])[0]);
    take();
    tell(trouble, store.trouble(words));
    store.watch("paths", render);
    store.watch("checked", take);
    window.addEventListener("pageshow", event => { if (event.persisted) take(); });
  });
})();
