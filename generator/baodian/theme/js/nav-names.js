/* The theme opens its drawer and folds its chapters with labels. Here they become buttons that have a
   name, say whether they are open, and answer to the keyboard. */
(function () {
  "use strict";
  function name(label, box, text) {
    if (!box) return;
    label.setAttribute("role", "button");
    label.tabIndex = 0;
    if (text) label.setAttribute("aria-label", text.trim());
    function show() { label.setAttribute("aria-expanded", String(box.checked)); }
    box.addEventListener("change", show);
    label.addEventListener("keydown", function (event) {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      label.click();
    });
    show();
  }
  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }
  each("label.md-nav__link[tabindex='0']", function (label) {
    var link = label.parentNode.querySelector("a");
    name(label, document.getElementById(label.htmlFor), link ? link.textContent : "");
  });
  each("label.md-header__button[for='__drawer']", function (label) {
    var nav = document.querySelector(".md-nav--primary");
    name(label, document.getElementById("__drawer"), nav ? nav.getAttribute("aria-label") : "");
  });
})();
