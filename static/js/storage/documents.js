// @ts-check
// Documents of the library: each has a database of its own, with its file as one Blob and what was read in it as one text.
// Only deleting a database frees all its files, those that a crash has left over, too. Their records are on a shelf.
import { documentName } from '../names.js';
import { deleteDocumentBase, documentBase, ended, named, records, settled, shelfNames, used } from './databases.js';
import { asBlob, isReadable, letGo, NO_BLOBS } from './models.js';

/**
 * @param {string} id
 * @param {'file' | 'text'} part
 * @param {Blob | ArrayBuffer | string} value
 */
async function keepPart(id, part, value) {
  const transaction = (await documentBase(id)).transaction('parts', 'readwrite', { durability: 'strict' });
  const done = ended(transaction);
  done.catch(() => {});      // awaited below; a refused request must not be reported a second time
  transaction.objectStore('parts').put(value, part);
  await done;
}

/**
 * @param {string} id
 * @param {'file' | 'text'} part
 */
const partOf = async (id, part) => settled((await documentBase(id)).transaction('parts').objectStore('parts').get(part));

/**
 * The file itself, durably. A private window of WebKit's refuses Blobs in its databases and takes their bytes.
 * @param {string} id
 * @param {Blob} file
 */
export async function keepDocument(id, file) {
  try {
    await keepPart(id, 'file', new Blob([file], { type: file.type }));      // a Blob of its own: it outlives the file on disk
  } catch (error) {
    if (!NO_BLOBS.includes(/** @type {Error} */ (error).name)) throw error;
    await keepPart(id, 'file', await file.arrayBuffer()).catch(reason => { throw named('NotStored', reason.message); });
  }
}

/** @param {string} id @param {string} text */
export const keepDocumentText = (id, text) => keepPart(id, 'text', text);

/** The file, of which the first and last byte were really read. @param {string} id */
export async function documentFile(id) {
  const file = asBlob(await partOf(id, 'file'));
  if (!file || !(file.size === 0 || await isReadable(file))) throw named('NotReadableError', id);
  return file;
}

/** What was read in it, empty where nothing was. @param {string} id @returns {Promise<string>} */
export const documentText = async id => await partOf(id, 'text') ?? '';

/** The documents of which anything lies here, as JSON; none where the browser does not tell. */
export async function documentIds() {
  const start = documentName(used(), '');
  const names = (await indexedDB.databases?.() ?? []).map(database => database.name ?? '');
  return JSON.stringify(names.filter(name => name.startsWith(start)).map(name => name.slice(start.length)));
}

/** The ids of all documents that a record names. @returns {Promise<string[]>} */
export async function keptDocuments() {
  if (!shelfNames().includes('documents')) return [];
  const keys = await settled((await records()).transaction('documents').objectStore('documents').getAllKeys());
  return keys.map(String);
}

/** @param {string} idsJson */
export async function dropDocuments(idsJson) {
  for (const id of JSON.parse(idsJson)) await deleteDocumentBase(id);
  letGo(8);
}
