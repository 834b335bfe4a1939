// @ts-check
// What several modules need to know about this page: elements of index.html, the base address of the app's files, and
// which app it is, and whether its program is there.
import { appName } from '../names.js';

export const app = appName(location.search);
export const root = document.documentElement;
export const isReady = () => root.dataset.ready !== undefined;
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

/**
 * The nearest element around an event that a selector finds.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const around = ({ target }, selector) => target instanceof Element ? target.closest(selector) : null;
