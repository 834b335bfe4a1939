// @ts-check
// The app's own keys (app/ui/parts/keys.py is their map): what they do wherever the focus is.
import { around, byId, message } from './dom.js';
import { leaveHint } from './hints.js';
import { openDialog } from './layers.js';
import { explain } from './selection.js';
import { sourceKey } from './source.js';

/** @param {EventTarget | null} target */
const isField = target => target instanceof Element && target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');

/** Whether nothing else takes the key, above the chat or in it. @param {Event} event */
const isFree = event => !byId('page-chat').hidden && !around(event, 'form[data-escape], [type=search], summary')
  && !document.querySelector(':popover-open:not([popover=manual], #source), dialog[open]');

/** Whether nothing is open that the key Esc would close, and a reply could be stopped. @param {Event} event */
const isBare = event => !byId('stop').hidden && isFree(event) && !byId('source').matches(':popover-open');

/**
 * What a key alone does on the page that is shown: it clicks what names it (data-key), where nothing else takes the key.
 * @param {KeyboardEvent} event
 */
function single({ key, code, target, repeat }) {
  const name = code === 'Space' ? 'space' : key.toLowerCase();
  const isTaken = isField(target) || (name === 'space' && target instanceof Element && target.matches('button:not([aria-selected=true]), summary, select, input, a[href], audio, video'));
  if (repeat || isTaken || byId('keys').dataset.off !== undefined || document.querySelector(':popover-open:not([popover=manual]), :modal')) return false;
  /** @type {HTMLElement | null} */
  const wanted = document.querySelector(`main > section:not([hidden]) [data-key="${CSS.escape(name)}"]:enabled`);
  wanted?.click();
  return wanted !== null;
}

/** Whether it is the key that explains what is selected. @param {KeyboardEvent} event */
const explains = ({ key, target }) => key.toLowerCase() === 'e' && !isField(target) && byId('keys').dataset.off === undefined
  && !document.querySelector(':modal') && explain();

/** Whether the key was one of the app's own. @param {KeyboardEvent} event */
export function shortcut(event) {
  const { key, code, target } = event, isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand && event.shiftKey && code === 'KeyO') byId('new-chat').click();
  else if (isCommand && !event.shiftKey && code === 'KeyK') openDialog('find');
  else if (isCommand && !event.shiftKey && code === 'KeyZ' && !isField(target) && byId('toast').dataset.shown) byId('toast').querySelector('button')?.click();
  else if (leaveHint(event) || sourceKey(event, isFree(event))) { /* done */ }
  else if (key === '?' && !isCommand && !event.altKey && !isField(target) && byId('keys').dataset.off === undefined) openDialog('keys');
  else if (key === 'ArrowUp' && target === message && !message.value) {
    /** @type {HTMLElement | undefined} */ ([...document.querySelectorAll('#turns [data-on="click:chat:edit"]:enabled')].at(-1))?.click();
  } else if (key === 'Escape' && isBare(event)) byId('stop').click();
  else if (!isCommand && !event.altKey && (explains(event) || single(event))) { /* done */ }
  else return false;
  event.preventDefault();
  return true;
}
