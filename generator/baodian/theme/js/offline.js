/* The offline copy as pages see it: starts the worker when a page is idle, says at the foot of every page how
   things stand, and on top of it what needs a word: a new version, an old copy, a version that fails.

   baodian.offline.watch(told)   told(news) now and whenever something changes; news as the worker tells it, with
                                 `why`: "" | "http" | "file" | "app" | "none" (not possible here), `off`, `saving`
   baodian.offline.say(news)     how things stand, in words
   baodian.offline.lasting()     a promise: whether the browser keeps its word to throw nothing away by itself
   baodian.offline.order(what)   "load" | "switch" | "back" | "remove" → a promise */
(() => {
  "use strict";
  const site = baodian.site, store = baodian.store, root = baodian.root;
  const words = site.words.offline;
  const fill = baodian.speaker(words), { make, put } = baodian;
  const watchers = [];
  let news = { why: impossible() };
  let failed = false;
  let later = false;
  let asked = "";

  function impossible() {
    if (location.protocol === "file:") return "file";
    if (/MicroMessenger|wxwork|DingTalk|AliApp|Weibo|\bQQ\/|Lark|Feishu/i.test(navigator.userAgent)) return "app";
    if (!window.isSecureContext) return "http";
    return navigator.serviceWorker && window.caches ? "" : "none";
  }

  function saving() { return !!(navigator.connection && navigator.connection.saveData); }
  function unwanted() { return store.read("offline", {}).off === true; }

  function age(built) { return Math.floor((Date.now() - Date.parse(built)) / 864e5); }

  function say(now) {
    if (now.why) return words[now.why];
    const far = { n: now.total ? Math.floor(100 * now.done / now.total) : 0 }, whole = now.current && !now.holes; // far is the newest
    if (now.trouble && !now.loading && !(whole && now.trouble === "net")) return fill(now.trouble, far);
    if (now.loading && !whole) return fill("loading", far);
    if (now.holes) return words.holes;
    if (now.next) return words.new;
    if (now.current) return fill("ready", now.current);
    return now.saving ? words.saving : words.off;
  }

  function tell() {
    news.saving = saving();
    news.off = unwanted();
    watchers.forEach(told => { told(news); });
  }

  /* --- the worker ------------------------------------------------------------------------------- */

  function registered() {
    return navigator.serviceWorker.getRegistration(root).then(found => found && found.scope === root ? found : null);
  }

  function send(worker, what) {
    return new Promise(done => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      worker.postMessage({ baodian: "offline", "do": what }, [channel.port2]);
    });
  }

  function active(registration) {
    if (registration.active) return Promise.resolve(registration.active);
    return new Promise(done => {
      const worker = registration.installing || registration.waiting;
      worker.addEventListener("statechange", () => { if (worker.state === "activated") done(worker); });
    });
  }

  function start() {
    return navigator.serviceWorker.register(root + "sw.js", { scope: root, updateViaCache: "none" }).then(active);
  }

  function order(what) {
    if (what === "remove") {
      store.change("offline", () => ({
        off: true
      }));
      return registered().then(found => {
        if (!found) return null;
        return active(found).then(worker => send(worker, "remove")).then(() => found.unregister());
      }).then(() => { news = { why: "", removed: true }; tell(); });
    }
    if (what === "load") { // the reader wants it: the browser is asked not to throw it away, and all of it is looked at
      store.change("offline", () => undefined);
      news.removed = false;
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist().then(tell, () => {});
    }
    return (what === "load" ? start() : registered().then(active)).then(worker => send(worker, what === "load" ? "check" : what)).then(() => {
      if (what === "switch" || what === "back") location.reload();
    });
  }

  /* A worker that has taken over loads its version beside the one that is given out. */
  function loadOnce(worker) {
    if (!worker || saving() || unwanted() || news.newest === asked) return;
    asked = news.newest;
    send(worker, "load");
  }

  function go() {
    if (news.why) return;
    navigator.serviceWorker.addEventListener("message", event => {
      if (!event.data || event.data.baodian !== "offline" || news.removed) return;
      news = event.data;
      news.why = "";
      tell();
      loadOnce(event.source);
    });
    registered().then(found => {
      if (!site.offline) return found && found.update();
      if (unwanted() || (saving() && !found)) return tell();
      return start().then(worker => send(worker, "state").then(answer => {
        if (!failed && answer.data.previous) send(worker, "good");
        return found && found.update();
      }));
    }).catch(() => { if (!news.newest) { news = { why: "none" }; tell(); } }); // else: no network
  }

  /* --- what is seen ----------------------------------------------------------------------------- */

  function press(text, what, main) {
    return baodian.press(main ? "bd-button" : "bd-quiet", text, button => { button.disabled = true; what(); });
  }

  function banner(id, text, buttons) {
    const old = document.getElementById(id);
    if (!text) { if (old) old.remove(); return; }
    if (old) return;
    const place = document.querySelector("article") || document.body;
    place.insertBefore(make("div", { class: "bd-offline-banner", id, role: "status" }, make("p", "", text), buttons), place.firstChild);
  }

  function foot(now) {
    const block = document.getElementById("bd-offline");
    if (!block) return;
    block.hidden = false;
    baodian.fill(block, make("span", "", say(now)));
    if (now.why && site.single) put(block, make("a", { href: root + site.single, download: "", text: words.instead }));
    else if (!now.why && site.about) put(block, make("a", { href: root + site.about, text: words.more }));
  }

  function top(now) {
    const shown = [now.current, now.previous].filter(one => one && one.version === now.shown)[0];
    const days = shown ? age(shown.built) : 0;
    banner("bd-offline-old", shown && site.stale && days > site.stale ? fill("old", { n: days }) : "", []);
    banner("bd-offline-new", now.next && !later ? words.new : "", [
      press(words.switch, () => { order("switch"); }, true),
      press(words.later, () => { later = true; top(news); })
    ]);
    banner("bd-offline-bad", now.bad && now.previous ? words.bad : "", [
      press(words.back, () => { order("back"); }, true)
    ]);
  }

  window.addEventListener("error", event => {
    if (!event.filename || event.filename.indexOf(root) !== 0 || failed) return;
    failed = true;
    if (!news.why) registered().then(found => { if (found && found.active) send(found.active, "bad"); });
  });

  baodian.offline = {
    watch: function (told) { watchers.push(told); told(news); },
    say,
    order,
    lasting() {
      const storage = navigator.storage;
      return storage && storage.persisted ? storage.persisted().catch(() => false) : Promise.resolve(false);
    }
  };
  if (site.offline) { watchers.push(foot, top); tell(); }
  function idle() { (window.requestIdleCallback || setTimeout)(go, { timeout: 5000 }); }
  if (document.readyState === "complete") idle(); else window.addEventListener("load", idle);
})();
