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
    const names = [];
    Array.from(form.elements).forEach(field => {
      if (field.name && !names.includes(field.name)) names.push(field.name);
    });

    function choices(name) {
      return Array.from(form.querySelectorAll('[name="' + name + '"]'));
    }

    function value(name) {
      return choices(name).reduce((found, field) => field.type !== "radio" || field.checked ? field.value : found, "");
    }

    function choose(name, wanted) {
      choices(name).forEach(field => {
        if (field.type === "radio") field.checked = field.value === wanted;
        else field.value = wanted;
      });
      if (value(name) !== wanted) choose(name, "");
    }

    function chosen() {
      const state = {};
      names.forEach(name => {
        if (value(name)) state[name] = value(name);
      });
      return state;
    }

    function fill() {
      const asked = baodian.query();
      names.forEach(name => { choose(name, asked.get(name) || ""); });
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
      names.forEach(name => {
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
      names.forEach(name => { choose(name, ""); });
      keep();
      show();
      const first = form.querySelector("input:checked, select");
      if (first) first.focus();
    });
    window.addEventListener("popstate", () => { fill(); show(); });
    window.addEventListener("pageshow", () => { fill(); show(); });
    fill();
    show();
    form.hidden = false;
  }

  document.querySelectorAll("form.bd-filters").forEach(attach);
})();
