// @ts-check
// Files that are dropped on a page or pasted into it: taken where something wants them, else told. The browser never leaves
// the app for them.
import { around, byId, message } from './dom.js';
import { refuseFiles, sendFiles } from './files.js';

/** @param {DragEvent} event */
export function drag(event) {
  const hasFiles = event.dataTransfer?.types.includes('Files');
  const target = around(event, '[data-drop]') ?? (hasFiles ? document.querySelector('section:not([hidden]) [data-drop]') : null);
  const isText = !hasFiles && around(event, 'input, textarea');
  if (isText && !target) return;
  event.preventDefault();      // whatever is dropped, the browser never leaves the app for it
  const files = event.dataTransfer?.files ?? null;
  if (target instanceof HTMLElement) {
    if (event.type === 'drop') sendFiles(target.dataset.drop ?? '', files);
  } else if (hasFiles && !byId('page-chat').hidden) {
    if (event.type === 'drop') refuseFiles(files);
  } else if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

/** What is pasted into the message as a file is no text. @param {ClipboardEvent} event */
export function paste(event) {
  const { clipboardData: data, target } = event;
  if (target !== message || !data?.files.length || data.types.includes('text/plain')) return;
  event.preventDefault();
  refuseFiles(data.files);
}
