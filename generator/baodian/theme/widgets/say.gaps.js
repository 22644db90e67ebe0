/* Gaps in words: what the reader filled in once for all scripts (`slots`, version 2) stands in the place of its name: what is said of a
   customer until the day ends, so that the next one is not called by his name; what is the reader's own for good. Each gap is taken up
   once, whichever widget of a page comes first. */
(() => {
  "use strict";
  const { bare, has, make, store } = baodian, taken = new WeakMap(), shows = [], today = () => baodian.day(new Date()), text = value => typeof value === "string";
  store.migrate("slots", 2, () => ({})); // nobody knows of which day it was

  function take(at) {
    if (!taken.has(at)) taken.set(at, { at, mark: at.textContent, name: at.textContent.slice(1, -1), title: at.title, own: has(at.dataset, "own") });
    return taken.get(at);
  }
  function parted(all) {
    return { day: today(), said: baodian.only(all && all.day === today() && all.said, text), own: baodian.only(all && all.own, text) };
  }

  function changed(went) { shows.forEach(show => { show(); }); return went; }

  const value = (kept, name) => has(kept, name) ? kept[name] : "";

  const gaps = baodian.gaps = {
    value,
    inside: root => Array.from(root.querySelectorAll(".bd-slot"), take),
    open: root => root.querySelectorAll(".bd-slot:not(.bd-slot-filled)").length,
    values: all => Array.from(new Set(all.filter(gap => gap.at.classList.contains("bd-slot-filled")).map(gap => gap.at.textContent))).join(baodian.signs.list),
    /* show() is called now, and whenever a gap was filled here or in another tab. */
    watch(show) { shows.push(show); show(); },
    keep: (gap, now) => changed(store.change("slots", all => {
      const next = parted(all), into = gap.own ? next.own : next.said;
      if (now) into[gap.name] = now; else delete into[gap.name];
      return next;
    })),
    clear: () => changed(store.change("slots", all => Object.assign(parted(all), { said: {} }))),
    show(all) {
      const { said, own } = parted(store.read("slots")), kept = Object.assign(bare(said), own);
      all.forEach(gap => {
        const now = value(kept, gap.name);
        gap.at.textContent = now || gap.mark;
        gap.at.title = now ? gap.mark : gap.title;
        gap.at.classList.toggle("bd-slot-filled", Boolean(now));
      });
      return kept;
    },
    /* Lets a gap be filled where it stands, by a tap; told(refused, went): what looks like a number of a person, whether it is kept. */
    ask(gap, told) {
      const { at } = gap, field = make("input", { class: "bd-slot-in", "aria-label": gap.name, placeholder: gap.title, autocomplete: "off" });
      function ask() {
        field.value = at.classList.contains("bd-slot-filled") ? at.textContent : "";
        at.hidden = true;
        at.parentNode.insertBefore(field, at.nextSibling);
        field.focus();
      }
      function end(now, back) {
        if (at.hidden === false) return;
        const refused = baodian.personal(now) ? now : "";
        at.hidden = false;
        field.remove();
        told(refused, refused || gaps.keep(gap, now));
        if (back) at.focus();
      }
      const typed = (node, keys) => { node.addEventListener("keydown", event => { if (has(keys, event.key) && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); keys[event.key](); } }); };
      at.tabIndex = 0;
      at.setAttribute("role", "button");
      at.addEventListener("click", ask);
      typed(at, { Enter: ask, " ": ask });
      typed(field, { Enter: () => { end(field.value.trim(), true); }, Escape: () => { field.value = value(gaps.show([]), gap.name); end(field.value, true); } });
      field.addEventListener("blur", () => { end(field.value.trim()); });
    }
  };
  store.watch("slots", changed);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) changed(); }); // a day may have passed
  window.addEventListener("pageshow", event => { if (event.persisted) changed(); });
})();
