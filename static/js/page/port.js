// @ts-check
// The connection to Python: events out, commands and paint operations in. Events sent before Python has connected are
// lost; only chat messages are kept until then (composer.js).

/**
 * What a person picked or dropped. It is posted as it is, because of the file; every other argument goes as JSON.
 * @typedef {{ files: { name: string, file: Blob, link?: FileSystemFileHandle }[] }} Picked
 */

/** @type {MessagePort | undefined} */
let port;

/**
 * @param {string} name
 * @param {unknown} [arg]
 */
export function send(name, arg = '') {
  port?.postMessage(JSON.stringify([name, arg]));
}

/**
 * Something that only a script can do did not succeed; Python has the words for it (app/session/app.py).
 * @param {'copy' | 'offline' | 'open' | 'sign_in' | 'write'} what
 * @param {unknown} [error]  whose message says why
 * @param {string} [name]  of the file
 */
export function problem(what, error, name = '') {
  send('app:problem', { what, name, why: error instanceof Error ? error.message : '' });
}

/**
 * @param {string} name
 * @param {Picked} picked
 */
export const sendPicked = (name, picked) => port?.postMessage([name, picked]);

/**
 * A request to the local API, with the port that takes its answer.
 * @param {{ method: string, path: string, body: string }} asked
 * @param {MessagePort} reply
 */
export function sendRequest(asked, reply) {
  port?.postMessage(['api:request', { ...asked, reply }], [reply]);
}

/**
 * @param {MessagePort} newPort
 * @param {(ops: any) => void} take  given every message, decoded
 * @param {object} hello  what Python must know of the page before it can start
 */
export function connect(newPort, take, hello) {
  port = newPort;
  port.onmessage = event => take(typeof event.data === 'string' ? JSON.parse(event.data) : event.data);
  send('hello', hello);
}
