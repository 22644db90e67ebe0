/* Filters of an index page. The state stands in the address (`?class=…`), so that it can be shared and
   Back works; where a browser does not let a page change its query (file://) it stands behind `#`. */
(() => {
  "use strict";

  function attach(form) {
    const index = form.parentNode;
    const entries = Array.from(index.querySelectorAll(".bd-entry"));
    const groups = Array.from(index.querySelectorAll(".bd-index-group"));
    const status = form.querySelector("[role=status]");
    const reset = form.querySelector("[type=reset]");
    const facets = entries.map(entry => JSON.parse(entry.getAttribute("data-facets")));
    const fields = Array.from(form.querySelectorAll("select"));

    function chosen() {
      const state = {};
      fields.forEach(field => {
        if (field.value) state[field.name] = field.value;
      });
      return state;
    }

    function fill() {
      const asked = baodian.query();
      fields.forEach(field => {
        field.value = asked.get(field.name) || "";
        if (field.selectedIndex < 0) field.value = ""; // an address that asks for what is not there
      });
    }

    function show() {
      const state = chosen();
      const wanted = Object.keys(state);
      let count = 0;
      entries.forEach((entry, i) => {
        const fits = wanted.every(name => (facets[i][name] || []).includes(state[name]));
        entry.hidden = !fits;
        if (fits) count += 1;
      });
      groups.forEach(group => {
        group.hidden = !group.querySelector(".bd-entry:not([hidden])");
        const badge = group.querySelector(".bd-count");
        if (badge) badge.textContent = group.querySelectorAll(".bd-entry:not([hidden])").length;
      });
      reset.hidden = wanted.length === 0;
      status.textContent = count === 0
        ? form.getAttribute("data-none")
        : form.getAttribute("data-shown").replace("{n}", count).replace("{all}", entries.length);
    }

    function keep() {
      const asked = baodian.query();
      const state = chosen();
      fields.forEach(({ name }) => {
        if (state[name]) asked.set(name, state[name]); else asked.delete(name);
      });
      const query = asked.toString();
      try {
        history.pushState(null, "", location.pathname + (query ? "?" + query : ""));
      } catch (refused) {
        location.hash = query ? "#?" + query : "#";
      }
    }

    form.addEventListener("change", () => { keep(); show(); });
    form.addEventListener("submit", event => { event.preventDefault(); });
    form.addEventListener("reset", event => {
      event.preventDefault();
      fields.forEach(field => { field.value = ""; });
      keep();
      show();
      fields[0].focus();
    });
    window.addEventListener("popstate", () => { fill(); show(); });
    window.addEventListener("pageshow", () => { fill(); show(); });
    fill();
    show();
    form.hidden = false;
  }

  document.querySelectorAll("form.bd-filters").forEach(attach);
})();
