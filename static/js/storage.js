// Whole IndexedDB transactions as single functions: a transaction dies across a Python `await`, so each one runs here.
// Records are JSON texts. A model has a database of its own, because only deleting a database frees all its files.

import { isOf, modelName as modelNameOf, vaultName as vaultNameOf } from './names.js';
import { memoryWhereBlocked } from './storage-memory.js';

const VERSION = 4;     // a later one adds shelves, and takes none away
let name = '';      // of the app, and of its records' database
const SHELVES = ['chats', 'turns', 'settings', 'models', 'pulls', 'ledger', 'measurements'];

let onLost = () => {};
export function use(database, listener) {
  name = database;
  onLost = listener;
}

// Whether memory takes the place of a storage that the browser blocks. It does from the start of Python on, where the
// browser could be asked then.
export const isBlocked = () => memoryWhereBlocked(main);

const modelName = id => modelNameOf(name, id);     // the demo has none of the real ones to sweep away
const opened = new Map();

// Python cannot take every kind of DOMException for an exception (Chromium's QuotaExceededError is a class of its own).
const plain = ({ name, message }) => Object.assign(new Error(message), { name });

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(plain(request.error));
  });
}

function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(plain(transaction.error ?? { name: 'AbortError', message: 'The transaction was aborted.' }));
  });
}

function open(base, version, upgrade) {
  if (!opened.has(base)) {
    const request = indexedDB.open(base, version);
    request.onupgradeneeded = () => upgrade(request.result);
    const database = settled(request);
    opened.set(base, database);
    database.then(db => {
      const gone = () => {
        opened.delete(base);
        if (base === name) onLost();
      };
      db.onversionchange = event => {     // another tab deletes or upgrades: do not block it
        db.close();
        if (event.newVersion === null) gone();
        else opened.delete(base);
      };
      db.onclose = gone;      // the browser has cleared it
    }, () => opened.delete(base));
  }
  return opened.get(base);
}

const main = () => open(name, VERSION, db => SHELVES.filter(shelf => !db.objectStoreNames.contains(shelf)).forEach(shelf => db.createObjectStore(shelf)));
const modelBase = id => open(modelName(id), 1, db => ['info', 'chunks'].forEach(store => db.createObjectStore(store)));

// -- records --------------------------------------------------------------------------------------------------------

// JSON that is nested some thousand levels deep ends the whole of Python with an overflow of its stack.
const MOST_DEPTH = 100;
function endOfString(text, at) {
  do {
    at = text.indexOf('"', at + 1);
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) break;
  } while (at > 0);
  return at;
}

function isShallow(text) {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter === 0x22) {
      at = endOfString(text, at);
      if (at < 0) return true;      // it never ends, so this is no JSON, and Python does not read on
    } else if (letter === 0x5b || letter === 0x7b) {
      if (++depth > MOST_DEPTH) return false;
    } else if (letter === 0x5d || letter === 0x7d) depth--;
  }
  return true;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function inWords(value) {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {      // a number without end, a circle
    return String(value);
  }
}

// A record's text as a part of the JSON that Python reads. What is damaged goes there as a string of what lies there.
// Whether all of it is JSON is only looked at once Python has stumbled over it.
function sound(text, isCareful) {
  const isGood = typeof text === 'string' && isShallow(text) && !(isCareful && parsed(text) === undefined);
  return isGood ? text : JSON.stringify(typeof text === 'string' ? text : inWords(text));
}

export async function get(shelf, keysJson, isCareful) {
  const store = (await main()).transaction(shelf).objectStore(shelf);
  const found = await Promise.all(JSON.parse(keysJson).map(key => settled(store.get(key))));
  return `[${found.map(text => text === undefined ? 'null' : sound(text, isCareful)).join(',')}]`;
}

export async function all(shelf, isCareful) {
  const found = await settled((await main()).transaction(shelf).objectStore(shelf).getAll());
  return `[${found.map(text => sound(text, isCareful)).join(',')}]`;
}

// {shelf: {key: value}} of all shelves at one moment.
export async function snapshot(isCareful) {
  const transaction = (await main()).transaction(SHELVES);
  const shelves = await Promise.all(SHELVES.map(async shelf => {
    const store = transaction.objectStore(shelf);
    const [keys, texts] = await Promise.all([store.getAllKeys(), store.getAll()].map(settled));
    return `${JSON.stringify(shelf)}:{${keys.map((key, place) => `${JSON.stringify(String(key))}:${sound(texts[place], isCareful)}`).join(',')}}`;
  }));
  return `{${shelves.join(',')}}`;
}

// puts: [[shelf, key, text], ...], deletes: [[shelf, key], ...], as JSON
export async function write(putsJson, deletesJson) {
  const puts = JSON.parse(putsJson), deletes = JSON.parse(deletesJson);
  const shelves = [...new Set([...puts, ...deletes].map(([shelf]) => shelf))];
  if (!shelves.length) return;
  const transaction = (await main()).transaction(shelves, 'readwrite', { durability: 'strict' });
  for (const [shelf, key, text] of puts) transaction.objectStore(shelf).put(text, key);
  for (const [shelf, key] of deletes) transaction.objectStore(shelf).delete(key);
  await ended(transaction);
}

