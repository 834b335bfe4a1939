// @ts-check
// Programs are run by wall.js, which is fetched when something is first run.
import { base } from './dom.js';
import { send } from './port.js';
import { keepFiles } from './service-worker.js';

/** @returns {Promise<typeof import('./wall.js')>} */
const wall = () => import(base + 'static/vendor/scripts/wall.js');

/** @param {number} id  of the question @param {import('./wall.js').Asked} asked */
export async function runProgram(id, asked) {
  try {
    (await wall()).answerTo(send, id, asked);
    keepFiles('static/vendor/librarian/rest.zip');
  } catch (error) {
    send('answer', [id, { ending: 'not-started', error: /** @type {Error} */ (error).message }]);
  }
}

/** @param {string} text */
export async function sayToProgram(text) {
  (await wall()).say(text);
}

export async function stopProgram() {
  await wall().then(one => one.stop(), () => {});      // nothing runs where it did not come
}
