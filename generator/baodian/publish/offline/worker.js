/* Keeps the whole handbook on the reader's device, one version at a time, and gives it out from there.

   Files are kept by the hash of what they hold, so a new version fetches only what changed and an
   interrupted one goes on where it stopped. Once a version is complete, only complete ones are given out; a
   newer one waits beside it until the reader takes it, and the one before stays until the new one has proved
   itself. Until the first is complete, what there is of the newest is given out: first of all what somebody
   needs who has no network, which is stored before the worker begins. */
"use strict";

var VERSION = "@VERSION@"; // hash of offline.json
var ROOT = self.registration.scope;
var OWN = "baodian:" + new URL(ROOT).pathname + ":";
var FILES = OWN + "files", STATE = OWN + "state";
var AT_ONCE = 4, DAY = 864e5, WEEK = 7 * DAY;
var PATIENCE = 2e4; // ms after which the worker begins with as much of the first files as it has
var LASTING = /\.[0-9a-f]{8}(?:\.min)?\.[a-z0-9]+$/; // a name that never means anything else (addresses.py)
var NEVER = { "sw.js": true, "offline.json": true, "handbook.html": true };
var TYPES = {
  html: "text/html", js: "text/javascript", css: "text/css", json: "application/json", svg: "image/svg+xml",
  png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp",
  xml: "application/xml", txt: "text/plain", pdf: "application/pdf", ics: "text/calendar"
};

/* --- what is known: { current, previous, next: {version, edition, built, bytes}, refused, switched, bad, checked } --- */

var memo = null;
var lists = {};    // version → its offline.json
var seen = {};     // client → version of the page it shows, "" for one from the network
var beginning = null; // while the first files are fetched
var loading = null, done = 0, total = 0, trouble = "";
var holes = -1;    // how many files the version that is given out has lost; -1 if nobody has looked

function remembered(key) {
  return caches.match(ROOT + key, { cacheName: STATE }).then(function (found) {
    return found ? found.json() : null;
  });
}

function remember(key, value) {
  return caches.open(STATE).then(function (cache) { return cache.put(ROOT + key, new Response(JSON.stringify(value))); });
}

function state() {
  return memo ? Promise.resolve(memo) : remembered("~state").then(function (kept) { return memo = memo || kept || {}; });
}

var queue = Promise.resolve();
function change(turn) { // one after the other
  queue = queue.catch(function () {}).then(state).then(function (kept) {
    var next = Object.assign({}, kept);
    turn(next);
    holes = -1;
    return remember("~state", next).then(function () { memo = next; });
  });
  return queue;
}

function is(one, version) { return !!one && one.version === version; }

function listOf(version) {
  if (lists[version]) return Promise.resolve(lists[version]);
  return remembered("~list/" + version).then(function (list) { return lists[version] = list; });
}

/* --- loading ------------------------------------------------------------------------------------- */

function hash(buffer) {
  return crypto.subtle.digest("SHA-256", buffer).then(function (sum) {
    return Array.prototype.map.call(new Uint8Array(sum), function (byte) {
      return (byte < 16 ? "0" : "") + byte.toString(16);
    }).join("").slice(0, 32);
  });
}

/* Fetches a file and resolves to its bytes, if they are those that this version means. */
function fetched(path, wanted, how) {
  return fetch(ROOT + path.split("/").map(encodeURIComponent).join("/"), { cache: how, credentials: "same-origin" }).then(function (answer) {
    if (!answer.ok && !/(^|\/)404\.html$/.test(path)) throw new Error("net");
    return answer.arrayBuffer();
  }).then(function (buffer) {
    return hash(buffer).then(function (found) {
      if (found === wanted) return buffer;
      if (how === "reload") throw new Error("changed"); // the server has another version by now
      return fetched(path, wanted, "reload");
    });
  });
}

function list() {
  return listOf(VERSION).then(function (kept) {
    return kept || fetched("offline.json", VERSION, "no-cache").then(function (buffer) {
      var made = JSON.parse(new TextDecoder().decode(buffer));
      return remember("~list/" + VERSION, made).then(function () { return lists[VERSION] = made; });
    });
  });
}

function typed(path) {
  var type = TYPES[path.split(".").pop().toLowerCase()] || "application/octet-stream";
  return { "Content-Type": /^(text|application\/(json|xml))/.test(type) ? type + "; charset=utf-8" : type };
}

