// @ts-check
// Models: chunks of their files as Blobs, and a record of how many there are. Besides, each has a marker among the small
// records, by which a model that the browser has removed is noticed.
import { modelName } from '../names.js';
import { deleteModelBase, ended, modelBase, named, records, settled, used } from './databases.js';
import { fieldsOf, write } from './records.js';

/** @typedef {Blob | ArrayBuffer} Part  a chunk as it is stored */

/**
 * A database that was deleted behind our back is made anew by opening it: without its record it is a lost one.
 * @param {string} id
 * @returns {Promise<never>}
 */
async function lost(id) {
  await deleteModelBase(id);
  throw named('Evicted', 'The browser removed this model.');
}

/**
 * @param {string} id
 * @param {unknown} value
 * @param {'info' | 'link'} key
 */
async function keepInfo(id, value, key) {
  const transaction = (await modelBase(id)).transaction('info', 'readwrite', { durability: 'strict' });
  transaction.objectStore('info').put(value, key);
  await ended(transaction);
}

/** @param {string} id @param {string} info  the model's record, as JSON */
export const note = (id, info) => keepInfo(id, info, 'info');

/** @param {string} id @param {string} info */
export async function begin(id, info) {
  await deleteModelBase(id);
  await write(JSON.stringify([['models', id, info]]), '[]');   // the marker, by which a later loss is noticed
  await note(id, info);
}

export const NO_BLOBS = ['UnknownError', 'DataCloneError'];

/**
 * One chunk and the record that makes its progress true. Returns the bytes now stored. A private window of WebKit's refuses
 * Blobs in its databases and takes their bytes.
 * @param {string} id
 * @param {number} index
 * @param {Blob} blob
 * @param {string} info
 */
export async function put(id, index, blob, info) {
  try {
    return await putOne(id, index, blob, info);
  } catch (error) {
    if (!NO_BLOBS.includes(/** @type {Error} */ (error).name)) throw error;
    return putOne(id, index, await blob.arrayBuffer(), info).catch(reason => { throw named('NotStored', reason.message); });
  }
}

/** @param {Part | undefined} part */
const sizeOf = part => part instanceof Blob ? part.size : part?.byteLength ?? 0;
/** @param {Part | undefined} part */
export const asBlob = part => part instanceof ArrayBuffer ? new Blob([part]) : part;

/**
 * In one strict transaction.
 * @param {string} id
 * @param {number} index
 * @param {Part} part
 * @param {string} info
 * @returns {Promise<number>}
 */
async function putOne(id, index, part, info) {
  const transaction = (await modelBase(id)).transaction(['chunks', 'info'], 'readwrite', { durability: 'strict' });
  const chunks = transaction.objectStore('chunks'), facts = transaction.objectStore('info'), done = ended(transaction);
  done.catch(() => {});      // awaited below; a refused request must not be reported a second time
  const [record, before, old] = await Promise.all([facts.get('info'), facts.get('stored'), chunks.get(index)].map(settled));
  if (!record) {
    transaction.abort();
    return lost(id);
  }
  const stored = (before ?? 0) + sizeOf(part) - sizeOf(old);
  chunks.put(part, index);
  facts.put(info, 'info');
  facts.put(stored, 'stored');
  await done;
  return stored;
}

// A record is no proof that its bytes exist: one byte at each end is really read. Chromium never answers for a byte
// that lies behind the end of a file that was cut short.
const PROBE_MS = 15_000;
/**
 * @param {Blob} blob
 * @returns {Promise<boolean>}
 */
export async function isReadable(blob) {
  const tooLong = new Promise(done => setTimeout(() => done(false), PROBE_MS));
  const read = Promise.all([blob.slice(0, 1).arrayBuffer(), blob.slice(-1).arrayBuffer()]).then(() => true, () => false);
  return Promise.race([read, tooLong]);
}

/** @param {number[]} indexes */
const unreadable = indexes => named('Unreadable', JSON.stringify(indexes));

/** @param {string} id @param {number} index */
export async function chunk(id, index) {
  const part = asBlob(await settled((await modelBase(id)).transaction('chunks').objectStore('chunks').get(index)));
  if (!part || !await isReadable(part)) throw unreadable([index]);
  return part;
}

/**
 * Files on disk in place of chunks. Their handles are kept; the permission to read may have to be given again.
 * @param {string} id
 * @param {FileSystemFileHandle[]} handles
 * @param {string} info
 */
export async function link(id, handles, info) {
  await begin(id, info);
  await keepInfo(id, handles, 'link');
}

