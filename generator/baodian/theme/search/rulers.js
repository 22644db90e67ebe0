/* Which class a customer is of, by the number that a query tells of him: 35 天没订货. Knows no page.
   It answers only where the number is exact and the rules leave nothing open. */
(() => {
  "use strict";
  const NUMBER = "(\\d+(?:\\.\\d+)?[百千万]?|[零〇一二两三四五六七八九十百千]+|[俩仨半])\\s*(个?半?)";
  const BETWEEN = "[\\s\\p{P}了都还也就已经又有是]{0,4}"; // a number and what it counts
  // Beside such words a number is a bound, a guess, one of several, or of something to come.
  const OPEN_BEFORE = /(?:[\d一二两俩仨三四五六七八九十百千几第每隔再过差快约到至止或上前后头大小~+、–—-]|\d[.,]|(?:^|[^最])近|(?:^|[^名手])下|还有|不足|[不未]满|超|[多少大小高低]于|将近|大概|差不多|[至最][少多]|\b(?:over|under|within|about|around|almost|nearly|every|than|least|most|to|in))\s*$/;
  const OPEN_AFTER = /^\s*(?:[以之]?[内外前后上下]|左右|出头|不到|[多来到至或~+、–—-]|[一每1]\s*[次回]|(?:or|ago|to)\b)/;
  const HAN = /^(?:([一二三四五六七八九])千)?(?:零?([一二三四五六七八九])百)?(?:零?([一二三四五六七八九]?)(十))?(零?)([一二三四五六七八九]?)$/;

  /** A number in digits or in Han signs; NaN for what has no one meaning: 三五 is 3 to 5, 一百二 may be 102.
      @param {string} text @returns {number} */
  function number(text) {
    if (/\d/.test(text)) return baodian.number(text);
    if (text === "半") return 0.5;
    const found = HAN.exec(text.replace(/〇/g, "零").replace(/[两俩]/g, "二").replace("仨", "三"));
    if (!found || (found[6] && !found[5] && !found[4] && (found[1] || found[2]))) return NaN;
    const digit = at => "零一二三四五六七八九".indexOf(found[at] || "零");
    return digit(1) * 1000 + digit(2) * 100 + (found[4] ? (digit(3) || 1) * 10 : 0) + digit(6);
  }

  const literal = word => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

  /* Whether 3月 and 2026年 are dates: a month is counted by 个, except 俩月, 两月, 半月. */
  const isDate = (digits, by, unit) =>
    unit === "月" ? !by && !/[两俩仨半]$/.test(digits) : unit === "年" && number(digits) >= 10;

  /* Whether one of these names stands beside what is between two texts. */
  function isBeside(before, after, names) {
    const said = "(?:" + names.map(literal).join("|") + ")";
    return names.length > 0 && (new RegExp(said + BETWEEN + "$", "u").test(before) || new RegExp("^" + BETWEEN + said, "u").test(after));
  }

  /* The one number that a text tells of what has these names, and as what it was said if that was reckoned (两个月 is 60
     days); NaN if it tells none, several, or none exactly. One beside a name of something else is of that. */
  function told(text, units, names, others) {
    const every = new RegExp(NUMBER + "(" + units.map(one => literal(one[0])).join("|") + ")(半?)(?![a-z])", "g");
    const found = new Map();
    let beside = false;
    for (let match = every.exec(text); match; match = every.exec(text)) {
      const [all, digits, by, unit, half] = match;
      const before = text.slice(0, match.index), after = text.slice(every.lastIndex), ours = isBeside(before, after, names);
      if (isDate(digits, by, unit) || (!ours && isBeside(before, after, others))) continue;
      const many = units.filter(one => one[0] === unit)[0][1];
      const counted = (number(digits) + (/半/.test(by + half) ? 0.5 : 0)) * many, value = many > 1 ? Math.floor(counted) : counted;
      found.set(OPEN_BEFORE.test(before) || OPEN_AFTER.test(after) ? NaN : value, many > 1 ? all : "");
      beside = beside || ours;
    }
    return beside && found.size === 1 ? found.entries().next().value : [NaN, ""];
  }

  const wordsIn = (called, typed, plain) => Object.keys(called).filter(word => typed.includes(plain(word)));

  /** The classes that a text calls by a name of several (国企), each with its whole rule, as `ruled` has them.
      @param {Ruler[]} rulers @param {string} text @param {(text: string) => string} plain @returns {[string, string][]} */
  baodian.bounds = (rulers, text, plain) => [].concat(...rulers.map(([ruler, , , why, called]) => {
    const ids = new Set([].concat(...wordsIn(called, plain(text), plain).map(word => called[word])));
    return Array.from(ids, id => [ruler + "/" + id, why[id].join(" / ")]);
  }));

  /** `rulers` are (id, asked dimension → [[unit, how many], …] and names, walk, class → a line for each box of its rule,
     what several classes are called → them), `plain` makes texts alike. Returns [class as ruler/class, why] of those that hold
     whatever else may be known, or that a name of several and a number leave: 国企80台.
      @typedef {[string, Object<string, [[string, number][], string[]]>, Walk, Object<string, string[]>, Object<string, string[]>]} Ruler
      @param {Ruler[]} rulers @param {string} text @param {(text: string) => string} plain @returns {[string, string][]} */
  baodian.ruled = (rulers, text, plain) => {
    const answer = [], typed = plain(text);
    rulers.forEach(([ruler, asks, walk, why, called]) => {
      const words = wordsIn(called, typed, plain);
      const known = baodian.bare(), reckoned = [], ids = Object.keys(asks);
      ids.forEach(id => {
        const units = asks[id][0].map(one => [plain(one[0]), one[1]]), names = asks[id][1].concat(words).map(plain);
        const others = [].concat.apply([], ids.filter(other => other !== id).map(other => asks[other][1].map(plain)));
        const [value, said] = told(typed, units, names, others);
        if (value === value) known[id] = value;
        if (value === value && said) reckoned.push(said + " = " + value + asks[id][0][0][0]);
      });
      if (!Object.keys(known).length) return;
      const made = baodian.decide(walk, known);
      const left = words.reduce((ids, word) => ids.filter(id => called[word].includes(id)), made.possible);
      (words.length && left.length === 1 ? left : made.certain).forEach(id => { answer.push([ruler + "/" + id, reckoned.concat(why[id][made.why[id]]).join(" · ")]); });
    });
    return answer;
  };
})();
