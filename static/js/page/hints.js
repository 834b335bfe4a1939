// @ts-check
// What a chip or a marked sentence says of itself (app/ui/parts/cited.py): shown while the pointer rests on it or the
// keyboard's focus is there, over the page, and gone with Esc. It can be pointed at, so that it can be read in peace.
import { standBeside } from './beside.js';
import { find } from './dom.js';
import { send } from './port.js';

const OWNERS = '.cite, .doubt, .unfound';
const SHOW_MS = 150, HIDE_MS = 200;

/** @type {HTMLElement | null} */
let shown = null;
let timer = 0;

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
const ownerOf = target => target instanceof Element ? target.closest(OWNERS) : null;

function hide() {
  clearTimeout(timer);
  if (shown?.isConnected) shown.hidePopover();
  shown = null;
}

/** @param {HTMLElement} owner */
function show(owner) {
  const hint = find(owner.dataset.hint ?? owner.getAttribute('aria-describedby') ?? '');
  if (hint === shown) return clearTimeout(timer);
  hide();
  if (!hint || !owner.isConnected) return;
  standBeside(hint, owner.getClientRects()[0] ?? owner.getBoundingClientRect());
  hint.showPopover();
  shown = hint;
  if (owner.matches('[data-on="click:cited:open"]')) send('cited:near', owner.dataset.arg);      // it may be opened next
}

/** @param {() => void} what @param {number} after */
function later(what, after) {
  clearTimeout(timer);
  timer = setTimeout(what, after);
}

/** Whether the key shut one. @param {KeyboardEvent} event */
export function leaveHint({ key }) {
  if (key !== 'Escape' || !shown) return false;
  hide();
  return true;
}

export function listenForHints() {
  addEventListener('pointerover', ({ target, pointerType }) => {
    const owner = ownerOf(target);
    if (owner && pointerType !== 'touch') later(() => show(owner), SHOW_MS);
    else if (shown && target instanceof Node && shown.contains(target)) clearTimeout(timer);
  });
  addEventListener('pointerout', ({ target, pointerType }) => {
    const isOfHint = shown && target instanceof Node && shown.contains(target);
    if (pointerType !== 'touch' && (ownerOf(target) || isOfHint)) later(hide, HIDE_MS);
  });
  addEventListener('focusin', ({ target }) => {
    const owner = ownerOf(target);
    if (owner?.matches(':focus-visible')) later(() => { if (owner === document.activeElement) show(owner); }, SHOW_MS);
  });
  addEventListener('focusout', ({ target }) => { if (ownerOf(target)) hide(); });
  addEventListener('click', ({ target }) => {      // a finger has no other way
    const owner = ownerOf(target);
    if (owner && !owner.matches('.cite')) show(owner);
    else if (!(target instanceof Node && shown?.contains(target))) hide();
  });
  addEventListener('scroll', hide, { capture: true, passive: true });
}
