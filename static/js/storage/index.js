// @ts-check
// Everything that is stored, as Python sees it (app/browser/records.py, blobs.py, document_files.py, vault.py).
import { documentName, indexName, isOf, modelName, vaultName, vectorsName } from '../names.js';
import { deleteBases, used } from './databases.js';
import { keptDocuments } from './documents.js';
import { markers } from './models.js';

export { isBlocked, use, used } from './databases.js';
export { documentFile, documentIds, documentText, dropDocuments, keepDocument, keepDocumentText } from './documents.js';
export { assemble, begin, chunk, head, info, infos, link, note, put, remove, sweep } from './models.js';
export { all, get, snapshot, write } from './records.js';
export { dropSecret, keepSecret, secret, secrets } from './vault.js';

/** Deletes every database of this app; the demo only has its own. */
export async function erase() {
  const app = used(), ids = (await markers()).map(([id]) => id);
  const documents = (await keptDocuments()).map(id => documentName(app, id));
  const models = ids.map(id => modelName(app, id));
  const own = [app, vaultName(app), indexName(app), vectorsName(app)];
  const known = [...own, ...documents, ...models];      // an older browser does not tell
  const found = (await indexedDB.databases?.())?.map(({ name = '' }) => name) ?? known;
  await deleteBases(found.filter(name => isOf(app, name)));
}

/**
 * One call to the worker that fetches, hashes and stores chunks. Python looks at every object that it is handed, and each
 * look at one of Comlink's would be a question to the worker: 1.5 ms in all.
 * @template {string} Name
 * @param {Record<Name, (...args: any[]) => Promise<any>>} worker
 * @param {Name} name
 * @param {any[]} args
 */
export const ask = (worker, name, ...args) => worker[name](...args);
