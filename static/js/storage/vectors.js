// @ts-check
// Vectors of passages as they lie in the browser: in pieces of one document each, by [set, document, number of the piece].
// They can always be made again, so where there is no room or no storage, nothing is lost but time.
import { ended, settled, vectorBase } from './databases.js';

/** @typedef {{ stamp: string, size: number, rows: Int8Array, scales: Float32Array }} Piece  of vectors of `size` numbers:
 *   each number is its row's byte times its row's scale */

let isErased = false;      // everything was deleted: what is still in memory is not written again

/** @param {IDBVersionChangeEvent} event */
function changed({ newVersion }) {
  isErased ||= newVersion === null;
}

async function opened() {
  const base = await vectorBase();
  base.addEventListener('versionchange', changed);      // the same one again is none more
  return base;
}

const writing = async () => (await opened()).transaction('pieces', 'readwrite', { durability: 'strict' });

/** All of a set, in order. @param {string} set  @returns {Promise<[document: string, number: number, piece: Piece][]>} */
export async function loadPieces(set) {
  try {
    const store = (await opened()).transaction('pieces').objectStore('pieces');
    const range = IDBKeyRange.bound([set], [set, []]);      // a list comes after every text
    const [keys, values] = await Promise.all([settled(store.getAllKeys(range)), settled(store.getAll(range))]);
    return keys.map((key, at) => {
      const [, document, number] = /** @type {[string, string, number]} */ (key);
      return [document, number, values[at]];
    });
  } catch {
    return [];
  }
}

/** Puts a piece into its place; the first one of a document takes the place of all that was there.
 * @param {string} set @param {string} document @param {number} number @param {Piece} piece */
export async function savePiece(set, document, number, piece) {
  if (isErased) return;
  try {
    const transaction = await writing();
    const store = transaction.objectStore('pieces');
    if (number === 0) store.delete(IDBKeyRange.bound([set, document], [set, document, []]));
    store.put(piece, [set, document, number]);
    await ended(transaction);
  } catch { /* it is made again in the next visit */ }
}

/** Takes documents out of every set. @param {Set<string>} documents */
export async function dropPieces(documents) {
  try {
    const transaction = await writing();
    const store = transaction.objectStore('pieces');
    for (const key of await settled(store.getAllKeys())) {
      const [, document] = /** @type {[string, string, number]} */ (key);
      if (documents.has(document)) store.delete(key);
    }
    await ended(transaction);
  } catch { /* what stays is of no document any more, and is never read */ }
}
