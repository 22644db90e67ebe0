/* The first words of a script: gaps show what was filled in once for all scripts, and are filled by a tap; one tap copies all. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ words: Object<string, string> }} SayData */
(() => {
  "use strict";
  const { gaps, make, press, put, store } = baodian;

  baodian.widget("say", (root, data, say) => {
    const words = data.words, foot = root.querySelector(".bd-bubble-foot"), own = gaps.inside(root);
    const live = make("span", { class: "bd-bubble-told", role: "status" });
    const button = press("bd-bubble-copy", words.copy, () => {
      const text = Array.from(root.querySelectorAll(".bd-bubble > p"), line => line.textContent.trim()).join("\n");
      baodian.copy(text, foot, words).then(went => {
        const n = gaps.open(root), values = gaps.values(own); // kept for all scripts: is it this customer?
        live.textContent = !went ? words.by_hand : n ? say("copied_open", { n }) : values ? say("copied_as", { values }) : words.copied;
        if (went) window.setTimeout(() => { live.textContent = ""; }, values ? 8000 : 2500);
      });
    });
    function show() {
      gaps.show(own);
      live.textContent = "";
    }
    put(foot, " ", live, button);
    own.forEach(gap => { gaps.ask(gap, (refused, went) => { live.textContent = refused ? say("personal", { text: refused }) : went ? "" : store.trouble(words); }); });
    gaps.watch(show);
  });
})();
