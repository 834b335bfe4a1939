// @ts-check
// Lists of links (data-rows) by keyboard: the arrows, Home, End and first letters walk, Enter opens as on any link, Del does
// what stands last in the row's menu, which can be undone. From a search field (data-below) the arrow leads down into them.
import { byId } from './dom.js';
import { beginning } from './menu.js';

const LINKS = '[data-rows] > li a[href]';

/**
 * Whether the key was for a row.
 * @param {KeyboardEvent} event
 */
export function walkRows(event) {
  const { key, target } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === 'ArrowDown' && target.dataset.below !== undefined) {
    const below = target.dataset.below.split(' ').map(id => document.querySelector(`#${id} :is(${LINKS})`)).find(Boolean);
    if (!(below instanceof HTMLElement)) return false;
    below.focus();
  } else {
    const list = target.matches(LINKS) ? target.closest('[data-rows]') : null;
    if (!list) return false;
    const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(LINKS)]), at = links.indexOf(target), last = links.length - 1;
    const first = byId('keys').dataset.off === undefined ? beginning(links, at, key) : undefined;
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[key] ?? first;
    /** @type {HTMLElement | null | undefined} */
    const remove = key === 'Delete' ? target.closest('li')?.querySelector('[role=menuitem].danger') : null;
    if (remove) {
      (links[at + 1] ?? links[at - 1])?.focus();
      remove.click();
    } else if (to === undefined) return false;
    else links[to]?.focus();
  }
  event.preventDefault();
  return true;
}
