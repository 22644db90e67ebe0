/* What changed in meaning since the last visit, on the first page and under My handbook: `seen`, what `baodian.since`
   keeps, version 2. What touches a page that the reader keeps comes first. On the first page nothing new shows nothing. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ quiet: boolean, all: string, words: Object<string, string> }} NewsData */
(() => {
  "use strict";
  const { make, put, fill, link, store } = baodian;

  // Version 1 knew of each page what it said, in words; all that changed until its day has been seen.
  store.migrate("seen", 2, old => (baodian.plain(old) && typeof old.day === "string" ? { day: old.day, until: old.day } : undefined));

  baodian.widget("news", (root, data, say) => {
    const words = data.words, few = data.quiet ? 4 : 12;
    let all = null, addresses = [], kept = null;
    const list = make("div", { class: "bd-news" });

    function pinned(one) {
      const pins = baodian.only(store.read("pins", {}), title => typeof title === "string");
      return Object.keys(pins).filter(href => one[4].some(n => addresses[n] === baodian.commonPage(href))).map(href => link(pins[href], href));
    }
    function row(one) {
      const kept = pinned(one), li = make("li", "", link(one[1], one[3]), " " + one[2]);
      if (kept.length) put(li, make("span", "bd-why", " ", words.on, kept.map((a, n) => [n ? baodian.signs.list : "", a])));
      return [kept.length ? 0 : 1, li];
    }
    function show() {
      const those = kept ? all.filter(one => kept.fresh.includes(one[0])) : [];
      root.hidden = data.quiet && !those.length;
      const rows = those.map(row).sort((a, b) => a[0] - b[0]).map(one => one[1]);
      const none = !all ? "…" : !kept || !kept.before ? words.first : say("none", { day: kept.before });
      fill(list, rows.length ? make("ul", "bd-changes", rows.slice(0, few)) : make("p", "", none),
        rows.length > few && make("p", "", say("more", { n: rows.length - few })), make("p", "", link(words.all, data.all)));
    }

    /* Told are [[print, day, words, href, [numbers of addresses]], …], the latest first, and the addresses. */
    baodian.news = told => {
      all = told[0];
      addresses = told[1];
      store.change("seen", before => (kept = baodian.since(before, all, baodian.day(new Date()))));
      show();
    };
    fill(root, make("h2", "", words.title), list);
    store.watch("seen", now => { kept = now ? kept : null; show(); });
    show();
    baodian.late("changes.js", () => { root.hidden = data.quiet; fill(list, make("p", "", words.failed)); });
  });
})();
