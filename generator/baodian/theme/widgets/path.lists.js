/* Which steps of a path are done because the list that they ask for was gone through on its own page.

   Kept under the name `checked`, version 1: { list id: when its last open line was answered, in milliseconds }, by the
   page of the list; `at` of a path is when it was touched last. A list counts for the day one is at, if it was finished
   after that: so neither for a later day that asks for it again, nor once more for a step that was taken back. */
(() => {
  "use strict";
  const { plain } = baodian;

  /** The first day with an open line from the one touched last on, then from the beginning.
      @param {[string, string[]][]} days the id of each and those of its lines @param {string} last
      @param {(id: string) => boolean} done @returns {[string, string[]] | undefined} */
  function day(days, last, done) {
    const at = Math.max(0, days.findIndex(one => one[0] === last));
    return days.slice(at).concat(days.slice(0, at)).find(one => !one[1].every(done));
  }

  /** The ids of the steps that lists have done since. Of a path never touched, or before `at` was kept, those of today.
      @param {[string, string[]][]} days @param {any} kept of the path @param {(id: string) => boolean} done
      @param {any} checked @param {Date} now @returns {string[]} */
  function since(days, kept, done, checked, now) {
    const at = day(days, kept.last, done);
    const from = kept.at || new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
    const lists = plain(checked) ? checked : {};
    return at ? at[1].filter(id => !done(id) && lists[id.split(".check-")[1]] > from) : [];
  }

  baodian.lists = { day, since };
})();
