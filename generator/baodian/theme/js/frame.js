/* What Material's frame does beyond its sheet, in place of Material's own script: light or dark, the title of the page in
   the header, the section one reads in the contents, the way back up, and a few keys. */
(() => {
  "use strict";
  const part = name => document.querySelector("[data-md-component=" + name + "]");
  const header = part("header"), top = part("top"), contents = part("toc"), title = part("header-title");
  const heading = document.querySelector("article h1");
  if (!header) return;

  /* --- light or dark: each input is followed by the button that leads to the next ------------------- */
  const look = baodianLook, inputs = look.choices;

  const bar = document.head.appendChild(Object.assign(document.createElement("meta"), { name: "theme-color" })); // a phone's own

  function dressed() {
    const now = look.chosen();
    inputs.forEach((input, n) => {
      input.checked = n === now;
      if (input.nextElementSibling) input.nextElementSibling.hidden = n !== now;
    });
    const color = getComputedStyle(header).backgroundColor;
    bar.content = color;
  }

  function choose(n) { look.keep(n); dressed(); }

  inputs.forEach((input, n) => {
    input.addEventListener("change", () => { choose(n); });
    input.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      const next = (n + 1) % inputs.length;
      choose(next);
      inputs[next].focus();
    });
    matchMedia(input.getAttribute("data-md-color-media") || "all").addListener(() => { look.show(look.chosen()); dressed(); });
  });
  if (inputs.length) dressed();

  /* --- what follows the scrolling -------------------------------------------------------------------- */
  const links = contents ? Array.from(contents.querySelectorAll("a[href^='#']")) : [];
  const places = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let before = window.scrollY, asked = false;

  /* Brings a link into the middle of the bar that it stands in, if that does not show it all at once. */
  function bring(link) {
    const bar = link && link.closest(".md-sidebar__scrollwrap");
    if (!bar || bar.scrollHeight <= bar.clientHeight) return;
    bar.scrollTop += link.getBoundingClientRect().top - bar.getBoundingClientRect().top - bar.clientHeight / 2;
  }

  function mark() {
    const line = header.offsetHeight + 24;
    let last = -1;
    places.forEach((place, n) => { if (place && place.getBoundingClientRect().top <= line) last = n; });
    links.forEach((link, n) => {
      link.classList.toggle("md-nav__link--passed", n <= last);
      link.classList.toggle("md-nav__link--active", n === last);
    });
    bring(links[last]);
  }

  function scrolled() {
    asked = false;
    const now = window.scrollY;
    if (heading && title) title.classList.toggle("md-header__title--active", heading.getBoundingClientRect().bottom < header.offsetHeight);
    if (top && now !== before) top.hidden = now > before || now < 400;
    before = now;
    if (links.length && links[0].offsetParent) mark();
  }

  function soon() {
    if (!asked) { asked = true; requestAnimationFrame(scrolled); }
  }
  window.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon, { passive: true });
  if (window.scrollY || (links.length && links[0].offsetParent)) soon();
  bring(document.querySelector(".md-nav--primary a.md-nav__link--active"));
  if (top) top.addEventListener("click", () => { window.scrollTo(0, 0); });

  /* --- the drawer goes when a link in it was followed; keys ------------------------------------------- */
  const drawer = document.getElementById("__drawer");
  const close = () => { if (drawer && drawer.checked) drawer.click(); };
  document.querySelectorAll(".md-sidebar--primary a").forEach(link => { link.addEventListener("click", close); });
  window.addEventListener("hashchange", close);
  document.addEventListener("keydown", event => {
    const at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    if (event.key === "Enter" && at.tagName === "LABEL") { at.click(); return; }
    const way = { p: "prev", ",": "prev", n: "next", ".": "next" }[event.key];
    const link = way && document.querySelector("link[rel=" + way + "]");
    if (link && !document.querySelector("dialog[open]")) location.assign(link.href);
  });
})();
