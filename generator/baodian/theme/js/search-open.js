/* Opens the search: by its button, by the key "/", or by `?q=` in the address. Nothing of it is loaded
   before. Without this script the button leads to the index of everything. */
(function () {
  "use strict";
  var dialog = document.getElementById("bd-search");
  if (!dialog) return;
  var field = dialog.querySelector("[role=searchbox]");
  var trouble = dialog.querySelector(".bd-search-trouble");
  var FILES = ["engine.js", "panel.js", "1.js"]; // each needs the one before
  var from = 0;                                  // the first that is not there yet

  function add(number) {
    var script = document.createElement("script");
    script.src = dialog.getAttribute("data-base") + "search/" + FILES[number] + "?v=" + dialog.getAttribute("data-version");
    script.async = false;
    script.onerror = function () {
      from = Math.min(from, number);
      trouble.textContent = JSON.parse(dialog.getAttribute("data-words")).failed;
      trouble.hidden = false;
    };
    document.head.appendChild(script);
  }

  function load() {
    if (from === FILES.length) return;
    trouble.hidden = true;
    var missing = from;
    from = FILES.length;
    for (var n = missing; n < FILES.length; n++) add(n);
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

  function asked() {
    var text = location.search.slice(1);
    if (!text && location.hash.indexOf("#?") === 0) text = location.hash.slice(2);
    return new URLSearchParams(text).get("q");
  }

  Array.prototype.forEach.call(document.querySelectorAll(".bd-search-open"), function (button) {
    button.addEventListener("pointerdown", load); // a tenth of a second before the click
    button.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  });
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    var writes = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes || dialog.open) return;
    event.preventDefault();
    open();
  });
  function fromAddress() {
    var query = asked();
    if (query !== null && !dialog.open) open(query);
  }

  /* After a result was followed: shows the very text, which may stand further down than its anchor. */
  function bare(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""); }

  /* Returns the smallest element in `node` that holds the text, at or after `start` if there is one. */
  function smallest(node, wanted, start) {
    var holding = Array.prototype.filter.call(node.children, function (child) {
      return bare(child.textContent).indexOf(wanted) >= 0;
    });
    if (!holding.length) return node;
    var after = holding.filter(function (child) {
      return child.contains(start) || start.compareDocumentPosition(child) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    return smallest(after[0] || holding[0], wanted, start);
  }

  function jump() {
    var told, start;
    try {
      told = JSON.parse(sessionStorage.getItem("baodian.search.jump"));
      sessionStorage.removeItem("baodian.search.jump");
      start = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (blocked) { return; }
    if (!told || told[0] !== location.pathname || typeof told[1] !== "string") return;
    var wanted = bare(told[1]);
    var node = start = start || document.querySelector("article");
    while (node && bare(node.textContent).indexOf(wanted) < 0) node = node.parentElement && node.parentElement.closest("article, article *");
    if (!node || !wanted) return;
    var block = smallest(node, wanted, start);
    for (node = block; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    Array.prototype.forEach.call(document.querySelectorAll(".bd-jumped"), function (old) { old.classList.remove("bd-jumped"); });
    block.classList.add("bd-jumped");
    block.scrollIntoView({ block: "center" });
  }
  window.addEventListener("load", jump);
  window.addEventListener("hashchange", jump);
  window.addEventListener("pageshow", function (event) { if (event.persisted) fromAddress(); });
  fromAddress();
})();
