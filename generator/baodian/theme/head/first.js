/* Before anything is painted: the few names that the theme's own script expects, and light or dark as the
   reader chose, else as the device has it. Works where storage is blocked. */
var __md_scope = new URL("../", document.currentScript.src);

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
