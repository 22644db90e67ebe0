/* The search as a reader sees it: field, filters, results. The engine finds, this shows. */
(() => {
  "use strict";
  const engine = window.baodianSearch, { make, put, press } = baodian;
  const dialog = document.getElementById("bd-search");
  if (!engine || !dialog || dialog.getAttribute("data-ready")) return;
  dialog.setAttribute("data-ready", "yes");
  const words = baodian.said.search;
  const base = dialog.getAttribute("data-base");
  const field = dialog.querySelector("[role=searchbox]");
  const list = dialog.querySelector(".bd-search-results");
  const status = dialog.querySelector("[role=status]");
  const filters = dialog.querySelector(".bd-search-filters");
  const trouble = dialog.querySelector(".bd-search-trouble");
  const TOP = 3, IN_GROUP = 4, ON_PAGE = 2, NEAR = 8, MORE = 40, RECENT = 8, AROUND = 60;
  let choice = {};
  let shown = null;       // the answer whose results stand in the list
  let composing = false;
  let pushed = !!(history.state && history.state.bdSearch); // reached by Back

  const say = baodian.speaker(words);

  // --- what is kept on the device: the last queries --------------------------------------------------

  const store = baodian.store;
  const KEPT = "search.recent";

  function kept() {
    return store.read(KEPT, []).filter(q => typeof q === "string").slice(0, RECENT);
  }

  /* A query with a telephone or identity number in it is not kept. */
  function keep(query) {
    query = query.trim();
    if (!engine.fold(query) || /\d{7}/.test(engine.fold(query))) return;
    const others = kept().filter(old => old !== query);
    store.change(KEPT, () => [query].concat(others).slice(0, RECENT));
  }

  function forget() {
    store.change(KEPT, () => undefined);
  }

  // --- one result ------------------------------------------------------------------------------------

  function href(one) {
    return base + one.block.page.address + (one.block.anchor ? "#" + encodeURIComponent(one.block.anchor) : "");
  }

  function marked(node, text, marks) {
    let at = 0;
    engine.marksIn(text, marks).forEach(span => {
      if (span[0] > at) put(node, text.slice(at, span[0]));
      node.appendChild(make("mark", "", text.slice(span[0], span[1])));
      at = span[1];
    });
    put(node, text.slice(at));
  }

  /* Returns a long text cut around its first mark. */
  function around(text, marks) {
    if (text.length <= 2 * AROUND) return text;
    const first = engine.marksIn(text, marks)[0] || [0, 0];
    const start = engine.edge(text, Math.max(0, first[0] - AROUND / 2), -1);
    const end = engine.edge(text, Math.min(text.length, start + 2 * AROUND), 1);
    return (start > 0 ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "");
  }

  /* Returns the text to show on the page: the found one, but for a name of a script the first words to say. */
  function told_at(block) {
    if (block.role === "t" && !block.anchor) return "";
    if (block.role !== "a" || block.part || block.owner.kind !== "script") return block.text;
    const words = engine.index.blocks.filter(other => other.owner === block.owner && other.role === "o" && other.anchor === block.anchor)[0];
    return words ? words.text : "";
  }

  function result(one, withKind) {
    const data = engine.index.data;
    const item = make("li", "bd-found " + one.block.page.accent);
    item.found = one;
    const link = make("a");
    link.href = href(one);
    link.setAttribute("data-jump", told_at(one.block));
    link.setAttribute("data-result", one.owner.key + (one.block.part ? "#" + one.block.part : ""));
    const title = make("span", "bd-found-title");
    marked(title, one.owner.title || one.block.page.title, one.marks);
    if (withKind) title.appendChild(make("span", "bd-found-kind", data.kinds[one.owner.group][1]));
    link.appendChild(title);
    if (one.block.why || one.block.role !== "t") {
      const passage = make("span", "bd-found-text");
      if (one.block.role === "a") put(passage, say("also"));
      marked(passage, [one.block.role === "t" ? "" : around(one.block.text, one.marks), one.block.why].filter(Boolean).join(" · "), one.marks);
      link.appendChild(passage);
    } else if (one.owner.title !== one.block.page.title) {
      const next = engine.index.blocks.slice(one.block.number + 1, one.block.number + 6).filter(block => block.owner === one.owner && block.role === "p" && /[^\x00-\x7f\u00c0-\u024f]/.test(block.text))[0];
      if (next) link.appendChild(make("span", "bd-found-text", around(next.text, [])));
    }
    item.appendChild(link);
    if (one.owner.kind === "script") item.appendChild(copier(one));
    return item;
  }

  /* Returns the words of a script that are worth copying: the line that was found, else how it opens. */
  function words_of(one) {
    if (one.block.role === "s" || one.block.role === "o") return one.block.text;
    return engine.index.blocks.filter(block => block.owner === one.owner && block.role === "o").map(block => block.text).join("\n");
  }

  function copier(one) {
    const button = press("bd-found-copy", say("copy"), () => {
      if (engine.index.stage < 2) waitForAll(() => { copy(words_of(one), button); });
      else copy(words_of(one), button);
    });
    button.setAttribute("data-says", say("copy"));
    button.setAttribute("aria-label", say("copy_of", { title: one.owner.title }));
    return button;
  }

  function copy(text, button) {
    baodian.copy(text, button, { by_hand: say("copy_by_hand") }).then(went => {
      const open = (text.match(/【[^【】]+】/g) || []).length, told = open ? say("copied_open", { n: open }) : say("copied");
      status.textContent = went ? told : say("copy_by_hand");
      if (!went) return;
      button.textContent = told;
      setTimeout(() => { button.textContent = button.getAttribute("data-says"); }, open ? 3000 : 2000);
    });
  }

  // --- the list --------------------------------------------------------------------------------------

  function section(title, count, css) {
    const part = make("section", "bd-found-group " + (css || ""));
    const heading = make("h2", "", title);
    if (count) heading.appendChild(make("span", "bd-count", String(count)));
    part.appendChild(heading);
    part.appendChild(make("ul")).setAttribute("role", "list"); // without bullets Safari forgets that
    return part;
  }

  /* Adds results to a list, `limit` at first and no more than two of one page; the rest on a tap. */
  function fill(part, found, limit, withKind) {
    const ul = part.querySelector("ul");
    const perPage = new Map();
    const now = [], later = [];
    found.forEach(one => {
      const n = (perPage.get(one.owner) || 0) + 1;
      perPage.set(one.owner, n);
      if (now.length < limit && (n <= ON_PAGE || found.length <= limit)) now.push(one); else later.push(one);
    });
    now.forEach(one => { ul.appendChild(result(one, withKind)); });
    if (!later.length) return part;
    const more = press("bd-found-more", say("more", { n: later.length }));
    more.addEventListener("click", () => {
      let first = null;
      later.splice(0, MORE).forEach(one => {
        const item = ul.appendChild(result(one, withKind));
        first = first || item;
      });
      if (later.length) more.textContent = say("more", { n: later.length }); else more.remove();
      first.querySelector("a").focus();
    });
    part.appendChild(more);
    return part;
  }

  function show(answer) {
    shown = answer;
    list.textContent = "";
    const found = answer.results;
    const kinds = engine.index.data.kinds;
    let rest = found;
    if (choice.kind === undefined && found.length >= TOP) {
      list.appendChild(fill(section(say("best")), found.slice(0, TOP), TOP, true));
      rest = found.slice(TOP);
    }
    const groups = new Map();
    rest.forEach(one => {
      if (!groups.has(one.owner.group)) groups.set(one.owner.group, []);
      groups.get(one.owner.group).push(one);
    });
    groups.forEach((members, group) => {
      const limit = choice.kind === undefined && groups.size > 1 ? IN_GROUP : 20;
      list.appendChild(fill(section(kinds[group][1], members.length, "bd-found-" + kinds[group][0]), members, limit));
    });
    const none = !found.length && !answer.near.length;
    const waits = engine.index.stage < 2 && !found.length && asked;
    if (none && !waits) list.appendChild(make("p", "bd-found-none", say("none", { query: answer.text.trim() })));
    if (answer.meant.length) list.appendChild(offer(say("meant"), answer.meant));
    if (answer.near.length) {
      const title = found.length ? "near" : answer.sure ? "best" : "nearest";
      list.appendChild(fill(section(say(title)), answer.near, NEAR, true));
    }
    if (!answer.sure && engine.index.stage === 2) list.appendChild(nothing(answer));
    status.classList.toggle("bd-search-unseen", !answer.sure && !waits); // the list itself says it
    status.textContent = waits ? say("loading") : answer.sure ? say("found", { n: found.length || answer.near.length })
      : none ? say("none", { query: answer.text.trim() }) : say("only_near", { n: answer.near.length });
  }

  function offer(title, texts) {
    const box = make("p", "bd-found-meant", title);
    const said = texts.map(original);
    const whole = said.filter(text => !/[^\p{L}\p{N}]/u.test(text)); // not across a comma
    (whole.length ? whole : said).forEach(text => {
      const button = press("bd-chip", text);
      button.addEventListener("click", () => { ask(button.textContent); });
      box.appendChild(button);
    });
    return box;
  }

  /* Returns a folded text as it is written somewhere, marks and all. */
  function original(folded) {
    const blocks = engine.index.blocks;
    for (let n = 0; n < blocks.length; n++) {
      if (!blocks[n].folded.includes(folded)) continue;
      const spans = engine.marksIn(blocks[n].text, [folded]);
      return blocks[n].text.slice(spans[0][0], spans[0][1]);
    }
    return folded;
  }

  function nothing(answer) {
    const box = make("div", "bd-found-nothing");
    if (answer.nearest.length) box.appendChild(fill(section(say("perhaps")), answer.nearest, 5, true));
    const tell = make("p", "", say("tell", { owner: dialog.getAttribute("data-owner") }));
    const button = press("bd-chip", say("copy_report"));
    button.setAttribute("data-says", say("copy_report"));
    button.addEventListener("click", () => {
      copy(say("report", { query: answer.text.trim(), version: dialog.getAttribute("data-edition") }), button);
    });
    tell.appendChild(button);
    box.appendChild(tell);
    return box;
  }

  function recents() {
    shown = null;
    list.textContent = "";
    status.textContent = "";
    const queries = kept();
    if (!queries.length) return;
    const part = section(say("recent"));
    queries.forEach(query => {
      const item = make("li", "bd-recent");
      const button = press("bd-chip", query);
      button.addEventListener("click", () => { ask(query); });
      item.appendChild(button);
      part.querySelector("ul").appendChild(item);
    });
    const clear = press("bd-found-more", say("forget"));
    clear.addEventListener("click", () => { forget(); recents(); field.focus(); });
    part.appendChild(clear);
    list.appendChild(part);
  }

  // --- asking ----------------------------------------------------------------------------------------

  function ask(query) {
    field.value = query;
    update();
    field.focus();
  }

  function update() {
    const text = field.value;
    remember(text);
    status.classList.remove("bd-search-unseen");
    if (!engine.index) { status.textContent = text.trim() ? say("loading") : ""; return; }
    if (engine.index.stage < 2) loadAll();
    if (composing) { whileComposing(text); return; }
    if (!engine.fold(text)) { recents(); return; }
    show(engine.find(text, choice));
  }

  /* Letters of an unfinished word are searched as pinyin. What is shown then is never taken away: with
     words before them the list is narrowed in its own order, or stays. */
  function whileComposing(text) {
    const split = /^([^]*?)([a-z][a-z'’\s]*)$/i.exec(text.normalize("NFKC").replace(/ü/gi, "v"));
    if (!split) { const whole = engine.find(text, choice); if (whole.results.length) show(whole); return; }
    if (!engine.fold(split[1])) {
      const answer = engine.find(split[2], choice);
      if (answer.results.length) show(answer);
      return;
    }
    narrow(engine.candidates(split[2]));
  }

  /* Hides what has none of the texts, where it stands; nothing moves, and something always stays. */
  function narrow(texts) {
    const items = all_of(".bd-found");
    const fits = items.map(item => texts.some(text => engine.has(item.found.owner, text)));
    const none = !fits.includes(true);
    items.forEach((item, n) => { item.hidden = !none && !fits[n]; });
    all_of(".bd-found-group").forEach(group => { group.hidden = !group.querySelector("li:not([hidden])"); });
  }

  function all_of(selector) {
    return Array.from(list.querySelectorAll(selector));
  }

  function waitForAll(then) {
    all.push(then);
    loadAll();
  }

  var all = [];
  var asked = false;

  function loadAll() {
    if (asked) return;
    asked = true;
    trouble.hidden = true;
    baodian.late("search/2.js", failed);
  }

  function failed() {
    asked = false; // the next key tries again
    trouble.firstElementChild.textContent = say("only_names");
    trouble.hidden = false;
    if (shown) show(shown);
  }

  engine.onload = stage => {
    dialog.setAttribute("data-stage", stage);
    if (stage === 1) loadAll(); else offerFilters();
    if (stage === 2) all.splice(0).forEach(then => { then(); });
    if (!composing) {
      const at = document.activeElement;
      const link = list.contains(at) && at.getAttribute("data-result");
      if (field.value.trim()) update(); else if (stage === 1) recents();
      if (link) {
        const same = list.querySelector('[data-result="' + CSS.escape(link) + '"]');
        (same || field).focus();
      }
    }
  };

  // --- filters ---------------------------------------------------------------------------------------

  function offerFilters() {
    const data = engine.index.data;
    if (filters.getAttribute("data-filled")) return;
    filters.setAttribute("data-filled", "yes");
    [["kind", data.kinds], ["class", data.classes], ["channel", data.channels]].forEach(row => {
      const select = filters.querySelector('[name="' + row[0] + '"]');
      let group = null;
      row[1].forEach((one, n) => {
        const option = make("option", "", one[1]);
        option.value = String(n);
        if (row[0] === "class" && (!group || group.label !== one[2])) {
          group = make("optgroup");
          group.label = one[2];
          select.appendChild(group);
        }
        (group || select).appendChild(option);
      });
      if (!row[1].length) select.closest("label").hidden = true;
    });
    filters.addEventListener("change", () => {
      choice = {};
      let chosen = 0;
      filters.querySelectorAll("select").forEach(select => {
        if (select.value !== "") { choice[select.name] = +select.value; chosen += 1; }
      });
      filters.querySelector(".bd-count").textContent = chosen || "";
      update();
    });
    filters.hidden = false;
  }

  // --- the address, and coming back ------------------------------------------------------------------

  function address(query) {
    const params = new URLSearchParams(location.search);
    if (query) params.set("q", query); else params.delete("q");
    const text = params.toString();
    return location.pathname + (text ? "?" + text : "") + (location.hash.indexOf("#?") === 0 ? "" : location.hash);
  }

  function remember(query) {
    try {
      if (pushed) history.replaceState({ bdSearch: true }, "", address(query));
      else {
        history.replaceState(history.state, "", address("")); // Back leads to the page alone
        history.pushState({ bdSearch: true }, "", address(query));
        pushed = true;
      }
    } catch (refused) { /* a browser that keeps no addresses for files */ }
  }

  function close() {
    if (dialog.close && dialog.open) dialog.close(); else { dialog.removeAttribute("open"); dialog.open = false; }
  }

  dialog.addEventListener("close", () => {
    if (pushed && history.state && history.state.bdSearch) history.back();
    else { try { history.replaceState(null, "", address("")); } catch (refused) { /* as above */ } }
    pushed = false;
  });
  window.addEventListener("popstate", () => {
    if (dialog.open && !(history.state && history.state.bdSearch)) { pushed = false; close(); }
  });

  // --- keys and input methods ------------------------------------------------------------------------

  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => { composing = false; update(); });
  field.addEventListener("input", event => {
    composing = !!event.isComposing;
    update();
  });
  dialog.querySelector("form").addEventListener("submit", event => {
    event.preventDefault();
    composing = false;
    keep(field.value);
    update();
    const first = list.querySelector("a[data-result]"); // a phone puts its keyboard away then
    if (first) first.focus();
  });
  dialog.querySelector(".bd-search-close").addEventListener("click", close);
  dialog.addEventListener("click", event => {
    if (event.target === dialog) close();
    const link = event.target.closest && event.target.closest("a[data-result]");
    if (!link) return;
    keep(field.value);
    try { sessionStorage.setItem("baodian.search.jump", JSON.stringify([link.pathname, link.getAttribute("data-jump")])); } catch (blocked) { /* no mark there then */ }
    if (link.pathname === location.pathname && link.host === location.host) {
      event.preventDefault();
      pushed = false;
      close();
      if (link.hash && link.hash === location.hash) window.dispatchEvent(new Event("hashchange"));
      else location.href = link.href;
    }
  });

  dialog.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (document.activeElement === field) close(); else field.focus();
      return;
    }
    if (event.target.tagName === "SELECT" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const links = all_of("li:not([hidden]) > a[data-result]");
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowUp" && at <= 0) { if (at === 0) { event.preventDefault(); field.focus(); } return; }
    const next = links[event.key === "ArrowDown" ? at + 1 : at - 1];
    if (next) { event.preventDefault(); next.focus(); }
  });
  dialog.addEventListener("bd-search-opened", () => { update(); });
  if (engine.index) engine.onload(engine.index.stage);
})();
