/* The reader's city, chosen once and kept on the device. Pages that are others there stand at `city/address`;
   whoever follows a link, or opens a page of everywhere, comes to the page of the city. A copy that is read after
   a day it announces says so.

   baodian.city()           the id of the chosen city, "" for everywhere
   baodian.cityPage(href)   the address of a page, from the root, as it is for the chosen city
   baodian.commonPage(address)  the address of the page of everywhere that stands for one of a city */
(() => {
  "use strict";
  const site = baodian.site, store = baodian.store, root = baodian.root, { make } = baodian;
  const cities = site.cities || [];
  let places = {}; // city → the addresses of which it has pages of its own, once they are known
  const of = id => cities.find(city => city[0] === id);

  function chosen() {
    const kept = store.read("city", {}).id;
    return typeof kept === "string" && of(kept) ? kept : "";
  }

  function choose(id) { store.change("city", () => (id ? { id } : {})); }

  function common(address) {
    const city = of(address.split("/")[0]);
    return city ? address.slice(city[0].length + 1) : address;
  }

  function cityPage(href) {
    const cut = href.search(/[?#]|$/);
    const address = common(href.slice(0, cut) || "index.html");
    const city = of(chosen());
    return (city && (places[city[0]] || []).includes(address) ? city[0] + "/" : "") + address + href.slice(cut);
  }

  Object.assign(baodian, { city: chosen, cityPage, commonPage: common });

  /* Today's date on the reader's clock, as the handbook writes dates. */
  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(n => String(n).padStart(2, "0")).join("-");
  }

  document.querySelectorAll("[data-since]").forEach(note => {
    if (note.getAttribute("data-since") > today()) return;
    note.classList.add("bd-callout-turned");
    const seen = note.querySelector("summary") || note; // what is folded still says so
    seen.appendChild(make("span", { class: "bd-turned", role: "status", text: site.words.turned }));
  });

  if (!cities.length) return;
  const here = baodian.here;
  const mine = of((here || "").split("/")[0]);
  const kept = store.read("city", undefined);
  if (mine && kept === undefined) choose(mine[0]);
  const there = !mine && chosen() && document.querySelector('.bd-cities a[data-city="' + chosen() + '"]');
  if (there) { // the page itself says in which cities it is another
    location.replace(there.href + location.search + location.hash);
    return;
  }
  if (chosen()) baodian.today(now => { places = now.cities; }); // until then a link leads to a page that leads on

  document.addEventListener("click", event => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    const href = new URL(link.getAttribute("href"), document.baseURI).href; // a drawn link's own is no text
    if (link.hasAttribute("data-city")) { choose(link.getAttribute("data-city")); return; }
    if (href.indexOf(root) === 0 && !link.hasAttribute("download")) {
      const to = href.slice(root.length);
      if (/^(?:[^?#]*\.html)?(?:[?#]|$)/.test(to) && !to.startsWith("#")) link.setAttribute("href", root + cityPage(to));
    }
  }, true);

  const notice = document.querySelector(".bd-foot-inner");
  if (notice) {
    const select = make("select", { id: "bd-city" });
    [["", site.words.everywhere]].concat(cities).forEach(city => {
      const option = make("option", { value: city[0], text: city[1] });
      option.selected = city[0] === chosen();
      select.appendChild(option);
    });
    select.addEventListener("change", () => {
      choose(select.value);
      const go = now => {
        if (now) places = now.cities;
        const to = cityPage(here || "index.html");
        if (to === here) location.reload(); else location.assign(root + to);
      };
      baodian.today(go, () => { go(); });
    });
    notice.insertBefore(make("label", "bd-city", site.words.city + " ", select), notice.firstChild);
  }
})();
