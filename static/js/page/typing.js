// @ts-check
// What is typed into a field goes to Python after a pause, so that a search does not run for every letter: at once where
// the field is left, or something is typed elsewhere.
import { numberOf } from './fields.js';
import { send } from './port.js';

const TYPING_MS = 150;

let pause = 0, sendTyped = () => {};
/** @type {HTMLElement | null} */
let typedInto = null;      // and not sent yet

/** @param {HTMLElement} field @param {string} name  of Python's event */
export function sendSoon(field, name) {
  if (typedInto !== field) flush();
  clearTimeout(pause);
  typedInto = field;
  sendTyped = () => send(name, valueOf(field));
  pause = setTimeout(flush, TYPING_MS);
}

export function flush() {
  if (!typedInto) return;
  clearTimeout(pause);
  typedInto = null;
  sendTyped();
}

/**
 * A field's value, with the thing that it is about where it names one.
 * @param {HTMLElement} field
 */
export function valueOf(field) {
  const { type, checked, value, dataset, id } = /** @type {HTMLInputElement} */ (field);
  const current = type === 'checkbox' ? checked : value;
  if (dataset.kept !== undefined) return { arg: dataset.arg, value, field: id, number: numberOf(id) };
  return 'arg' in dataset ? { arg: dataset.arg, value: current } : current;
}