/* Keeps the bytes of a file, packed where the browser can. */
function keep(path, name, buffer) {
  var headers = typed(path), body = buffer;
  if (typeof CompressionStream === "function") {
    headers["X-Packed"] = "gzip";
    body = new Response(buffer).body.pipeThrough(new CompressionStream("gzip"));
  }
  return caches.open(FILES).then(function (cache) { return cache.put(ROOT + "~/" + name, new Response(body, { headers: headers })); });
}

/* Resolves to the bytes of a file, or undefined: one that is there in part, or is not what it was, goes and counts as lost. */
function whole(name) {
  return caches.match(ROOT + "~/" + name, { cacheName: FILES }).then(function (found) {
    if (!found) return undefined;
    var packed = found.headers.get("X-Packed") === "gzip";
    var body = packed ? new Response(found.body.pipeThrough(new DecompressionStream("gzip"))) : found;
    return body.arrayBuffer().then(function (buffer) {
      return hash(buffer).then(function (is) { return is === name ? buffer : Promise.reject(new Error("damaged")); });
    }).catch(function () {
      return caches.open(FILES).then(function (cache) { return cache.delete(ROOT + "~/" + name); }).then(function () { return undefined; });
    });
  });
}

function load() {
  if (!loading) {
    trouble = "";
    loading = Promise.resolve(beginning).then(loadAll).catch(function (error) {
      trouble = /quota/i.test(error.name + error.message) ? "full" : error.message === "changed" ? "changed" : "net";
      return look().then(state).then(function (known) { // without a network a whole copy is whole
        if (trouble === "net" && !holes && (is(known.current, VERSION) || is(known.next, VERSION))) trouble = "";
      });
    }).catch(function () {}).then(function () { loading = null; return tell(); });
    if (beginning) tell(); // else once it is known that something is missing
  }
  return loading;
}

/* A version that the reader refused is not loaded again; what he has instead is mended as far as the server still has it.
   One that has lost files which cannot be had any more gives way to the new one. */
function loadAll() {
  return state().then(function (known) {
    if (known.refused === VERSION) return known.current ? complete(known.current.version) : null;
    return list().then(function () { return complete(VERSION); }).then(function (one) {
      return look().then(function () {
        return is(known.current, VERSION) || (is(known.next, VERSION) && !holes) ? null : change(function (kept) {
          if (kept.current && !holes) { kept.next = one; kept.bad = false; return; }
          kept.current = one;
          kept.previous = kept.next = null;
          kept.bad = false;
        });
      });
    }).then(tidy);
  }).then(look);
}

/* Rejects if the handbook wants no copies any more: what the new worker clears away must not come back. */
function wanted() {
  return fetch(ROOT + "offline.json", { cache: "no-store" }).then(function (answer) {
    if (answer.status === 404 || answer.status === 410) throw new Error("changed");
  });
}

/* Fetches the files of a version that are not stored. Resolves to what is noted of it. */
function complete(version) {
  return wanted().then(function () {
    return Promise.all([listOf(version), read(version).then(function () { return missing(version); })]);
  }).then(function (two) {
    var wanted = two[0], absent = two[1];
    if (!wanted) throw new Error("changed");
    total = wanted.bytes;
    done = total - sizeOf(wanted, absent);
    if (absent.length) tell();
    var told = Date.now();
    return fetchAll(wanted, absent, firstOf(wanted, "").concat(absent), function (size) {
      done += size;
      if (Date.now() - told > 300) { told = Date.now(); tell(); }
    }).then(function () {
      return { version: version, edition: wanted.edition, built: wanted.built, bytes: wanted.bytes };
    });
  });
}

/* Fetches and keeps what of `paths` is absent, in that order; behind each page what it needs to look and work as it should. */
function fetchAll(wanted, absent, paths, stored) {
  var left = {}, stop = null;
  absent.forEach(function (path) { left[path] = true; });
  function next() {
    var path = paths.shift();
    while (path !== undefined && !left[path]) path = paths.shift();
    if (path === undefined || stop) return stop ? Promise.reject(stop) : Promise.resolve();
    left[path] = false;
    var file = wanted.files[path];
    return fetched(path, file[0], "no-cache").then(function (buffer) {
      return keep(path, file[0], buffer).then(function () {
        if (/\.html$/.test(path)) paths.unshift.apply(paths, named(path, buffer));
        stored(file[1]);
        return next();
      });
    }).catch(function (error) { stop = stop || error; throw stop; });
  }
  return Promise.all(Array.from({ length: AT_ONCE }, next));
}

