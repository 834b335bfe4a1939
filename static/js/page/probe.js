// @ts-check
// Looks whether a server answers, in a shared worker (quiet-worker.js): no error appears in the console and the browser
// asks nobody. The answer goes back under the number of its question.
import { base } from './dom.js';
import { send } from './port.js';

/** @type {MessagePort | undefined} */
let port;

function connected() {
  if (port) return port;
  const shared = new SharedWorker(base + 'static/js/quiet-worker.js');
  shared.onerror = () => { port = undefined; };
  shared.port.onmessage = event => send('answer', event.data);
  return port = shared.port;
}

/**
 * @param {number} id  of the question
 * @param {string} url
 * @param {RequestMode} mode
 * @param {number} ms
 * @param {string} method
 * @param {[string, string][]} headers
 */
export function probe(id, url, mode, ms, method, headers) {
  try {
    connected().postMessage([id, url, mode, ms, method, headers]);
  } catch {      // there are no shared workers, or they are refused together with storage
    send('answer', [id, { error: 'NotSupported' }]);
  }
}
