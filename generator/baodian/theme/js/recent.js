/* Remembers the pages that were looked at last, newest first: [{ href, title }], 20 at most, each once. */
(function () {
  "use strict";
  var page = document.querySelector(".bd-page:not(.bd-kind-home):not(.bd-kind-mine)");
  var title = page && page.querySelector("h1");
  var here = location.href.replace(/[?#].*$/, "");
  if (!title || here.indexOf(window.baodian.root) !== 0) return;
  var href = here.slice(window.baodian.root.length);
  window.baodian.store.change("recent", function (kept) {
    var others = (Array.isArray(kept) ? kept : []).filter(function (one) { return one && one.href !== href; });
    return [{ href: href, title: title.textContent.trim() }].concat(others).slice(0, 20);
  });
})();
