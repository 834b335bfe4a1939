// @ts-check
// Where the focus is, so that it can be given back there after what had it was taken away, moved or drawn anew.
import { openerOf } from './beside.js';
import { around, find } from './dom.js';

const FOCUSABLE = 'a[href], button:not(:disabled), input, select, textarea, summary, [tabindex]';

/** An element, its id, and the ids around it, from the innermost on. @typedef {{ element: Element, ids: string[] }} Place */

/** @type {Place | null} what a person used last; null where that was nothing that takes the focus */
let used = null;
/** @type {WeakMap<Element, Place | null>} by a dialog, what was used before it opened */
const openers = new WeakMap();

/** @param {Element | null} element @returns {Place | null}  null where nothing has the focus */
export function placeOf(element) {
  if (!element || element === document.body) return null;
  const ids = [];
  for (let one = /** @type {Element | null} */ (element); one && one !== document.body; one = one.parentElement) {
    if (one.id) ids.push(one.id);
  }
  return { element, ids };
}

/**
 * Gives the focus back where nothing else has taken it: to the element, to what has its id now, else to the first in what
 * is left around it. What is not on show takes none.
 * @param {Place | null} place @param {Element} [left]  what is being left: a focus in it is none
 */
export function giveFocusBack(place, left) {
  const now = document.activeElement;
  if (!place || (now && now !== document.body && !left?.contains(now))) return;
  for (const named of [place.element, ...place.ids.map(find)]) {
    if (!named?.isConnected) continue;
    const found = named.matches('[popover]:not(:popover-open)') ? openerOf(named) ?? named : named;
    const wanted = /** @type {HTMLElement | null} */ (found.matches(FOCUSABLE) ? found : found.querySelector(FOCUSABLE));
    wanted?.focus({ preventScroll: wanted === found });
    if (wanted && wanted === document.activeElement) return;
  }
}

/** Before a dialog opens. @param {HTMLDialogElement} dialog */
export function rememberOpener(dialog) {
  openers.set(dialog, used);
}

/**
 * A dialog has shut. The browser gives the focus back to what had it, but not to what was drawn anew meanwhile.
 * @param {HTMLDialogElement} dialog
 */
export function returnToOpener(dialog) {
  giveFocusBack(openers.get(dialog) ?? null, dialog);
  openers.delete(dialog);
}

export function listenForFocus() {
  addEventListener('focusin', ({ target }) => { if (target instanceof Element) used = placeOf(target); });
  addEventListener('click', event => { if (event.isTrusted) used = placeOf(around(event, FOCUSABLE)); }, true);
}
