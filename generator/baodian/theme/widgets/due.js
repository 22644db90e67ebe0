/* What the customer book has due today, on another page; nothing where nothing is. The book reckons, this reads. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ book: string, words: Object<string, string> }} DueData */
(() => {
  "use strict";
  const { fill, link, make, plain, put, store } = baodian, SHOWN = 2, SCRIPT = /^(?:[\w-]+\/)*scripts\/[\w.-]+\.html(?:#[\w.-]*)?$/;

  baodian.widget("due", (root, data, say) => {
    const words = data.words;
    const good = one => plain(one) && ["code", "kind", "what", "due"].every(key => typeof one[key] === "string");

    function show() {
      const kept = store.read("due", {}), today = baodian.day(new Date());
      const tomorrow = new Date(Date.parse(today) + 86400000).toISOString().slice(0, 10);
      const all = (plain(kept) && Array.isArray(kept.items) ? kept.items : []).filter(good), cards = baodian.order.cards(all.filter(one => one.due <= today), today);
      const told = item => item.kind === "promise" ? say("promise", { what: item.what }) : item.what;
      const next = baodian.order.cards(all.filter(one => one.due === tomorrow && (one.kind === "promise" || !cards.some(two => two.code === one.code))), today);
      const ahead = next.reduce((n, one) => n + one.items.length, 0);
      root.hidden = !cards.length && !ahead;
      if (root.hidden) { fill(root); return; }
      const late = item => {
        const n = Math.round((Date.parse(today) - Date.parse(item.due)) / 86400000);
        return n > 0 ? say("late", { n }) : words.today;
      };
      fill(root, cards.length ? make("h2", "", say("title", { n: cards.length })) : null, make("ul", "bd-due-list", cards.slice(0, SHOWN).map(one => {
        const item = one.items[0], script = one.items.map(two => two.say).filter(href => typeof href === "string" && SCRIPT.test(href))[0], way = script && link(words.say, script);
        if (way) way.setAttribute("aria-label", say("say_to", { code: one.code }));
        return make("li", item.due < today ? "bd-due-late" : "", put(link("", data.book + "#customer-" + encodeURIComponent(one.code)), make("strong", "", one.code), " ", make("span", "", told(item)), make("small", "", late(item))), way);
      })), ahead ? make("p", "bd-due-next", put(link("", data.book + "#customer-" + encodeURIComponent(next[0].code)), say("tomorrow", { n: ahead, code: next[0].code, what: told(next[0].items[0]) + (ahead > 1 ? "…" : "") }))) : null,
      make("p", "bd-due-all", link(cards.length > SHOWN ? say("more", { n: cards.length - SHOWN }) : words.all, data.book)),
      kept.made < today ? make("p", "bd-why", say("made", { day: kept.made })) : null);
    }

    store.watch("due", show);
    show();
  });
})();
