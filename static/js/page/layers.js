// @ts-check
// Dialogs of the shell, and the keys that open them. A dialog that Python fills names the action for it: it is told when the
// dialog opens and shuts (data-on, as for a popover).
import { find } from './dom.js';
import { rememberOpener, returnToOpener } from './focus.js';
import { forget } from './listbox.js';

/** @type {(dialog: HTMLDialogElement, isOpen: boolean) => void} */
let tell = () => {};

/** @param {string} id */
export function openDialog(id) {
  const dialog = find(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  tell(dialog, true);
  show(dialog);
}

/** Over the page; what opened it has the focus again when it shuts. @param {HTMLDialogElement} dialog */
export function show(dialog) {
  rememberOpener(dialog);
  dialog.showModal();
}

/**
 * The dialog that a click leaves: one beside it, on its closing button, or on what leads elsewhere.
 * @param {Event} event
 */
export function dialogLeft(event) {
  const { target, clientX, clientY } = /** @type {MouseEvent} */ (event);
  if (!(target instanceof Element)) return null;
  const closing = target.closest('[data-close]') ?? target.closest('.layer :is(a, [role=option])');
  if (closing) return closing.closest('dialog');
  if (!(target instanceof HTMLDialogElement) || !target.matches('.layer, .sheet')) return null;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom ? target : null;
}

/** @param {(dialog: HTMLDialogElement, isOpen: boolean) => void} told */
export function listenForDialogs(told) {
  tell = told;
  addEventListener('close', ({ target }) => {      // it does not bubble
    if (!(target instanceof HTMLDialogElement)) return;
    returnToOpener(target);
    forget(target);
    tell(target, false);
  }, true);
}
