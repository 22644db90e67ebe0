/* Makes a script something to work with: gaps are filled once for all scripts, the answers are walked by
   tapping what the other side said, a spoken line is copied with one tap and without our labels. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, title: string, handbook: string, version: string, owner: string, slots: [string, string][], words: Object<string, string> }} CardData */
(() => {
  "use strict";
  const { gaps, make, put, store } = baodian;

  baodian.widget("card", (node, data, say) => {
    const words = data.words;
    const page = document.querySelector(".bd-page");
    const talk = node.querySelector(".bd-script");
    const wide = window.matchMedia("(min-width: 60em)").matches;
    const button = (css, text, act) => baodian.press("bd-card-button " + css, text, act);
    const status = () => baodian.status("bd-card-told");

    // --- gaps

    const own = gaps.inside(page);
    const fields = {};
    const copies = []; // how many gaps a line still has is said on its button
    const count = make("span", "bd-card-count");
    const told = status();

    function show() {
      const kept = gaps.show(own);
      let open = 0;
      data.slots.forEach(slot => {
        const value = gaps.value(kept, slot[0]);
        const field = fields[slot[0]];
        if (!value) open += 1;
        if (field !== document.activeElement && !field.hasAttribute("aria-invalid")) field.value = value;
      });
      count.textContent = open ? say("open", { n: open }) : words.filled;
      copies.forEach(renew => { renew(); });
    }
    function keep(name, value) {
      const went = gaps.keep(own.filter(gap => gap.name === name)[0] || { name }, value);
      told.textContent = went ? "" : store.trouble(words);
    }
    function gapField(slot, n) {
      const row = make("div", "bd-card-gap");
      const label = make("label", "", slot[0]);
      const input = make("input");
      const wrong = make("p", "bd-card-wrong");
      input.id = "card-gap-" + n;
      label.htmlFor = input.id;
      wrong.id = input.id + "-wrong";
      wrong.setAttribute("role", "alert");
      input.autocomplete = "off";
      input.placeholder = slot[1] ? say("example", { example: slot[1] }) : "";
      input.addEventListener("input", () => {
        const text = input.value.trim();
        const refused = baodian.personal(text);
        wrong.textContent = refused ? say("personal", { text }) : "";
        if (refused) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", wrong.id); }
        else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
        keep(slot[0], refused ? "" : text);
      });
      fields[slot[0]] = input;
      return put(row, label, input, wrong);
    }
    function gapBar() {
      const bar = make("details", "bd-card-tool bd-card-fill");
      const inner = make("div", "bd-card-gaps");
      put(bar, put(make("summary"), make("span", "", words.fill), count), inner);
      data.slots.forEach((slot, n) => { put(inner, gapField(slot, n)); });
      put(inner, make("p", "bd-why", words.kept), button("bd-card-clear", words.clear, () => {
        inner.querySelectorAll("[aria-invalid]").forEach(field => { field.removeAttribute("aria-invalid"); });
        inner.querySelectorAll(".bd-card-wrong").forEach(wrong => { wrong.textContent = ""; });
        const went = gaps.clear();
        told.textContent = went ? words.cleared : store.trouble(words);
      }), told);
      told.textContent = store.trouble(words);
      bar.open = wide;
      // A finger on a gap leads to its field; the bar is the way by keyboard.
      page.addEventListener("click", event => {
        const slot = event.target.closest && event.target.closest(".bd-slot");
        if (!slot || slot.closest("summary, a, .bd-bubble")) return; // a bubble asks on the spot
        const gap = own.filter(one => one.at === slot)[0];
        if (!gap || !fields[gap.name]) return;
        bar.open = true;
        fields[gap.name].focus();
      });
      return bar;
    }

    // --- what stands beside the words

    const tools = make("div", "bd-card-tools");
    if (data.slots.length) put(tools, gapBar());
    const rules = node.querySelectorAll(".bd-section");
    if (rules.length) {
      const beside = make("details", "bd-card-tool bd-card-beside");
      const inner = make("div");
      put(tools, put(beside, make("summary", "", words.beside), inner));
      rules.forEach(rule => { put(inner, rule); });
      beside.open = wide || Boolean(location.hash && inner.querySelector('[id="' + location.hash.slice(1).replace(/["\\]/g, "") + '"]'));
    }
    if (tools.firstChild) {
      node.insertBefore(tools, talk);
      node.classList.add("bd-card-both");
    }

    // --- copying

    function copier(line, text) {
      const said = make("span", "", words.copy);
      const missing = make("span", "bd-card-missing");
      const made = put(baodian.press("bd-card-copy", "", copyLine), said, missing);
      const row = make("div", "bd-card-line");
      line.parentNode.insertBefore(row, line);
      const live = status();
      put(row, line, made, live);
      function renew() {
        const open = gaps.open(line);
        missing.textContent = open ? say("missing", { n: open }) : "";
        made.setAttribute("aria-label", [words.copy, missing.textContent].filter(Boolean).join(" ") + baodian.signs.colon + text());
      }
      function copyLine() {
        baodian.copy(text(), made, words).then(went => {
          const values = gaps.values(gaps.inside(line)); // kept for all scripts: is it this customer?
          live.textContent = !went ? words.by_hand : values ? say("copied_as", { values }) : words.copied;
          live.classList.toggle("bd-card-went", went);
          if (went) window.setTimeout(() => { live.textContent = ""; }, values ? 8000 : 2500);
        });
      }
      copies.push(renew);
      renew();
    }
    function written(line) { // with the line breaks that are seen
      const shown = line.cloneNode(true);
      shown.querySelectorAll("br").forEach(end => { end.replaceWith("\n"); });
      return shown.textContent.trim();
    }
    talk.querySelectorAll(".bd-say").forEach(spoken => {
      const lines = spoken.querySelectorAll("p");
      const whole = spoken.closest(".bd-paper") && lines.length;
      if (whole) { // a message or letter goes out in one piece
        const box = make("div", "bd-card-text");
        lines.forEach(line => { put(box, line); });
        put(spoken, box);
        copier(box, () => Array.from(box.querySelectorAll("p"), written).join("\n"));
      } else {
        lines.forEach(line => { copier(line, () => written(line)); });
      }
    });

    // --- walking the answers

    const answers = talk.querySelectorAll(".bd-answer");
    let all = wide;
    function foldAll() { answers.forEach(answer => { answer.open = all; }); }
    if (answers.length) {
      const again = button("bd-card-again", words.again, () => {
        all = false;
        foldAll();
        renewWalk();
        answers[0].querySelector("summary").focus();
      });
      const mode = button("bd-card-mode", "", () => { all = !all; foldAll(); renewWalk(); });
      const renewWalk = () => {
        mode.textContent = all ? words.fold : words.unfold;
        again.hidden = !talk.querySelector(".bd-answer[open]");
      };
      const branch = talk.querySelector(".bd-branch");
      branch.classList.add("bd-card-branch");
      put(branch, mode);
      const last = Array.from(answers).filter(answer => answer.parentNode === talk).pop();
      talk.insertBefore(put(make("p", "bd-card-foot"), again), last.nextSibling);
      let id = "";
      try { id = decodeURIComponent(location.hash.slice(1)); } catch (broken) { /* no such place */ }
      const target = id && document.getElementById(id);
      foldAll();
      if (target && talk.contains(target)) {
        for (let up = target; up !== talk; up = up.parentNode) if (up.tagName === "DETAILS") up.open = true;
        target.scrollIntoView();
      }
      answers.forEach(answer => {
        answer.addEventListener("toggle", renewWalk);
        answer.querySelector("summary").addEventListener("click", () => {
          if (all || answer.open) return;
          const before = answer.getBoundingClientRect().top;
          Array.from(answer.parentNode.children).forEach(other => {
            if (other !== answer && other.tagName === "DETAILS") other.open = false;
          });
          window.scrollBy(0, answer.getBoundingClientRect().top - before); // what was tapped stays under the finger
        });
      });
      renewWalk();
    }

    // --- this does not work well

    function report(part, line, place) {
      const box = make("div", "bd-card-bad");
      const live = status();
      let why = null;
      function text() {
        const reason = why ? why.value.trim() : "";
        return [
          say("bad_head", data), say("bad_page", data), line ? say("bad_line", { line: line() }) : "",
          say("bad_id", { id: data.id + (part ? "#" + part : "") }), say("bad_version", data),
          reason ? say("bad_reason", { why: reason }) : ""
        ].filter(Boolean).join("\n");
      }
      function copy(from) {
        if (why && baodian.personal(why.value)) { live.textContent = say("personal", { text: why.value.trim() }); return; }
        baodian.copy(text(), from, words).then(went => {
          live.textContent = say(went ? "bad_told" : "bad_by_hand", data);
          if (!why) ask();
        });
      }
      function ask() {
        why = make("input");
        const label = put(make("label"), make("span", "", words.bad_why), why);
        put(box, label, button("", words.bad_again, copy));
      }
      put(place, put(box, button("bd-card-worse", words.bad, copy), live));
    }
    answers.forEach(answer => {
      report(answer.id, () => {
        const they = answer.querySelector(".bd-they-say").cloneNode(true);
        they.querySelectorAll(".bd-unseen").forEach(unseen => { unseen.remove(); });
        return they.textContent.trim();
      }, answer.querySelector(".bd-answer-body"));
    });
    report("", null, talk);

    gaps.watch(show);
  });
})();
