// The chunks of models for Python, in a worker of their own: fetched, hashed and stored. Python decides at every step and
// holds numbers. The Blobs stay here, because the browser lets go of one only after the garbage collector has run, and
// that takes 30 ms where it has all of Python to look through. Here it runs by itself: hashing needs much memory.
import '../vendor/js/hash-wasm.js';
import { expose } from '../vendor/js/comlink.mjs';
import { put, use } from './storage.js';

const TELL_MS = 250;
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const bytesOf = text => Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16));
const hasher = hashwasm.createSHA256();      // WebAssembly; the browser's own cannot go on from a state
const replies = new Map();                   // number -> { abort, response, read, body }

async function at(state) {
  const whole = await hasher;
  return state ? whole.load(bytesOf(state)) : whole.init();
}

// A chunk is the body of a reply, by its number, or a Blob that Python holds: of a picked file, or of what is stored.
const blobOf = chunk => typeof chunk === 'number' ? replies.get(chunk).body : chunk;

// Reads a body chunk by chunk; what is left over of one begins the next. Answers after a while, or with the whole chunk.
function reader(response) {
  const stream = response.body.getReader();
  let rest = null, blobs = [], parts = [], inParts = 0, have = 0;
  return async size => {
    const until = performance.now() + TELL_MS;
    let hasEnded = false;
    while (have < size && !hasEnded) {
      if (performance.now() > until) return { have };
      const value = rest ?? (await stream.read()).value;
      rest = null;
      if (!value) hasEnded = true;
      else {
        const wanted = value.subarray(0, size - have);
        if (wanted.length < value.length) rest = value.subarray(wanted.length);
        parts.push(wanted);
        have += wanted.length;
        inParts += wanted.length;
      }
      if (inParts >= 2 ** 20) {      // a megabyte at a time goes to where Blobs are kept: out of this worker's memory
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
  async load(database) {
    use(database, () => {});
    await hasher;
  },
  // Status and headers, as JSON.
  async fetch(number, url, headersJson) {
    const abort = new AbortController();
    replies.set(number, { abort });
    const response = await fetch(url, { headers: JSON.parse(headersJson), cache: 'no-store', signal: abort.signal });
    Object.assign(replies.get(number), { response });
    return JSON.stringify([response.status, Object.fromEntries(response.headers)]);
  },
  // The whole body; its length.
  async body(number) {
    const reply = replies.get(number);
    reply.body = await reply.response.blob();
    return reply.body.size;
  },
  // The next `size` bytes of it: how many have come so far, and whether these are all, as JSON.
  async take(number, size) {
    const reply = replies.get(number);
    reply.read ??= reader(reply.response);
    const { have, blob } = await reply.read(size);
    reply.body = blob;
    return JSON.stringify([have, !!blob]);
  },
  close(number) {
    replies.get(number)?.abort.abort();
    replies.delete(number);
  },
  // The chunk's own hash, and the state of the whole file's after it, both in hexadecimal.
  async add(chunk, state) {
    const bytes = new Uint8Array(await blobOf(chunk).arrayBuffer());
    const own = crypto.subtle.digest('SHA-256', bytes);      // on a thread of the browser's
    const whole = await at(state);
    whole.update(bytes);
    return `${hex(new Uint8Array(await own))} ${hex(whole.save())}`;
  },
  async final(state) { return (await at(state)).digest('hex'); },
  put: (id, index, chunk, info) => put(id, index, blobOf(chunk), info),
  give: blobOf,      // for a page that keeps models in its memory
};
onmessage = ({ ports: [line] }) => expose(api, line);
