/* What is new to this device, by meaning: prints stay when words or their order change. Knows no page.

   baodian.samePrint(one, other)     whether two mean the same: what got another id has two names, of which one is enough
   baodian.since(kept, now, today)   what is kept from now on, of what is to be seen now: [[print, day], …]; `kept` may be
                                     damaged, which is the same as none
     .day, .before    the days of this visit and of the last one, "" on the first
     .seen, .fresh    all prints that were here, and those that are new since the last visit, for the rest of the day
     .until           of earlier versions: what changed until this day counts as seen */
(() => {
  "use strict";
  const MOST = 400; // prints that are remembered, the latest ones

  /** @param {string} one @param {string} other @returns {boolean} */
  baodian.samePrint = (one, other) => one.split(" ").some(name => other.split(" ").includes(name));

  /** @typedef {{ day: string, before: string, seen: string[], fresh: string[], until?: string }} Kept */
  /** @param {unknown} kept @param {[string, string][]} now @param {string} today @returns {Kept} */
  baodian.since = (kept, now, today) => {
    const old = baodian.plain(kept) && typeof kept.day === "string" ? kept : null;
    const list = name => (old && Array.isArray(old[name]) ? old[name] : []);
    const same = old && old.day === today, again = same ? list("fresh") : [], seen = list("seen");
    const fresh = old ? now.filter(one => again.includes(one[0]) || !(baodian.samePrint(one[0], seen.join(" ")) || one[1] <= old.until)) : [];
    const prints = [].concat(...now.map(one => one[0].split(" ")));
    return {
      day: today, before: !old ? "" : same ? old.before : old.day, fresh: fresh.map(one => one[0]),
      seen: prints.concat(seen.filter(one => !prints.includes(one))).slice(0, MOST)
    };
  };
})();
