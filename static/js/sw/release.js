// @ts-check
// The release that this service worker belongs to, and its cache. serve.py writes the list before the bundle:
// address relative to the page -> SHA-256, and the content-security policies of some files.
//
// Every file is kept under its address *and* its hash. So a release is always answered as a set, an unchanged file
// survives an update without being fetched again, and an interrupted installation goes on where it stopped.
import { cacheName } from "../names.js";

export const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
export const SCOPE = worker.registration.scope;
const CACHE = cacheName(SCOPE);
const STALE = `${SCOPE}pages-of-an-older-release`;
export const OFFLINE = `${SCOPE}offline-mode`; // "", "strict", or "loopback" where this computer's own servers may be asked

export const openCache = () => caches.open(CACHE);

/** @param {string} path @returns {string | undefined} */
export const hashOf = (path) => RELEASE.precache[path] ?? RELEASE.onUse[path];
/** @param {string} path */
export const keyOf = (path) => `${SCOPE}${path}?sha256=${hashOf(path)}`;

/** @param {ArrayBuffer} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A file of this release from the server: never one of another release that was published meanwhile.
 * @param {string} path
 */
export async function fetched(path) {
  // "no-cache" asks whether the browser's copy is still good: what the page has just loaded is not sent twice.
  // A server that tells versions apart by the second may err in that; "reload" then takes the file itself.
  for (const cache of /** @type {const} */ (["no-cache", "reload"])) {
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

/** @param {Cache} cache @param {string} path */
async function keep(cache, path) {
  if (await cache.match(keyOf(path))) return;
  const reply = await fetched(path);
  await cache.put(keyOf(path), isSnapshot(path) ? unpacked(reply) : reply);
}

// The snapshot of Python's memory is read at every start: it is kept as it is read.
/** @param {string} path */
export const isSnapshot = (path) => path.startsWith("static/vendor/snapshot/");
/** @param {Response} reply */
const unpacked = (reply) => new Response(reply.body?.pipeThrough(new DecompressionStream("gzip")));

export async function install() {
  const cache = await openCache();
  // One after another: the page is still busy starting, and this must not get in its way.
  for (const path of Object.keys(RELEASE.precache)) await keep(cache, path);
}

/** @param {string} prefix  of addresses that are not fetched beforehand */
export async function keepAll(prefix) {
  const cache = await openCache();
  for (const path of Object.keys(RELEASE.onUse)) if (path.startsWith(prefix)) await keep(cache, path).catch(() => {});
}

export async function activate() {
  const cache = await openCache();
  const wanted = new Set([...Object.keys(RELEASE.precache), ...Object.keys(RELEASE.onUse)].map(keyOf));
  wanted.add(STALE).add(OFFLINE);
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  // Not awaited: Firefox claims a worker only once it listens, and threads of an engine listen to nobody while they wait.
  // It gives up after a minute, and until this worker is active every request of the page to elsewhere waits with it.
  worker.clients.claim();
}

/** @type {Promise<string[]> | undefined} */
let stale; // read once for as long as this worker runs

// Pages and workers that are open when this release takes over were started by an older one. Until they
// reload they get nothing from here: half of one release and half of another is worse than an error.
export async function takeOver() {
  const open = await worker.clients.matchAll({ includeUncontrolled: true, type: "all" });
  const cache = await openCache();
  // Kept in the cache, because the browser may stop and start this worker at any time.
  await cache.put(STALE, Response.json(open.map((client) => client.id)));
  stale = undefined;
  await worker.skipWaiting();
}

/** Whether a page or worker was started by an older release. @param {Cache} cache @param {string} clientId */
export async function isStale(cache, clientId) {
  stale ??= cache.match(STALE).then((ids) => ids?.json() ?? []);
  return (await stale).includes(clientId);
}
