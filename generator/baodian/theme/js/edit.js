/* Makes links of the edit marks. The first of a page is a link, and says what its end means:
   `playbook_data/x.yml#L42`; the others say only that, or `#L42` where the file is the same. */
(() => {
  "use strict";
  const marks = Array.from(document.querySelectorAll("a.bd-edit[data-at]"));
  if (!marks.length) return;
  const words = baodian.site.words;
  const first = marks[0].getAttribute("data-at");
  const pencil = marks[0].querySelector("svg");
  const base = marks[0].href.slice(0, -first.length);
  marks.slice(1).forEach(mark => {
    let at = mark.getAttribute("data-at");
    if (at[0] === "#") at = first.split("#")[0] + at;
    const what = mark.parentNode.textContent.replace(/\s+/g, " ").trim().slice(0, 40);
    mark.href = base + at;
    mark.title = words.edit.replace("{place}", decodeURI(at).replace("#L", ":"));
    mark.setAttribute("aria-label", words.edit_what.replace("{what}", what));
    mark.appendChild(pencil.cloneNode(true));
  });
})();
