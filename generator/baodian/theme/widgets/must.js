/* A change that must be read: asks on top of a page until the reader confirms it, `receipts` { id: { print, day, title } },
   version 1. Other words never ask again, another meaning does. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, was: string[], print: string, title: string, since: string, stays: boolean, receipts: string, words: Object<string, string> }} MustData */
(() => {
  "use strict";
  const { fill, link, make, press, put, store } = baodian;

  baodian.widget("must", (root, data, say) => {
    const words = data.words, foot = make("p", "bd-must");
    const told = baodian.status("bd-must-told");
    let now = false; // confirmed on this page: it stays until the reader leaves
    function confirm() {
      const receipt = { print: data.print, day: baodian.day(new Date()), title: data.title };
      now = true;
      const went = store.set("receipts", data.id, receipt);
      show();
      told.textContent = went ? say("told", { day: receipt.day }) : store.trouble(words);
    }
    function show() {
      const state = baodian.receipt(store.read("receipts", {}), data);
      const read = state !== "" && state !== "again";
      root.hidden = read && !data.stays && !now;
      fill(foot, read ? say("done", { day: state }) : [state && make("span", "", words.again), press("bd-must-button", words.confirm, confirm)],
        read && now && data.receipts && [" ", link(words.receipts, data.receipts)]);
    }
    put(root.querySelector(".bd-callout") || root, foot, told);
    store.watch("receipts", show);
    show();
  });
})();
