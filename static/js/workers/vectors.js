// @ts-check
// The vectors of passages, and which of them are most like another: app/documents/meaning.py asks for it. One set is in
// memory at a time, as bytes: 8 MB for 20,000 vectors of 384 numbers, all of which are compared in about 20 ms.
import { dropPieces, loadPieces, savePiece } from '../storage/vectors.js';

/** @typedef {import('../storage/vectors.js').Piece} Piece */
/** @typedef {Map<string, Piece[]>} Sets  the pieces of each document */

const PIECE = 256;      // vectors in each piece but the last: that one is written anew with each batch
const LARGEST = 127;
// Of the best likeness: what is less alike is found for want of something better. On CISI nothing good was lost with it.
const LEAST = .6;

let name = '';      // of the set in memory
/** @type {Promise<Sets>} */
let loading = Promise.resolve(new Map());

/** @param {string} set */
function loaded(set) {
  if (set !== name) {
    name = set;
    loading = loadPieces(set).then(whole);
  }
  return loading;
}

/** What can be read: of each document the pieces from the first on, as long as each is as it was written.
 * @param {Awaited<ReturnType<typeof loadPieces>>} found */
function whole(found) {
  /** @type {Sets} */
  const sets = new Map();
  for (const [document, number, piece] of found) {
    const before = sets.get(document) ?? [];
    const last = before.at(-1);
    const follows = number === before.length && (!last || (last.scales.length === PIECE && isLike(last, piece)));
    if (follows && isWhole(piece)) sets.set(document, [...before, piece]);
  }
  return sets;
}

/** @param {Piece} one @param {Piece} other */
const isLike = (one, other) => one.stamp === other?.stamp && one.size === other?.size;

/** @param {Piece} piece */
const isWhole = piece => typeof piece?.stamp === 'string' && piece.rows instanceof Int8Array
  && piece.scales instanceof Float32Array && piece.scales.length > 0 && piece.scales.length <= PIECE
  && piece.size > 0 && piece.rows.length === piece.scales.length * piece.size;

/** @param {Piece[]} pieces */
const count = pieces => pieces.reduce((sum, piece) => sum + piece.scales.length, 0);

/** @param {string} base64  of 32-bit floats */
const floats = base64 => new Float32Array(Uint8Array.from(atob(base64), sign => sign.charCodeAt(0)).buffer);

/** Makes a vector of length 1, as bytes and what to multiply them with.
 * @param {Float32Array} vector @param {Int8Array} row  takes the bytes  @returns {number} */
function quantized(vector, row) {
  let square = 0, largest = 0;
  for (const value of vector) {
    square += value * value;
    largest = Math.max(largest, Math.abs(value));
  }
  if (!largest) return 0;
  vector.forEach((value, at) => { row[at] = Math.round(value / largest * LARGEST); });
  return largest / LARGEST / Math.sqrt(square);
}

/** A piece and more of its kind behind it.
 * @param {Piece} piece @param {Float32Array} more */
function longer({ stamp, size, rows, scales }, more) {
  const all = new Int8Array(rows.length + more.length), each = new Float32Array(all.length / size);
  all.set(rows);
  each.set(scales);
  for (let at = 0; at < more.length; at += size) {
    const from = rows.length + at;
    each[from / size] = quantized(more.subarray(at, at + size), all.subarray(from, from + size));
  }
  return { stamp, size, rows: all, scales: each };
}

/** How much each row is like a vector.
 * @param {Piece} piece @param {Float64Array} wanted */
function products({ size, rows, scales }, wanted) {
  return scales.map((scale, row) => {
    let sum = 0;
    for (let from = row * size, to = 0; to < size; from++, to++) sum += /** @type {any} */ (rows[from]) * /** @type {any} */ (wanted[to]);
    return sum * scale;
  });
}

export const vectors = {
  /** By document: the stamp of its vectors and how many there are. @param {string} set */
  async made(set) {
    const sets = await loaded(set);
    return JSON.stringify(Object.fromEntries([...sets].map(([id, pieces]) => [id, [pieces[0]?.stamp, count(pieces)]])));
  },

  /** @param {string} set @param {string} document @param {string} stamp @param {number} first @param {number} many
   * @param {string} base64 */
  async put(set, document, stamp, first, many, base64) {
    const sets = await loaded(set), values = floats(base64), size = values.length / many;
    const before = first ? sets.get(document) ?? [] : [];
    const piece = { stamp, size, rows: new Int8Array(), scales: new Float32Array() };
    if (count(before) !== first || before.some(one => !isLike(one, piece))) return;
    sets.set(document, before);
    for (let at = 0; at < many;) {
      const last = before.at(-1);
      const grows = last && last.scales.length < PIECE ? last : piece;
      const fit = Math.min(many - at, PIECE - grows.scales.length);
      const made = longer(grows, values.subarray(at * size, (at + fit) * size));
      before.splice(grows === last ? -1 : before.length, 1, made);
      at += fit;
      await savePiece(set, document, before.length - 1, made);
    }
  },

  /** The most alike as JSON, [document, number] each, best first; none that is far from the best.
   * @param {string} set @param {string} base64 @param {string} stampsJson  by document @param {number} most
   * @param {number} lowest  a cosine: none below it */
  async nearest(set, base64, stampsJson, most, lowest) {
    const sets = await loaded(set), wanted = Float64Array.from(floats(base64)), size = wanted.length;
    /** @type {{ score: number, document: string, number: number }[]} */
    const best = [];
    let least = -Infinity;
    for (const [document, stamp] of Object.entries(JSON.parse(stampsJson))) {
      let number = 0;
      for (const piece of sets.get(document) ?? []) {
        if (piece.stamp !== stamp || piece.size !== size) break;
        for (const score of products(piece, wanted)) {
          if (score > least) {
            const worse = best.findIndex(one => one.score < score);
            best.splice(worse < 0 ? best.length : worse, 0, { score, document, number });
            if (best.length > most) best.pop();
            if (best.length === most) least = best.at(-1)?.score ?? least;
          }
          number++;
        }
      }
    }
    const good = Math.max(Number.MIN_VALUE, lowest * Math.hypot(...wanted), (best[0]?.score ?? 0) * LEAST);
    return JSON.stringify(best.filter(({ score }) => score >= good).map(({ document, number }) => [document, number]));
  },

  /** @param {string} documentsJson */
  async drop(documentsJson) {
    const documents = new Set(/** @type {string[]} */ (JSON.parse(documentsJson)));
    const sets = await loading;
    for (const id of documents) sets.delete(id);
    await dropPieces(documents);
  },
};
