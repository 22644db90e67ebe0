/* The first words of a script: gaps show what was filled in once for all scripts (`slots`, version 1), one tap copies all. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ words: Object<string, string> }} SayData */
(() => {
  "use strict";
  const { has, make, press, put, store } = baodian;

  baodian.widget("say", (root, data, say) => {
    const words = data.words, foot = root.querySelector(".bd-bubble-foot");
    const gaps = Array.from(root.querySelectorAll(".bd-slot"), at => ({ at, mark: at.textContent }));
    const live = make("span", { class: "bd-bubble-told", role: "status" });
    const button = press("bd-bubble-copy", words.copy, () => {
      const text = Array.from(root.querySelectorAll(".bd-bubble > p"), line => line.textContent.trim()).join("\n");
      baodian.copy(text, foot, words).then(went => {
        const open = gaps.filter(gap => gap.at.textContent === gap.mark).length;
        const values = Array.from(new Set(gaps.map(gap => gap.at.textContent))).join(" "); // kept for all scripts: is it this customer?
        live.textContent = !went ? words.by_hand : open ? say("copied_open", { n: open }) : values ? say("copied_as", { values }) : words.copied;
        if (went && !values) window.setTimeout(() => { live.textContent = ""; }, 2500);
      });
    });
    function show() {
      const kept = store.read("slots", {});
      gaps.forEach(gap => {
        const name = gap.mark.slice(1, -1), value = has(kept, name) ? String(kept[name]) : "";
        gap.at.textContent = value || gap.mark;
        gap.at.classList.toggle("bd-slot-filled", Boolean(value));
      });
      live.textContent = "";
    }
    put(foot, " ", live, button);
    show();
    store.watch("slots", show);
  });
})();
