// @ts-check
// Offline Mode: every request that would leave this device is refused, whoever makes it, and a stricter policy is stamped
// on pages and workers. Requests to this computer itself (Ollama) pass untouched even then: whether they may be made is
// decided by Python and by that policy.
import { isLoopback } from "../loopback.js";
import { said } from "../said.js";
import { OFFLINE, openCache, worker } from "./release.js";

const GOVERNED = new Set(["document", "worker", "sharedworker", "iframe"]);
const REST = "img-src 'self' blob: data:; media-src 'self' blob: data:; font-src 'self' data:; frame-src 'none'; form-action 'none'; frame-ancestors 'self'";
/** @type {Record<string, string>} */
const POLICIES = {
  strict: `connect-src 'self' blob: data:; ${REST}`,
  loopback: `connect-src 'self' blob: data: http://localhost:* http://127.0.0.1:*; ${REST}`,
};

/** @type {string | undefined} */
let offline; // undefined until it has been read; the browser may stop and start this worker at any time
/** @type {Promise<string> | undefined} */
let reading;

/** The mode; empty where Offline Mode is off. @returns {string | Promise<string>} */
export function readOffline() {
  if (offline !== undefined) return offline;
  reading ??= openCache().then((cache) => cache.match(OFFLINE)).then((kept) => kept?.text() ?? "");
  return reading.then((mode) => (offline ??= mode));
}

/** @param {string} mode */
export async function setOffline(mode) {
  if ((await readOffline()) === mode) return;
  offline = mode;
  await (await openCache()).put(OFFLINE, new Response(mode));
}

/** Whether it is known that Offline Mode is off. */
export const isSurelyOff = () => offline === "";

/** Whether a request to an address would leave this device. @param {string} address */
export function leaves(address) {
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && !isLoopback(hostname);
}

/** The policy that Offline Mode adds to the answer to a request. @param {Request} request */
export async function policyFor(request) {
  const mode = await readOffline();
  return mode && GOVERNED.has(request.destination) ? POLICIES[mode] : undefined;
}

/** @param {string} text */
export const refusal = (text) => new Response(text, { status: 504, headers: { "Content-Type": "text/plain; charset=utf-8" } });

/** @param {Request} request @param {string} text */
export async function refused(request, text) {
  const { host } = new URL(request.url);
  for (const client of await worker.clients.matchAll()) client.postMessage({ type: "refused", host });
  return refusal(text);
}

/** @param {Request} request */
export async function guarded(request) {
  return (await readOffline()) ? refused(request, said("offline_mode")) : fetch(request);
}
