// @ts-check
// The service worker: keeps the files of one release, so that the page opens without a network.
//
// serve.py bundles this module, writes the release before it and publishes both as sw.js beside index.html (a worker
// controls only what lies below it): one file is always of one release.
//
// It answers GET requests of its own origin for listed files, navigations, and the local API (api.js). Everything else,
// such as Ollama on another port, model downloads and range requests, passes untouched. Models are never kept here.
// The workers that run other people's programs get their policy from here, as static hosts send none. So does the page
// what isolates it (serve.py says what that is for): its workers would not start without the same, whatever the answer.
import { said } from "../said.js";
import { answerApi, apiPath } from "./api.js";
import { guarded, isSurelyOff, leaves, policyFor, readOffline, refusal, refused, setOffline } from "./offline.js";
import { activate, fetched, hashOf, install, isSnapshot, isStale, keepAll, keyOf, openCache, SCOPE, takeOver, worker } from "./release.js";

const INDEX = "index.html";
const ISOLATED = new Set(["document", "iframe", "worker"]); // no shared worker: quiet-worker.js asks without CORS
const ALWAYS_SAFE = new Set(["font", "image"]); // of any release: they cannot break the page that shows them

/** @param {string} path @param {FetchEvent} event */
async function answer(path, event) {
  const reply = await answerOf(path, event);
  const isolation = ISOLATED.has(event.request.destination) ? RELEASE.isolation : undefined;
  return stamped(reply, [RELEASE.policies[path], await policyFor(event.request)], isolation);
}

/** @param {string} path @param {FetchEvent} event */
async function answerOf(path, event) {
  const cache = await openCache();
  const { destination, mode } = event.request;
  if (!ALWAYS_SAFE.has(destination) && mode !== "navigate" && (await isStale(cache, event.clientId))) {
    return refusal(said("new_version"));
  }
  const kept = await cache.match(keyOf(path));
  if (kept) return kept;
  if ((await readOffline()) && leaves(SCOPE)) return refused(event.request, said("not_kept"));
  try {
    const reply = await fetched(path);
    if (!isSnapshot(path)) await cache.put(keyOf(path), reply.clone()); // which is kept unpacked (release.js)
    return reply;
  } catch (error) {
    return refusal(said("unreachable", { what: /** @type {Error} */ (error).message }));
  }
}

/**
 * Of several policies each is in force.
 * @param {Response} reply
 * @param {(string | undefined)[]} policies
 * @param {Record<string, string>} [isolation]
 */
function stamped(reply, policies, isolation) {
  const given = policies.filter((policy) => policy !== undefined);
  if (!given.length && !isolation) return reply; // as it is kept, with the browser's compiled form of it
  const headers = new Headers({ ...Object.fromEntries(reply.headers), ...isolation });
  for (const policy of given) headers.append("Content-Security-Policy", policy);
  return new Response(reply.body, { status: reply.status, headers });
}

/** The file that a request means, or null where this worker has nothing to say. @param {Request} request */
function pathOf(request) {
  const url = new URL(request.url);
  const isOurs = request.method === "GET" && (url.origin + url.pathname).startsWith(SCOPE);
  if (!isOurs || request.headers.has("Range")) return null;
  const path = decodeURIComponent((url.origin + url.pathname).slice(SCOPE.length));
  if (hashOf(path)) return path;
  // Any other address of the site opens the page; files that are not listed come from the server.
  return request.mode === "navigate" && !/^static\/|\.[a-z]+$/.test(path) ? INDEX : null;
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const asked = apiPath(event.request);
  if (asked) return event.respondWith(answerApi(asked, event));
  const path = pathOf(event.request);
  if (path) event.respondWith(answer(path, event));
  else if (!isSurelyOff() && leaves(event.request.url)) event.respondWith(guarded(event.request));
});
readOffline();

// The page says when: "skip-waiting" after the person chose to reload; "keep" with an address, or
// the start of some, that the page or one of its workers loaded before this worker was there to keep them.
worker.addEventListener("message", (event) => {
  const { type, prefix, mode } = event.data ?? {};
  if (type === "skip-waiting") event.waitUntil(takeOver());
  if (type === "offline") event.waitUntil(setOffline(mode).then(() => event.ports[0]?.postMessage("done")));
  if (type === "keep") event.waitUntil(keepAll(prefix));
});
