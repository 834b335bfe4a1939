// @ts-check
// The databases of the app, opened once and for as long as nobody deletes them. Each function of this folder is one whole
// transaction: one dies across a Python `await`.
import { documentName, indexName, modelName, vaultName, vectorsName } from '../names.js';
import { memoryWhereBlocked } from './memory.js';

let app = '';      // also the name of the database with the records
let version = 0;     // of that database: a later one adds shelves, and takes none away
/** @type {string[]} */
let shelves = [];
let onLost = () => {};
/** @type {Map<string, Promise<IDBDatabase>>} */
const opened = new Map();

/**
 * @param {string} name  the app's
 * @param {number} [newest]  version of the records' database; a worker that keeps no records says none
 * @param {string} [names]  of its shelves, as JSON (app/study/shelves.py)
 * @param {() => void} [listener]  called if the browser clears the records while the page is open
 */
export function use(name, newest = 0, names = '[]', listener = () => {}) {
  app = name;
  version = newest;
  shelves = JSON.parse(names);
  onLost = listener;
}

export const used = () => app;

/** An error that Python can take: Chromium's QuotaExceededError, for one, is a class of its own.
 * @param {{ name: string, message: string }} error */
const plain = ({ name, message }) => named(name, message);

/**
 * @param {string} name  by which Python knows what happened (app/browser/storage_errors.py)
 * @param {string} message
 */
export const named = (name, message) => Object.assign(new Error(message), { name });

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(plain(/** @type {DOMException} */ (request.error)));
  });
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
export function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(plain(transaction.error ?? { name: 'AbortError', message: 'The transaction was aborted.' }));
  });
}

/**
 * @param {string} name
 * @param {number} version
 * @param {string[]} stores  that it must have
 */
function open(name, version, stores) {
  const known = opened.get(name);
  if (known) return known;
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const store of stores) if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
  };
  const opening = settled(request);
  opened.set(name, opening);
  opening.then(database => watch(name, database), () => opened.delete(name));
  return opening;
}

/**
 * @param {string} name
 * @param {IDBDatabase} database
 */
function watch(name, database) {
  const gone = () => {
    opened.delete(name);
    if (name === app) onLost();
  };
  database.onversionchange = event => {     // another tab deletes or upgrades: do not block it
    database.close();
    if (event.newVersion === null) gone();
    else opened.delete(name);
  };
  database.onclose = gone;      // the browser has cleared it
}

export const shelfNames = () => shelves;
export const records = () => open(app, version, shelves);

/** Each model has a database of its own, because only deleting a database frees all its files.
 * @param {string} id */
export const modelBase = id => open(modelName(app, id), 1, ['info', 'chunks']);

/** So has each document. @param {string} id */
export const documentBase = id => open(documentName(app, id), 1, ['parts']);

/** The secrets have one of their own, which no export and no backup reads.  */
export const vault = () => open(vaultName(app), 1, ['key', 'secrets']);

/** So has the index over documents, which is as large as all their texts. */
export const indexBase = () => open(indexName(app), 1, ['index']);

/** And the vectors, which are written a few at a time. */
export const vectorBase = () => open(vectorsName(app), 1, ['pieces']);

/** @param {string} id */
export const deleteModelBase = id => deleteBase(modelName(app, id));

/** @param {string} id */
export const deleteDocumentBase = id => deleteBase(documentName(app, id));

/** @param {string} name */
async function deleteBase(name) {
  const held = opened.get(name);
  if (held) {
    (await held).close();
    opened.delete(name);
  }
  await settled(indexedDB.deleteDatabase(name));
}

/**
 * Deletes databases. One that another page holds open goes when that page lets go.
 * @param {string[]} names
 */
export async function deleteBases(names) {
  for (const held of names.map(name => opened.get(name))) (await held)?.close();
  opened.clear();
  await Promise.all(names.map(name => {
    const request = indexedDB.deleteDatabase(name);
    return Promise.race([settled(request), new Promise(done => { request.onblocked = done; })]);
  }));
}

/** Whether memory takes the place of a storage that the browser blocks. It does from the start of Python on, where the
 * browser could be asked then. */
export const isBlocked = () => memoryWhereBlocked(records);
