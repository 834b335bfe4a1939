// @ts-check
// Pyodide's interpreter, started from a snapshot of its memory where the service worker keeps one.
//
// The snapshot (made by prepare.mjs, which puts its name in the place of `SNAPSHOT`) is Python after it has imported the app: restoring it costs a third of
// what starting and importing cost. It is only ever taken from the service worker's cache, never waited for: the first
// visit starts without it. Its name holds the hash of what it was made of, so it always fits the app beside it.
//
// PyScript opens a database before it starts the interpreter, and gives up where the browser blocks storage. So what takes
// its place comes with this module.
import { loadPyodide as load, version } from "pyodide";
import { cacheName } from "./names.js";
import { memoryWhereBlocked } from "./storage/memory.js";

await memoryWhereBlocked();

/** @returns {Promise<ArrayBuffer | null>} */
async function kept() {
  if (!globalThis.caches) return null;
  const name = cacheName(new URL("../../../", import.meta.url).href); // the bundle is in static/vendor/pyodide/
  if (!(await caches.has(name))) return null;
  const reply = await (await caches.open(name)).match(new URL(`../snapshot/${SNAPSHOT}`, import.meta.url), { ignoreSearch: true });
  return reply ? reply.arrayBuffer() : null;
}

/** @param {object} options  PyScript's */
export async function loadPyodide(options) {
  const snapshot = await kept().catch(() => null);
  if (snapshot) {
    try {
      const interpreter = await load({ ...options, _loadSnapshot: snapshot });
      globalThis.isRestored = true;
      return interpreter;
    } catch (error) {
      console.warn(`The snapshot of Python's memory could not be used: ${/** @type {Error} */ (error).message}`);
    }
  }
  return load(options);
}

export { version };