/* Returns the scripts and sheets that a page names. */
function named(path, buffer) {
  var mark = /\s(?:src|href)="([^"]+\.(?:js|css))"/g, text = new TextDecoder().decode(buffer), found = [], one;
  while ((one = mark.exec(text))) found.push(pathOf(new URL(one[1], ROOT + path).href));
  return found;
}

function sizeOf(wanted, paths) { return paths.reduce(function (sum, path) { return sum + wanted.files[path][1]; }, 0); }

/* Stores what somebody needs first who has no network, everywhere and in the cities that are looked at, and the pages that
   are open. Whoever has a whole version has all of it. */
function begin() {
  return remembered("~state").then(function (known) {
    if (known && known.current) return null;
    return Promise.all([list(), self.clients.matchAll({ includeUncontrolled: true })]).then(function (two) {
      var open = two[1].map(function (one) { return one.url; }).filter(ours).map(pathOf);
      var there = open.map(function (path) { return firstOf(two[0], path.split("/")[0]); });
      return missing(VERSION).then(function (absent) {
        return fetchAll(two[0], absent, [].concat.apply(firstOf(two[0], ""), there.concat([open])), function () {});
      });
    });
  });
}

function firstOf(one, city) { return one.first && one.first[city] || []; }
function ours(url) { return url.indexOf(ROOT) === 0; }

/* Resolves to the paths of a version that are not stored (any more: a browser may throw files away); null without a list. */
function missing(version) {
  return listOf(version).then(function (wanted) {
    if (!wanted) return null;
    return caches.open(FILES).then(function (cache) { return cache.keys(); }).then(function (keys) {
      var have = {};
      keys.forEach(function (key) { have[key.url.slice(ROOT.length + 2)] = true; });
      return Object.keys(wanted.files).filter(function (path) { return !have[wanted.files[path][0]]; });
    });
  });
}

/* Reads all that is stored of a version, once a week or when the reader asks for it: what is damaged goes. */
function read(version) {
  return Promise.all([state(), listOf(version)]).then(function (two) {
    if (!two[1] || Date.now() - (two[0].checked || 0) < WEEK) return null;
    var names = Object.keys(two[1].files).map(function (path) { return two[1].files[path][0]; });
    function next() { return names.length ? whole(names.pop()).then(next) : null; }
    return Promise.resolve(next()).then(function () { return change(function (kept) { kept.checked = Date.now(); }); });
  });
}

/* Counts what the version that is given out has lost, and what there is of the newest. */
function look() {
  return Promise.all([state(), listOf(VERSION), missing(VERSION)]).then(function (three) {
    var current = three[0].current, newest = three[1], absent = three[2];
    if (newest && !loading) {
      total = newest.bytes;
      done = total - sizeOf(newest, absent);
    }
    return current && !is(current, VERSION) ? missing(current.version) : current ? absent : [];
  }).then(function (paths) { holes = paths ? paths.length : 1; });
}

/* Deletes what belongs to no version that is kept or shown, and what is noted of pages that are closed. A page that is
   being opened is no client yet: what this worker gave out counts as open. */
function tidy() {
  return self.clients.matchAll({ includeUncontrolled: true }).then(function (open) {
    var ids = Object.keys(seen).concat(open.map(function (one) { return one.id; }));
    return Promise.all([state(), Promise.all(ids.map(versionOf))]).then(function (two) {
      var known = two[0];
      var kept = [known.current, known.previous, known.next].filter(Boolean).map(function (one) { return one.version; })
        .concat(two[1].filter(Boolean), loading || !known.current ? VERSION : []);
      return Promise.all(kept.map(listOf)).then(function (found) {
        var wanted = {};
        found.forEach(function (one) {
          if (one) Object.keys(one.files).forEach(function (path) { wanted[one.files[path][0]] = true; });
        });
        return Promise.all([
          sweep(FILES, function (key) { return key.indexOf("~/") !== 0 || wanted[key.slice(2)]; }),
          sweep(STATE, function (key) {
            if (key.indexOf("~list/") === 0) return kept.indexOf(key.slice(6)) >= 0;
            return key.indexOf("~page/") !== 0 || ids.indexOf(key.slice(6)) >= 0;
          })
        ]);
      });
    });
  });
}

