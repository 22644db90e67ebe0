/* Remembers the pages that were looked at last, newest first: [{ href, title }], 20 at most, each once. */
(() => {
  "use strict";
  const page = document.querySelector(".bd-page:not(.bd-kind-home):not(.bd-kind-mine)");
  const title = page && page.querySelector("h1");
  if (!title || !baodian.here) return;
  const href = baodian.here;
  baodian.store.change("recent", kept => {
    const others = (Array.isArray(kept) ? kept : []).filter(one => one && one.href !== href);
    return [{ href, title: title.textContent.trim() }].concat(others).slice(0, 20);
  });
})();
