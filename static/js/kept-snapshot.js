// @ts-check
// The snapshot of Python's memory that belongs to this release, for those who start Python: the page's own (interpreter.js),
// and the one behind the wall (page/wall.js). It holds Python and the app's program, and nothing of anybody's.
import { cacheName } from "./names.js";
import { snapshotOf } from "./snapshot.js";

const site = new URL("../../../", import.meta.url).href; // the bundle is in static/vendor/pyodide/

/**
 * What Python's memory held once it had imported the app; null where it is better started without.
 * @template T @param {(reply: Response) => Promise<T>} read
 */
export const keptSnapshot = (read) =>
  snapshotOf(`${site}static/vendor/snapshot/${SNAPSHOT}`, cacheName(site), read).catch(() => null);
