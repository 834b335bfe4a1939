// @ts-check
// Reads documents and finds in them: a second Python, with the whole standard library and PDFium, that runs app/documents/.
// Started when a document is added or looked for, and ended when nobody has asked for a while. The files are shown to
// Python under a path, by reference: what it does not read is never copied.
import './own-origin.js';
import { expose } from 'comlink';
import { use } from '../storage/databases.js';
import { loadIndex, saveIndex } from '../storage/search-index.js';
import { imported, ownFiles, vendor } from './own-files.js';
import { readInBlocks } from './shown-files.js';
import { vectors } from './vectors.js';

/** @typedef {import('pyodide/ffi').PyBuffer} PyBuffer */
/** @typedef {{ ask: (id: string, name: string, args: string, path: string, tell: (...told: (number | string)[]) => void,
 *   show: (data: PyBuffer, width: number, height: number) => void) => Promise<string>, stop: (id: string) => void }} Service
 *   app.documents.service.Service */

const PACKAGES = ['pypdfium2', 'snowballstemmer'];
const START = `
import gc, sys
gc.set_threshold(50_000)  # lines and passages hold no circles, and are many
sys.path[:0] = ["/program.zip"]
sys.path.append("/rest.zip")
from app.documents.files import File
from app.documents.formats import pdf_loop
from app.documents.kept import HostStore, KeptIndex
from app.documents.librarian import RoomLibrarian
from app.documents.meaning import HostVectors
from app.documents.service import Service
def begin(load, save, vectors, shut, *loops):
    pdf_loop.take(*loops)
    return Service(RoomLibrarian(File, KeptIndex(HostStore(load, save)), HostVectors(vectors), shut))
begin
`;
const FOLDER = '/files';

/** @type {import('pyodide').PyodideInterface} */
let python;
/** @type {Service} */
let service;

/** @param {string} name */
async function file(name) {
  const reply = await fetch(`${vendor}librarian/${name}`);
  if (!reply.ok) throw new Error(`${name}: the server answered ${reply.status}`);
  return new Uint8Array(await reply.arrayBuffer());
}

/** @param {string} id @param {Blob} blob  @returns {string} its path */
function shown(id, blob) {
  const folder = `${FOLDER}/${id}`;
  python.FS.mkdirTree(folder);
  python.FS.mount(python.FS.filesystems.WORKERFS, { blobs: [{ name: 'file', data: blob }] }, folder);
  return `${folder}/file`;
}

/** @param {string} path  that `shown` gave */
function gone(path) {
  const folder = path.slice(0, path.lastIndexOf('/'));
  python.FS.unmount(folder);
  python.FS.rmdir(folder);
}

/**
 * Asks PDFium about many characters of a page, which Python would do with two calls across ctypes each. All but `count`
 * are addresses in Python's memory, which may move with each call (app/documents/formats/pdf_loop.py).
 * @param {number} boxOf @param {number} sizeOf @param {number} page @param {number} indexes @param {number} count
 * @param {number} boxes @param {number} sizes
 */
function askMany(boxOf, sizeOf, page, indexes, count, boxes, sizes) {
  const memory = /** @type {any} */ (python)._module;
  const box = memory.wasmTable.get(boxOf), size = memory.wasmTable.get(sizeOf);
  for (let at = 0; at < count; at++) {
    const index = memory.HEAP32[(indexes >> 2) + at], found = size(page, index);
    memory.HEAPF64[(sizes >> 3) + at] = found;
    box(page, index, boxes + 16 * at);
  }
}

/**
 * Whether letters of more than half of some lines stand within a strip, by looking for one in each: likewise.
 * @param {number} boxOf @param {number} page @param {number} ends @param {number} room @param {number} count
 * @param {number} left @param {number} right
 */
function cross(boxOf, page, ends, room, count, left, right) {
  const memory = /** @type {any} */ (python)._module, box = memory.wasmTable.get(boxOf), edges = room >> 3;
  let found = 0;
  for (let at = 0; at < count && 2 * found <= count; at++) {
    let first = memory.HEAP32[(ends >> 2) + 2 * at], last = memory.HEAP32[(ends >> 2) + 2 * at + 1];
    while (first <= last) {
      const middle = (first + last) >> 1;
      box(page, middle, room, room + 8, room + 16, room + 24);
      if (memory.HEAPF64[edges + 1] <= left) first = middle + 1;
      else if (memory.HEAPF64[edges] >= right) last = middle - 1;
      else {
        found += Number(memory.HEAPF64[edges + 2] < memory.HEAPF64[edges + 3]);
        break;
      }
    }
  }
  return 2 * found > count;
}

/** @param {PyBuffer} data @param {number} width @param {number} height */
function pictureOf(data, width, height) {
  const canvas = new OffscreenCanvas(width, height), view = data.getBuffer('u8');
  try {
    const { buffer, byteOffset, byteLength } = /** @type {Uint8Array<ArrayBuffer>} */ (view.data);
    const pixels = new ImageData(new Uint8ClampedArray(buffer, byteOffset, byteLength), width, height);
    canvas.getContext('2d', { alpha: false })?.putImageData(pixels, 0, 0);
  } finally {
    view.release();
  }
  return canvas.transferToImageBitmap();
}

/** @param {PyBuffer} data  Python's memory moves */
function copied(data) {
  const view = data.getBuffer('u8');
  try {
    return /** @type {Uint8Array} */ (view.data).slice();
  } finally {
    view.release();
  }
}

const api = {
  /** Gives the addresses of the app's own files that were taken.
   * @param {string} app  its name */
  async load(app) {
    use(app);
    const [{ loadPyodide }, program, rest, ...packages] = await Promise.all([
      imported(`${vendor}pyodide/pyodide.mjs`), file('program.zip'), file('rest.zip'),
      ...PACKAGES.map(name => file(`${name}.zip`)),
    ]);
    python = await loadPyodide({ indexURL: `${vendor}pyodide/` });
    readInBlocks(python);
    for (const zip of packages) python.unpackArchive(zip, 'zip');
    python.FS.writeFile('/program.zip', program);
    python.FS.writeFile('/rest.zip', rest);
    service = python.runPython(START)(
      async () => python.toPy(await loadIndex()),
      (/** @type {PyBuffer} */ data) => saveIndex(copied(data)),
      vectors,
      gone,
      askMany,
      cross,
    );
    return [...ownFiles];
  },

  /** An answer as JSON; `null` where it was stopped. A file of which a page is shown stays until Python lets go of it.
   * @param {string} id @param {MessagePort} port  takes what is told before the answer
   * @param {string} name @param {string} args  as JSON @param {Blob | null} blob  the document
   * @param {MessagePort} [line]  takes the picture */
  async ask(id, port, name, args, blob, line) {
    const path = blob ? shown(id, blob) : '';
    try {
      return await service.ask(id, name, args, path, (...told) => port.postMessage(told), (data, width, height) => {
        const picture = pictureOf(data, width, height);
        line?.postMessage(picture, [picture]);
      });
    } catch (error) {
      if (String(error).includes('CancelledError')) return null;
      throw new Error(/** @type {Error} */ (error).message);      // Python's own cannot be sent
    } finally {
      port.close();
      if (path && name !== 'page') gone(path);
    }
  },

  /** @param {string} id */
  stop: id => service.stop(id),
};

self.onmessage = ({ ports: [line] }) => expose(api, line);
