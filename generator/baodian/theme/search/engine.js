/* Finds text in the handbook: exact first, then all words, then other words for it, then near ones;
   Latin input also by sound. Knows nothing of the page: `baodianSearch.load(data)` fills it,
   `baodianSearch.find(text, choice)` answers. One linear scan of all folded text a query; that holds
   up to about 1.7 million characters (see benchmarks), beyond it the text needs an index. */
(() => {
  "use strict";

  const RANK = { t: 0, a: 1, h: 2, i: 3, p: 4, s: 4, o: 4 };
  const NOTHING = 1, MANY = 2; // in the table of characters: dropped; more than one character
  const RULED = -1; // what the rules give, and a move of which both ends are named, stand before all that is written
  // Where each way of matching begins; what stands in a text as it was typed takes 0 to 24, so that
  // nothing that is found otherwise comes before it.
  const CLASS = 26, SOUND = 28, PART = 28, WORDS = 32, SAME = 60, LETTERS = 85, ACROSS = 90, NEAR = 150;
  const EDITORS = { source: 12, reason: 12 }; // pages for editors stand behind those for readers
  const NEAR_ENOUGH = 0.3;     // share of a query's weight that a near result must have
  const SURE = 0.48;           // … and that makes it an answer
  const MOST_GRAMS = 30;       // bits of a mask
  const LONGEST = 200;         // characters of a query that count; some steps take the square of it
  // What a question is asked with, and who is said to have said it; removed where a query has more.
  const ASKING = /请问|为什么|怎么办|咋办|怎么样|怎么说|怎么做|怎么讲|怎么写|怎么回答|怎么|怎样|如何|什么时候|什么叫|什么意思|是什么|是啥|什么|哪些|哪个|哪里|哪儿|多少|多久|是不是|有没有|能不能|可不可以|要不要|该不该|应该|我想知道|我想|想知道|的时候|时候|(?:的)?(?:案例|例子)|(?:客户|车主|店主|老板|师傅|对方|人家|他们?)(?:老是?|总是?|又|跟我)?(?:说|问我?)|[吗呢吧啊呀？?，,。！!]/g;
  const TONES = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]/;
  const PARTICLES = /^[的了得着还就才又]+|[的了得着还就才呢有要会能该从到在给跟对]+$/g;

  const faces = new Map();
  const table = new Uint16Array(65536);
  const many = new Map(); // code point → its fold, where that is more than one unit, or beyond the table
  let unknown = [];       // where runs of code points begin that Python's Unicode does not know, or knows again
  let index = null;
  let ours = null;
  let first = null; // the first stage as it came

  // --- characters: the rule of `text/fold.py`, code point by code point -----------------------------

  /* Whether an odd number of runs has begun: after none all is unknown. */
  function isKnown(code) {
    let low = 0, high = unknown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (unknown[middle] <= code) low = middle + 1; else high = middle;
    }
    return !unknown.length || low % 2 === 1;
  }

  function folded(code) {
    if (!isKnown(code) || (code >= 0xd800 && code < 0xe000)) return "";
    let made = "";
    const plain = String.fromCodePoint(code).normalize("NFKD").toLowerCase().normalize("NFKD");
    for (const char of plain) if (/[\p{L}\p{N}]/u.test(char) && !/[\u115f\u1160]/.test(char)) made += faces.get(char) || char;
    return made.replace(/ς/g, "σ");
  }

  function face(code) {
    if (code > 0xffff) {
      if (!many.has(code)) many.set(code, folded(code));
      return MANY;
    }
    const known = table[code];
    if (known) return known;
    const made = folded(code);
    if (made.length > 1) many.set(code, made);
    return (table[code] = made.length === 0 ? NOTHING : made.length > 1 ? MANY : made.charCodeAt(0));
  }

  /* Returns the folded text; `places`, if given, receives the place of each character in the original. */
  function fold(text, places) {
    let out = "";
    for (let n = 0; n < text.length; n++) {
      const code = text.codePointAt(n), at = n;
      if (code > 0xffff) n += 1;
      const told = face(code);
      if (told === NOTHING) continue;
      const made = told === MANY ? many.get(code) : String.fromCharCode(told);
      out += made;
      if (places) for (let k = 0; k < made.length; k++) places.push(at);
    }
    return out;
  }

  const CLINGS = /^[\p{M}\p{Cf}\u1160-\u11ff\ud7b0-\ud7fb\u{1f3fb}-\u{1f3ff}]/u; // to the sign before it
  const FLAG = /[\u{1f1e6}-\u{1f1ff}]$/u; // two make a flag

  /* Returns the nearest place at or after `at` (before it, with `step` -1) where no sign is cut: neither the
     halves of one, nor a letter and its accents, nor what emoji are joined from. */
  function edge(text, at, step) {
    while (at > 0 && at < text.length && isInside(text, at)) at += step;
    return Math.max(0, Math.min(text.length, at));
  }

  function isInside(text, at) {
    const code = text.charCodeAt(at);
    if (code >= 0xdc00 && code < 0xe000 && text.codePointAt(at - 1) > 0xffff) return true;
    if (text[at - 1] === "\u200d" || CLINGS.test(text.slice(at, at + 2))) return true;
    if (!FLAG.test(text.slice(at, at + 2))) return false;
    let flags = 0;
    while (FLAG.test(text.slice(0, at - 2 * flags).slice(-2))) flags += 1;
    return flags % 2 === 1;
  }

  // --- data -----------------------------------------------------------------------------------------

  function runs(text) {
    const found = [];
    text.split(" ").forEach(run => {
      if (!run) return;
      const ends = run.split("-");
      for (let n = +ends[0]; n <= +(ends[1] || ends[0]); n++) found.push(n);
    });
    return found;
  }

  /* What is otherwise in the reader's city; it comes before the first stage. */
  function city(data) { ours = data; }

  /* The pages of a stage as they are in the city: `=3-7` are blocks of the page that a row stands for. */
  function inCity(pages, stage) {
    const rows = new Map(ours.pages.map(row => [row[0], row]));
    const there = pages.map(row => {
      const own = rows.get(row[0]);
      rows.delete(row[0]);
      return own ? other(own, placed(row[3])) : row;
    });
    rows.forEach(own => there.push(other(own, [])));
    return there.filter(row => row[3]);

    function other(own, lines) {
      return [own[1], own[2], own[3], filled(own[stage === 1 ? 5 : 6], lines), own[4]];
    }
  }

  /* Lines of a page, those that are told elsewhere (`=3-7`) in their places. */
  function filled(told, lines) {
    return told.split("\n").map(line => {
      const run = /^=(\d+)-?(\d*)$/.exec(line);
      return run ? lines.slice(+run[1], +(run[2] || run[1]) + 1).join("\n") : line;
    }).join("\n");
  }

  /* The second stage with what the first has told: what there is to choose from, sounds, blocks by number. */
  function whole(data) {
    const told = new Map(first.pages.map(row => [row[0], row[3]]));
    const pages = data.pages.map(row => row.slice(0, 3).concat(filled(row[3], placed(told.get(row[0]) || "")), row[4]));
    return Object.assign({}, first, data, { pages, sounds: [first.sounds, data.sounds].filter(Boolean).join("|") });
  }

  /* The lines of a page, each with its place. */
  function placed(lines) {
    let place = "||";
    return lines.split("\n").map(line => {
      const cells = line.split("\t");
      cells[1] = place = cells[1] || place;
      return cells.join("\t");
    });
  }

  function load(data) {
    if (index && index.stage >= data.stage) return;
    if (data.stage === 1) first = Object.assign({}, data);
    else if (first) data = whole(data);
    if (ours) {
      data.pages = inCity(data.pages, data.stage);
      data.for = Object.assign({}, data.for, ours.for);
      data.sounds = [data.sounds, ours.sounds].filter(Boolean).join("|");
      if (ours.rulers) data.rulers = ours.rulers;
    }
    table.fill(0);
    many.clear();
    faces.clear();
    let place = 0;
    unknown = (data.known || "").split(" ").filter(Boolean).map(run => (place += parseInt(run, 36)));
    const pairs = Array.from(data.folds);
    for (let n = 0; n + 1 < pairs.length; n += 2) faces.set(pairs[n], pairs[n + 1]);
    const groupOf = {};
    data.kinds.forEach((kind, at) => {
      kind[2].forEach(name => { groupOf[name] = at; });
    });
    const behind = new Set(data.behind || []);
    const made = {
      stage: data.stage, data, owners: [], blocks: [], all: "", starts: null, labels: [],
      sound: new Map(), same: [], names: new Map(), inLabels: null, usual: 1
    };
    data.sounds.split("|").forEach(row => {
      const cut = row.search(/[^a-z]/);
      Array.from(row.slice(cut)).forEach(char => { made.sound.set(char, row.slice(0, cut)); });
    });
    data.same.split("\n").forEach(row => {
      const two = row.split("\t");
      if (two[1]) made.same.push(two);
    });
    read(made, groupOf, behind);
    index = made;
  }

  function read(made, groupOf, behind) {
    const owners = new Map();
    const other = made.data.kinds.length - 1;
    const chunks = [];
    const starts = [];
    let length = 0;
    function owner(key, page) {
      let found = owners.get(key);
      if (found) return found;
      const told = (made.data.for[key] || ";").split(";");
      const kind = key.slice(0, key.indexOf(":"));
      found = {
        key, kind, group: kind in groupOf ? groupOf[kind] : other, title: "", page, behind: behind.has(key) || behind.has(kind),
        classes: runs(told[0]), channels: runs(told[1] || ""), number: made.owners.length, first: -1, length: 0
      };
      owners.set(key, found);
      made.owners.push(found);
      return found;
    }
    made.data.pages.forEach((row, at) => {
      const page = { address: row[0], title: row[1], accent: row[2] };
      // A kind alone: the id is what the address says after its folder.
      const root = owner(!row[4].includes(":") ? row[4] + ":" + row[0].slice(row[0].indexOf("/") + 1, -5) : row[4], page);
      let place = ["", "", ""];
      row[3].split("\n").forEach(line => {
        const cells = line.split("\t");
        if (cells[1]) {
          place = cells[1].split("|");
          if (place[2] === "=") place[2] = place[1] || place[0].slice(place[0].indexOf(":") + 1);
        }
        const block = {
          role: cells[0], owner: place[0] ? owner(place[0], page) : root, part: place[1],
          anchor: place[2], text: cells[2], page, number: made.blocks.length, folded: fold(cells[2])
        };
        block.behind = block.owner.behind || (block.role === "p" && behind.has(block.owner.kind + "#p"));
        if (block.role === "t" && !block.owner.title) {
          block.owner.title = block.text;
          block.owner.first = block.number;
        }
        starts.push(length);
        chunks.push(block.folded);
        length += block.folded.length;
        block.owner.length += block.folded.length;
        made.blocks.push(block);
        if (RANK[block.role] < 3) {
          block.odd = cells[3] || "";
          made.labels.push(block);
          if (RANK[block.role] < 2 && block.folded.length > 1 && block.folded.length < 9) made.names.set(block.folded, true);
        }
      });
      page.title = page.title || root.title;
      chunks.push("\n");
      length += 1;
    });
    made.all = chunks.join("");
    made.starts = Uint32Array.from(starts);
    made.usual = length / Math.max(1, made.owners.length);
  }

  /* In how many names and headings each character stands; counted when it is first asked for. */
  function inLabels() {
    if (!index.inLabels) {
      index.inLabels = new Map();
      index.labels.forEach(label => {
        new Set(label.folded).forEach(char => { index.inLabels.set(char, (index.inLabels.get(char) || 0) + 1); });
      });
    }
    return index.inLabels;
  }

  function blockAt(place) {
    let low = 0, high = index.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (index.starts[middle] <= place) low = middle; else high = middle - 1;
    }
    return index.blocks[low];
  }

  // --- what is written so -----------------------------------------------------------------------------

  /* Calls `each(block, place)` once for each block that holds `wanted`; with `across` also where it
     begins in one block and ends in the next of the same page. Returns how many. */
  function scan(wanted, each, across) {
    let count = 0;
    let at = index.all.indexOf(wanted);
    while (at >= 0) {
      const block = blockAt(at);
      const end = index.starts[block.number] + block.folded.length;
      if (at + wanted.length <= end) {
        each(block, at - index.starts[block.number]);
        count += 1;
        at = index.all.indexOf(wanted, end);
      } else {
        if (across) { across(block); }
        at = index.all.indexOf(wanted, at + 1);
      }
    }
    return count;
  }

  /* How good a place is: title before alias, heading, item, prose; whole before beginning before rest. */
  function quality(block, place, length) {
    const whole = block.folded.length === length ? 0 : place === 0 ? 1 : 2;
    return standing(RANK[block.role], whole) + (EDITORS[block.owner.kind] || 0);
  }

  /* A text that is all of a name stands before one that is part of a name: 欠款 wants the page that is
     also called 欠款 before the one whose title goes on. */
  function standing(rank, whole) {
    if (rank > 2) return rank * 3;
    if (rank === 2) return 6 + whole;
    return whole === 0 ? rank : 2 + (whole - 1) * 2 + rank;
  }

  function Results(choice) {
    this.byPlace = new Map();
    this.owners = new Set();
    this.choice = choice || {};
    this.points = {};
    this.named = new Set(); // owners behind the others that were asked for by name
  }

  /* Notes what stands behind the others, but is called just so; of a page's title the beginning will do. */
  Results.prototype.calls = function (name) {
    if (name.length < 2) return;
    index.labels.forEach(label => {
      if (!label.owner.behind || RANK[label.role] > 1) return;
      if (label.folded === name || (label.owner.kind === "page" && label.folded.startsWith(name))) this.named.add(label.owner);
    });
  };

  /* What only editors use is found by its own name, or when just its kind is asked for. */
  Results.prototype.shows = function (block) {
    return !block.behind || this.choice.kind === block.owner.group || this.named.has(block.owner);
  };

  Results.prototype.fits = function (owner) {
    const wanted = this.choice;
    return (wanted.kind === undefined || owner.group === wanted.kind) &&
      (wanted.class === undefined || owner.classes.includes(wanted.class)) &&
      (wanted.channel === undefined || owner.channels.includes(wanted.channel));
  };

  /* One result for each place one can jump to: the best block there. A script, its names and its first words
     are one. */
  Results.prototype.add = function (block, score, marks, near) {
    if (!this.fits(block.owner) || !this.shows(block)) return;
    const whole = block.owner.kind === "script" && !block.part && /[tao]/.test(block.role);
    const key = block.owner.key + "#" + block.part + "#" + (whole ? "" : block.anchor);
    const known = this.byPlace.get(key);
    if (known && known.score <= score) return;
    this.byPlace.set(key, { block, owner: block.owner, score, marks, near: !!near });
    this.owners.add(block.owner);
  };

  Results.prototype.sorted = function () {
    return Array.from(this.byPlace.values()).sort((a, b) => a.score - b.score || a.owner.group - b.owner.group ||
      (RANK[a.block.role] < 3 ? a.block.text.length - b.block.text.length : 0) ||
      a.block.number - b.block.number);
  };

  function exact(results, wanted, base, skip) {
    const only = wanted.length === 1 && /[^a-z0-9]/.test(wanted) ? 2 : 5; // one character: names alone
    return scan(wanted, (block, place) => {
      if (RANK[block.role] >= only) return;
      const asked = base > 0 && results.points[block.owner.kind] > 1.15 ? -2.5 : 0;
      results.add(block, base + asked + quality(block, place, wanted.length) + (skip ? skip(block, place) : 0), [wanted]);
    });
  }

  /* Every entity that has all the words, led by the block that has most of them. */
  function allWords(results, words, base) {
    const held = new Map();
    words.forEach((word, n) => {
      scan(word, (block, place) => {
        if (!results.shows(block)) return;
        let found = held.get(block.owner);
        if (!found) held.set(block.owner, (found = { words: 0, cost: 0, costs: [], blocks: new Map() }));
        const cost = quality(block, place, word.length);
        if (found.costs[n] === undefined || cost < found.costs[n]) found.costs[n] = cost;
        found.words |= 1 << n;
        found.blocks.set(block, (found.blocks.get(block) || 0) | (1 << n));
      });
    });
    const every = (1 << words.length) - 1;
    held.forEach((found, owner) => {
      if (found.words !== every) return;
      let best = null, most = 0;
      found.blocks.forEach((mask, block) => {
        const n = bits(mask) * 8 - RANK[block.role];
        if (n > most || best === null) { best = block; most = n; }
      });
      const cost = found.costs.reduce((sum, one) => sum + one, 0) / words.length;
      const together = bits(found.blocks.get(best)) === words.length ? 0 : 6;
      results.add(best, base + cost / 2 + together, words);
    });
  }

  function bits(mask) {
    let n = 0;
    for (; mask; mask &= mask - 1) n += 1;
    return n;
  }

  // --- what is written nearly so ------------------------------------------------------------------------

  /* What a way of asking points to: kinds of entity, and how much more they are worth then. */
  const POINTS = [
    [/怎么说|说什么|怎么讲|怎么写|怎么回|怎么开口|话术|台词/, { script: 1.2 }],
    [/怎么办|咋办/, { moment: 1.2, script: 1.2 }],
    [/多久|几次|几天|频率|几家|多少|什么时候/, { param: 1.2, rhythm: 1.2, class: 1.2 }],
    [/检查|自查|清单|查什么/, { checklist: 1.2 }],
    [/什么意思|是什么|是啥|指什么|叫什么|什么叫/, { term: 1.3 }],
    [/案例|例子|有没有人/, { case: 1.5 }],
    [/怎么做|怎样做|方法|步骤|技巧/, { guide: 1.2, class: 1.2 }],
    [/怎么|怎样|如何/, { guide: 1.15, script: 1.1, moment: 1.1 }],
    [/区别|不同|少了|多了/, { transition: 1.3, scheme: 1.1 }],
    [/第一天|第一周|新人|新来/, { path: 1.25 }]
  ];
  // Near is only guessed: what is read at the door goes first, what lists or teaches goes behind.
  const KINDS = { moment: 1.1, script: 1.05, term: 0.8, path: 0.75, page: 0.75, decision: 0.9, transition: 0.85, source: 0.5, reason: 0.4 };
  const WHERE = [1.5, 1.4, 1.1, 1, 0.9]; // title, alias, heading, item, prose
  // None of these is sharp: half or double moves the figures of tests/queries.tsv by less than 0.01.
  const FULL = 0.6;       // how much more a name is worth that stands in the query as a whole
  const CHARS = 0.5;      // the part of single characters
  const SPREAD = 0.5;     // the part of all that an entity shares, against its best block
  const LENGTH = 0.2;     // how much of the spread goes by the entity's length
  const OTHER_WORD = 0.6; // a word of ours for a word in the query, against the word itself

  function pointed(text) {
    const found = {};
    POINTS.forEach(row => {
      if (!row[0].test(text)) return;
      Object.keys(row[1]).forEach(kind => { found[kind] = Math.max(found[kind] || 1, row[1][kind]); });
    });
    return found;
  }

  /* Scores every entity by what it shares with the query: names of things in it, pairs of characters,
     single characters of names. What is rare weighs more, what stands in a name too, and most a name
     that stands in the query as a whole. Returns the best share. */
  function nearly(results, text, words, base) {
    const units = [];
    const grams = new Map();
    function unit(text, factor) {
      const made = { text, factor, owners: 0, bit: units.length };
      units.push(made);
      return made;
    }
    words.forEach(part => {
      for (let n = 0; n + 1 < part.length && grams.size < MOST_GRAMS; n++) {
        if (/\d/.test(part[n]) && /\d/.test(part[n - 1] || "")) continue; // 35 days are no 75 days
        const key = part.charCodeAt(n) * 65536 + part.charCodeAt(n + 1);
        if (!grams.has(key)) grams.set(key, unit(part.slice(n, n + 2), 1));
      }
    });
    const held = new Map();
    function hold(block, unit) {
      if (block.owner.behind && !results.shows(block)) return; // of a parameter all tells what it is about
      let found = held.get(block.owner);
      if (!found) held.set(block.owner, (found = { best: [], blocks: new Map(), chars: 0 }));
      const rank = RANK[block.role];
      if (found.best[unit.bit] === undefined) unit.owners += 1;
      if (found.best[unit.bit] === undefined || rank < found.best[unit.bit]) found.best[unit.bit] = rank;
      let has = found.blocks.get(block);
      if (!has) found.blocks.set(block, (has = []));
      has[unit.bit] = true;
    }
    pairs(grams, hold);
    const joined = words.join("");
    known(joined).filter(name => name.length > 2).slice(0, 6).forEach(name => {
      const named = unit(name, 1);
      scan(name, block => { hold(block, named); });
    });
    index.same.forEach(two => {
      if (units.length > 40 || two[0].length < 2 || two[1].length > 4 || !joined.includes(two[0])) return;
      const other = unit(two[1], OTHER_WORD);
      other.extra = true;
      scan(two[1], block => { hold(block, other); });
    });
    let total = 0;
    units.forEach(unit => { // a pair that stands nowhere mostly spans two words
      unit.weight = unit.factor * Math.log((index.owners.length + 1) / (unit.owners + 0.5));
      if (!unit.extra) total += unit.owners ? unit.weight : unit.weight / 4;
    });
    const points = results.points;
    let best = 0;
    const chars = nearNames(joined);
    chars.byOwner.forEach((one, owner) => {
      if (!held.has(owner) && results.shows(one.label)) held.set(owner, { best: [], blocks: new Map([[one.label, []]]) });
    });
    held.forEach((found, owner) => {
      if (results.owners.has(owner) || !results.fits(owner)) return;
      let all = 0;
      units.forEach(unit => {
        if (found.best[unit.bit] !== undefined) all += unit.weight * WHERE[found.best[unit.bit]];
      });
      let lead = null, most = -1;
      found.blocks.forEach((has, block) => {
        let w = 0, covered = 0;
        units.forEach(unit => {
          if (!has[unit.bit]) return;
          w += unit.weight;
          if (!unit.extra && unit.text.length === 2) covered += 1;
        });
        const rank = RANK[block.role];
        w *= WHERE[rank];
        if (rank < 3) w *= 1 + FULL * Math.min(1, covered / Math.max(1, block.folded.length - 1));
        if (w > most) { most = w; lead = block; }
      });
      // The longer an entity is, the less it says that a pair stands somewhere in it.
      const spread = SPREAD / (1 - LENGTH + LENGTH * owner.length / index.usual);
      let share = (spread * all + (1 - SPREAD) * most) / total;
      const name = chars.byOwner.get(owner);
      if (name) {
        share += CHARS * name.share;
        if (!most) lead = name.label;
      }
      share *= (points[owner.kind] || 1) * (KINDS[owner.kind] || 1);
      if (share < NEAR_ENOUGH) return;
      best = Math.max(best, share);
      const marks = units.filter(unit => found.best[unit.bit] !== undefined);
      if (!results.shows(lead)) lead = index.blocks[owner.first] || lead;
      results.add(lead, base + 20 - 10 * share, marks.map(unit => unit.text), true);
    });
    return best;
  }

  /* Returns for each entity the name of it that shares most single characters with the query: words
     that are turned round or cut short (送货晚了 for 晚到) share no pair. */
  function nearNames(joined) {
    const chars = new Set(Array.from(joined));
    let total = 0;
    function weight(char) {
      return Math.log((index.labels.length + 1) / ((inLabels().get(char) || 0) + 1));
    }
    const weights = new Map();
    chars.forEach(char => {
      weights.set(char, weight(char));
      total += inLabels().has(char) ? weight(char) : weight(char) / 4;
    });
    const byOwner = new Map();
    index.labels.forEach(label => {
      const text = label.folded;
      let shared = 0, n = 0, seen = "";
      for (let at = 0; at < text.length; at++) {
        const w = weights.get(text[at]);
        if (w === undefined || seen.includes(text[at])) continue;
        seen += text[at];
        shared += w;
        n += 1;
      }
      if (n < 2 && text.length > 2) return;
      const share = shared / total * (0.4 + 0.6 * n / text.length);
      const known = byOwner.get(label.owner);
      if (share > 0 && (!known || known.share < share)) byOwner.set(label.owner, { share, label });
    });
    return { byOwner };
  }

  /* One pass over all text for all pairs: `each(block, unit)`. */
  function pairs(grams, each) {
    const first = new Uint8Array(65536);
    grams.forEach((gram, key) => { first[Math.floor(key / 65536)] = 1; });
    const all = index.all;
    let number = 0, next = index.starts.length > 1 ? index.starts[1] : Infinity;
    for (let n = 0; n + 1 < all.length; n++) {
      const code = all.charCodeAt(n);
      if (!first[code]) continue;
      const gram = grams.get(code * 65536 + all.charCodeAt(n + 1));
      if (!gram) continue;
      while (n >= next) {
        number += 1;
        next = number + 1 < index.starts.length ? index.starts[number + 1] : Infinity;
      }
      each(index.blocks[number], gram);
    }
  }

  // --- what sounds so ---------------------------------------------------------------------------------

  function soundOf(char) {
    return index.sound.get(char) || char;
  }

  function syllables(label) {
    if (label.syllables) return label.syllables;
    label.syllables = Array.from(label.folded, soundOf);
    label.odd.split(",").forEach(odd => {
      const told = /^([0-9]+)([a-z]+)$/.exec(odd);
      if (told) label.syllables[+told[1]] = told[2];
    });
    return label.syllables;
  }

  /* How many letters of `typed` from `from` on a syllable begins with; v is what keyboards have for ü. */
  function agree(typed, from, syllable) {
    let n = 0;
    while (n < syllable.length && (typed[from + n] === syllable[n] || (n && typed[from + n] === "v" && syllable[n] === "u"))) n += 1;
    return n;
  }

  /* How `typed` reads from syllable `at` on: null, or how many syllables it takes and how many of them,
     the last left out, are cut short. An apostrophe stands where a syllable ends. */
  function reads(typed, sounds, at, from, cut) {
    if (typed[from] === "'") from += 1;
    if (from === typed.length) return { taken: 0, cut };
    if (at >= sounds.length) return null;
    const whole = sounds[at];
    for (let n = agree(typed, from, whole); n >= 1; n--) {
      const last = from + n === typed.length;
      const rest = reads(typed, sounds, at + 1, from + n, cut + (n < whole.length && !last ? 1 : 0));
      if (rest) return { taken: rest.taken + 1, cut: rest.cut, short: last ? n < whole.length : rest.short };
    }
    return null;
  }

  /* A name told by the first letter of each syllable and no more: szh is 死账户 before it is sz-h… */
  function initials(typed, sounds) {
    typed = typed.replace(/'/g, "");
    if (typed.length !== sounds.length || typed.length < 2) return null;
    for (let n = 0; n < typed.length; n++) if (sounds[n][0] !== typed[n]) return null;
    return { taken: typed.length, cut: typed.length - 1, short: true };
  }

  function bySound(results, typed, base) {
    index.labels.forEach(label => {
      if (!results.fits(label.owner)) return;
      const sounds = syllables(label);
      for (let at = 0; at < sounds.length; at++) {
        if (sounds[at][0] !== typed[0]) continue;
        const found = at === 0 && initials(typed, sounds) || reads(typed, sounds, at, 0, 0);
        if (!found || (typed.length > 1 && found.taken === 1 && found.short && at > 0)) continue;
        const marked = Array.from(label.folded).slice(at, at + found.taken).join("");
        if (!/[^a-z0-9]/.test(marked)) continue;
        const whole = at === 0 && found.taken === sounds.length ? 0 : at === 0 ? 1 : 2;
        if (whole === 0 && !found.cut && !found.short) results.calls(label.folded);
        const cost = (found.cut ? 3 : 0) + standing(RANK[label.role], whole) + (EDITORS[label.owner.kind] || 0) + (found.cut && found.cut < found.taken - 1 ? 2 : 0);
        results.add(label, base + cost, [marked]);
        break;
      }
    });
  }

  const SLIPS = [[/^(z|c|s)h/, "$1"], [/ng$/, "n"], [/^n(?=.)/, "l"], [/^f(?=u)/, "h"]];

  function blur(syllable) {
    return SLIPS.reduce((made, slip) => made.replace(slip[0], slip[1]), syllable);
  }

  /* Returns what stands in the handbook and sounds like `wanted`, most frequent first. */
  function soundsLike(wanted, loosely) {
    return heardAs(Array.from(wanted, soundOf), loosely).filter(text => text !== wanted);
  }

  /* Returns what stands in the handbook and has just these syllables: names first, then by frequency. */
  function heardAs(syllables, loosely) {
    const turn = loosely ? blur : syllable => syllable;
    const heard = loosely ? "heardLoosely" : "heard";
    if (!index[heard]) {
      const numbers = new Map();
      const ofCode = new Uint16Array(65536);
      const made = new Uint16Array(index.all.length);
      for (let n = 0; n < made.length; n++) {
        const code = index.all.charCodeAt(n);
        if (!ofCode[code]) {
          const told = turn(soundOf(index.all[n]));
          if (!numbers.has(told)) numbers.set(told, numbers.size + 1);
          ofCode[code] = numbers.get(told);
        }
        made[n] = ofCode[code];
      }
      index[heard] = { sequence: made, numbers };
    }
    const { sequence, numbers } = index[heard];
    const query = syllables.map(syllable => numbers.get(turn(syllable)) || 0);
    if (!query.length || query.includes(0)) return [];
    const counts = new Map();
    for (let at = sequence.indexOf(query[0]); at >= 0; at = sequence.indexOf(query[0], at + 1)) {
      let k = 1;
      while (k < query.length && sequence[at + k] === query[k]) k += 1;
      if (k < query.length) continue;
      const text = index.all.slice(at, at + k);
      counts.set(text, (counts.get(text) || 0) + 1);
    }
    return Array.from(counts).sort((a, b) => // a name before what only stands in a sentence
      index.names.has(b[0]) - index.names.has(a[0]) || b[1] - a[1]).map(one => one[0]);
  }

  // --- letters for what is not written in letters -------------------------------------------------------

  /* Returns a text in small Latin letters, its accents gone, one apostrophe for all. */
  function plainLetters(text) {
    return text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").replace(/[’‘ʼ\u0060´]/g, "'").toLowerCase();
  }

  function isLatin(text) {
    return /^[a-z][a-z'\s]*$/.test(plainLetters(text).trim());
  }

  /* Returns what was typed to be read as sounds: letters, with an apostrophe where a syllable must end. */
  function typedIn(text) {
    return plainLetters(text).replace(/[^a-z]+/g, "'").replace(/^'|'$/g, "");
  }

  /* Returns the ways to part letters into syllables that Han characters here have, a few at most. */
  function partings(typed) {
    if (!index.syllables) index.syllables = new Set(Array.from(index.sound.values()).filter(sound => /^[a-z]+$/.test(sound)));
    const found = [];
    let steps = 0;
    function part(from, syllables) {
      if (typed[from] === "'") from += 1;
      if (from === typed.length) { found.push(syllables); return; }
      for (let n = Math.min(6, typed.length - from); n > 0 && found.length < 6 && (steps += 1) < 2000; n--) {
        const piece = typed.substr(from, n), one = piece[0] + piece.slice(1).replace(/v/g, "u");
        if (index.syllables.has(one)) part(from + n, syllables.concat(one));
      }
    }
    if (typed.length < 40) part(0, []);
    return found;
  }

  /* Returns the Han texts of the handbook that letters spell: all of them at once, else longest pieces of two
     syllables or more, one after the other. */
  function spelt(typed) {
    const every = partings(typed).filter(syllables => syllables.length > 1);
    const han = texts => texts.filter(text => !/[a-z0-9\n]/.test(text));
    for (let n = 0; n < every.length; n++) {
      const whole = han(heardAs(every[n], false));
      if (whole.length) return whole.slice(0, 3);
    }
    for (let n = 0; n < every.length; n++) {
      let made = "";
      for (let at = 0; at < every[n].length;) {
        let length = Math.min(8, every[n].length - at), found = "";
        for (; length > 1 && !found; length--) found = han(heardAs(every[n].slice(at, at + length), false))[0] || "";
        if (!found) { made = ""; break; }
        made += found;
        at += length + 1;
      }
      if (made) return [made];
    }
    return [];
  }

  /* Returns the text with its letters as what they spell, up to two ways; none if some spell nothing. Words that
     the handbook has in letters stay. */
  function inHan(text) {
    let ways = [""];
    let changed = false;
    plainLetters(text).split(/([a-z][a-z']*)/).forEach((piece, n) => {
      const folded = fold(piece);
      let other = [piece];
      if (n % 2 && (folded.length < 2 || !new RegExp("(?:^|[^a-z0-9])" + folded + "(?![a-z0-9])").test(index.all))) {
        other = spelt(typedIn(piece));
        changed = true;
      }
      ways = [].concat.apply([], ways.map(way => other.map(one => way + one))).slice(0, 2);
    });
    return changed ? ways : [];
  }

  /* Returns the names that sound exactly like a query which stands in no name itself: 流是 stands in
     物流是, and is 流失 all the same. */
  function namesLike(wanted, results) {
    if (wanted.length < 2 || wanted.length > 8 || !/[^a-z0-9]/.test(wanted)) return [];
    if (results.some(one => RANK[one.block.role] < 3)) return [];
    if (!index.soundNames) {
      index.soundNames = new Map();
      index.names.forEach((_, name) => {
        const sound = Array.from(name, soundOf).join(" ");
        index.soundNames.set(sound, (index.soundNames.get(sound) || []).concat(name));
      });
    }
    const found = index.soundNames.get(Array.from(wanted, soundOf).join(" ")) || [];
    return found.filter(name => name !== wanted).slice(0, 3);
  }

  /* Returns up to three texts that may have been meant: what sounds like the whole, else like a part that
     stands nowhere, if the handbook names or repeats it. */
  function meant(words) {
    const wanted = words.join("").slice(0, 24), rest = words.join("").slice(24); // each part costs a scan
    if (wanted.length < 2 || !/[^a-z0-9]/.test(wanted)) return [];
    for (let loosely = 0; loosely < 2 && !rest; loosely++) {
      const whole = soundsLike(wanted, !!loosely);
      if (whole.length) return whole.slice(0, 3);
    }
    for (let length = Math.min(4, wanted.length - 1); length > 1; length--) {
      for (let at = 0; at + length <= wanted.length; at++) {
        const part = wanted.substr(at, length);
        if (index.all.includes(part)) continue;
        const other = soundsLike(part, false).filter(text => index.names.has(text))[0];
        if (other) return [wanted.slice(0, at) + other + wanted.slice(at + length) + rest];
      }
    }
    return [];
  }

  /* Returns the names that share most characters with a query that nothing fits; of letters, syllables. */
  function nearestNames(text) {
    const latin = isLatin(text);
    const told = latin ? partings(typedIn(text))[0] || [] : pieces(fold(text));
    const wanted = new Set(told);
    return index.labels
      .filter(label => label.role === "t" && !label.owner.behind)
      .map(label => {
        const own = new Set(latin ? syllables(label) : pieces(label.folded));
        let shared = 0;
        own.forEach(piece => { if (wanted.has(piece) && (!latin || piece.length > 1)) shared += 1; });
        return { label, share: shared / (own.size + wanted.size - shared) };
      })
      .filter(one => one.share > 0)
      .sort((a, b) => b.share - a.share)
      .slice(0, 5)
      .map(one => ({ block: one.label, owner: one.label.owner, marks: [], score: 0 }));
  }

  /* Returns the Han characters of a folded text, and its words and numbers whole. */
  function pieces(folded) {
    return folded.match(/[a-z0-9]{2,}|[^a-z0-9]/g) || [];
  }

  // --- a query ------------------------------------------------------------------------------------------

  function parts(text) {
    let left = text.replace(ASKING, " ");
    if (!fold(left)) left = text;
    return left.split(/[\s、，,。．.？?！!；;：:“”"'（）()《》/]+/).map(part => fold(part))
      .filter((part, n, every) => part && every.indexOf(part) === n).slice(0, 8);
  }

  const signs = typed => Array.from(typed.normalize("NFKC"), sign => fold(sign) || sign).join(""); // folded, with its marks
  const TURNS = "[升降变掉跌转改退]", MOVING = new RegExp(TURNS), LEFT = new RegExp("^(?:怎么)?" + TURNS);
  const BETWEEN = new RegExp("^(?:→|->|to|回?到|成为)$|" + TURNS + "级?[成为回到至了]*$"); // what stands right before the second name
  const BESIDE = /[升降变掉跌→到从由\P{L}]/u; // between such signs a single one is a word
  const JOINING = /[升降变掉跌转改退成为到回]/; // a single one of these is no name beside another

  /* The numbers of the classes by how their names begin (金卡 for 金卡客户), and after a `=` by whole names. */
  function beginnings() {
    if (index.begins) return index.begins;
    const begins = index.begins = new Map(), numbers = new Map();
    function name(text, n) {
      for (let end = 1; end <= text.length; end++) put(text.slice(0, end), n);
      put("=" + text, n);
    }
    function put(text, n) {
      begins.set(text, (begins.get(text) || new Set()).add(n));
    }
    index.data.classes.forEach((row, n) => {
      numbers.set("class:" + row[0], n);
      name(fold(row[1]), n);
    });
    index.labels.forEach(label => {
      if (RANK[label.role] < 2 && numbers.has(label.owner.key)) name(label.folded, numbers.get(label.owner.key));
    });
    return begins;
  }

  /* Returns the classes that a text names, in its order: where each name begins and ends, and which they are. */
  function classesIn(plain) {
    const begins = beginnings(), found = [];
    for (let at = 0; at < plain.length; at++) {
      let piece = "", end = at;
      while (end < plain.length && (plain[end] === " " || begins.has(piece + plain[end]))) {
        if (plain[end] !== " ") piece += plain[end];
        end += 1;
      }
      const before = plain[at - 1] || " ", after = plain[end - 1] === " " ? " " : plain[end] || " ";
      const alone = /[a-z]/.test(piece) ? !/[a-z0-9]/.test(before + after) : BESIDE.test(before) && BESIDE.test(after) && !JOINING.test(piece);
      if (piece.length < 2 && !(piece && alone)) continue;
      found.push({ at, end, classes: begins.get("=" + piece) || begins.get(piece) });
      at = end - 1;
    }
    return found;
  }

  /* Returns from which class to which a text says that somebody moves, as `3>4`: the one that is named first is
     left, whatever the word between them; 乙从甲升上来 turns them round. That it is a move stands right before the second name,
     or anywhere if nothing stands between the two. */
  function moves(text) {
    const plain = signs(text), pairs = new Set(), found = classesIn(plain);
    const besides = found.reduceRight((left, one) => left.slice(0, one.at) + " " + left.slice(one.end), plain);
    found.reduce((one, two) => {
      const between = plain.slice(one.end, two.at).trim(), turned = /^[是就]?[从由]$/.test(between);
      const from = turned ? two : one, to = turned ? one : two;
      if (turned ? LEFT.test(plain.slice(two.end).trim()) : between ? BETWEEN.test(between) : MOVING.test(besides)) {
        from.classes.forEach(a => to.classes.forEach(b => { pairs.add(a + ">" + b); }));
      }
      return two;
    }, { classes: [], end: 0 });
    return pairs;
  }

  /* Adds the moves of which a text names both ends. A move's title is such a text too: 甲 → 乙. */
  function byMove(results, text) {
    const asked = moves(text);
    if (asked.size) index.labels.forEach(label => {
      if (label.owner.kind !== "transition" || label.role !== "t") return;
      moves(label.text).forEach(pair => { if (asked.has(pair)) results.add(label, RULED, []); });
    });
  }

  /* Adds the class that the handbook's rules give a customer of whom a text tells a number, and why; classes that are found by a name
     of several say by which rule one is of them. */
  function byRule(results, text) {
    if (!index.data.rulers) return; // not yet, or none
    baodian.bounds(index.data.rulers, text, signs).forEach(one => {
      results.byPlace.forEach(found => {
        if (found.owner.key === "class:" + one[0] && found.block.role === "a") found.block = Object.assign({}, found.block, { why: one[1] });
      });
    });
    baodian.ruled(index.data.rulers, text, signs).forEach(one => {
      const cut = one[0].indexOf("/"), row = one[0].slice(cut + 1), ruler = "scheme:" + one[0].slice(0, cut);
      const block = index.blocks.filter(told => told.owner.key === "class:" + one[0] && told.role === "t")[0] ||
        index.blocks.filter(told => told.owner.key === ruler && told.part === row)[0];
      if (block) results.add(Object.assign({}, block, { why: one[1] }), RULED, []);
    });
  }

  /* Adds the classes that one word of several names (金卡 话术), at the place of the guide that says most of the others: who names a
     class wants its guide, whether or not the other words stand in it. */
  function byClass(results, words) {
    words.forEach(word => {
      const named = classesIn(word)[0], others = words.filter(other => other !== word);
      if (!others.length || !named || /^[^a-z]$/.test(word) || named.end - named.at < word.length || named.classes.size > 2) return;
      named.classes.forEach(n => {
        const key = "class:" + index.data.classes[n][0];
        const told = index.blocks.filter(block => block.owner.key === key).map(block => ({ block, held: others.filter(other => block.folded.includes(other)).length }));
        told.sort((a, b) => b.held - a.held || RANK[a.block.role] - RANK[b.block.role]);
        if (told.length) results.add(told[0].block, CLASS, words);
      });
    });
  }

  /* Returns the names of things that stand in a text, longest first from the left. */
  function known(text) {
    const found = [];
    for (let at = 0; at < text.length;) {
      let length = Math.min(8, text.length - at);
      while (length > 1 && !index.names.has(text.substr(at, length))) length -= 1;
      if (length > 1 && !found.includes(text.substr(at, length))) found.push(text.substr(at, length));
      at += length > 1 ? length : 1;
    }
    return found;
  }

  /* Returns { results, near, meant, nearest, sure }: what fits, what nearly does, what may have been meant,
     and names to offer when there is nothing; `sure` if something answers. `choice` narrows by number: kind,
     class, channel. */
  function find(text, choice) {
    text = text.slice(0, LONGEST);
    const answer = { text, results: [], near: [], meant: [], nearest: [], sure: false };
    if (!index || !fold(text)) return answer;
    look(answer, text, choice);
    if (!answer.results.length && /[a-z]/.test(plainLetters(text))) {
      const ways = inHan(text).map(way => look({ meant: [] }, way, choice));
      const best = ways.filter(way => way.results.length)[0] || ways.filter(way => way.near.length)[0];
      if (best) Object.assign(answer, best);
    }
    if (!answer.results.length && !answer.near.length) answer.nearest = nearestNames(text);
    return answer;
  }

  /* Fills an answer with what is found for a text as it is written, and for letters as they sound. */
  function look(answer, text, choice) {
    const wanted = fold(text);
    const results = new Results(choice);
    const latin = isLatin(text);
    const short = latin && wanted.length < 4;
    const raw = parts(text);
    results.calls(wanted);
    results.calls(raw.join(""));
    exact(results, wanted, 0, latin ? (block, place) => { // a few letters inside a longer word; a sound told
      if (short && place > 0 && /[a-z]/.test(block.folded[place - 1])) return LETTERS;
      return RANK[block.role] < 3 || !TONES.test(block.text) || TONES.test(text) ? 0 : /['’]/.test(text) ? LETTERS : SOUND;
    } : null);
    if (latin) bySound(results, typedIn(text), SOUND);
    results.points = pointed(text);
    const words = raw.map(part => // what a question word leaves at the ends (客户从|哪里|找)
    part === wanted || part.length < 3 ? part : part.replace(PARTICLES, "") || part);
    if (raw.length === 1 && raw[0] !== wanted) exact(results, raw[0], PART);
    if (words.length === 1 && words[0] !== raw[0] && words[0] !== wanted) exact(results, words[0], PART + 1);
    if (words.length > 1) allWords(results, words, WORDS);
    index.same.forEach(two => {
      if (two[0].length > 1 && wanted.includes(two[0])) exact(results, wanted.split(two[0]).join(two[1]), SAME);
    });
    if (results.byPlace.size === 0) {
      scan(wanted, () => {}, block => { results.add(block, ACROSS, [wanted]); });
    }
    byClass(results, words);
    byRule(results, text);
    byMove(results, text);
    const best = wanted.length > 2 && !latin ? nearly(results, text, words, NEAR) : 0;
    const every = results.sorted();
    answer.results = every.filter(one => !one.near);
    answer.near = every.filter(one => one.near);
    answer.best = best;
    answer.sure = answer.results.length > 0 || best >= SURE;
    if (answer.results.length === 0 && best < 0.6 && !latin) answer.meant = meant(words);
    if (!answer.meant.length && !latin) answer.meant = namesLike(wanted, answer.results);
    return answer;
  }

  /* Returns the Han texts that letters may stand for, while somebody is still writing them. */
  function candidates(text) {
    const typed = typedIn(text);
    const counts = new Map();
    index.labels.forEach(label => {
      const sounds = syllables(label);
      for (let at = 0; at < sounds.length; at++) {
        const found = sounds[at][0] === typed[0] && reads(typed, sounds, at, 0, 0);
        if (!found) continue;
        const text = Array.from(label.folded).slice(at, at + found.taken).join("");
        counts.set(text, (counts.get(text) || 0) + 1 - found.cut);
      }
    });
    return Array.from(counts).sort((a, b) => b[1] - a[1]).slice(0, 5).map(one => one[0]);
  }

  function has(owner, folded) {
    return index.blocks.some(block => block.owner === owner && block.folded.includes(folded));
  }

  /* Returns [start, end) of every mark in a text, in places of the original, whole signs, without overlaps. */
  function marksIn(text, marks) {
    const places = [];
    const folded = fold(text, places);
    const found = [];
    marks.forEach(mark => {
      for (let at = folded.indexOf(mark); at >= 0 && mark; at = folded.indexOf(mark, at + mark.length)) {
        found.push([edge(text, places[at], -1), edge(text, places[at + mark.length - 1] + 1, 1)]);
      }
    });
    found.sort((a, b) => a[0] - b[0]);
    return found.reduce((joined, span) => {
      const last = joined[joined.length - 1];
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]); else joined.push(span.slice());
      return joined;
    }, []);
  }

  window.baodianSearch = {
    load: function (data) {
      load(data);
      if (window.baodianSearch.onload) window.baodianSearch.onload(data.stage);
    },
    city,
    find,
    fold,
    edge,
    marksIn,
    candidates,
    has,
    isLatin,
    get index() { return index; }
  };
})();
