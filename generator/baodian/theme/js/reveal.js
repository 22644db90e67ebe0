/* Opens what is folded when an address points into it, and everything for printing. */
(function () {
  "use strict";

  function reveal() {
    var id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (broken) { return; }
    var target = id && document.getElementById(id);
    if (!target) return;
    var folded = false;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS" && !node.open) { node.open = true; folded = true; }
    }
    if (folded) target.scrollIntoView();
  }

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll(".bd-page details:not([open])"));
    opened.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
    opened = [];
  });
  window.addEventListener("hashchange", reveal);
  reveal();
})();
