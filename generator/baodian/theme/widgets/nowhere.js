/* On the page for addresses that lead nowhere: the page that the address most likely means. It may have lost its end, or
   got a sign of the sentence in which it was sent; its page may have moved; and a city's page may be the same as all others'.

   baodian.nowhere.meant(path, pages, moved)   { moved: bool, pages: [[title, address], …] }, at most five, best first
   `path` is below the handbook's root; `pages` are [[address, title], …], `moved` [[old address, title, address], …]. */
(() => {
  "use strict";
  const MOST = 5, LONG_ENOUGH = 3;

  /* Returns an address as it would be written by whoever knows it: no end, no case, no signs around it. */
  function plain(path) {
    let text = path;
    try { text = decodeURIComponent(path); } catch (broken) { /* as it is */ }
    return text.normalize("NFKC").toLowerCase().replace(/\\/g, "/").replace(/[\s，。、；：！？）】」』”’》,;!)\]}>"'].*$/u, "")
      .replace(/[./]+$/, "").replace(/\.(?:html?|md|yml)$/, "").replace(/(^|\/)index$/, "").replace(/^\/+|\/+$/g, "");
  }

  function last(text) { return text.slice(text.lastIndexOf("/") + 1); }

  function meant(path, pages, moved) {
    const wanted = plain(path);
    const known = pages.map(one => [plain(one[0]), one[1], one[0]]);
    const old = moved.map(one => [plain(one[0]), one[1], one[2]]);
    const cut = wanted.slice(wanted.indexOf("/") + 1); // a page that a city no longer has
    const tail = last(wanted);
    const tries = [
      [old, one => one === wanted],
      [known, one => one === wanted && wanted !== ""],
      [old, one => cut !== "" && one === cut],
      [known, one => cut !== "" && one === cut],
      [old, one => tail !== "" && last(one) === tail],
      [known, one => tail !== "" && last(one) === tail],
      [known, one => tail.length >= LONG_ENOUGH && one.startsWith(wanted)],
      [known, one => tail.length >= LONG_ENOUGH && last(one).startsWith(tail)]
    ];
    for (const [list, fits] of tries) {
      const found = list.filter(one => fits(one[0]));
      if (found.length) return { moved: list === old, pages: found.slice(0, MOST).map(one => [one[1], one[2]]) };
    }
    return { moved: false, pages: [] };
  }

  baodian.nowhere = { meant };
  const place = typeof document === "object" && document.getElementById("bd-nowhere");
  if (!place) return;
  const { make, fill, link, root } = baodian;
  const here = location.href.replace(/[?#].*$/, "");
  if (!here.startsWith(root)) return;
  const path = here.slice(root.length);
  const words = JSON.parse(place.getAttribute("data-words")), moved = JSON.parse(place.getAttribute("data-moved"));

  function show(pages) {
    const found = meant(path, pages, moved);
    if (!found.pages.length) return;
    fill(place, make("p", { text: found.moved ? words.moved : words.meant }),
      make("ul", {}, found.pages.map(one => make("li", {}, link(one[0], baodian.cityPage(one[1]))))));
    place.hidden = false;
  }

  // Words in the address are words to search for.
  const said = last(plain(path));
  if (/\p{Script=Han}/u.test(said)) document.querySelector(".bd-nowhere-search input").value = said;
  show([]);
  baodian.pages = show;
  baodian.late("search/pages.js");
})();
