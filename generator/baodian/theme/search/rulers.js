/* Which class a customer is of, by the number that a query tells of him: 35 天没订货. Knows no page.
   It answers only where the number is exact and the rules leave nothing open. */
(() => {
  "use strict";
  const NUMBER = "(\\d+(?:\\.\\d+)?[百千万]?|[零〇一二两三四五六七八九十百千]+)\\s*";
  const BETWEEN = "[\\s\\p{P}了都还也就已经又有是]{0,4}"; // a number and what it counts
  // Beside such words a number is a bound, a guess, one of several, or of something to come.
  const OPEN_BEFORE = /(?:[\d一二两三四五六七八九十百千几第每隔再过差快约到至或~+、–—-]|\d[.,]|还有|不足|[不未]满|超|[多少大小高低]于|将近|大概|差不多|[至最][少多]|\b(?:over|under|within|about|around|almost|nearly|every|than|least|most|to|in))\s*$/;
  const OPEN_AFTER = /^\s*(?:[以之]?[内外前后上下]|左右|出头|[多来到至或~+、–—-]|[一每1]\s*[次回]|(?:or|ago|to)\b)/;
  const HAN = /^(?:([一二三四五六七八九])千)?(?:零?([一二三四五六七八九])百)?(?:零?([一二三四五六七八九]?)(十))?(零?)([一二三四五六七八九]?)$/;

  /** A number in digits or in Han signs; NaN for what has no one meaning: 三五 is 3 to 5, 一百二 may be 102.
      @param {string} text @returns {number} */
  function number(text) {
    if (/\d/.test(text)) return baodian.number(text);
    const found = HAN.exec(text.replace(/〇/g, "零").replace(/两/g, "二"));
    if (!found || (found[6] && !found[5] && !found[4] && (found[1] || found[2]))) return NaN;
    const digit = at => "零一二三四五六七八九".indexOf(found[at] || "零");
    return digit(1) * 1000 + digit(2) * 100 + (found[4] ? (digit(3) || 1) * 10 : 0) + digit(6);
  }

  const literal = word => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

  /* The one number that a text tells of what is asked, NaN if it tells none, several, or none exactly. */
  function told(text, units, names) {
    const said = "(?:" + names.map(literal).join("|") + ")";
    const named = [new RegExp(said + BETWEEN + "$", "u"), new RegExp("^" + BETWEEN + said, "u")];
    const every = new RegExp(NUMBER + "(?:" + units.map(literal).join("|") + ")(?![a-z])", "g");
    const found = new Set();
    let beside = false;
    for (let match = every.exec(text); match; match = every.exec(text)) {
      const before = text.slice(0, match.index), after = text.slice(every.lastIndex);
      found.add(OPEN_BEFORE.test(before) || OPEN_AFTER.test(after) ? NaN : number(match[1]));
      beside = beside || named[0].test(before) || named[1].test(after);
    }
    return beside && found.size === 1 ? found.values().next().value : NaN;
  }

  /** `rulers` are (id, asked dimension → [units, names], walk, class → a line for each box of its rule), `plain`
     makes texts alike. Returns [class as ruler/class, why] of those that hold whatever else may be known.
      @typedef {[string, Object<string, [string[], string[]]>, Walk, Object<string, string[]>]} Ruler
      @param {Ruler[]} rulers @param {string} text @param {(text: string) => string} plain @returns {[string, string][]} */
  baodian.ruled = (rulers, text, plain) => {
    const answer = [], typed = plain(text);
    rulers.forEach(([ruler, asks, walk, why]) => {
      const known = baodian.bare();
      Object.keys(asks).forEach(id => {
        const value = told(typed, asks[id][0].map(plain), asks[id][1].map(plain));
        if (value === value) known[id] = value;
      });
      if (!Object.keys(known).length) return;
      const made = baodian.decide(walk, known);
      made.certain.forEach(id => { answer.push([ruler + "/" + id, why[id][made.why[id]]]); });
    });
    return answer;
  };
})();
