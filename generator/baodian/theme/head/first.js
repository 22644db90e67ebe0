/* Before anything is painted: what mends a page of an earlier build; light or dark as the reader chose, else as the device
   has it, which works where storage is blocked; and room for what the scripts will put on the page (`bd-waiting`), until
   they have run or take too long.

   baodianRenew(address, stay)  loads the page again, or another address, if the network gives it; else calls stay()
   baodianLook.choices          the inputs with which a reader chooses
   baodianLook.chosen()         the number of what holds now
   baodianLook.show(n)          puts a choice on the page
   baodianLook.keep(n)          the same, and for all pages of this handbook */

/* A browser kept the page longer than the server keeps its scripts. Once a minute at most, so a server that is being
   changed makes nobody's page flicker. */
function baodianRenew(address, stay) {
  "use strict";
  try {
    const soon = Date.now() - sessionStorage.getItem("baodian.renewed") < 6e4;
    if (soon || !/^http/.test(location.protocol)) { stay(); return; }
    sessionStorage.setItem("baodian.renewed", Date.now());
  } catch (blocked) { stay(); return; }
  fetch(location.href, { cache: "reload" }).then(answer => {
    if (!answer.ok) stay();
    else if (address) location.replace(address);
    else location.reload();
  }, stay);
}

/* A script or sheet that the page names is gone. Not what is loaded later: who asked for that says so himself. */
addEventListener("error", event => {
  const lost = event.target;
  if (!lost.baodianLate && (lost.tagName === "SCRIPT" || (lost.tagName === "LINK" && lost.rel === "stylesheet"))) {
    baodianRenew("", () => { /* the text can be read, as plain as it is */ });
  }
}, true);

var baodianLook = (() => {
  "use strict";
  const KEY = new URL("../", document.currentScript.src).pathname + ".__palette"; // Material's own name, so that choices stay
  const LONGEST = 5000; // ms
  const NAMES = ["scheme", "primary", "accent"];
  const look = { choices: [], chosen, show, keep };
  let kept = -1;
  try { kept = JSON.parse(localStorage.getItem(KEY)).index; } catch (blocked) { /* as the device has it */ }

  function chosen() {
    if (look.choices[kept]) return kept;
    const fitting = look.choices.findIndex(choice => matchMedia(choice.getAttribute("data-md-color-media") || "all").matches);
    return Math.max(fitting, 0);
  }

  function show(n) {
    NAMES.forEach(name => {
      const value = look.choices[n].getAttribute("data-md-color-" + name);
      if (value) document.body.setAttribute("data-md-color-" + name, value);
    });
  }

  function keep(n) {
    kept = n;
    const color = {};
    ["media"].concat(NAMES).forEach(name => { color[name] = look.choices[n].getAttribute("data-md-color-" + name); });
    try { localStorage.setItem(KEY, JSON.stringify({ index: n, color })); } catch (blocked) { /* for this page only */ }
    show(n);
  }

  const root = document.documentElement;
  root.className = root.className.replace("no-js", "js") + " bd-waiting";
  const begun = () => { root.classList.remove("bd-waiting"); };
  document.addEventListener("DOMContentLoaded", begun);
  setTimeout(begun, LONGEST);
  const reading = new MutationObserver(() => {
    if (!document.querySelector(".md-header .md-header__title ~ *, main")) return;
    reading.disconnect();
    look.choices = Array.from(document.querySelectorAll("[data-md-component=palette] input"));
    if (look.choices.length) show(chosen());
  });
  reading.observe(root, { childList: true, subtree: true });
  return look;
})();
