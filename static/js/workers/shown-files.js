// @ts-check
// Files of the browser's, shown to Python under a path by reference: what it does not read is never copied. Each read of
// Emscripten's own would ask the browser, which PDFium does for some hundred bytes at a time, thousands of times a document:
// so whole blocks are read, and the last ones are kept.
const BLOCK = 1 << 20, MOST = 8;      // bytes of a block; blocks of a file that are kept

/** @typedef {{ contents: Blob, size: number, blocks?: Map<number, Uint8Array> }} ShownFile */

const reader = new FileReaderSync();

/** @param {ShownFile} file @param {number} number */
function block(file, number) {
  const blocks = file.blocks ??= new Map();
  const found = blocks.get(number)
    ?? new Uint8Array(reader.readAsArrayBuffer(file.contents.slice(number * BLOCK, (number + 1) * BLOCK)));
  blocks.delete(number);      // the last one that was used stands last
  blocks.set(number, found);
  if (blocks.size > MOST) blocks.delete(blocks.keys().next().value ?? 0);
  return found;
}

/** Emscripten's `read`. @param {{ node: ShownFile }} stream @param {Uint8Array} buffer @param {number} offset
 * @param {number} length @param {number} position  @returns {number} how many bytes were read */
function read({ node }, buffer, offset, length, position) {
  const end = Math.min(position + length, node.size), count = Math.max(end - position, 0);
  while (position < end) {
    const number = Math.floor(position / BLOCK), start = position - number * BLOCK;
    const part = block(node, number).subarray(start, start + end - position);
    buffer.set(part, offset);
    position += part.length;
    offset += part.length;
  }
  return count;
}

/** Takes the place of Emscripten's. @param {import('pyodide').PyodideInterface} python */
export function readInBlocks(python) {
  python.FS.filesystems.WORKERFS.stream_ops.read = read;
}
