// @ts-check
// Files that are dropped on a page or pasted into it: taken where something wants them, in a chat as attachments. The browser
// never leaves the app for them.
import { around, byId, composer, message } from './dom.js';
import { sendFiles } from './files.js';

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
    if (event.type === 'drop') sendFiles(target.dataset.drop ?? '', files);
  } else if (isForChat) {
    if (event.type === 'drop') sendFiles('attach:add', files);
  } else if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

/** What is dragged has left the window, or was let go elsewhere. @param {DragEvent} event */
export function dragLeft(event) {
  if (!event.relatedTarget) composer.removeAttribute('data-dropping');
}

/** What is pasted into the message as a file, or where no field is, is no text. @param {ClipboardEvent} event */
export function paste(event) {
  const { clipboardData: data, target } = event, form = around(event, 'form[data-drop]');      // a question that is edited
  const isElsewhere = byId('page-chat').hidden || (!form && target !== message && around(event, 'input, textarea, select, dialog'));
  if (isElsewhere || !data?.files.length || data.types.includes('text/plain')) return;
  event.preventDefault();
  sendFiles(form?.dataset.drop ?? 'attach:add', data.files);
}
