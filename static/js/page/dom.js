// @ts-check
// What several modules need to know of this page: the parts of index.html, the address below which the app's files lie,
// and which app it is.
import { appName } from '../names.js';

export const app = appName(location.search);
export const root = document.documentElement;
export const base = new URL('../../../', import.meta.url).href;      // the bundle is static/vendor/scripts/page.js

/** @param {string} id */
export const find = id => document.getElementById(id);

/**
 * An element that index.html always has.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 */
export const byId = id => /** @type {T} */ (find(id));

export const composer = /** @type {HTMLFormElement} */ (byId('composer'));
export const message = /** @type {HTMLTextAreaElement} */ (byId('message'));
