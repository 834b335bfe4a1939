// @ts-check
// The rail: beside the page on a wide window, where it can be hidden for good, and a drawer on a narrow one.
import { said } from '../said.js';
import { byId, root } from './dom.js';
import { keep } from './kept.js';

const wide = matchMedia('(min-width: 64rem)');

/** @param {boolean} isShown */
function collapse(isShown) {
  root.toggleAttribute('data-no-rail', !isShown);
  keep('rail', isShown ? null : 'hidden');
  byId(isShown ? 'hide-rail' : 'show-rail').focus();
}

/** Makes sure that what stands in the rail can be seen. @param {HTMLElement} element */
export function reveal(element) {
  const rail = byId('rail');
  if (!rail.contains(element) || element.offsetParent) return;
  if (wide.matches) collapse(true);
  else rail.showPopover();
}

export function listenForRail() {
  byId('hide-rail').addEventListener('click', () => wide.matches ? collapse(false) : byId('rail').hidePopover());
  byId('show-rail').addEventListener('click', () => collapse(true));
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  for (const hint of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('kbd[data-keys]'))) {
    const shift = isMac ? '⇧' : '⇧ ';
    hint.textContent = (isMac ? '⌘' : `${said('control_key')} `) + (hint.dataset.keys ?? '').replace('shift ', shift).toUpperCase();
  }
}