function sweep(name, keeps) {
  return caches.open(name).then(function (cache) {
    return cache.keys().then(function (keys) {
      return Promise.all(keys.filter(function (key) { return !keeps(key.url.slice(ROOT.length)); }).map(function (key) {
        return cache.delete(key);
      }));
    });
  });
}

/* --- giving out ---------------------------------------------------------------------------------- */

function note(event, version) {
  var client = event.resultingClientId;
  if (!client) return;
  seen[client] = version;
  event.waitUntil(remember("~page/" + client, version).catch(function () {}));
}

function versionOf(client) {
  if (client in seen) return Promise.resolve(seen[client]);
  return client ? remembered("~page/" + client).then(function (kept) { return seen[client] = kept; }) : Promise.resolve(null);
}

/* Resolves to what a version has at a path, or undefined. What was lost is loaded anew where it is asked for. */
function given(version, path) {
  return listOf(version).then(function (one) {
    var file = one && one.files[path];
    if (!file) return undefined;
    return whole(file[0]).then(function (buffer) {
      return buffer || fetched(path, file[0], "no-cache").then(function (again) {
        return keep(path, file[0], again).catch(function () {}).then(function () { return again; });
      }, function () {
        if (holes >= 0) { holes = -1; tell(); }
        return undefined;
      });
    }).then(function (buffer) { return buffer && new Response(buffer, { headers: typed(path) }); });
  });
}

