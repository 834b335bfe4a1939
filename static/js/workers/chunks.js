// @ts-check
// The chunks of models for Python, in a worker of their own: fetched, hashed and stored. Python decides at every step and
// holds numbers. The Blobs stay here, because the browser lets go of one only after the garbage collector has run, and
// that takes 30 ms where it has all of Python to look through. Here it runs by itself: hashing needs much memory.
import { expose } from 'comlink';
import { createSHA256 } from 'hash-wasm';
import { use } from '../storage/databases.js';
import { put } from '../storage/models.js';

const TELL_MS = 250;
const BLOB_BYTES = 2 ** 20;

/**
 * A reply under way, then its body or the chunk of it that was read last.
 * @typedef {{ abort: AbortController, response?: Response, read?: (size: number) => Promise<Read>, body?: Blob }} Reply
 * @typedef {{ have: number, blob?: Blob }} Read  how many bytes have come, and once these are all, the bytes
 * @typedef {number | Blob} Chunk  the body of a reply, by its number, or a Blob of Python's: of a picked file, or stored
 */

/** @type {Map<number, Reply>} */
const replies = new Map();
const hasher = createSHA256();      // WebAssembly; the browser's own cannot go on from a state

/** @param {Uint8Array} bytes */
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
/** @param {string} text */
const bytesOf = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));

/** @param {string} state  of the hash so far, in hexadecimal; empty at the beginning */
async function at(state) {
  const whole = await hasher;
  return state ? whole.load(bytesOf(state)) : whole.init();
}

/**
 * A reply that has begun to come.
 * @param {number} number
 */
const asked = number => /** @type {Reply & { response: Response }} */ (replies.get(number));

/**
 * @param {Chunk} chunk
 * @returns {Blob}
 */
const blobOf = chunk => typeof chunk === 'number' ? /** @type {Blob} */ (replies.get(chunk)?.body) : chunk;

/**
 * Reads a body chunk by chunk; what is left over of one begins the next. Answers after a while, or with the whole chunk.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 */
function reader(body) {
  const stream = body.getReader();
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  let rest;
  /** @type {Blob[]} */
  let blobs = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let parts = [];
  let inParts = 0, have = 0;
  return async (/** @type {number} */ size) => {
    const until = performance.now() + TELL_MS;
    let hasEnded = false;
    while (have < size && !hasEnded) {
      if (performance.now() > until) return { have };
      const value = rest ?? (await stream.read()).value;
      rest = undefined;
      if (!value) hasEnded = true;
      else {
        const wanted = value.subarray(0, size - have);
        if (wanted.length < value.length) rest = value.subarray(wanted.length);
        parts.push(wanted);
        have += wanted.length;
        inParts += wanted.length;
      }
      if (inParts >= BLOB_BYTES) {      // goes to where Blobs are kept: out of this worker's memory
        blobs.push(new Blob(parts));
        parts = [];
        inParts = 0;
      }
    }
    const blob = new Blob([...blobs, ...parts]);
    blobs = [];
    parts = [];
    inParts = have = 0;
    return { have: blob.size, blob };
  };
}

const api = {
  /** @param {string} app  the app's name */
  async load(app) {
    use(app, () => {});
    await hasher;
  },

  /** Status and headers, as JSON. @param {number} number @param {string} url @param {string} headersJson */
  async fetch(number, url, headersJson) {
    const abort = new AbortController();
    /** @type {Reply} */
    const reply = { abort };
    replies.set(number, reply);
    reply.response = await fetch(url, { headers: JSON.parse(headersJson), cache: 'no-store', signal: abort.signal });
    return JSON.stringify([reply.response.status, Object.fromEntries(reply.response.headers)]);
  },

  /** The whole body; its length. @param {number} number */
  async body(number) {
    const reply = asked(number);
    reply.body = await reply.response.blob();
    return reply.body.size;
  },

  /** The next `size` bytes of it: how many have come so far, and whether these are all, as JSON.
   * @param {number} number @param {number} size */
  async take(number, size) {
    const reply = asked(number);
    reply.read ??= reader(/** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (reply.response.body));
    const { have, blob } = await reply.read(size);
    reply.body = blob;
    return JSON.stringify([have, !!blob]);
  },

  /** @param {number} number */
  close(number) {
    replies.get(number)?.abort.abort();
    replies.delete(number);
  },

  /** The chunk's own hash, and the state of the whole file's after it, both in hexadecimal.
   * @param {Chunk} chunk @param {string} state */
  async add(chunk, state) {
    const bytes = new Uint8Array(await blobOf(chunk).arrayBuffer());
    const own = crypto.subtle.digest('SHA-256', bytes);      // on a thread of the browser's
    const whole = await at(state);
    whole.update(bytes);
    return `${hex(new Uint8Array(await own))} ${hex(whole.save())}`;
  },

  /** @param {string} state */
  async final(state) { return (await at(state)).digest('hex'); },

  /** @param {string} id @param {number} index @param {Chunk} chunk @param {string} info */
  put: (id, index, chunk, info) => put(id, index, blobOf(chunk), info),

  give: blobOf,      // for a page that keeps models in its memory
};

self.onmessage = ({ ports: [line] }) => expose(api, line);
