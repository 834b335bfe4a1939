// @ts-check
// Looks whether a server answers, in a shared worker (quiet-worker.js): no error appears in the console and the browser
// asks nobody. The answer goes back under the number of its question.
import { base } from './dom.js';
import { send } from './port.js';

/** @typedef {[id: number, url: string, mode: RequestMode, ms: number, method: string, headers: Record<string, string>]} Probe */

/** @type {MessagePort | undefined} */
let port;

function connected() {
  if (port) return port;
  const shared = new SharedWorker(base + 'static/js/quiet-worker.js');
  shared.onerror = () => { port = undefined; };
  shared.port.onmessage = event => send('answer', event.data);
  return port = shared.port;
}

/** @param {Probe} asked */
export function probe(...asked) {
  try {
    connected().postMessage(asked);
  } catch {      // there are no shared workers, or they are refused together with storage
    send('answer', [asked[0], { error: 'NotSupported' }]);
  }
}
