/* The offline copy in full: how things stand, how much it takes, and everything one can do about it. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ words: Object<string, string> }} OfflineData */
(() => {
  "use strict";
  const site = baodian.site, offline = baodian.offline;
  if (!offline || !site.offline) return;
  const common = site.words.offline; // what the foot of every page says too

  const { make, put } = baodian;

  baodian.widget("offline", (place, data) => {
    const words = data.words;
    const line = baodian.status("bd-offline-state");
    const bar = make("progress", { max: 100, "aria-label": common.loading.replace("{n} %", "").replace(/[ ,，:：]+$/, "") });
    const buttons = make("div", "bd-offline-buttons");
    const lasts = make("p", "bd-offline-lasts");
    baodian.fill(place, make("div", "bd-offline-panel", line, bar, lasts, buttons)); // scripts do run
    let phase = "", size = "…", last = null;

    function press(text, what, main) {
      put(buttons, baodian.press(main ? "bd-button" : "bd-quiet", text, button => {
        button.disabled = true;
        offline.order(what);
      }));
    }

    function show(news) {
      last = news;
      const text = news.removed ? words.removed : offline.say(news);
      bar.hidden = !news.loading;
      bar.value = news.total ? 100 * news.done / news.total : 0;
      if (news.current) offline.lasting().then(yes => { lasts.textContent = yes ? words.lasting : words.fleeting; });
      else lasts.textContent = "";
      const key = [news.why, news.trouble, news.loading, !!news.next, !!news.current, !!news.previous, news.removed, news.refused, !!news.holes, size].join();
      if (key === phase) return; // a bar says how far it is; words only when something else changed
      phase = key;
      const focused = buttons.contains(document.activeElement);
      line.textContent = news.loading && (!news.current || news.holes) ? text.replace(/[ ,，:：]*\d+ ?%/, "") : text;
      buttons.textContent = "";
      if (news.why) {
        if (site.single) put(buttons, make("a", { class: "bd-button", href: baodian.root + site.single, download: "", text: common.instead }));
        return;
      }
      if (news.next) press(common.switch, "switch", true);
      if (!news.current && !news.loading) press(words.keep.replace("{size}", size), "load", true);
      else if ((news.trouble || news.holes) && !news.loading) press(words.go_on, "load", true);
      else if (news.current && !news.loading) press(words.check, "load");
      if (news.previous) press(common.back, "back");
      if (news.current || news.loading) press(words.remove, "remove");
      if (focused && buttons.firstChild) buttons.firstChild.focus();
    }
    offline.watch(show);
    baodian.today(now => { size = now.size; show(last); });
  });
})();
