/* Filters of an index page. The state stands in the address (`?class=…`), so that it can be shared and
   Back works; where a browser does not let a page change its query (file://) it stands behind `#`. */
(function () {
  "use strict";

  function attach(form) {
    var index = form.parentNode;
    var entries = Array.prototype.slice.call(index.querySelectorAll(".bd-entry"));
    var groups = Array.prototype.slice.call(index.querySelectorAll(".bd-index-group"));
    var status = form.querySelector("[role=status]");
    var reset = form.querySelector("[type=reset]");
    var facets = entries.map(function (entry) {
      return JSON.parse(entry.getAttribute("data-facets"));
    });
    var names = [];
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && names.indexOf(field.name) < 0) names.push(field.name);
    });

    function choices(name) {
      return Array.prototype.slice.call(form.querySelectorAll('[name="' + name + '"]'));
    }

    function value(name) {
      return choices(name).reduce(function (found, field) {
        return field.type !== "radio" || field.checked ? field.value : found;
      }, "");
    }

    function choose(name, wanted) {
      choices(name).forEach(function (field) {
        if (field.type === "radio") field.checked = field.value === wanted;
        else field.value = wanted;
      });
      if (value(name) !== wanted) choose(name, "");
    }

    function chosen() {
      var state = {};
      names.forEach(function (name) {
        if (value(name)) state[name] = value(name);
      });
      return state;
    }

    function inAddress() {
      var text = location.search.slice(1);
      if (!text && location.hash.indexOf("#?") === 0) text = location.hash.slice(2);
      return new URLSearchParams(text);
    }

    function fill() {
      var asked = inAddress();
      names.forEach(function (name) { choose(name, asked.get(name) || ""); });
    }

    function show() {
      var state = chosen();
      var wanted = Object.keys(state);
      var count = 0;
      entries.forEach(function (entry, i) {
        var fits = wanted.every(function (name) {
          return (facets[i][name] || []).indexOf(state[name]) >= 0;
        });
        entry.hidden = !fits;
        if (fits) count += 1;
      });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector(".bd-entry:not([hidden])");
        var badge = group.querySelector(".bd-count");
        if (badge) badge.textContent = group.querySelectorAll(".bd-entry:not([hidden])").length;
      });
      reset.hidden = wanted.length === 0;
      status.textContent = count === 0
        ? form.getAttribute("data-none")
        : form.getAttribute("data-shown").replace("{n}", count).replace("{all}", entries.length);
    }

    function keep() {
      var asked = inAddress();
      var state = chosen();
      names.forEach(function (name) {
        if (state[name]) asked.set(name, state[name]); else asked.delete(name);
      });
      var query = asked.toString();
      try {
        history.pushState(null, "", location.pathname + (query ? "?" + query : ""));
      } catch (refused) {
        location.hash = query ? "#?" + query : "#";
      }
    }

    form.addEventListener("change", function () { keep(); show(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      names.forEach(function (name) { choose(name, ""); });
      keep();
      show();
      var first = form.querySelector("input:checked, select");
      if (first) first.focus();
    });
    window.addEventListener("popstate", function () { fill(); show(); });
    window.addEventListener("pageshow", function () { fill(); show(); });
    fill();
    show();
    form.hidden = false;
  }

  Array.prototype.forEach.call(document.querySelectorAll("form.bd-filters"), attach);
})();
