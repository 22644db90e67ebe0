/* What our scripts reckon with; knows no page, so Node.js tests it.

   baodian.has(object, name)     whether an object itself has a name, not as all have `constructor`
   baodian.bare(from)            a map with the names of `from` that holds nothing of itself
   baodian.plain(value)          whether a value is a map
   baodian.only(map, good)       a bare map of what is good(value, name) in a map, or nothing where it is none
   baodian.speaker(words)        say(word, gaps): a sentence with its gaps filled; {n|page|pages} goes with the number n
   baodian.hash(text)            a short fingerprint of a text
   baodian.digits(text)          the text in narrow signs, its digits of whatever script as 0 to 9
   baodian.number(text)          the number a reader typed (１,２００ is 1200, 1.5万 is 15000), null for none, NaN for what is no number
   baodian.length(text)          how many characters a reader sees in a text
   baodian.day(date)             2026-12-01, by the reader's own clock
   baodian.personal(text)        whether a text holds what looks like a phone or identity number */
(() => {
  "use strict";

  /** @param {object} object @param {string} name @returns {boolean} */
  baodian.has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

  /** @template T @param {Object<string, T>} [from] @returns {Object<string, T>} */
  baodian.bare = from => Object.assign(Object.create(null), from);

  /** @param {unknown} value @returns {boolean} */
  baodian.plain = value => typeof value === "object" && value !== null && !Array.isArray(value);

  /** @template T @param {unknown} map @param {(value: T, name: string) => boolean} good @returns {Object<string, T>} */
  baodian.only = (map, good) => {
    const made = baodian.bare();
    if (baodian.plain(map)) Object.keys(map).forEach(name => { if (good(map[name], name)) made[name] = map[name]; });
    return made;
  };

  /** @param {Object<string, string>} words @returns {(word: string, gaps?: object) => string} */
  baodian.speaker = words => (word, gaps) => words[word].replace(/\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g, (all, name, one, many) => {
    const value = gaps && gaps[name];
    return value === undefined ? all : one === undefined ? value : String(value) === "1" ? one : many;
  });

  /** @param {string} text @returns {string} */
  baodian.hash = text => {
    let n = 5381;
    for (let i = 0; i < text.length; i++) n = ((n * 33) ^ text.charCodeAt(i)) >>> 0;
    return n.toString(36);
  };

  /* As Python's text/numerals.py reads it; what has no one meaning (2万5, 1,00) is no number. What is kept has the
     digits that are shown again. */
  /** @param {string} text @returns {number | null} */
  baodian.number = text => {
    const plain = baodian.digits(text).trim().replace(/^-?\d{1,3}(?:,\d{3})+(?![\d,])/, found => found.replace(/,/g, ""));
    if (plain === "") return null;
    if (/^-?(\d{1,9}(\.\d{0,6})?|\.\d{1,6})$/.test(plain)) return Number(plain);
    if (!/^(?:\d{1,9}(?:\.\d{1,6})?\s*[百千万亿]+)+$/.test(plain)) return NaN;
    const factor = { "百": 100, "千": 1000, "万": 10000, "亿": 100000000 };
    let total = 0, unit = Infinity;
    (plain.match(/\d+(?:\.\d+)?\s*[百千万亿]+/g) || []).forEach(term => {
      const times = (term.match(/[百千万亿]/g) || []).reduce((all, sign) => all * factor[sign], 1);
      const value = Math.round(parseFloat(term) * times * 1e6) / 1e6;
      total = value < unit ? total + value : NaN;
      unit = times;
    });
    return total;
  };
  /** @param {string} text @returns {string} */
  baodian.digits = text => text.normalize("NFKC").replace(/\p{Nd}/gu, sign => {
    let before = 0; // how many digits of its script stand before it
    while (before < 9 && /\p{Nd}/u.test(String.fromCodePoint(sign.codePointAt(0) - before - 1))) before += 1;
    return String(before);
  });

  /** @param {string} text @returns {number} */
  baodian.length = text => Array.from(text).length;

  /** @param {Date} date @returns {string} */
  baodian.day = date => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(n => String(n).padStart(2, "0")).join("-");

  /* Digits of any script and width as 0 to 9; what nobody sees is left out. */
  /** @param {unknown} text @returns {string} */
  function plainDigits(text) {
    return String(text).normalize("NFKC").replace(/[\p{Cf}\p{M}\u115f\u1160\u17b4\u17b5]/gu, "").replace(/\p{Nd}/gu, sign => {
      let zero = sign.codePointAt(0);
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      return String((sign.codePointAt(0) - zero) % 10);
    });
  }

  const BORN = /^[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]$/i;
  const SUMS = /(?:套餐|价|元|块|档|款|型号|规格|编号|货号|方案|优惠|费|积分|系列|数量|金额|预算)[^\d]{0,4}$/; // before them stand amounts
  const COUNTED = /^\s*(?:元|块|档|款|台|件|箱|套|家|次|天|公里|公斤|吨)/;

  /* Whether groups of digits are one number: `spaced` says that only spaces stand between them. */
  /** @param {string[]} groups @param {boolean} spaced @param {boolean} amounts @param {string} last @returns {boolean} */
  function isNumber(groups, spaced, amounts, last) {
    const all = groups.join(""), alone = groups.length === 1;
    if (BORN.test(all) || BORN.test(all + last) || (!spaced && /^\d{17}/.test(all) && all.length + last.length > 17)) return true;
    if (/^0\d{9,11}$/.test(all)) return alone || (/^0\d{2,3}$/.test(groups[0]) && groups.length < 5);
    if (!/^(?:(?:00)?86)?1[3-9]\d{9}$/.test(all) || (spaced && amounts)) return false;
    return !spaced || (groups.length < 6 && groups.every(group => group.length > 1)) || groups.every(group => group.length === 1);
  }

  /* Mobile and fixed-line numbers, identity numbers, whatever stands between the digits; a list of prices is none. */
  /** @param {unknown} text @returns {boolean} */
  baodian.personal = text => {
    const plain = plainDigits(text), runs = /\d[\d\s\-_.·•()[\]~\u2010-\u2015\u2212]*/g;
    for (let run = runs.exec(plain); run; run = runs.exec(plain)) {
      const groups = run[0].match(/\d+/g), gaps = run[0].split(/\d+/).slice(1);
      const after = plain.slice(run.index + run[0].length), last = /^x/i.test(after) ? "x" : "";
      const amounts = SUMS.test(plain.slice(0, run.index)) || COUNTED.test(after);
      for (let from = 0; from < groups.length; from++) {
        for (let to = from + 1; to <= groups.length && to < from + 20; to++) {
          const spaced = to > from + 1 && gaps.slice(from, to - 1).every(gap => !gap.trim());
          if (isNumber(groups.slice(from, to), spaced, amounts, to === groups.length ? last : "")) return true;
        }
      }
    }
    return false;
  };
})();
