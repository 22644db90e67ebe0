/* The theme opens its drawer and folds its chapters with labels, which nothing but a pointer reaches. Here each gives way to
   a button of the same look that has a name, says whether it is open, and answers to the keyboard. */
(() => {
  "use strict";
  function name(label, box, text) {
    if (!box) return;
    const button = document.createElement("button");
    Array.from(label.attributes).forEach(one => { // `for` too: the theme's sheet asks for it
      if (one.name !== "tabindex" && one.name !== "role") button.setAttribute(one.name, one.value);
    });
    button.type = "button";
    if (text) button.setAttribute("aria-label", text.trim());
    function show() { button.setAttribute("aria-expanded", String(box.checked)); }
    box.addEventListener("change", show);
    button.addEventListener("click", () => {
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
    while (label.firstChild) button.appendChild(label.firstChild);
    label.parentNode.replaceChild(button, label);
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
