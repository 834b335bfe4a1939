// The service worker: keeps the files of one release, so that the page opens without a network.
//
// serve.py publishes this file beside index.html (a worker controls only what lies below it) and writes the list of the
// release into the line below: address relative to the page -> SHA-256, and the content-security policies of some files.
// Every file is kept under its address *and* its hash. So a release is always answered as a set, an unchanged file
// survives an update without being fetched again, and an interrupted installation goes on where it stopped.
//
// It answers GET requests of its own origin for listed files, navigations, and the local API (sw-api.js, which
// serve.py joins to this file). Everything else, such as Ollama on another port, model downloads and range
// requests, passes untouched. Models are never kept here.
//
// The workers that run other people's programs get their policy from here, as static hosts send none. In Offline Mode it
// also refuses every request that would leave this device, whoever makes it, and stamps a stricter policy on pages and
// workers. Requests to this computer itself (Ollama) pass untouched even then: whether they may be made is decided by
// Python and by that policy.
const RELEASE = null;

const SCOPE = self.registration.scope;
const CACHE = `files of ${new URL(SCOPE).pathname}`; // an origin may carry several sites
const STALE = "pages-of-an-older-release";
const OFFLINE = "offline-mode"; // "", "strict", or "loopback" where this computer's own servers may be asked
const INDEX = "index.html";
const ALWAYS_SAFE = new Set(["font", "image"]); // of any release: they cannot break the page that shows them

const hashOf = (path) => RELEASE.precache[path] ?? RELEASE.onUse[path];
const keyOf = (path) => `${SCOPE}${path}?sha256=${hashOf(path)}`;

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A file of this release from the server: never one of another release that was published meanwhile.
async function fetched(path) {
  // "no-cache" asks whether the browser's copy is still good: what the page has just loaded is not sent twice.
  // A server that tells versions apart by the second may err in that; "reload" then takes the file itself.
  for (const cache of ["no-cache", "reload"]) {
    const reply = await fetch(SCOPE + path, { cache });
    if (!reply.ok) throw new Error(`${path}: the server answered ${reply.status}`);
    const body = await reply.arrayBuffer();
    if ((await sha256(body)) !== hashOf(path)) continue;
    const type = reply.headers.get("Content-Type") ?? "application/octet-stream";
    // A fresh Response: browsers refuse a redirected one as the answer to a navigation.
    return new Response(body, { headers: { "Content-Type": type, "Content-Length": String(body.byteLength) } });
  }
  throw new Error(`${path} belongs to another version`);
}

async function keep(cache, path) {
  if (await cache.match(keyOf(path))) return;
  const reply = await fetched(path);
  await cache.put(keyOf(path), isSnapshot(path) ? unpacked(reply) : reply);
}

// The picture of Python's memory is read at every start: it is kept as it is read.
const isSnapshot = (path) => path.startsWith("static/vendor/snapshot/");
const unpacked = (reply) => new Response(reply.body.pipeThrough(new DecompressionStream("gzip")));

async function install() {
  const cache = await caches.open(CACHE);
  // One after another: the page is still busy starting, and this must not get in its way.
  for (const path of Object.keys(RELEASE.precache)) await keep(cache, path);
}

async function activate() {
  const cache = await caches.open(CACHE);
  const wanted = new Set([...Object.keys(RELEASE.precache), ...Object.keys(RELEASE.onUse)].map(keyOf));
  wanted.add(SCOPE + STALE).add(SCOPE + OFFLINE);
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  await self.clients.claim();
}

// Pages and workers that are open when this release takes over were started by an older one. Until they
// reload they get nothing from here: half of one release and half of another is worse than an error.
async function takeOver() {
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "all" });
  const cache = await caches.open(CACHE);
  // Kept in the cache, because the browser may stop and start this worker at any time.
  await cache.put(SCOPE + STALE, Response.json(open.map((client) => client.id)));
  stale = undefined;
  await self.skipWaiting();
}

let stale; // read once for as long as this worker runs
async function isStale(cache, clientId) {
  stale ??= cache.match(SCOPE + STALE).then((ids) => ids?.json() ?? []);
  return (await stale).includes(clientId);
}

async function answer(path, event) {
  const reply = await answerOf(path, event);
  const policies = [RELEASE.policies[path], (await readOffline()) && GOVERNED.has(event.request.destination) && POLICIES[offline]];
  return stamped(reply, policies.filter(Boolean));
}

