/* Keeps the whole handbook on the reader's device, one version at a time, and gives it out from there.

   Files are kept by the hash of what they hold, so a new version fetches only what changed and an
   interrupted one goes on where it stopped. Only a complete version is ever given out; a newer one waits
   beside it until the reader takes it, and the one before stays until the new one has proved itself. */
"use strict";

var VERSION = "@VERSION@"; // hash of offline.json
var ROOT = self.registration.scope;
var OWN = "baodian:" + new URL(ROOT).pathname + ":";
var FILES = OWN + "files", STATE = OWN + "state";
var AT_ONCE = 4, DAY = 864e5, WEEK = 7 * DAY;
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
    loading = loadAll().catch(function (error) {
      trouble = /quota/i.test(error.name + error.message) ? "full" : error.message === "changed" ? "changed" : "net";
      return look().then(state).then(function (known) { // without a network a whole copy is whole
        if (trouble === "net" && !holes && (is(known.current, VERSION) || is(known.next, VERSION))) trouble = "";
      });
    }).catch(function () {}).then(function () { loading = null; return tell(); });
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
    var wanted = two[0], paths = two[1];
    if (!wanted) throw new Error("changed");
    total = wanted.bytes;
    done = total - paths.reduce(function (sum, path) { return sum + wanted.files[path][1]; }, 0);
    if (paths.length) tell();
    var stop = null, told = Date.now();
    function next() {
      var path = paths.shift();
      if (path === undefined || stop) return stop ? Promise.reject(stop) : Promise.resolve();
      var file = wanted.files[path];
      return fetched(path, file[0], "no-cache").then(function (buffer) {
        return keep(path, file[0], buffer);
      }).then(function () {
        done += file[1];
        if (Date.now() - told > 300) { told = Date.now(); tell(); }
        return next();
      }, function (error) { stop = stop || error; throw stop; });
    }
    return Promise.all(Array.from({ length: AT_ONCE }, next)).then(function () {
      return { version: version, edition: wanted.edition, built: wanted.built, bytes: wanted.bytes };
    });
  });
}

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

/* Counts what the version that is given out has lost. */
function look() {
  return state().then(function (known) {
    return known.current ? missing(known.current.version) : [];
  }).then(function (paths) { holes = paths ? paths.length : 1; });
}

/* Deletes what belongs to no version that is kept, and what is noted of pages that are closed. */
function tidy() {
  return state().then(function (known) {
    var kept = [known.current, known.previous, known.next].filter(Boolean).map(function (one) { return one.version; });
    if (loading && kept.indexOf(VERSION) < 0) kept.push(VERSION);
    return Promise.all(kept.map(listOf)).then(function (found) {
      var wanted = {};
      found.forEach(function (one) {
        if (one) Object.keys(one.files).forEach(function (path) { wanted[one.files[path][0]] = true; });
      });
      return Promise.all([
        sweep(FILES, function (key) { return key.indexOf("~/") !== 0 || wanted[key.slice(2)]; }),
        self.clients.matchAll({ includeUncontrolled: true }).then(function (open) {
          var ids = open.map(function (one) { return one.id; });
          return sweep(STATE, function (key) {
            if (key.indexOf("~list/") === 0) return kept.indexOf(key.slice(6)) >= 0;
            return key.indexOf("~page/") !== 0 || ids.indexOf(key.slice(6)) >= 0;
          });
        })
      ]);
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
    if (!known.current) return fetch(event.request);
    var version = known.current.version;
    return given(version, path).then(function (found) {
      if (found) { note(event, version); return found; }
      return fetch(event.request).then(function (answer) {
        note(event, "");
        return answer;
      }, function (offline) {
        return listOf(version).then(function (one) {
          var files = one ? one.files : {};
          // A folder or a page whose address was cut short: its links hold only at its own address.
          var meant = [path + "/index.html", path + ".html"].filter(function (other) { return files[other]; })[0];
          if (meant) return Response.redirect(ROOT + meant.split("/").map(encodeURIComponent).join("/") + new URL(event.request.url).search);
          note(event, version);
          return given(version, "404.html").then(function (nowhere) {
            if (nowhere) return nowhere.text().then(files[path] ? lost : atHome);
            return given(version, "index.html").then(function (home) {
              if (home) return Response.redirect(ROOT + "index.html");
              throw offline;
            });
          });
        });
      });
    });
  });
}

/* Returns the page for addresses that lead nowhere, with links that begin where the handbook does. */
function atHome(text) {
  var html = text.replace(/<base [^>]*>|<script src="[^"]*head\/root\.[^"]*"><\/script>/g, "").replace(/<head[^>]*>/, '$&<base href="' + ROOT + '">');
  return new Response(html, { status: 404, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/* Returns the same page with the words for one that should be there. */
function lost(text) {
  var words = /<template id="bd-lost">([^]*?)<\/template>/.exec(text);
  var title = words && /<h1>([^<]*)<\/h1>/.exec(words[1]);
  if (!title) return atHome(text);
  return atHome(text.replace(/<h1>[^]*?<\/h1>\s*<p>[^]*?<\/p>/, function () { return words[1]; })
    .replace(/<title>[^<]*/, function () { return "<title>" + title[1]; }));
}

function part(event, path) {
  return state().then(function (known) {
    return versionOf(event.clientId).then(function (version) {
      if (version) {
        return given(version, path).then(function (found) { return found || fetch(event.request); });
      }
      return fetch(event.request).catch(function (offline) { // a page from the network, of the newest version
        if (!is(known.current, VERSION)) throw offline;
        return given(VERSION, path).then(function (found) { if (found) return found; throw offline; });
      });
    });
  });
}

self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || request.url.indexOf(ROOT) !== 0 || request.headers.has("range")) return;
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
    return Promise.all(all.filter(function (one) { return one.url.indexOf(ROOT) === 0; }).map(function (one) {
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
    return (loading || Promise.resolve()).then(function () {
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

/* A new worker takes over at once: it goes on giving out the version that the reader has. */
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) {
  event.waitUntil(change(function (known) {
    if (known.next && known.next.version !== VERSION) known.next = null; // was never taken, is not the newest
  }).then(function () { return self.clients.claim(); }).then(tell));
});
