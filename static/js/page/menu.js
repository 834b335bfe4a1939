// @ts-check
// Menus: popovers that a button opens (app/ui/parts/menu.py). The browser shuts them by Esc, by a click elsewhere and when
// another opens; here they are walked by keyboard, and give the focus back.
import { openerOf } from './beside.js';

const HOLD_MS = 500, LIFTED_MS = 50;

/** @param {Element} menu */
const itemsOf = menu => /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role^=menuitem]')]).filter(item => item.offsetParent);

/** A menu opens or shuts. @param {Event} event */
function toggleMenu(event) {
  const { target, newState } = /** @type {ToggleEvent} */ (event);
  if (!(target instanceof HTMLElement) || target.getAttribute('role') !== 'menu') return;
  if (newState === 'open') itemsOf(target)[0]?.focus({ preventScroll: true });
  else if (target.contains(document.activeElement)) openerOf(target)?.focus();      // browsers do so for the lowest popover only
}

/**
 * Whether the key was for a menu or its button.
 * @param {KeyboardEvent} event
 */
export function walkMenu(event) {
  const { key, target } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (target.matches('[aria-haspopup=menu]') && (key === 'ArrowDown' || key === 'ArrowUp')) target.click();
  else {
    /** @type {HTMLElement | null} */
    const menu = target.closest('[role=menu]');
    if (!menu) return false;
    const items = itemsOf(menu), at = items.indexOf(target), last = items.length - 1;
    if (key === 'Tab') menu.hidePopover();
    const to = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[key] ?? beginning(items, at, key);
    if (to === undefined) return false;
    items[to]?.focus();
  }
  event.preventDefault();
  return true;
}

/**
 * The next item that begins with a letter.
 * @param {HTMLElement[]} items @param {number} at @param {string} key
 */
export function beginning(items, at, key) {
  if ([...key].length !== 1 || key === ' ') return undefined;
  const found = [...items.keys()].map(step => (at + 1 + step) % items.length)
    .find(one => items[one]?.innerText.trim().toLowerCase().startsWith(key.toLowerCase()));
  return found ?? at;
}

// A long press on what names its menu (data-menu) opens it once the finger is lifted, and follows no link: a menu that
// opened before would be shut by the lifting.
let pressing = 0;
/** @type {HTMLElement | null} */
let held = null;

/** @param {PointerEvent} event */
function press({ pointerType, target }) {
  clearTimeout(pressing);
  const row = pointerType === 'touch' && target instanceof Element ? target.closest('[data-menu]') : null;
  if (row instanceof HTMLElement) pressing = setTimeout(() => { held = row; }, HOLD_MS);
}

function lift() {
  clearTimeout(pressing);
  const menu = document.getElementById(held?.dataset.menu ?? '');
  setTimeout(() => {
    held = null;
    menu?.showPopover();
  }, LIFTED_MS);
}

/** @param {Event} event */
function swallow(event) {
  if (!held) return;
  event.preventDefault();
  event.stopPropagation();
}

export function listenForMenus() {
  addEventListener('beforetoggle', toggleMenu, true);
  addEventListener('toggle', toggleMenu, true);
  addEventListener('pointerdown', press);
  addEventListener('pointerup', lift);
  for (const moved of ['pointermove', 'pointercancel']) addEventListener(moved, () => clearTimeout(pressing), { passive: true });
  for (const follows of ['contextmenu', 'click']) addEventListener(follows, swallow, true);
}
