// @ts-check
// The way to Python: events out, and what Python wants done in. Events sent before Python has called are lost; only the
// chat's messages are kept until then (composer.js).

/**
 * An event for Python. A name with a file in its argument travels as it is, everything else as JSON.
 * @typedef {{ files: { name: string, file: Blob }[], link?: FileSystemFileHandle }} Picked
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
