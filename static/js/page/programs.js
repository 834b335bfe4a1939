// @ts-check
// Programs are run by wall.js, which is fetched when something is first run.
import { around, base } from './dom.js';
import { send } from './port.js';

// What a person presses to run something (app/ui/painter.py, app/ui/parts/run.py, app/ui/parts/run_checked.py).
const STARTS = '[data-on="click:run-code"], [data-on="click:programs:check"], [data-on="submit:programs:start"] [type=submit]';
const REST_MS = 80;      // whoever only passes by starts nothing

/** @type {Promise<typeof import('./wall.js')> | undefined} */
let loading;

// One promise for all: what waits for it goes on in the order in which it came, so that a stop never meets the run behind it.
const wall = () => loading ??= import(base + 'static/vendor/scripts/wall.js').catch(error => {
  loading = undefined;
  throw error;
});

/** Python starts, so that it is there, or on its way, when the app's own has understood what to run. */
async function prepare() {
  (await wall().catch(() => undefined))?.prepare();
}

let timer = 0;

/** @param {Event} event  that leads on to pressing something */
function isNear(event) {
  clearTimeout(timer);
  if (around(event, STARTS) && !navigator.connection?.saveData) timer = setTimeout(prepare, REST_MS);
}

/** @param {Event} event */
function isPressed(event) {
  if (around(event, STARTS)) prepare();
}

/** Python starts when something to run is pressed, or when the pointer rests or the keyboard's focus is on it. */
export function listenForPrograms() {
  addEventListener('pointerover', isNear);
  addEventListener('focusin', event => { if (around(event, ':focus-visible')) isNear(event); });      // by the keyboard
  for (const type of ['pointerdown', 'click']) addEventListener(type, isPressed, true);
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
