// @ts-check
// A worker asks the page for a worker, and talks to it over a port of its own:
//
//     const line = start(address, { name });                        // here
//     onmessage = ({ ports: [line] }) => expose(api, line);         // in what starts
//
// Firefox (ESR 153 and before) can block a worker for ever where it makes or ends a worker itself. It waits until the
// page's thread has registered the other one, on a condition variable on which that one waits for its first task. One of
// the two is woken; where it is the wrong one, nothing runs in the maker again. On a busy machine this does happen. The
// page's thread never waits, so it makes all workers (../page/workers.js).

const tellPage = self.postMessage.bind(self);      // program.js puts another in its place
/** @type {MessagePort | undefined} */
let asking;
let last = 0;
/** @type {Map<number, MessagePort>} */
const started = new Map();

function askingPage() {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: [id, message] }) => started.get(id)?.dispatchEvent(new ErrorEvent('error', { message }));
  tellPage({ workers: port2 }, { transfer: [port2] });
  return port1;
}

/**
 * A port with a worker's `terminate` and `error` event.
 * @param {string} address
 * @param {WorkerOptions} [options]
 */
export function start(address, options = {}) {
  const page = asking ??= askingPage();
  const id = last++, { port1, port2 } = new MessageChannel();
  page.postMessage([id, address, options], [port2]);
  started.set(id, port1);
  return Object.assign(port1, {
    terminate() {
      page.postMessage([id]);
      started.delete(id);
      port1.close();
    },
  });
}

/**
 * A program that makes workers of Blobs gets the page's instead: ones that run `runner`, whose name ends with the
 * address of the program (program.js).
 * @param {string} runner
 * @param {(line: MessagePort & { onerror?: (event: Event) => void }) => void} made  is given the line to each
 */
export function startProgramsBy(runner, made) {
  self.Worker = /** @type {any} */ (function Worker(/** @type {string | URL} */ address, /** @type {WorkerOptions} */ { name = '' } = {}) {
    if (!String(address).startsWith('blob:')) throw new TypeError(`${address} is no program of this worker's`);
    const line = start(runner, { name: `${name} ${address}` });
    made(line);
    return line;
  });
}
