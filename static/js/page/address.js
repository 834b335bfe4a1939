// @ts-check
// The address: what stands behind its # says which page is shown. Python is told while a link is still being followed;
// "hashchange" comes later, often a whole frame.
import { send } from './port.js';

let here = location.hash;

/** Shows an address that Python chose itself. @param {string} hash */
export function route(hash) {
  if (location.hash !== hash) history.pushState(null, '', hash);
  here = location.hash;
}

/** @param {() => void} leaves  told before Python is */
export function listenForAddress(leaves) {
  addEventListener('popstate', () => {
    if (location.hash === here) return;
    here = location.hash;
    leaves();
    send('page:go', here);
  });
}
