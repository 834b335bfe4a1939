// @ts-check
// Where the snapshot of Python's memory comes from (kept-snapshot.js names it).
//
// The service worker keeps it, unpacked, once a first visit has come to rest. Before that it is on the server only: 6 MB
// more to load before the page works, and a third less to compute. So a first visit takes it where it comes at once.
import { isLoopback } from "./loopback.js";

const MOST_MS = 500; // that it may be on its way: about what it saves
const LOOK_MS = 100; // when the part that came by then is looked at

/**
 * The snapshot; null where Python has to start without it.
 * @template T
 * @param {string} address
 * @param {string} cacheName  of the service worker
 * @param {(reply: Response) => Promise<T>} read
 */
export async function snapshotOf(address, cacheName, read) {
  if (!globalThis.caches || !(await caches.has(cacheName))) return fetched(address, read);
  const reply = await (await caches.open(cacheName)).match(address, { ignoreSearch: true });
  return reply ? read(reply) : null; // where it is not kept yet, the service worker is just about to
}

/** @template T @param {string} address @param {(reply: Response) => Promise<T>} read */
async function fetched(address, read) {
  if (navigator.connection?.saveData) return null;
  const stop = new AbortController();
  const reply = await fetch(address, { signal: stop.signal });
  if (!reply.ok || !reply.body) return null;
  const enough = (Number(reply.headers.get("Content-Length")) || Infinity) * (LOOK_MS / MOST_MS);
  let came = 0;
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const counted = new TransformStream({
    transform(piece, on) {
      came += piece.byteLength;
      on.enqueue(piece);
    },
  });
  if (!isLoopback(new URL(address).hostname)) setTimeout(() => { if (came < enough) stop.abort(); }, LOOK_MS);
  return read(new Response(reply.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"))));
}
