// @ts-check
// The index over documents as bytes, all of them or none, for the worker that makes it and looks into it. It can always be
// made again of what was read, so where there is no room or no storage, nothing is lost but time.
import { ended, indexBase, settled } from './databases.js';

const KEY = 'bytes';
let isErased = false;      // everything was deleted: what is still in memory is not written again

/** What was saved last, nothing where there is none. */
export async function loadIndex() {
  try {
    const base = await indexBase();
    base.addEventListener('versionchange', ({ newVersion }) => { isErased ||= newVersion === null; });
    const bytes = await settled(base.transaction('index').objectStore('index').get(KEY));
    return bytes instanceof Uint8Array ? bytes : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

/** @param {Uint8Array} bytes  @returns whether they lie there now */
export async function saveIndex(bytes) {
  if (isErased) return false;
  try {
    const transaction = (await indexBase()).transaction('index', 'readwrite', { durability: 'strict' });
    transaction.objectStore('index').put(bytes, KEY);
    await ended(transaction);
    return true;
  } catch {
    return false;
  }
}
