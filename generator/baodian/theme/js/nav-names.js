/* The theme opens its drawer and folds its chapters with labels, which nothing but a pointer reaches. Here each gives way to
   a button of the same look that has a name, says whether it is open, and answers to the keyboard. */
(() => {
  "use strict";
  function name(label, box, text) {
    if (!box) return;
    const button = document.createElement("button");
    for (const one of label.attributes) // `for` too: the theme's sheet asks for it
      if (!/^(tabindex|role)$/.test(one.name)) button.setAttribute(one.name, one.value);
    if (text) button.setAttribute("aria-label", text.trim());
    const show = () => button.setAttribute("aria-expanded", box.checked);
    box.addEventListener("change", show);
    button.addEventListener("click", () => box.click());
    button.append(...label.childNodes);
    label.replaceWith(button);
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
