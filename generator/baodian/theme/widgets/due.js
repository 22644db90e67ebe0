/* What the customer book has due today, on another page; nothing where nothing is. The book reckons, this reads. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ book: string, words: Object<string, string> }} DueData */
(() => {
  "use strict";
  const { fill, link, make, plain, put, store } = baodian, SHOWN = 4;

  baodian.widget("due", (root, data, say) => {
    const words = data.words;
    const good = one => plain(one) && ["code", "kind", "what", "due"].every(key => typeof one[key] === "string");

    function show() {
      const kept = store.read("due", {}), today = baodian.day(new Date());
      const items = (plain(kept) && Array.isArray(kept.items) ? kept.items : []).filter(good).filter(one => one.due <= today);
      const cards = baodian.order.cards(items, today);
      root.hidden = !cards.length;
      if (!cards.length) { fill(root); return; }
      const late = item => {
        const n = Math.round((Date.parse(today) - Date.parse(item.due)) / 86400000);
        return n > 0 ? say("late", { n }) : words.today;
      };
      fill(root, make("h2", "", say("title", { n: cards.length })), make("ul", "bd-due-list", cards.slice(0, SHOWN).map(one => {
        const item = one.items[0], text = item.kind === "promise" ? say("promise", { what: item.what }) : item.what;
        return make("li", item.due < today ? "bd-due-late" : "", put(link("", data.book + "#customer-" + encodeURIComponent(one.code)), make("strong", "", one.code), " ", make("span", "", text), make("small", "", late(item))));
      })), make("p", "bd-due-all", link(cards.length > SHOWN ? say("more", { n: cards.length - SHOWN }) : words.all, data.book)),
      kept.made < today ? make("p", "bd-why", say("made", { day: kept.made })) : null);
    }

    store.watch("due", show);
    show();
  });
})();
