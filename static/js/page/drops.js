// @ts-check
// Files that are dropped on a page or pasted into it: taken where something wants them, in a chat as attachments. The browser
// never leaves the app for them.
import { said } from '../said.js';
import { around, byId, composer, message } from './dom.js';
import { folders, isNoise, sendFiles } from './files.js';
import { send } from './port.js';

/** @param {DragEvent} event */
export function drag(event) {
  const hasFiles = event.dataTransfer?.types.includes('Files');
  const target = around(event, '[data-drop]') ?? (hasFiles ? document.querySelector('section:not([hidden]) [data-drop]') : null);
  const isText = !hasFiles && around(event, 'input, textarea');
  if (isText && (!target || target instanceof HTMLFormElement)) return;
  event.preventDefault();      // whatever is dropped, the browser never leaves the app for it
  const files = event.dataTransfer?.files ?? null;
  const isForChat = !target && hasFiles && !byId('page-chat').hidden;
  composer.toggleAttribute('data-dropping', isForChat && event.type === 'dragover');
  if (target instanceof HTMLElement) {
    if (event.type === 'drop') drop(target.dataset.drop ?? '', /** @type {DataTransfer} */ (event.dataTransfer));
  } else if (isForChat) {
    if (event.type === 'drop') sendFiles('attach:add', files);
  } else if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

const MOST_IN_FOLDERS = 2000;

/**
 * All that was dropped at once, the files in folders too. What was dropped can be asked only now, what is in it later.
 * @param {string} name  of the event
 * @param {DataTransfer} data
 */
async function drop(name, data) {
  const entries = Array.from(data.items, item => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some(entry => entry?.isDirectory)) return sendFiles(name, data.files);
  /** @type {File[]} */
  const files = [];
  for (const entry of entries) if (entry) await collect(entry, files);
  sendFiles(name, files);
}

/**
 * @param {FileSystemEntry} entry
 * @param {File[]} files
 */
async function collect(entry, files) {
  if (isNoise(entry.name) || files.length >= MOST_IN_FOLDERS) return;
  try {
    if (entry.isFile) {
      /** @type {File} */
      const file = await new Promise((done, fail) => /** @type {FileSystemFileEntry} */ (entry).file(done, fail));
      folders.set(file, entry.fullPath.split('/').slice(1, -1).join('/'));
      files.push(file);
    } else if (entry.isDirectory) {
      const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
      for (;;) {
        /** @type {FileSystemEntry[]} */
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));      // some hundred at a time
        if (!some.length) return;
        for (const one of some) await collect(one, files);
      }
    }
  } catch {
    // it was moved meanwhile, or may not be read: the others are there
  }
}

/** What is dragged has left the window, or was let go elsewhere. @param {DragEvent} event */
export function dragLeft(event) {
  if (!event.relatedTarget) composer.removeAttribute('data-dropping');
}

const ADDRESS = /^(https?:\/\/|www\.)\S+$/i;

/** What is pasted into the message as a file, or where no field is, is no text. @param {ClipboardEvent} event */
export function paste(event) {
  const { clipboardData: data, target } = event, form = around(event, 'form[data-drop]');      // a question that is edited
  const taker = /** @type {HTMLElement | null} */ (document.querySelector('section:not([hidden])[data-paste]'));
  if (taker && data && !around(event, 'input, textarea, select, dialog')) {
    event.preventDefault();
    const address = data.getData('text/plain').trim();
    if (!data.files.length && ADDRESS.test(address)) return send('library:address', address);      // nothing is fetched
    return sendFiles(taker.dataset.paste ?? '', data.files.length ? data.files : pasted(data));
  }
  const isElsewhere = byId('page-chat').hidden || (!form && target !== message && around(event, 'input, textarea, select, dialog'));
  if (isElsewhere || !data?.files.length || data.types.includes('text/plain')) return;
  event.preventDefault();
  sendFiles(form?.dataset.drop ?? 'attach:add', data.files);
}

/** A pasted page, or a pasted text, as a file. @param {DataTransfer} data @returns {File[]} */
function pasted(data) {
  const html = data.getData('text/html'), text = data.getData('text/plain');
  const name = text.trim().split('\n')[0]?.slice(0, 60).replace(/[\\/:*?"<>|]+/g, ' ').trim() || said('pasted');
  if (html) return [new File([html], `${name}.html`, { type: 'text/html' })];
  return text.trim() ? [new File([text], `${name}.txt`, { type: 'text/plain' })] : [];
}
