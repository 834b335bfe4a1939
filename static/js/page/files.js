// @ts-check
// Files: picked or dropped by a person, saved to their downloads, or written into a folder they chose.
import { modelName } from '../names.js';
import { app, isReady } from './dom.js';
import { problem, send, sendPicked } from './port.js';

/** @type {FileSystemDirectoryHandle | undefined} */
let folder;      // the one that was chosen last

/**
 * A large Blob goes to disk by reference: nothing of it passes through here.
 * @param {Blob} blob
 * @param {string} name
 */
export function saveFile(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim() || 'chat.md';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 3_600_000);     // the browser reads it while it saves
}

/**
 * Into the folder that was chosen last.
 * @param {BlobPart} content
 * @param {string} name
 */
export async function writeFile(content, name) {
  try {
    if (!folder) throw new TypeError('There is no folder');
    const file = await folder.getFileHandle(name, { create: true });
    await new Blob([content]).stream().pipeTo(await file.createWritable());
    send('models:saved', { name, folder: folder.name });
  } catch (error) {
    problem('write', error, name);
  }
}

/** What was picked before Python was ready. @type {[string, { name: string, file: File, folder: string }[]][]} */
const early = [];

/** The folders of files that were dropped; of picked ones the browser tells. @type {WeakMap<File, string>} */
export const folders = new WeakMap();

/** What programs keep in folders for themselves. */
const NOISE = new Set(['node_modules', '__pycache__', '__MACOSX', 'venv', 'bower_components']);
/** @param {string} name  of a file or a folder */
export const isNoise = name => name.startsWith('.') || NOISE.has(name);

/** @param {File} file */
const folderOf = file => folders.get(file) ?? file.webkitRelativePath.split('/').slice(0, -1).join('/');

/**
 * What is picked together belongs together: a model's file and the small one with its hashes. Of a folder, what only
 * programs need stays out.
 * @param {string} name  of the event
 * @param {Iterable<File> | null} list
 */
export function sendFiles(name, list) {
  const files = Array.from(list ?? [], file => ({ name: file.name, file, folder: folderOf(file) }))
    .filter(one => !one.folder || ![...one.folder.split('/').slice(1), one.name].some(isNoise));
  if (!files.length) return;
  if (isReady()) sendPicked(name, { files });
  else early.push([name, files]);
}

export function sendEarlyFiles() {
  for (const [name, files] of early.splice(0)) sendPicked(name, { files });
}

/**
 * Opens the browser's own window for a file to link, or for a folder.
 * @param {HTMLElement} button  `data-chooser` names the event
 */
export async function choose({ dataset: { chooser = '', arg } }) {
  try {
    if (chooser === 'models:link') {
      const links = await showOpenFilePicker({ multiple: true });      // of a model in parts all belong together
      sendPicked(chooser, { files: await Promise.all(links.map(async link => ({ name: link.name, file: await link.getFile(), link }))) });
    } else {
      folder = await showDirectoryPicker({ mode: 'readwrite' });
      send(chooser, arg);
    }
  } catch (caught) {
    const error = /** @type {Error} */ (caught);
    if (error.name !== 'AbortError') problem('open', error);
  }
}

/**
 * The handles of a model's linked files. None where there are none, and no database is made by looking.
 * @param {string} database
 * @returns {Promise<FileSystemFileHandle[]>}
 */
function linksIn(database) {
  return new Promise(done => {
    const opening = indexedDB.open(database);
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => done([]);
    opening.onsuccess = () => {
      const database = opening.result;
      if (database.objectStoreNames.contains('info')) {
        const reading = database.transaction('info').objectStore('info').get('link');
        reading.onsuccess = () => done([reading.result ?? []].flat());
        reading.onerror = () => done([]);
      } else done([]);
      database.close();      // once the reading is over
    };
  });
}

/**
 * The browser wants a click and a window before it lets the page read linked files again.
 * @param {string} id  of the model
 */
export async function allowLinked(id) {
  const links = await linksIn(modelName(app, id));
  for (const link of links) if (await link.requestPermission?.({ mode: 'read' }) !== 'granted') return;
  if (links.length) send('models:allowed', id);
}
