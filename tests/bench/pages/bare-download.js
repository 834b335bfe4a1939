// One Range request per chunk straight to a Blob, its hash and the whole file's so far, one strict transaction with the
// bytes and the progress: what the app does, by hand. hash-wasm is the package that the app bundles.
import { createSHA256 } from '../../../static/node_modules/hash-wasm/dist/index.esm.min.js';

const CHUNK = 16 * 1024 * 1024;
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

const settled = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const ended = transaction => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = () => reject(transaction.error);
});

async function open() {
  const request = indexedDB.open('bare-download', 1);
  request.onupgradeneeded = () => ['info', 'chunks'].forEach(store => request.result.createObjectStore(store));
  return settled(request);
}

async function fetchChunk(url, start, end, size) {
  const headers = { Range: `bytes=${start}-${end - 1}` };
  const reply = await fetch(url, { headers, cache: 'no-store' });
  if (reply.status !== 206) throw new Error(`status ${reply.status}`);
  if (reply.headers.get('Content-Range') !== `bytes ${start}-${end - 1}/${size}`) throw new Error('another part');
  const blob = await reply.blob();
  if (blob.size !== end - start) throw new Error('another length');
  return blob;
}

async function commit(database, index, blob, info) {
  const transaction = database.transaction(['chunks', 'info'], 'readwrite', { durability: 'strict' });
  transaction.objectStore('chunks').put(blob, index);
  transaction.objectStore('info').put(JSON.stringify(info), 'info');
  await ended(transaction);
}

onmessage = async ({ data: { url, size, sha256 } }) => {
  const database = await open(), whole = await createSHA256(), chunks = [];
  whole.init();
  for (let start = 0; start < size; start += CHUNK) {
    const end = Math.min(start + CHUNK, size);
    const blob = await fetchChunk(url, start, end, size);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const own = crypto.subtle.digest('SHA-256', bytes);
    whole.update(bytes);
    chunks.push(hex(new Uint8Array(await own)));
    await commit(database, chunks.length - 1, blob, { url, size, chunks, done: end, state: hex(whole.save()) });
    postMessage({ done: end });
  }
  const state = whole.digest('hex') === sha256 ? 'Ready' : 'Damaged';
  const transaction = database.transaction('info', 'readwrite', { durability: 'strict' });
  transaction.objectStore('info').put(JSON.stringify({ url, size, chunks, done: size, result: state }), 'info');
  await ended(transaction);
  database.close();
  postMessage({ done: size, state });
};
