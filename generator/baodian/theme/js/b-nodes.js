/* Small things that every widget builds pages from:

   baodian.make(tag, css, text)      an element; the text is never taken for markup
   baodian.put(parent, child, …)     appends what is there, returns the parent
   baodian.link(text, href)          a link to an address from the root of the site
   baodian.speaker(words)            say(word, gaps): a sentence with its gaps filled
   baodian.hash(text)                a short fingerprint of a text */
(function () {
  "use strict";

  baodian.make = function (tag, css, text) {
    var node = document.createElement(tag);
    if (css) node.className = css;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  baodian.put = function (parent) {
    for (var n = 1; n < arguments.length; n++) if (arguments[n]) parent.appendChild(arguments[n]);
    return parent;
  };

  baodian.link = function (text, href) {
    var a = baodian.make("a", "", text);
    a.href = baodian.root + href;
    return a;
  };

  baodian.speaker = function (words) {
    return function (word, gaps) {
      return words[word].replace(/\{(\w+)\}/g, function (all, name) {
        return gaps && gaps[name] !== undefined ? gaps[name] : all;
      });
    };
  };

  baodian.hash = function (text) {
    var n = 5381;
    for (var i = 0; i < text.length; i++) n = ((n * 33) ^ text.charCodeAt(i)) >>> 0;
    return n.toString(36);
  };
})();
