/* What our scripts reckon with; knows no page, so Node.js tests it.

   baodian.has(object, name)     whether an object itself has a name, not as all have `constructor`
   baodian.bare(from)            a map with the names of `from` that holds nothing of itself
   baodian.plain(value)          whether a value is a map
   baodian.only(map, good)       a bare map of what is good(value, name) in a map, or nothing where it is none
   baodian.speaker(words)        say(word, gaps): a sentence with its gaps filled
   baodian.hash(text)            a short fingerprint of a text
   baodian.number(text)          the number a reader typed, null for none, NaN for what is no number
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
  baodian.speaker = words => (word, gaps) => words[word].replace(/\{(\w+)\}/g, (all, name) => {
    return gaps && gaps[name] !== undefined ? gaps[name] : all;
  });

  /** @param {string} text @returns {string} */
  baodian.hash = text => {
    let n = 5381;
    for (let i = 0; i < text.length; i++) n = ((n * 33) ^ text.charCodeAt(i)) >>> 0;
    return n.toString(36);
  };

  /* Full-width digits and commas of thousands count; what is kept has the digits that are shown again. */
  /** @param {string} text @returns {number | null} */
  baodian.number = text => {
    const plain = text.normalize("NFKC").trim().replace(/^-?\d{1,3}(,\d{3})+(?!\d)/, all => all.replace(/,/g, ""));
    if (plain === "") return null;
    return /^-?(\d{1,9}(\.\d{0,6})?|\.\d{1,6})$/.test(plain) ? Number(plain) : NaN;
  };

  /** @param {string} text @returns {number} */
  baodian.length = text => Array.from(text).length;

  /** @param {Date} date @returns {string} */
  baodian.day = date => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(n => String(n).padStart(2, "0")).join("-");

  /* Mobile and fixed-line numbers, identity numbers, with spaces and dashes between the digits or not. */
  /** @param {unknown} text @returns {boolean} */
  baodian.personal = text => {
    const bare = String(text).normalize("NFKC").replace(/[\s\-_.·]/g, "");
    return /(^|\D)(86)?1[3-9]\d{9}(\D|$)/.test(bare) || /\d{17}[\dx]/i.test(bare) || /(^|\D)0\d{9,11}(\D|$)/.test(bare);
  };
})();
