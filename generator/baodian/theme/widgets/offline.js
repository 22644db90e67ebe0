/* The offline copy in full: how things stand, how much it takes, and everything one can do about it. */
(function () {
  "use strict";
  var site = window.baodian.site, offline = window.baodian.offline;
  if (!offline || !site.offline) return;
  var words = site.words.offline;

  function make(tag, css, text) {
    var node = document.createElement(tag);
    if (css) node.className = css;
    if (text) node.textContent = text;
    return node;
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-widget=offline]"), function (place) {
    var box = make("div", "bd-offline-panel");
    var line = make("p", "bd-offline-state");
    line.setAttribute("role", "status");
    var bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", words.loading.replace("{n} %", "").replace(/[ ,，:：]+$/, ""));
    var buttons = make("div", "bd-offline-buttons");
    [line, bar, buttons].forEach(function (one) { box.appendChild(one); });
    place.insertBefore(box, place.firstChild);
    var phase = "";

    function press(text, what, main) {
      var button = make("button", main ? "bd-button" : "bd-quiet", text);
      button.type = "button";
      button.addEventListener("click", function () {
        button.disabled = true;
        offline.order(what);
      });
      buttons.appendChild(button);
    }

    offline.watch(function (news) {
      var text = news.removed ? words.removed : offline.say(news);
      bar.hidden = !news.loading;
      bar.value = news.total ? 100 * news.done / news.total : 0;
      var key = [news.why, news.trouble, news.loading, !!news.next, !!news.current, !!news.previous, news.removed, news.refused].join();
      if (key === phase) return; // a bar says how far it is; words only when something else changed
      phase = key;
      var focused = buttons.contains(document.activeElement);
      line.textContent = news.loading && !news.current ? text.replace(/[ ,，:：]*\d+ ?%/, "") : text;
      buttons.textContent = "";
      if (news.why) {
        if (site.single) {
          var file = make("a", "bd-button", words.instead);
          file.href = window.baodian.root + site.single;
          file.setAttribute("download", "");
          buttons.appendChild(file);
        }
        return;
      }
      if (news.next) press(words["switch"], "switch", true);
      if (!news.current && !news.loading) press(words.keep.replace("{size}", site.size), "load", true);
      else if (news.trouble && !news.loading) press(words.go_on, "load", true);
      if (news.previous) press(words.back, "back");
      if (news.current || news.loading) press(words.remove, "remove");
      if (focused && buttons.firstChild) buttons.firstChild.focus();
    });
  });
})();
