// @ts-check
// Pyodide's interpreter, started from a snapshot of its memory where there is one (snapshot.js).
//
// The snapshot (made by prepare.mjs, which puts its name in the place of `SNAPSHOT`) is Python after it has imported the
// app: restoring it costs a third of what starting and importing cost. Its name holds the hash of what it was made of, so
// it always fits the app beside it.
//
// PyScript opens a database before it starts the interpreter, and gives up where the browser blocks storage. So what takes
// its place comes with this module.
import { loadPyodide as load, version } from "pyodide";
import { keptSnapshot } from "./kept-snapshot.js";
import { memoryWhereBlocked } from "./storage/memory.js";

await memoryWhereBlocked();

/** @param {object} options  PyScript's */
export async function loadPyodide(options) {
  const snapshot = await keptSnapshot((reply) => reply.arrayBuffer());
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
