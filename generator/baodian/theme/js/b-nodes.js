/* What our scripts build pages from. Text is never taken for markup.

   baodian.words(told)                     what scripts say, by names of ours, is in baodian.said; each script begins with its own
   baodian.widget(name, attach)            attach(root, data, say) for each widget of that name on the page; `say` has its words
   baodian.make(tag, look, …kids)          an element; `look` is its class, or a map of attributes, with `text` and `on` (a click)
   baodian.put(parent, …kids)              appends nodes, texts and lists of them, leaves out what is not there; the parent
   baodian.fill(parent, …kids)             the same in place of what was there
   baodian.link(text, href)                a link to an address from the root of the site
   baodian.query()                         what the address asks: `?…`, or `#?…` where a browser keeps no queries for files
   baodian.press(css, text, act)           a button; act(button)
   baodian.status(css)                     a line that is read out when it changes
   baodian.copy(text, near, words)         a promise: true if copied; else the text stands selected after `near`
   baodian.copier(css, label, words, text, tell)  a button that copies text() and tells how it went; nothing if there is none
   baodian.download(text, name, type)      hands a file to the browser
   baodian.signs                           the signs between words in the language of the page: list, colon, semicolon, aside(text);
                                           room(n): how many signs say as much as n Han characters
   baodian.downloads()                     whether browsers like this one take files
   baodian.sure(asks)                      a button that asks before it acts: { button(text, act, danger), text, ask(), yes, no,
                                           act, css, name }; what ask() leaves empty needs no question */
(() => {
  "use strict";
  const wide = /^zh/.test(document.documentElement.lang);
  baodian.signs = {
    list: wide ? "、" : ", ", colon: wide ? "：" : ": ", semicolon: wide ? "；" : "; ",
    aside: text => wide ? "（" + text + "）" : " (" + text + ")",
    room: most => wide ? most : 3 * most // as text/signs.py has it
  };
  const IN_APP = /MicroMessenger|DingTalk|wxwork|Lark|Feishu|Alipay|QQ\/|Weibo/i;
  const { make, put, fill, press } = Object.assign(baodian, {
    make(tag, look, ...kids) {
      const node = document.createElement(tag);
      if (typeof look === "string") look = look ? { class: look } : {};
      Object.entries(look || {}).forEach(([name, value]) => {
        if (name === "text") put(node, value);
        else if (name === "on") node.addEventListener("click", value);
        else if (value !== null) node.setAttribute(name, value);
      });
      return put(node, kids);
    },

    put(parent, ...kids) {
      kids.forEach(kid => {
        if (Array.isArray(kid)) put(parent, ...kid);
        else if (kid || kid === 0) parent.append(kid);
      });
      return parent;
    },

    fill(parent, ...kids) {
      parent.textContent = "";
      return put(parent, kids);
    },

    link: (text, href) => make("a", { href: baodian.root + href, text }),

    query() {
      const text = location.search.slice(1);
      return new URLSearchParams(!text && location.hash.indexOf("#?") === 0 ? location.hash.slice(2) : text);
    },

    press(css, text, act) {
      const button = make("button", { type: "button", class: css, text });
      if (act) button.addEventListener("click", () => act(button));
      return button;
    },

    status: css => make("p", { class: css, role: "status" }),

    copy(text, near, words) {
      near.parentNode.querySelectorAll(".bd-by-hand").forEach(old => old.remove());
      if (!navigator.clipboard || !window.isSecureContext) return Promise.resolve(byHand(text, near, words));
      return navigator.clipboard.writeText(text).then(() => true, () => byHand(text, near, words));
    },

    copier: (css, label, words, text, tell) => press(css, label, button => {
      const wanted = text();
      if (wanted) baodian.copy(wanted, button, words).then(went => tell(went ? words.copied : words.by_hand));
    }),

    downloads: () => Boolean(window.URL && URL.createObjectURL && "download" in make("a")) && !IN_APP.test(navigator.userAgent),

    download(text, name, type) {
      const file = make("a", { href: URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" })), download: name });
      put(document.body, file);
      file.click();
      file.remove();
      setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    },

    sure(asks) {
      const place = make("span", asks.css);
      function back() { // to the button alone, unless acting has changed the page
        fill(place, first);
        place.removeAttribute("role");
      }
      const first = asks.button(asks.text, () => {
        const question = asks.ask();
        if (!question) return asks.act();
        const no = asks.button(asks.no, () => { back(); first.focus(); });
        fill(place, make("span", "", question), asks.button(asks.yes, () => { back(); first.focus(); asks.act(); }, true), no);
        place.setAttribute("role", "group");
        place.setAttribute("aria-label", question);
        return no.focus();
      });
      if (asks.name) first.setAttribute("aria-label", asks.name);
      return put(place, first);
    },

    said: {},

    words(told) { Object.assign(baodian.said, told); },

    widget(name, attach) {
      document.querySelectorAll('[data-widget="' + name + '"]').forEach(root => {
        const given = root.querySelector(':scope > script[type="application/json"]');
        const data = Object.assign(given ? JSON.parse(given.textContent) : {}, { words: baodian.said[name] || {} });
        attach(root, data, baodian.speaker(data.words));
        root.setAttribute("data-ready", "");
      });
    }
  });

  /* The old way works on plain http and in views inside other apps. */
  function byHand(text, near, words) {
    const area = make("textarea", { class: "bd-by-hand", readonly: "", "aria-label": words.by_hand });
    area.value = text;
    near.parentNode.insertBefore(area, near.nextSibling);
    area.focus();
    area.select();
    area.setSelectionRange(0, text.length);
    let went = false;
    try { went = document.execCommand("copy"); } catch (refused) { went = false; }
    if (went) { area.remove(); near.focus(); }
    return went;
  }
})();
