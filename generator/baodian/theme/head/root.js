/* Of the page for addresses that lead nowhere, which is shown at any depth: the first of its copies that is found, one folder
   higher each time, says where the handbook begins. It stands before every link, so that they follow. */
(() => {
  "use strict";
  if (document.querySelector("base")) return;
  const base = document.createElement("base");
  base.href = new URL("../", document.currentScript.src).href;
  document.head.prepend(base);
})();