// -- models ---------------------------------------------------------------------------------------------------------

async function deleteBase(id) {
  const held = opened.get(modelName(id));
  if (held) {
    (await held).close();
    opened.delete(modelName(id));
  }
  await settled(indexedDB.deleteDatabase(modelName(id)));
}

// A database that was deleted behind our back is made anew by opening it: without its record it is a lost one.
async function lost(id) {
  await deleteBase(id);
  throw Object.assign(new Error('The browser removed this model.'), { name: 'Evicted' });
}

async function keepInfo(id, value, key) {
  const transaction = (await modelBase(id)).transaction('info', 'readwrite', { durability: 'strict' });
  transaction.objectStore('info').put(value, key);
  await ended(transaction);
}

export const note = (id, info) => keepInfo(id, info, 'info');

export async function begin(id, info) {
  await deleteBase(id);
  await write(JSON.stringify([['models', id, info]]), '[]');   // the marker, by which a later loss is noticed
  await note(id, info);
}

// One chunk and the record that makes its progress true. Returns the bytes now stored. A private window of WebKit's refuses
// Blobs in its databases and takes their bytes.
export async function put(id, index, blob, info) {
  try {
    return await putOne(id, index, blob, blob.size, info);
  } catch (error) {
    if (!NO_BLOBS.includes(error.name)) throw error;
    const bytes = await blob.arrayBuffer();
    return putOne(id, index, bytes, bytes.byteLength, info).catch(() => { throw Object.assign(new Error(error.message), { name: 'NotStored' }); });
  }
}
const NO_BLOBS = ['UnknownError', 'DataCloneError'];
const sizeOf = part => part?.size ?? part?.byteLength ?? 0;
const asBlob = part => part instanceof ArrayBuffer ? new Blob([part]) : part;

// In one strict transaction.
async function putOne(id, index, part, size, info) {
  const transaction = (await modelBase(id)).transaction(['chunks', 'info'], 'readwrite', { durability: 'strict' });
  const chunks = transaction.objectStore('chunks'), facts = transaction.objectStore('info'), done = ended(transaction);
  done.catch(() => {});      // awaited below; a refused request must not be reported a second time
  const [record, before, old] = await Promise.all([facts.get('info'), facts.get('stored'), chunks.get(index)].map(settled));
  if (!record) {
    transaction.abort();
    return lost(id);
  }
  const stored = (before ?? 0) + size - sizeOf(old);
  chunks.put(part, index);
  facts.put(info, 'info');
  facts.put(stored, 'stored');
  await done;
  return stored;
}

// One call to the worker that fetches, hashes and stores chunks. Python looks at every object that it is handed, and each
// look at one of Comlink's would be a question to the worker: 1.5 ms in all.
export const ask = (worker, name, ...args) => worker[name](...args);

// A record is no proof that its bytes exist: one byte at each end is really read. Chromium never answers for a byte
// that lies behind the end of a file that was cut short.
const PROBE_MS = 15_000;
async function isReadable(blob) {
  const tooLong = new Promise(done => setTimeout(() => done(false), PROBE_MS));
  const read = Promise.all([blob.slice(0, 1).arrayBuffer(), blob.slice(-1).arrayBuffer()]).then(() => true, () => false);
  return Promise.race([read, tooLong]);
}

function unreadable(indexes) {
  return Object.assign(new Error(JSON.stringify(indexes)), { name: 'Unreadable' });
}

export async function chunk(id, index) {
  const part = asBlob(await settled((await modelBase(id)).transaction('chunks').objectStore('chunks').get(index)));
  if (!part || !await isReadable(part)) throw unreadable([index]);
  return part;
}

// A file on disk in place of chunks. The handle is kept; the permission to read may have to be given again.
export async function link(id, handle, info) {
  await begin(id, info);
  await keepInfo(id, handle, 'link');
}

async function linked(handle) {
  if (await handle.queryPermission?.({ mode: 'read' }) === 'prompt') throw Object.assign(new Error(handle.name), { name: 'NeedsPermission' });
  return handle.getFile();
}

// The file as one Blob of its chunks, by reference.
export async function assemble(id, count) {
  const transaction = (await modelBase(id)).transaction(['chunks', 'info']);
  const chunks = transaction.objectStore('chunks'), facts = transaction.objectStore('info');
  const [info, handle, keys, values] = await Promise.all([facts.get('info'), facts.get('link'), chunks.getAllKeys(), chunks.getAll()].map(settled));
  if (!info) return lost(id);
  if (handle) return linked(handle);
  const at = new Map(keys.map((key, place) => [key, values[place]]));
  const parts = Array.from({ length: count }, (_, index) => asBlob(at.get(index)));
  const areFine = await Promise.all(parts.map(part => part ? isReadable(part) : false));
  const bad = [...areFine.keys()].filter(index => !areFine[index]);
  if (bad.length) throw unreadable(bad);
  return new Blob(parts);
}

// What is known of one model, as JSON: its record with `stored_bytes`; `is_gone` where the browser has removed it;
// `null` where there never was one.
export async function info(id) {
  const text = await settled((await main()).transaction('models').objectStore('models').get(id));
  return text === undefined ? 'null' : infoOf(id, text);
}

