/* What changes from day to day, and so is named by no page: `now.js` says it, under an address that no browser and no
   host can have kept. A page of an earlier build is loaded again, so it never gets data that its scripts do not know.

   baodian.today(use, fail)   use(facts): { files, size, cities }; fail() if they cannot be had, and the next one asks again
   baodian.late(file, fail)   runs a script of the handbook by its plain name, such as "search/2.js", once it is there
   baodian.again              what gives the address to come back to if the page is loaded again; "" for its own */
(() => {
  "use strict";
  const { root, site } = baodian;
  let facts = null;
  let waiting = []; // [use, fail]

  function run(src, fail) {
    const script = document.createElement("script");
    Object.assign(script, { src: root + src, async: false, onerror: fail, baodianLate: true });
    document.head.appendChild(script);
  }

  function failed() {
    const all = waiting;
    waiting = [];
    all.forEach(one => { if (one[1]) one[1](); });
  }

  /* Called by now.js. */
  baodian.now = told => {
    if (told.site !== baodian.script) {
      if (window.baodianRenew) window.baodianRenew(baodian.again(), failed); else failed();
      return;
    }
    facts = told;
    const all = waiting;
    waiting = [];
    all.forEach(one => { one[0](facts); });
  };

  baodian.again = () => "";

  baodian.today = (use, fail) => {
    if (facts) { use(facts); return; }
    waiting.push([use, fail]);
    if (waiting.length === 1) run("now.js?" + Date.now(), failed);
  };

  baodian.late = (file, fail) => {
    if (site.files[file]) { run(site.files[file], fail); return; }
    baodian.today(told => {
      if (!told.files[file]) { if (fail) fail(); return; }
      run(told.files[file], () => {
        facts = null; // a newer version may have taken its place
        if (fail) fail();
      });
    }, fail);
  };
})();
