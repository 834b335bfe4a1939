// @ts-check
// What a person does, reported to Python. An element names what it is for: `data-on="click:chat:new"` is an event of the
// browser and one of Python. This is the only module that reads such attributes.
import { said } from '../said.js';
import { listenForAddress } from './address.js';
import { allowSpeech } from './aloud.js';
import { listenForAbsence } from './away.js';
import { listenForLayers, openerOf } from './beside.js';
import { begin, breakLine, keepDraft, sendMessage } from './composer.js';
import { commands } from './commands.js';
import { around, byId, composer, find, message, root } from './dom.js';
import { drag, dragLeft, paste } from './drops.js';
import { keepField, makeGap } from './fields.js';
import { choose, sendFiles } from './files.js';
import { listenForFocus } from './focus.js';
import { goToEnd } from './follow.js';
import { listenForHints } from './hints.js';
import { dialogLeft, listenForDialogs, openDialog, show } from './layers.js';
import { shortcut } from './keys.js';
import { forget, typed, walk } from './listbox.js';
import { listenForMenus, walkMenu } from './menu.js';
import { send } from './port.js';
import { listenForPrograms } from './programs.js';
import { listenForRail } from './rail.js';
import { walkRows } from './rows.js';
import { listenForSelections } from './selection.js';
import { listenForSource } from './source.js';
import { walkTabs } from './tablist.js';
import { listenForToasts } from './toast.js';
import { flush, sendSoon, valueOf } from './typing.js';

const sheet = /** @type {HTMLDialogElement} */ (byId('sheet'));
const AT_END = new Set(['chat:regenerate', 'chat:again', 'chat:ask-other', 'chat:continue', 'chat:resend']);      // what comes then is at the end

/**
 * The nearest element around the event that wants it, and the name of Python's event.
 * @param {Event} event
 * @returns {[HTMLElement, string] | null}
 */
function wanted(event) {
  for (let element = around(event, '[data-on]'); element; element = element.parentElement?.closest('[data-on]') ?? null) {
    for (const on of element.dataset.on?.split(' ') ?? []) {
      if (on.startsWith(event.type + ':')) return [element, on.slice(event.type.length + 1)];
    }
  }
  return null;
}

/**
 * @param {string} text
 * @param {string} yes
 * @param {string} no
 */
function ask(text, yes, no) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('ask'));
  byId('ask-text').textContent = text;
  byId('ask-no').textContent = no;
  byId('ask-yes').textContent = yes;
  dialog.returnValue = 'no';
  show(dialog);
  return new Promise(done => dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true }));
}

/**
 * In Offline Mode a link that leads away is not followed.
 * @param {Event} event
 */
function refuseLink(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (around(event, 'a[href]'));
  if (root.dataset.offlineMode === undefined || !link || link.origin === location.origin || !/^https?:$/.test(link.protocol)) return false;
  event.preventDefault();
  send('offline:link', link.href);
  return true;
}

/**
 * The state that a button which is a switch shall have; undefined for any other.
 * @param {HTMLElement} element
 */
function switched({ ariaChecked, dataset }) {
  if (ariaChecked === null) return undefined;
  const value = ariaChecked !== 'true';
  return 'arg' in dataset ? { arg: dataset.arg, value } : value;
}

/** @param {Event} event */
async function click(event) {
  if (refuseLink(event)) return;
  dialogLeft(event)?.close();
  const opener = around(event, '[data-dialog]');
  if (opener) return openDialog(opener.dataset.dialog ?? '');
  // What leads somewhere else shuts the layer that it stands in: the rail, where it is a drawer, lists to pick from, menus.
  const layer = around(event, '[popover] :is(a, [role=option], [role^=menuitem], #new-chat)')?.closest('[popover]');
  /** @type {HTMLElement | null | undefined} */ (layer)?.hidePopover();
  const pick = around(event, '[data-pick]');
  if (pick) return byId(pick.dataset.pick ?? '').click();
  const chooser = around(event, '[data-chooser]');
  if (chooser) return choose(chooser);
  const gap = around(event, '[data-gap]');
  if (gap) return makeGap(gap.dataset.gap ?? '');
  const starter = around(event, '[data-write]');
  if (starter) return begin(starter.dataset.write ?? '');
  if (around(event, '#new-line')) return breakLine();
  const found = wanted(event);
  if (!found) return;
  const [element, name] = found;
  if (AT_END.has(name)) goToEnd();
  if (name.startsWith('aloud:')) allowSpeech();
  if (name === 'copy-code') return commands.copy(element.closest('figure')?.querySelector('pre')?.textContent ?? '');
  if (name === 'run-code') return send('programs:open', { arg: element.closest('article')?.id.slice(2) ?? '', value: element.closest('figure')?.querySelector('pre')?.textContent ?? '' });
  if (name === 'print') return print();
  if (name === 'keys') return openDialog('keys');
  if (name === 'context:open') return send(name, message.value.trim());      // what is written takes its part
  if (element.dataset.with) return send(name, { ...Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (byId(element.dataset.with)))), arg: '' });
  if (element.dataset.selection !== undefined) return send(name, String(getSelection()));
  const { ask: question, arg, no = said('keep') } = element.dataset;
  if (!question || await ask(question, element.textContent.trim() || (element.ariaLabel ?? ''), no)) send(name, switched(element) ?? arg);
}

