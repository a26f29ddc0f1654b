/* Keeps the page's own files, so that it opens without a network. `files` and `version` are filled in by the build. */
/* global self, caches, fetch, Response, URL */
const version = "@version";
const files = ["@files"];
const name = `yuche-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((other) => other.startsWith("yuche-") && other !== name).map((old) => caches.delete(old))))
      .then(() => self.clients.claim()),
  );
});

/** From the cache, else from where the page came from; a file fetched later (the solver) is kept too. */
async function answer(request) {
  const cache = await caches.open(name);
  const known = await cache.match(request.mode === "navigate" ? "./" : request, { ignoreSearch: request.mode === "navigate" });
  if (known !== undefined) return known;
  const fetched = await fetch(request);
  if (fetched.ok) await cache.put(request, fetched.clone());
  return fetched;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});
