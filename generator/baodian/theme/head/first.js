/* Before anything is painted: what mends a page of an earlier build, the few names that the theme's own script
   expects, and light or dark as the reader chose, else as the device has it. Works where storage is blocked. */
var __md_scope = new URL("../", document.currentScript.src);

/* Loads the page again, or another address, if the network gives it: a browser kept it longer than the server keeps its
   scripts. Once a minute at most, so a server that is being changed makes nobody's page flicker. Else calls stay(). */
function __bd_renew(address, stay) {
  try {
    var soon = Date.now() - sessionStorage.getItem("baodian.renewed") < 6e4;
    if (soon || !/^http/.test(location.protocol)) return stay();
    sessionStorage.setItem("baodian.renewed", Date.now());
  } catch (blocked) { return stay(); }
  fetch(location.href, { cache: "reload" }).then(function (answer) {
    if (!answer.ok) stay();
    else if (address) location.replace(address);
    else location.reload();
  }, stay);
}

/* A script or sheet that the page names is gone. Not what is loaded later: who asked for that says so himself. */
function __bd_lost(event) {
  var lost = event.target;
  if (!lost.__bd_late && (lost.tagName === "SCRIPT" || (lost.tagName === "LINK" && lost.rel === "stylesheet"))) {
    __bd_renew("", function () { /* the text can be read, as plain as it is */ });
  }
}
addEventListener("error", __bd_lost, true);

function __md_get(name, storage, scope) {
  try {
    return JSON.parse((storage || localStorage).getItem((scope || __md_scope).pathname + "." + name));
  } catch (blocked) { return null; }
}

function __md_set(name, value, storage, scope) {
  try {
    (storage || localStorage).setItem((scope || __md_scope).pathname + "." + name, JSON.stringify(value));
  } catch (blocked) { /* kept for this page only, by the theme */ }
}

function __md_hash(text) {
  var sum = 0;
  for (var i = 0; i < text.length; i++) sum = ((sum << 5) - sum + text.charCodeAt(i)) | 0;
  return sum;
}

/* Called in the header, where the body is known and nothing is painted yet. */
function __md_palette() {
  var NAMES = ["media", "scheme", "primary", "accent"];
  var kept = __md_get("__palette");
  var color = kept && kept.color;
  if (!color || color.media === "(prefers-color-scheme)") {
    color = {};
    Array.prototype.some.call(document.querySelectorAll("input[data-md-color-media]"), function (input) {
      var media = input.getAttribute("data-md-color-media");
      if (!media || !matchMedia(media).matches) return false;
      NAMES.forEach(function (name) { color[name] = input.getAttribute("data-md-color-" + name); });
      return true;
    });
  }
  NAMES.forEach(function (name) {
    if (color[name]) document.body.setAttribute("data-md-color-" + name, color[name]);
  });
}