async function answerOf(path, event) {
  const cache = await caches.open(CACHE);
  if (!ALWAYS_SAFE.has(event.request.destination) && event.request.mode !== "navigate" && (await isStale(cache, event.clientId))) {
    return refusal("A new version is ready. Reload to update.");
  }
  const kept = await cache.match(keyOf(path));
  if (kept) return kept;
  if ((await readOffline()) && leaves(SCOPE)) return refused(event.request, "This part of the app is not kept on this device yet, and Offline Mode is on.");
  try {
    const reply = await fetched(path);
    await cache.put(keyOf(path), reply.clone());
    return reply;
  } catch (error) {
    return refusal(`${error.message}. Connect to the network and reload the page.`);
  }
}

const refusal = (text) => new Response(text, { status: 504, headers: { "Content-Type": "text/plain; charset=utf-8" } });

// -- Offline Mode

const GOVERNED = new Set(["document", "worker", "sharedworker", "iframe"]);
const POLICIES = {
  strict: "connect-src 'self' blob: data:; img-src 'self' blob: data:; font-src 'self' data:; frame-src 'none'; form-action 'none'; frame-ancestors 'self'",
  loopback: "connect-src 'self' blob: data: http://localhost:* http://127.0.0.1:*; img-src 'self' blob: data:; font-src 'self' data:; frame-src 'none'; form-action 'none'; frame-ancestors 'self'",
};

let offline; // undefined until it has been read; the browser may stop and start this worker at any time
let reading;
function readOffline() {
  if (offline !== undefined) return offline;
  reading ??= caches.open(CACHE).then((cache) => cache.match(SCOPE + OFFLINE)).then((kept) => kept?.text() ?? "");
  return reading.then((mode) => (offline ??= mode));
}

async function setOffline(mode) {
  if ((await readOffline()) === mode) return;
  offline = mode;
  await (await caches.open(CACHE)).put(SCOPE + OFFLINE, new Response(mode));
}

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
function leaves(address) {
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && !LOOPBACK.test(hostname);
}

// Of several policies each is in force.
function stamped(reply, policies) {
  if (!policies.length) return reply;
  const headers = new Headers(reply.headers);
  for (const policy of policies) headers.append("Content-Security-Policy", policy);
  return new Response(reply.body, { status: reply.status, headers });
}

async function refused(request, text) {
  const { host } = new URL(request.url);
  for (const client of await self.clients.matchAll()) client.postMessage({ type: "refused", host });
  return refusal(text);
}

async function guarded(request) {
  return (await readOffline()) ? refused(request, "Offline Mode is on: nothing leaves this device.") : fetch(request);
}

// The file that a request means, or null where this worker has nothing to say.
function pathOf(request) {
  const url = new URL(request.url);
  const isOurs = request.method === "GET" && (url.origin + url.pathname).startsWith(SCOPE);
  if (!isOurs || request.headers.has("Range")) return null;
  const path = decodeURIComponent((url.origin + url.pathname).slice(SCOPE.length));
  if (hashOf(path)) return path;
  // Any other address of the site opens the page; files that are not listed come from the server.
  return request.mode === "navigate" && !/^static\/|\.[a-z]+$/.test(path) ? INDEX : null;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const asked = apiPath(event.request);
  if (asked) return event.respondWith(answerApi(asked, event));
  const path = pathOf(event.request);
  if (path) event.respondWith(answer(path, event));
  else if (offline !== "" && leaves(event.request.url)) event.respondWith(guarded(event.request));
});
readOffline();

// The page says when: "skip-waiting" after the person chose to reload; "keep" with an address, or
// the start of some, that the page or one of its workers loaded before this worker was there to keep them.
self.addEventListener("message", (event) => {
  const { type, prefix, mode } = event.data ?? {};
  if (type === "skip-waiting") event.waitUntil(takeOver());
  if (type === "offline") event.waitUntil(setOffline(mode).then(() => event.ports[0]?.postMessage("done")));
  if (type === "keep") event.waitUntil(keepAll(prefix));
});

async function keepAll(prefix) {
  const cache = await caches.open(CACHE);
  for (const path of Object.keys(RELEASE.onUse)) if (path.startsWith(prefix)) await keep(cache, path).catch(() => {});
}
