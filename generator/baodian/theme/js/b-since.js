/* What is new to this device, by meaning: prints stay when words or their order change. Knows no page.

   baodian.since(kept, now, today)   what is kept from now on, of what is to be seen now: [[print, day], …]; `kept` may be
                                     damaged, which is the same as none
     .day, .before    the days of this visit and of the last one, "" on the first
     .seen, .fresh    all prints that were here, and those that are new since the last visit, for the rest of the day
     .until           of earlier versions: what changed until this day counts as seen */
(() => {
  "use strict";
  const MOST = 400; // prints that are remembered, the latest ones

  /** @typedef {{ day: string, before: string, seen: string[], fresh: string[], until?: string }} Kept */
  /** @param {unknown} kept @param {[string, string][]} now @param {string} today @returns {Kept} */
  baodian.since = (kept, now, today) => {
    const old = baodian.plain(kept) && typeof kept.day === "string" ? kept : null;
    const list = name => (old && Array.isArray(old[name]) ? old[name] : []);
    const same = old && old.day === today, again = same ? list("fresh") : [], seen = list("seen");
    const fresh = old ? now.filter(one => again.includes(one[0]) || !(seen.includes(one[0]) || one[1] <= old.until)) : [];
    const prints = now.map(one => one[0]);
    return {
      day: today, before: !old ? "" : same ? old.before : old.day, fresh: fresh.map(one => one[0]),
      seen: prints.concat(seen.filter(one => !prints.includes(one))).slice(0, MOST)
    };
  };
})();
