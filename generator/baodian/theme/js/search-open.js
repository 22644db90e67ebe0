/* Opens the search: by its button, by the key "/", or by `?q=` in the address. Nothing of it is loaded
   before. Without this script the button leads to the index of everything. */
(function () {
  "use strict";
  var dialog = document.getElementById("bd-search");
  if (!dialog) return;
  var field = dialog.querySelector("[role=searchbox]");
  var loading = false;

  function add(file) {
    var script = document.createElement("script");
    script.src = dialog.getAttribute("data-base") + "search/" + file + "?v=" + dialog.getAttribute("data-version");
    script.async = false;
    script.onerror = function () { dialog.dispatchEvent(new CustomEvent("bd-search-failed")); };
    document.head.appendChild(script);
  }

  function open(query) {
    if (!loading) {
      loading = true;
      add("engine.js");
      add("panel.js");
      add("1.js");
    }
    if (!dialog.open) {
      if (dialog.showModal) dialog.showModal();
      else { dialog.setAttribute("open", ""); dialog.open = true; }
    }
    if (query !== undefined) field.value = query;
    field.focus();
    dialog.dispatchEvent(new CustomEvent("bd-search-opened"));
  }

  function asked() {
    var text = location.search.slice(1);
    if (!text && location.hash.indexOf("#?") === 0) text = location.hash.slice(2);
    return new URLSearchParams(text).get("q");
  }

  Array.prototype.forEach.call(document.querySelectorAll(".bd-search-open"), function (button) {
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

  /* After a result was followed: shows the very place, which may stand further down than its anchor. */
  function bare(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""); }
  function jump() {
    var told;
    try {
      told = JSON.parse(sessionStorage.getItem("baodian.search.jump"));
      sessionStorage.removeItem("baodian.search.jump");
    } catch (blocked) { return; }
    if (!told || told[0] !== location.pathname || !bare(told[1])) return;
    var start = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var blocks = Array.prototype.filter.call(
      document.querySelectorAll("article p, article li, article dd, article td, article th, article h2, article h3, article summary"),
      function (block) { return !block.querySelector("p, li, dd, td, summary") && bare(block.textContent).indexOf(bare(told[1])) >= 0; }
    );
    var block = blocks.filter(function (one) {
      return start && (start.contains(one) || start.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    })[0];
    if (!block) return;
    for (var node = block; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    block.classList.add("bd-jumped");
    block.scrollIntoView({ block: "center" });
  }
  window.addEventListener("load", jump);
  window.addEventListener("hashchange", jump);
  window.addEventListener("pageshow", function (event) { if (event.persisted) fromAddress(); });
  fromAddress();
})();
