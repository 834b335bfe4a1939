// @ts-check
// Small records on shelves. Each is a JSON text under its key, and goes to Python as a part of one larger text.
import { ended, records, settled, SHELVES } from './databases.js';

// JSON that is nested some thousand levels deep ends the whole of Python with an overflow of its stack.
const MOST_DEPTH = 100;

/**
 * @param {string} text
 * @param {number} at  of the quotation mark that opens the string
 */
function endOfString(text, at) {
  do {
    at = text.indexOf('"', at + 1);
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) break;
  } while (at > 0);
  return at;
}

/** @param {string} text */
function isShallow(text) {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter === 0x22) {
      at = endOfString(text, at);
      if (at < 0) return true;      // it never ends, so this is no JSON, and Python does not read on
    } else if (letter === 0x5b || letter === 0x7b) {
      if (++depth > MOST_DEPTH) return false;
    } else if (letter === 0x5d || letter === 0x7d) depth--;
  }
  return true;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {unknown} value */
function inWords(value) {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {      // a number without end, a circle
    return String(value);
  }
}

/**
 * A record's text as a part of the JSON that Python reads. What is damaged goes there as a string of what lies there.
 * Whether all of it is JSON is only looked at once Python has stumbled over it.
 * @param {unknown} text
 * @param {boolean} isCareful
 */
export function sound(text, isCareful) {
  if (typeof text !== 'string') return JSON.stringify(inWords(text));
  const isGood = isShallow(text) && !(isCareful && parsed(text) === undefined);
  return isGood ? text : JSON.stringify(text);
}

/**
 * A record's fields, as far as it has any: what is missing in it is told by the model's row.
 * @param {unknown} text
 * @returns {Record<string, unknown>}
 */
export const fieldsOf = text => typeof text === 'string' && isShallow(text) ? { ...parsed(text) } : {};

/**
 * @param {string} shelf
 * @param {string} keysJson
 * @param {boolean} isCareful
 */
export async function get(shelf, keysJson, isCareful) {
  const store = (await records()).transaction(shelf).objectStore(shelf);
  /** @type {string[]} */
  const keys = JSON.parse(keysJson);
  const found = await Promise.all(keys.map(key => settled(store.get(key))));
  return `[${found.map(text => text === undefined ? 'null' : sound(text, isCareful)).join(',')}]`;
}

/**
 * @param {string} shelf
 * @param {boolean} isCareful
 */
export async function all(shelf, isCareful) {
  const found = await settled((await records()).transaction(shelf).objectStore(shelf).getAll());
  return `[${found.map(text => sound(text, isCareful)).join(',')}]`;
}

/**
 * {shelf: {key: value}} of all shelves at one moment.
 * @param {boolean} isCareful
 */
export async function snapshot(isCareful) {
  const transaction = (await records()).transaction(SHELVES);
  const shelves = await Promise.all(SHELVES.map(async shelf => {
    const store = transaction.objectStore(shelf);
    const [keys, texts] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    return `${JSON.stringify(shelf)}:{${keys.map((key, place) => `${JSON.stringify(String(key))}:${sound(texts[place], isCareful)}`).join(',')}}`;
  }));
  return `{${shelves.join(',')}}`;
}

/**
 * @param {string} putsJson  [[shelf, key, text], …]
 * @param {string} deletesJson  [[shelf, key], …]
 */
export async function write(putsJson, deletesJson) {
  /** @type {[string, string, string][]} */
  const puts = JSON.parse(putsJson);
  /** @type {[string, string][]} */
  const deletes = JSON.parse(deletesJson);
  const shelves = [...new Set([...puts, ...deletes].map(([shelf]) => shelf))];
  if (!shelves.length) return;
  const transaction = (await records()).transaction(shelves, 'readwrite', { durability: 'strict' });
  for (const [shelf, key, text] of puts) transaction.objectStore(shelf).put(text, key);
  for (const [shelf, key] of deletes) transaction.objectStore(shelf).delete(key);
  await ended(transaction);
}