/** @param {FileSystemFileHandle} handle */
async function fileOf(handle) {
  if (await handle.queryPermission?.({ mode: 'read' }) === 'prompt') throw named('NeedsPermission', handle.name);
  return handle.getFile();
}

/**
 * The linked files as one Blob, which tells when they were changed: of several, all their times together.
 * @param {FileSystemFileHandle | FileSystemFileHandle[]} kept  one alone was kept before a model could have several
 */
async function linked(kept) {
  const files = await Promise.all([kept].flat().map(fileOf));
  return Object.assign(new Blob(files), { lastModified: files.reduce((sum, file) => sum + file.lastModified, 0) });
}

/**
 * All files as one Blob of their chunks, by reference.
 * @param {string} id
 * @param {number} count  of the chunks
 * @returns {Promise<Blob>}
 */
export async function assemble(id, count) {
  const transaction = (await modelBase(id)).transaction(['chunks', 'info']);
  const chunks = transaction.objectStore('chunks'), facts = transaction.objectStore('info');
  const [info, handle, keys, values] = await Promise.all([
    settled(facts.get('info')), settled(facts.get('link')), settled(chunks.getAllKeys()), settled(chunks.getAll()),
  ]);
  if (!info) return lost(id);
  if (handle) return linked(handle);
  const at = new Map(keys.map((key, place) => [key, values[place]]));
  const parts = Array.from({ length: count }, (_, index) => asBlob(at.get(index)));
  const areFine = await Promise.all(parts.map(part => part ? isReadable(part) : false));
  const bad = [...areFine.keys()].filter(index => !areFine[index]);
  if (bad.length) throw unreadable(bad);
  return new Blob(/** @type {Blob[]} */ (parts));
}

/**
 * What is known of one model, as JSON: its record with `stored_bytes`; `is_gone` where the browser has removed it;
 * `null` where there never was one.
 * @param {string} id
 */
export async function info(id) {
  const text = await settled((await records()).transaction('models').objectStore('models').get(id));
  return text === undefined ? 'null' : infoOf(id, text);
}

/**
 * @param {string} id
 * @param {unknown} marker
 */
async function infoOf(id, marker) {
  const store = (await modelBase(id)).transaction('info').objectStore('info');
  const [info, stored] = await Promise.all([settled(store.get('info')), settled(store.get('stored'))]);
  if (info) return JSON.stringify({ ...fieldsOf(info), id, stored_bytes: Number(stored) || 0 });
  await deleteModelBase(id);
  return JSON.stringify({ ...fieldsOf(marker), id, is_gone: true });
}

/**
 * (id, text) of every model's marker. The key is the id, whatever the text says.
 * @returns {Promise<[string, unknown][]>}
 */
export async function markers() {
  const store = (await records()).transaction('models').objectStore('models');
  const [ids, texts] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
  return ids.map((id, place) => [String(id), texts[place]]);
}

export async function infos() {
  const found = [];
  for (const [id, text] of await markers()) found.push(await infoOf(id, text));
  return `[${found.join(',')}]`;
}

/** @param {string} id */
export async function remove(id) {
  await deleteModelBase(id);
  await write('[]', JSON.stringify([['models', id]]));
  letGo(8);
}

/**
 * The browser deletes a chunk's file when the last Blob over it is gone, and nobody but the garbage collector knows
 * when that is. It looks sooner where much memory seems to be in use: these buffers are never touched, so they cost none.
 * @param {number} times
 */
export function letGo(times) {
  new ArrayBuffer(64 * 2 ** 20);
  if (times > 1) setTimeout(letGo, 200, times - 1);
}

/** Deletes databases of models that no marker names: a crash between two steps left them. Returns how many there were. */
export async function sweep() {
  const app = used(), start = modelName(app, '');
  const known = new Set((await markers()).map(([id]) => modelName(app, id)));
  const names = (await indexedDB.databases?.() ?? []).map(database => database.name ?? '');
  const orphans = names.filter(name => name.startsWith(start) && !known.has(name));
  if (!navigator.locks || globalThis.isStorageBlocked) return 0;      // other pages cannot be asked what they are writing
  const { held } = await navigator.locks.query();      // locks are named like the databases
  for (const orphan of orphans) if (!held?.some(lock => lock.name === orphan)) await deleteModelBase(orphan.slice(start.length));
  return orphans.length;
}

/** The first bytes of a Blob. @param {Blob} blob @param {number} start @param {number} size */
export async function head(blob, start, size) {
  return new Uint8Array(await blob.slice(start, start + size).arrayBuffer());
}
