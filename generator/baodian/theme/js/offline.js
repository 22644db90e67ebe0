/* The offline copy as pages see it: starts the worker when a page is idle, says at the foot of every page how
   things stand, and on top of it what needs a word: a new version, an old copy, a version that fails.

   baodian.offline.watch(told)   told(news) now and whenever something changes; news as the worker tells it, with
                                 `why`: "" | "http" | "file" | "app" | "none" (not possible here), `off`, `saving`
   baodian.offline.say(news)     how things stand, in words
   baodian.offline.order(what)   "load" | "switch" | "back" | "remove" → a promise */
(function () {
  "use strict";
  var site = window.baodian.site, store = window.baodian.store, root = window.baodian.root;
  var words = site.words.offline;
  var watchers = [], news = { why: impossible() }, failed = false, later = false, asked = "";

  function impossible() {
    if (location.protocol === "file:") return "file";
    if (/MicroMessenger|wxwork|DingTalk|AliApp|Weibo|\bQQ\/|Lark|Feishu/i.test(navigator.userAgent)) return "app";
    if (!window.isSecureContext) return "http";
    return navigator.serviceWorker && window.caches ? "" : "none";
  }

  function saving() { return !!(navigator.connection && navigator.connection.saveData); }
  function unwanted() { return store.read("offline", {}).off === true; }

  function fill(text, gaps) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return gaps[name]; });
  }

  function age(built) { return Math.floor((Date.now() - Date.parse(built)) / 864e5); }

  function say(now) {
    if (now.why) return words[now.why];
    if (now.trouble && !now.loading) return words[now.trouble];
    if (now.loading && !now.current) return fill(words.loading, { n: now.total ? Math.floor(100 * now.done / now.total) : 0 });
    if (now.next) return words["new"];
    if (now.current) return fill(words.ready, now.current);
    return now.saving ? words.saving : words.off;
  }

  function tell() {
    news.saving = saving();
    news.off = unwanted();
    watchers.forEach(function (told) { told(news); });
  }

  /* --- the worker ------------------------------------------------------------------------------- */

  function registered() {
    return navigator.serviceWorker.getRegistration(root).then(function (found) {
      return found && found.scope === root ? found : null;
    });
  }

  function send(worker, what) {
    return new Promise(function (done) {
      var channel = new MessageChannel();
      channel.port1.onmessage = done;
      worker.postMessage({ baodian: "offline", "do": what }, [channel.port2]);
    });
  }

  function active(registration) {
    if (registration.active) return Promise.resolve(registration.active);
    return new Promise(function (done) {
      var worker = registration.installing || registration.waiting;
      worker.addEventListener("statechange", function () { if (worker.state === "activated") done(worker); });
    });
  }

  function start() {
    return navigator.serviceWorker.register(root + "sw.js", { scope: root, updateViaCache: "none" }).then(active);
  }

  function order(what) {
    if (what === "remove") {
      store.change("offline", function () { return { off: true }; });
      return registered().then(function (found) {
        if (!found) return null;
        return active(found).then(function (worker) { return send(worker, "remove"); }).then(function () { return found.unregister(); });
      }).then(function () { news = { why: "", removed: true }; tell(); });
    }
    if (what === "load") {
      store.change("offline", function () { return undefined; });
      news.removed = false;
    }
    return (what === "load" ? start() : registered().then(active)).then(function (worker) {
      return send(worker, what);
    }).then(function () {
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
    navigator.serviceWorker.addEventListener("message", function (event) {
      if (!event.data || event.data.baodian !== "offline" || news.removed) return;
      news = event.data;
      news.why = "";
      tell();
      loadOnce(event.source);
    });
    registered().then(function (found) {
      if (!site.offline) return found && found.update();
      if (unwanted() || (saving() && !found)) return tell();
      return start().then(function (worker) {
        return send(worker, "state").then(function () {
          if (!failed && news.previous) send(worker, "good");
          return found && found.update();
        });
      });
    }).catch(function () { if (!news.newest) { news = { why: "none" }; tell(); } }); // else: no network
  }

  /* --- what is seen ----------------------------------------------------------------------------- */

  function make(tag, css, text) {
    var node = document.createElement(tag);
    if (css) node.className = css;
    node.textContent = text;
    return node;
  }

  function press(text, what, main) {
    var button = make("button", main ? "bd-button" : "bd-quiet", text);
    button.type = "button";
    button.addEventListener("click", function () { button.disabled = true; what(); });
    return button;
  }

  function banner(id, text, buttons) {
    var old = document.getElementById(id);
    if (!text) { if (old) old.parentNode.removeChild(old); return; }
    if (old) return;
    var box = make("div", "bd-offline-banner", "");
    box.id = id;
    box.setAttribute("role", "status");
    var place = document.querySelector("article") || document.body;
    place.insertBefore(box, place.firstChild);
    box.appendChild(make("p", "", text));
    buttons.forEach(function (one) { box.appendChild(one); });
  }

  function foot(now) {
    var block = document.getElementById("bd-offline");
    if (!block) return;
    block.hidden = false;
    block.textContent = "";
    block.appendChild(make("span", "", say(now)));
    if (now.why && site.single) {
      var file = make("a", "", words.instead);
      file.href = root + site.single;
      file.setAttribute("download", "");
      block.appendChild(file);
    } else if (!now.why && site.about) {
      var more = make("a", "", words.more);
      more.href = root + site.about;
      block.appendChild(more);
    }
  }

  function top(now) {
    var shown = [now.current, now.previous].filter(function (one) { return one && one.version === now.shown; })[0];
    var days = shown ? age(shown.built) : 0;
    banner("bd-offline-old", shown && site.stale && days > site.stale ? fill(words.old, { n: days }) : "", []);
    banner("bd-offline-new", now.next && !later ? words["new"] : "", [
      press(words["switch"], function () { order("switch"); }, true),
      press(words.later, function () { later = true; top(news); })
    ]);
    banner("bd-offline-bad", now.bad && now.previous ? words.bad : "", [
      press(words.back, function () { order("back"); }, true)
    ]);
  }

  window.addEventListener("error", function (event) {
    if (!event.filename || event.filename.indexOf(root) !== 0 || failed) return;
    failed = true;
    if (!news.why) registered().then(function (found) { if (found && found.active) send(found.active, "bad"); });
  });

  window.baodian.offline = {
    watch: function (told) { watchers.push(told); told(news); },
    say: say,
    order: order
  };
  if (site.offline) { watchers.push(foot, top); tell(); }
  function idle() { (window.requestIdleCallback || setTimeout)(go, { timeout: 5000 }); }
  if (document.readyState === "complete") idle(); else window.addEventListener("load", idle);
})();
