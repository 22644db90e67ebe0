/* The theme opens its drawer and folds its chapters with labels. Here they become buttons that have a
   name, say whether they are open, and answer to the keyboard. */
(() => {
  "use strict";
  function name(label, box, text) {
    if (!box) return;
    label.setAttribute("role", "button");
    label.tabIndex = 0;
    if (text) label.setAttribute("aria-label", text.trim());
    function show() { label.setAttribute("aria-expanded", String(box.checked)); }
    box.addEventListener("change", show);
    label.addEventListener("keydown", event => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      label.click();
    });
    show();
  }
  document.querySelectorAll("label.md-nav__link[tabindex='0']").forEach(label => {
    const link = label.parentNode.querySelector("a");
    name(label, document.getElementById(label.htmlFor), link ? link.textContent : "");
  });
  document.querySelectorAll("label.md-header__button[for='__drawer']").forEach(label => {
    const nav = document.querySelector(".md-nav--primary");
    name(label, document.getElementById("__drawer"), nav ? nav.getAttribute("aria-label") : "");
  });
})();
