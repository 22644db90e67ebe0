/* A star beside the title keeps a page under My handbook: `pins` { address: title }, version 1. */
(function () {
  "use strict";
  var head = document.querySelector(".bd-page:not(.bd-kind-mine) .bd-title");
  var words = document.getElementById("bd-search");
  var here = location.href.replace(/[?#].*$/, "");
  if (!head || !words || here.indexOf(baodian.root) !== 0) return;
  words = JSON.parse(words.getAttribute("data-pin"));
  var href = here.slice(baodian.root.length) || "index.html";
  var title = head.querySelector("h1").textContent.trim();
  var button = document.createElement("button");
  button.type = "button";
  button.className = "bd-pin";
  function show() {
    var on = href in (baodian.store.read("pins", {}) || {});
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "★" : "☆";
    button.title = on ? words.on : words.off;
    button.setAttribute("aria-label", words.off);
  }
  button.addEventListener("click", function () {
    baodian.store.change("pins", function (pins) {
      pins = pins || {};
      if (href in pins) delete pins[href]; else pins[href] = title;
      return pins;
    });
    show();
  });
  baodian.store.watch("pins", show);
  show();
  head.appendChild(button);
})();