/** @param {SubmitEvent} event */
function submit(event) {
  if (event.target === composer) {
    event.preventDefault();
    return sendMessage();
  }
  const found = wanted(event);
  if (!found) return;
  const [element, name] = found;
  event.preventDefault();
  if (AT_END.has(name)) goToEnd();
  send(name, { ...Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (element))), arg: element.dataset.arg ?? '' });
  for (const secret of element.querySelectorAll('[type=password]')) /** @type {HTMLInputElement} */ (secret).value = '';     // a token is not left on the screen
}

/** @param {Event} event */
function change(event) {
  flush();
  const found = wanted(event);
  if (!found) return;
  const [element, name] = found;
  if (element instanceof HTMLInputElement && element.type === 'file') {
    sendFiles(name, element.files);
    element.value = '';
  } else send(name, valueOf(element));
}

/** @param {Event} event */
function input(event) {
  if (event.target === message) return keepDraft();
  keepField(event.target);
  typed(event.target);
  const found = wanted(event);
  if (!found) return;
  const [element, name] = found;
  sendSoon(element, name);
}

/**
 * While a word is being composed, its keys belong to the input method. Safari ends the composition before the Enter that
 * ends it, and only its old key code tells.
 * @param {KeyboardEvent} event
 */
const isComposing = event => event.isComposing || event.keyCode === 229;

/** @param {KeyboardEvent} event */
function keydown(event) {
  if (isComposing(event)) {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();      // sends no form of one line
    return;
  }
  if (shortcut(event) || walk(event) || walkMenu(event) || walkTabs(event) || walkRows(event)) return;
  const left = around(event, 'form[data-escape]');
  if (event.key === 'Escape' && left) {
    event.preventDefault();      // the drawer around it stays
    send(left.dataset.escape ?? '');
  }
  if (event.key !== 'Enter' || event.shiftKey) return;
  const isCommand = event.ctrlKey || event.metaKey;      // sends the form that the cursor is in, wherever in it
  const form = /** @type {HTMLTextAreaElement | null} */ (around(event, isCommand ? 'textarea, input' : 'textarea'))?.form;
  if (form && (form === composer || isCommand || form.dataset.enter !== undefined)) {
    event.preventDefault();
    form.requestSubmit();
  }
}

/** A layer over the page opens or shuts. @param {Event} event */
function toggle(event) {
  const { target, newState } = /** @type {ToggleEvent} */ (event);
  if (!(target instanceof HTMLElement) || !target.popover) return;
  const opener = openerOf(target);
  if (opener?.ariaExpanded) opener.ariaExpanded = String(newState === 'open');
  if (newState === 'closed') forget(target);
  const found = wanted(event);
  if (found) send(found[1], newState === 'open');
}

export function listen() {
  listenForFocus();
  listenForLayers();
  listenForMenus();
  listenForToasts();
  listenForHints();
  listenForSource();
  listenForPrograms();
  listenForSelections();
  listenForRail();
  listenForDialogs((dialog, isOpen) => {
    const action = dialog.dataset.on?.replace('beforetoggle:', '');
    if (action) send(action, isOpen);
  });
  addEventListener('click', click);
  addEventListener('auxclick', refuseLink);
  addEventListener('submit', submit);
  addEventListener('change', change);
  addEventListener('input', input);
  addEventListener('keydown', keydown);
  addEventListener('beforetoggle', toggle, true);      // it does not bubble; "toggle" is left out where both follow at once
  sheet.addEventListener('close', () => send('page:sheet', ''));
  addEventListener('dragover', drag);
  addEventListener('drop', drag);
  addEventListener('dragleave', dragLeft);
  addEventListener('paste', paste);
  // A key beside the field does not close a phone's keyboard.
  byId('composer-buttons').addEventListener('pointerdown', event => { if (document.activeElement === message) event.preventDefault(); });
  listenForAddress(() => {
    byId('rail').hidePopover();
    sheet.close();
  });
  listenForAbsence();
  addEventListener('online', () => send('app:online', true));
  addEventListener('offline', () => send('app:online', false));
}
