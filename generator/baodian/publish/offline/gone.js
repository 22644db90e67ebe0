/* There is no offline edition any more: clears away what an earlier one stored, and itself. */
"use strict";
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) {
  var own = "baodian:" + new URL(self.registration.scope).pathname + ":";
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.indexOf(own) === 0; }).map(function (name) {
      return caches.delete(name);
    }));
  }).then(function () { return self.registration.unregister(); }));
});