function pathOf(url) {
  var path = url.slice(ROOT.length).split(/[?#]/)[0];
  try { path = decodeURIComponent(path); } catch (odd) { /* as it is */ }
  return path === "" || /\/$/.test(path) ? path + "index.html" : path;
}

function page(event, path) {
  return state().then(function (known) {
    var version = known.current ? known.current.version : VERSION;
    return given(version, path).then(function (found) {
      if (found) { note(event, version); return found; }
      return fetch(event.request).then(function (answer) {
        note(event, "");
        return answer;
      }, function (offline) {
        return listOf(version).then(function (one) {
          if (!one) throw offline;
          // A folder or a page whose address was cut short: its links hold only at its own address.
          var meant = [path + "/index.html", path + ".html"].filter(function (other) { return one.files[other]; })[0];
          if (meant) return Response.redirect(ROOT + meant.split("/").map(encodeURIComponent).join("/") + new URL(event.request.url).search);
          note(event, version);
          var there = !known.current || one.files[path]; // what is not stored yet may be a page that is new
          return (there ? missed(one, version, path) : given(version, "404.html").then(function (nowhere) {
            return nowhere && nowhere.text().then(function (text) { return atHome(text, 404, ""); });
          })).then(function (answer) {
            if (answer) return answer;
            return given(version, "index.html").then(function (home) {
              if (home && path !== "index.html") return Response.redirect(ROOT + "index.html");
              throw offline;
            });
          });
        });
      });
    });
  });
}

/* Returns a page that stands in for another, with links that begin where it is at home: in the handbook's root or a folder of it. */
function atHome(text, status, folder) {
  var html = text.replace(/<base [^>]*>|<script src="[^"]*head\/root\.[^"]*"><\/script>/g, "").replace(/<head[^>]*>/, '$&<base href="' + ROOT + folder + '">');
  return new Response(html, { status: status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/* Resolves to what stands in for a page that is not here: the page on the copy, which says whom to call and what is here,
   with a title of its own; or to undefined. */
function missed(one, version, path) {
  var city = path.split("/")[0] + "/";
  if (!one.about) return Promise.resolve();
  if (!one.files[city + one.about]) city = "";
  return given(version, city + one.about).then(function (about) {
    return about && about.text().then(function (text) {
      var said = one.missed.map(function (words) { return function (all, before) { return before + words; }; });
      return atHome(text.replace(/(<title>)[^<]*/, said[0]).replace(/(<h1[^>]*>)[^<]*/, said[0])
        .replace(/(<p class="bd-lead">)[^<]*/, said[1]), 503, city);
    });
  });
}

/* What a page asks for. One whose name lasts is the same in every version, so it matters to nobody from which it comes. */
function part(event, path) {
  return Promise.all([state(), versionOf(event.clientId)]).then(function (two) {
    var known = two[0], version = two[1];
    if (version) return given(version, path).then(function (found) { return found || fetch(event.request); });
    function stored(answer) { // of a page from the network
      var kept = [known.current, known.previous, known.next].filter(Boolean).map(function (one) { return one.version; });
      if (!LASTING.test(path)) kept = !known.current || is(known.current, VERSION) ? [VERSION] : [];
      else if (kept.indexOf(VERSION) < 0) kept.push(VERSION);
      return kept.reduce(function (before, version) {
        return before.then(function (found) { return found || given(version, path); });
      }, Promise.resolve()).then(function (found) { return found || answer(); });
    }
    return fetch(event.request).then(function (answer) {
      return answer.ok || !LASTING.test(path) ? answer : stored(function () { return answer; });
    }, function (offline) { return stored(function () { throw offline; }); });
  });
}

self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || !ours(request.url) || request.headers.has("range")) return;
  var path = pathOf(request.url);
  if (NEVER[path]) return;
  event.respondWith(request.mode === "navigate" ? page(event, path) : part(event, path));
});

/* --- talking to pages ---------------------------------------------------------------------------- */

function told(client) {
  return Promise.all([state(), client ? versionOf(client.id) : null, holes < 0 ? look() : null]).then(function (both) {
    var known = both[0];
    return {
      baodian: "offline", newest: VERSION, shown: both[1] || "",
      current: known.current || null, next: known.next || null, previous: known.previous || null,
      refused: known.refused === VERSION, bad: !!known.bad, holes: holes,
      loading: !!loading, done: done, total: total, trouble: trouble
    };
  });
}

function tell() {
  return self.clients.matchAll({ includeUncontrolled: true }).then(function (all) {
    return Promise.all(all.filter(function (one) { return ours(one.url); }).map(function (one) {
      return told(one).then(function (news) { one.postMessage(news); });
    }));
  });
}

var ORDERS = {
  state: function () { holes = -1; },
  load: load,
  check: function () { return change(function (known) { known.checked = 0; }).then(load); },
  "switch": function () {
    return change(function (known) {
      if (!known.next) return;
      known.previous = known.current;
      known.current = known.next;
      known.next = null;
      known.refused = null;
      known.bad = false;
      known.switched = Date.now();
    });
  },
  back: function () {
    return change(function (known) {
      if (!known.previous) return;
      known.refused = known.current.version;
      known.current = known.previous;
      known.previous = known.next = null;
      known.bad = false;
    }).then(tidy);
  },
  good: function () { // a page of the new version worked, on a day after it was taken
    return state().then(function (known) {
      if (!known.previous || known.bad || Date.now() - known.switched < DAY) return;
      return change(function (kept) { kept.previous = null; }).then(tidy);
    });
  },
  bad: function () { return change(function (known) { if (known.previous) known.bad = true; }); },
  remove: function () {
    return Promise.resolve(loading || beginning).then(function () {
      memo = {};
      lists = {};
      seen = {};
      return Promise.all([caches.delete(FILES), caches.delete(STATE)]);
    });
  }
};

self.addEventListener("message", function (event) {
  var order = event.data && event.data.baodian === "offline" && ORDERS[event.data["do"]];
  if (!order) return;
  event.waitUntil(Promise.resolve(order()).catch(function () {}).then(tell).then(function () {
    // News take another way and may come later: what the page does next is said here.
    if (event.ports && event.ports[0]) event.ports[0].postMessage({ previous: !!(memo && memo.previous) });
  }));
});

/* A new worker takes over at once: it goes on giving out the version that the reader has. Without one it first stores what
   is needed most, and begins with less where the network breaks off or takes too long. */
self.addEventListener("install", function (event) {
  self.skipWaiting();
  beginning = begin().catch(function () {}).then(function () { beginning = null; });
  event.waitUntil(Promise.race([beginning, new Promise(function (go) { setTimeout(go, PATIENCE); })]));
});
self.addEventListener("activate", function (event) {
  memo = null; // the worker before has gone on in the meantime
  lists = {};
  event.waitUntil(change(function (known) {
    if (known.next && known.next.version !== VERSION) known.next = null; // was never taken, is not the newest
  }).then(function () { return self.clients.claim(); }).then(tell));
});
