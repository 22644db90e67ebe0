/* One day of a path at a time: the one that the address names (`#day-3`, or what stands in it), else the one where one is;
   `#all-days` shows all of them. What a day opens leads back to it. Print has every day.

   baodian.pathDay(page, days, say, words, where)  where() is the id of the day where one is, "" if all is done; returns
                                               told(done, left), which says at the end of each day whether done(day), and how many
                                               of its questions are left(day) */
(() => {
  "use strict";
  const { make, put } = baodian;
  const OFF = "bd-path-off", ALL = "all-days";

  baodian.pathDay = (page, days, say, words, where) => {
    const sections = days.map(day => page.querySelector('.bd-section[data-item="' + day[0] + '"]'));
    const plays = page.querySelector("#h-role-plays");
    const acted = plays && plays.closest(".bd-section");
    let shown = "";

    function target() {
      try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (broken) { return null; }
    }
    function show() {
      const at = target();
      const n = at ? sections.findIndex(section => section.contains(at)) : -1;
      if (n >= 0) shown = days[n][0];
      else if (location.hash === "#" + ALL) shown = "*";
      else shown = (at && shown) || where() || "*"; // what stands beside the days leaves the day
      sections.forEach((section, i) => { section.classList.toggle(OFF, shown !== "*" && shown !== days[i][0]); });
      if (acted) acted.classList.toggle(OFF, shown !== "*" && !(at && acted.contains(at)));
      const to = location.hash === "#" + ALL ? document.getElementById("days") : at;
      if (to && page.contains(to)) to.scrollIntoView();
    }

    const to = (day, text) => make("a", { class: "bd-path-button", href: "#" + day, text });
    const ends = days.map((day, n) => {
      const section = sections[n], before = days[n - 1], after = days[n + 1], end = baodian.status("bd-path-told bd-path-right");
      put(section, end, make("nav", { class: "bd-path-row bd-path-turn", "aria-label": day[1] },
        before && to(before[0], "← " + before[1]), to(ALL, words.every_day), after && to(after[0], after[1] + " →")));
      section.addEventListener("click", event => {
        const link = event.target.closest("a[href]");
        if (link && baodian.here && link.href.split("#")[0] !== location.href.split("#")[0]) {
          baodian.wayBack(baodian.here + "#" + day[0], say("back", { day: day[1] }), words.back_close);
        }
      }, true);
      return end;
    });
    window.addEventListener("hashchange", show);
    show();
    return (done, left) => {
      days.forEach((day, n) => {
        const open = left(day[0]), asked = open ? words.sep + say("unasked", { n: open }) : "";
        const text = done(day[0]) ? "✓ " + day[1] + " · " + words.done + asked : "";
        if (ends[n].textContent !== text) ends[n].textContent = text;
      });
    };
  };
})();
