/* A text for the supervisor: which of the changes that must be read were, and when. */
/** What `pages/handed.py` says that is handed over:
   @typedef {{ id: string, was: string[], print: string, title: string, since: string }} Must
   @typedef {{ all: Must[], words: Object<string, string> }} ReceiptsData */
(() => {
  "use strict";
  const { make, put, store } = baodian;

  baodian.widget("receipts", (root, data, say) => {
    const told = baodian.status("bd-must-told");
    const text = () => baodian.receipts(store.read("receipts", {}), data.all, say);
    const button = baodian.copier("bd-must-button", data.words.copy, data.words, text, went => { told.textContent = went; });
    put(root, make("p", "", button), told);
  });
})();
