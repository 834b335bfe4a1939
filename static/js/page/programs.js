// @ts-check
// Programs are run by wall.js, which is fetched when something is first run.
import { base } from './dom.js';
import { send } from './port.js';

/** @type {Promise<typeof import('./wall.js')> | undefined} */
let loading;

// One promise for all: what waits for it goes on in the order in which it came, so that a stop never meets the run behind it.
const wall = () => loading ??= import(base + 'static/vendor/scripts/wall.js').catch(error => {
  loading = undefined;
  throw error;
});

/** Run was pressed: Python starts while the app's own gets to it. */
export async function prepareProgram() {
  (await wall().catch(() => undefined))?.prepare();
}

/** @param {number} id  of the question @param {import('./wall.js').Asked} asked */
export async function runProgram(id, asked) {
  try {
    (await wall()).answerTo(send, id, asked);
  } catch (error) {
    send('answer', [id, { ending: 'not-started', error: /** @type {Error} */ (error).message }]);
  }
}

/** @param {string} text */
export async function sayToProgram(text) {
  (await loading)?.say(text);
}

/** @param {string} number @param {string} address */
export async function permitProgram(number, address) {
  (await loading)?.permit(number, address);
}

export async function stopProgram() {
  await loading?.then(one => one.stop(), () => {});      // nothing runs where it did not come
}
