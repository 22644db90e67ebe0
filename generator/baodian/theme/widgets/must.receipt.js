/* Which changes a reader has confirmed. Knows no page.

   baodian.receipt(kept, one)        "" if the change was not read, "again" if it meant something else then, else the day
   baodian.receipts(kept, all, say)  the text that tells a supervisor, or himself, which were read */
(() => {
  "use strict";

  /** @typedef {{ id: string, was: string[], print: string, title: string, since: string }} Must */
  /** @param {Object<string, { print: string, day: string }>} kept @param {Must} one @returns {string} */
  baodian.receipt = (kept, one) => {
    const mine = [one.id].concat(one.was).filter(id => baodian.has(kept, id)).map(id => kept[id]).filter(of => of && typeof of.day === "string");
    const same = mine.filter(of => baodian.samePrint(String(of.print), one.print));
    return same.length ? same[0].day : mine.length ? "again" : "";
  };

  /** @param {Object<string, { print: string, day: string }>} kept @param {Must[]} all
      @param {(word: string, gaps?: object) => string} say @returns {string} */
  baodian.receipts = (kept, all, say) => {
    const days = all.map(one => baodian.receipt(kept, one));
    const read = all.filter((one, n) => /\d/.test(days[n])).map(one => say("row", { day: baodian.receipt(kept, one), title: one.title, since: one.since }));
    const open = all.filter((one, n) => !/\d/.test(days[n])).map(one => say("open_row", { title: one.title, since: one.since }));
    return [say("head"), say("name")].concat(read.length ? [say("read")].concat(read) : [], open.length ? [say("open")].concat(open) : []).join("\n");
  };
})();
