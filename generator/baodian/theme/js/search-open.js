/* Opens the search: by its button, by the key "/", or by `?q=` in the address. Nothing of it is loaded
   before. Without this script the button leads to the index of everything. */
(() => {
  "use strict";
  const dialog = document.getElementById("bd-search");
  if (!dialog) return;
  const field = dialog.querySelector("[role=searchbox]");
  const trouble = dialog.querySelector(".bd-search-trouble");
  const city = baodian.city ? baodian.city() : "";
  const FILES = ["engine", "panel"].concat(city ? "c-" + city : [], "1"); // each needs the one before
  let from = 0;                                  // the first that is not there yet

  function add(number) {
    baodian.late("search/" + FILES[number] + ".js", () => {
      from = Math.min(from, number);
      trouble.firstElementChild.textContent = dialog.getAttribute("data-failed");
      trouble.hidden = false;
    });
  }

  /* A page that has to be loaded again comes back with what was typed. */
  baodian.again = () => (dialog.open ? baodian.root + (baodian.here || "search.html") + "?q=" + encodeURIComponent(field.value) : "");

  function load() {
    if (from === FILES.length) return;
    trouble.hidden = true;
    const missing = from;
    from = FILES.length;
    for (let n = missing; n < FILES.length; n++) add(n);
  }

  function open(query) {
    load();
    if (!dialog.open) {
      if (dialog.showModal) dialog.showModal();
      else { dialog.setAttribute("open", ""); dialog.open = true; }
    }
    if (query !== undefined) field.value = query.slice(0, field.maxLength);
    field.focus();
    dialog.dispatchEvent(new CustomEvent("bd-search-opened"));
  }

  field.addEventListener("input", load); // after a failure every key tries again
  trouble.querySelector("button").addEventListener("click", () => {
    field.focus();
    field.dispatchEvent(new Event("input"));
  });

  document.querySelectorAll(".bd-search-open, .bd-find").forEach(button => {
    button.addEventListener("pointerdown", load); // a tenth of a second before the click
    button.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  });
  document.addEventListener("keydown", event => {
    const at = event.target;
    const writes = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes || dialog.open) return;
    event.preventDefault();
    open();
  });
  function fromAddress() {
    const query = baodian.query().get("q");
    if (query !== null && !dialog.open) open(query);
  }

  /* After a result was followed: shows the very text, which may stand further down than its anchor. */
  function bare(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""); }

  /* Returns the smallest element in `node` that holds the text, at or after `start` if there is one. */
  function smallest(node, wanted, start) {
    const holding = Array.from(node.children).filter(child => bare(child.textContent).includes(wanted));
    if (!holding.length) return node;
    const after = holding.filter(child => child.contains(start) || start.compareDocumentPosition(child) & Node.DOCUMENT_POSITION_FOLLOWING);
    return smallest(after[0] || holding[0], wanted, start);
  }

  function jump() {
    let told, start;
    try {
      told = JSON.parse(sessionStorage.getItem("baodian.search.jump"));
      sessionStorage.removeItem("baodian.search.jump");
      start = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (blocked) { return; }
    if (!told || told[0] !== location.pathname || typeof told[1] !== "string") return;
    const wanted = bare(told[1]);
    let node = start = start || document.querySelector("article");
    while (node && !bare(node.textContent).includes(wanted)) node = node.parentElement && node.parentElement.closest("article, article *");
    if (!node || !wanted) return;
    const block = smallest(node, wanted, start);
    for (node = block; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    document.querySelectorAll(".bd-jumped").forEach(old => { old.classList.remove("bd-jumped"); });
    block.classList.add("bd-jumped");
    block.scrollIntoView({ block: "center" });
  }
  window.addEventListener("load", jump);
  window.addEventListener("hashchange", jump);
  window.addEventListener("pageshow", event => { if (event.persisted) fromAddress(); });
  fromAddress();
})();
