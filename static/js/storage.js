// Whole IndexedDB transactions as single functions: a transaction dies across a Python `await`, so each one runs here.
// Records are JSON texts. A model has a database of its own, because only deleting a database frees all its files.

const VERSION = 1;
let name = 'drleelm';
const SHELVES = ['chats', 'turns', 'settings', 'models'];

export function use(database) { name = database; }

const modelName = id => `drleelm-model-${id}`;
const opened = new Map();

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('The transaction was aborted.', 'AbortError'));
  });
}

function open(base, version, upgrade) {
  if (!opened.has(base)) {
    const request = indexedDB.open(base, version);
    request.onupgradeneeded = () => upgrade(request.result);
    const database = settled(request);
    opened.set(base, database);
    database.then(db => {
      const forget = () => { db.close(); opened.delete(base); };
      db.onversionchange = forget;   // another tab deletes or upgrades: do not block it
      db.onclose = () => opened.delete(base);
    }, () => opened.delete(base));
  }
  return opened.get(base);
}

const main = () => open(name, VERSION, db => SHELVES.forEach(shelf => db.createObjectStore(shelf)));
const modelBase = id => open(modelName(id), 1, db => ['info', 'chunks'].forEach(store => db.createObjectStore(store)));

// -- records --------------------------------------------------------------------------------------------------------

export async function get(shelf, keysJson) {
  const store = (await main()).transaction(shelf).objectStore(shelf);
  const found = await Promise.all(JSON.parse(keysJson).map(key => settled(store.get(key))));
  return `[${found.map(text => text ?? 'null').join(',')}]`;
}

export async function all(shelf) {
  const found = await settled((await main()).transaction(shelf).objectStore(shelf).getAll());
  return `[${found.join(',')}]`;
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

const isElsewhere = () => new DOMException('Another tab is storing this model.', 'InvalidStateError');

// While a model is being written its lock is held; a tab that dies lets go of it.
const writing = new Map();
async function startWriting(id) {
  if (writing.has(id)) return;
  await new Promise((held, refused) => navigator.locks.request(modelName(id), { ifAvailable: true }, lock => {
    if (!lock) return refused(isElsewhere());
    held();
    return new Promise(release => writing.set(id, release));
  }));
}
export function stopWriting(id) {
  writing.get(id)?.();
  writing.delete(id);
}

export async function begin(id, info) {
  await startWriting(id);
  await deleteBase(id);
  await write(JSON.stringify([['models', id, JSON.stringify({ id })]]), '[]');
  const transaction = (await modelBase(id)).transaction('info', 'readwrite', { durability: 'strict' });
  transaction.objectStore('info').put(info, 'info');
  await ended(transaction);
}

// One chunk and the record that makes its progress true, in one strict transaction. Returns the bytes now stored.
export async function append(id, blob, info) {
  await startWriting(id);
  const transaction = (await modelBase(id)).transaction(['chunks', 'info'], 'readwrite', { durability: 'strict' });
  const chunks = transaction.objectStore('chunks'), done = ended(transaction);
  done.catch(() => {});      // awaited below; a refused request must not be reported a second time
  const count = await settled(chunks.count());
  const before = count ? (await settled(transaction.objectStore('info').get('stored'))) : 0;
  chunks.put(blob, count);
  transaction.objectStore('info').put(info, 'info');
  transaction.objectStore('info').put(before + blob.size, 'stored');
  await done;
  return before + blob.size;
}

export async function finish(id, info) {
  const transaction = (await modelBase(id)).transaction('info', 'readwrite', { durability: 'strict' });
  transaction.objectStore('info').put(info, 'info');
  await ended(transaction);
  stopWriting(id);
}

// The file as one Blob of its chunks, by reference. One byte at each end of each chunk is really read: a record is no
// proof that its bytes exist.
export async function assemble(id) {
  const store = (await modelBase(id)).transaction('chunks').objectStore('chunks');
  const parts = await settled(store.getAll());
  for (const part of parts) {
    await part.slice(0, 1).arrayBuffer();
    await part.slice(-1).arrayBuffer();
  }
  return new Blob(parts);
}

export async function infos() {
  const found = [];
  const { held } = await navigator.locks.query();
  for (const { id } of JSON.parse(await all('models'))) {
    const store = (await modelBase(id)).transaction('info').objectStore('info');
    const [info, stored] = await Promise.all([settled(store.get('info')), settled(store.get('stored'))]);
    if (info) found.push(JSON.stringify({ ...JSON.parse(info), stored_bytes: stored ?? 0, is_busy: held.some(lock => lock.name === modelName(id)) }));
  }
  return `[${found.join(',')}]`;
}

export async function remove(id) {
  await startWriting(id);     // refused while another tab writes
  await deleteBase(id);
  stopWriting(id);
  await write('[]', JSON.stringify([['models', id]]));
}

export async function head(blob, start, size) {
  return new Uint8Array(await blob.slice(start, start + size).arrayBuffer());
}

export async function digest(blob) {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('');
}
