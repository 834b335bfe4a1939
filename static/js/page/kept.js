// @ts-check
// What the page keeps outside of the databases: a few small texts that are needed before the databases are open.
// first.js, which runs before any module, reads four of them by the same names.

const KEPT = {
  theme: () => localStorage,
  text: () => localStorage,      // its size
  language: () => localStorage,      // as it was chosen, where it is not the browser's
  offline: () => localStorage,      // the mode, where Offline Mode is on
  rail: () => localStorage,      // 'hidden' where it was hidden
  drafts: () => sessionStorage,      // what is being written, by chat (composer.js)
  fields: () => sessionStorage,      // what stands in fields that Python has not written yet (fields.js)
  attached: () => sessionStorage,      // what is attached to it, by chat (commands.js)
  'sign-in': () => sessionStorage,      // the secret of a sign-in that is under way
};

/** @typedef {keyof typeof KEPT} Name */

/**
 * Keeps a text, or (null) forgets it. False where the browser blocks storage.
 * @param {Name} name
 * @param {string | null} text
 */
export function keep(name, text) {
  try {
    const store = KEPT[name]();
    if (text === null) store.removeItem(name);
    else store.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Name} name
 * @returns {string} nothing where it was not kept
 */
export function recall(name) {
  try {
    return KEPT[name]().getItem(name) ?? '';
  } catch {
    return '';
  }
}

export function forgetAll() {
  for (const name of /** @type {Name[]} */ (Object.keys(KEPT))) keep(name, null);
}
