// Pyodide's interpreter, started out of a picture of its memory where the service worker keeps one.
//
// The picture (`SNAPSHOT`, made by prepare.mjs) is Python after it has imported the app: restoring it costs a third of
// what starting and importing cost. It is only ever taken from the service worker's cache, never waited for: the first
// visit starts without it. Its name holds the hash of what it was made of, so it always fits the app beside it.
//
// PyScript opens a database before it starts the interpreter, and gives up where the browser blocks storage. So what takes
// its place comes with this module.
import { loadPyodide as load, version } from "./pyodide.mjs";
import { memoryWhereBlocked } from "../../js/storage-memory.js";

await memoryWhereBlocked();

const SNAPSHOT = null;

async function kept() {
  if (!SNAPSHOT || !globalThis.caches) return null;
  const name = `files of ${new URL("../../../", import.meta.url).pathname}`; // as sw.js has it
  if (!(await caches.has(name))) return null;
  const reply = await (await caches.open(name)).match(new URL(`../snapshot/${SNAPSHOT}`, import.meta.url), { ignoreSearch: true });
  return reply ? reply.arrayBuffer() : null;
}

export async function loadPyodide(options) {
  const snapshot = await kept().catch(() => null);
  if (snapshot) {
    try {
      const interpreter = await load({ ...options, _loadSnapshot: snapshot });
      globalThis.isRestored = true;
      return interpreter;
    } catch (error) {
      console.warn(`The picture of Python's memory could not be used: ${error.message}`);
    }
  }
  return load(options);
}

export { version };
