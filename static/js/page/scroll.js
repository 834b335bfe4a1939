// @ts-check
// Each page opens at its top, or where it was left.
import { byId } from './dom.js';

/** @type {Map<string, number>} */
const tops = new Map();
let shown = '';

/** Another page is about to be painted. @param {string} page */
export function turned(page) {
  const main = byId('main');
  if (shown) tops.set(shown, main.scrollTop);
  shown = page;
  requestAnimationFrame(() => { main.scrollTop = tops.get(page) ?? 0; });
}
