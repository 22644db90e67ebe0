/* How far the reader is on the paths that were begun on this device, for the first page: `paths`, which path.js keeps. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, title: string, was: string[], retired: Object<string, string>, days: [string, string, string[]][] }} NewcomerPath
   @typedef {{ paths: NewcomerPath[], words: Object<string, string> }} NewcomerData */
(() => {
  "use strict";
  const { fill, link, make, plain, put, store } = baodian;

  baodian.widget("newcomer", (root, data, say) => {
    store.migrate("paths", 2, baodian.again.lifted);
    const line = Array.from(root.children).filter(one => one.tagName !== "SCRIPT");

    function ticked(path, every) {
      const kept = every[path.id] || path.was.map(was => every[was]).filter(Boolean)[0];
      const done = new Set((plain(kept) && plain(kept.items) ? Object.keys(kept.items) : []).map(id => path.retired[id] || id));
      if (done.size) { // what lists have done counts here too, though the path ticks it only when it is opened
        const days = path.days.map(day => [day[1].split("#")[1], day[2]]);
        baodian.lists.since(days, kept, id => done.has(id), store.read("checked", {}), new Date()).forEach(id => { done.add(id); });
      }
      return done;
    }
    function progress(path, every) {
      const done = ticked(path, every);
      const left = path.days.map(day => day[2].filter(id => !done.has(id)).length);
      const now = left.findIndex(n => n > 0);
      if (!done.size || now < 0) return null;
      const over = left.filter(n => !n).length, all = path.days.length;
      return make("p", "bd-newcomer", put(link("", path.days[now][1]), make("strong", "", path.title),
        make("span", "", say("left", { day: path.days[now][0], n: left[now] })),
        make("progress", { max: all, value: over, "aria-label": data.words.progress })));
    }
    function show() {
      const every = store.read("paths", {});
      const begun = data.paths.map(path => progress(path, every)).filter(Boolean);
      fill(root, begun.length ? begun : line);
      const moments = document.querySelector(".bd-kind-home > .bd-part-first > .bd-section");
      if (moments && begun.length) moments.before(root); // below what is due today: who has begun goes on from here
    }

    ["paths", "checked"].forEach(name => { store.watch(name, show); });
    show();
  });
})();