// A record, as far as it is one: what is missing in it is told by the model's row (app/models/store/model_store.py).
const fieldsOf = text => typeof text === 'string' && isShallow(text) ? { ...parsed(text) } : {};

async function infoOf(id, marker) {
  const store = (await modelBase(id)).transaction('info').objectStore('info');
  const [info, stored] = await Promise.all([settled(store.get('info')), settled(store.get('stored'))]);
  if (info) return JSON.stringify({ ...fieldsOf(info), id, stored_bytes: Number(stored) || 0 });
  await deleteBase(id);
  return JSON.stringify({ ...fieldsOf(marker), id, is_gone: true });
}

// (id, text) of every model's marker. The key is the id, whatever the text says.
async function markers() {
  const store = (await main()).transaction('models').objectStore('models');
  const [ids, texts] = await Promise.all([store.getAllKeys(), store.getAll()].map(settled));
  return ids.map((id, place) => [String(id), texts[place]]);
}

export async function infos() {
  const found = [];
  for (const [id, text] of await markers()) found.push(await infoOf(id, text));
  return `[${found.join(',')}]`;
}

export async function remove(id) {
  await deleteBase(id);
  await write('[]', JSON.stringify([['models', id]]));
  letGo(8);
}

// The browser deletes a chunk's file when the last Blob over it is gone, and nobody but the garbage collector knows
// when that is. It looks sooner where much memory seems to be in use: these buffers are never touched, so they cost none.
function letGo(times) {
  new ArrayBuffer(64 * 2 ** 20);
  if (times > 1) setTimeout(letGo, 200, times - 1);
}

// Databases of models that no marker names: a crash between two steps left them.
export async function sweep() {
  const known = new Set((await markers()).map(([id]) => modelName(id)));
  const names = (await indexedDB.databases?.() ?? []).map(database => database.name);
  const orphans = names.filter(each => each.startsWith(modelName('')) && !known.has(each));
  if (!navigator.locks || globalThis.isStorageBlocked) return 0;      // other pages cannot be asked what they are writing
  const { held } = await navigator.locks.query();      // locks are named like the databases
  for (const orphan of orphans) {
    const id = orphan.slice(modelName('').length);
    if (!held.some(lock => lock.name === modelName(id))) await deleteBase(id);
  }
  return orphans.length;
}

// -- secrets --------------------------------------------------------------------------------------------------------

// A database of their own, which `snapshot` does not read, so that no export and no backup can reach it; `erase` deletes
// it like all others. The key that encrypts them can be used here and read out by nobody: `extractable` is false.
const vaultName = () => vaultNameOf(name);
const vault = () => open(vaultName(), 1, db => ['key', 'secrets'].forEach(store => db.createObjectStore(store)));
const inVault = async store => (await vault()).transaction(store).objectStore(store);
const cipher = (iv, secret) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(secret) });

async function changeVault(store, change) {
  const transaction = (await vault()).transaction(store, 'readwrite', { durability: 'strict' });
  const done = ended(transaction);
  done.catch(() => {});      // awaited below
  const result = await change(transaction.objectStore(store));
  await done;
  return result;
}

async function vaultKey() {
  const kept = await settled((await inVault('key')).get('key'));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return changeVault('key', async store => {
    const first = await settled(store.get('key'));      // another page may have made one meanwhile
    if (!first) store.put(made, 'key');
    return first ?? made;
  });
}

export async function keepSecret(secret, text) {
  const key = await vaultKey(), iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(cipher(iv, secret), key, new TextEncoder().encode(text));
  await changeVault('secrets', store => { store.put({ iv, data }, secret); });
}

// `undefined` (Python's None) where there is none, or where its key is lost or another one.
export async function secret(secret) {
  const [key, sealed] = await Promise.all([
    settled((await inVault('key')).get('key')),
    settled((await inVault('secrets')).get(secret)),
  ]);
  if (!key || !sealed) return undefined;
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(cipher(sealed.iv, secret), key, sealed.data));
  } catch {
    return undefined;      // an OperationError, which never says why
  }
}

export async function secrets() {
  return JSON.stringify(await settled((await inVault('secrets')).getAllKeys()));
}

export const dropSecret = secret => changeVault('secrets', store => { store.delete(secret); });

// Every database of this app; the demo only has its own. One that another page holds open goes when that page lets go.
export async function erase() {
  const known = (await markers()).map(([id]) => ({ name: modelName(id) }));
  const found = await indexedDB.databases?.() ?? [{ name }, { name: vaultName() }, ...known];     // an older browser does not tell
  const names = found.map(database => database.name).filter(each => isOf(name, each));
  for (const held of names.map(each => opened.get(each))) (await held)?.close();
  opened.clear();
  await Promise.all(names.map(each => {
    const request = indexedDB.deleteDatabase(each);
    return Promise.race([settled(request), new Promise(done => { request.onblocked = done; })]);
  }));
}

export async function head(blob, start, size) {
  return new Uint8Array(await blob.slice(start, start + size).arrayBuffer());
}
