// Workers for workers, all made by the page's own thread.
//
// Firefox (ESR 153 and before) can block a worker for ever where it makes or ends a worker of its own. It waits until the
// page's thread has registered the other one, on a condition variable on which that one waits for its first task. One of
// the two is woken; where it is the wrong one, nothing runs in the maker again. On a busy machine this does happen. The
// page's thread never waits. So a worker asks the page, and talks to what was made over a port of its own.
//
// In the page:    lend(worker);                              it, and what is made for it, may ask
// In a worker:    const line = start(address, { name });     a port with `terminate` and an `error` event
// In what starts: onmessage = ({ ports: [line] }) => expose(api, line);

const base = new URL('../../', import.meta.url).href;
// Who may ask for what. Engines are programs of other people: they get nothing that could reach further than they do.
const OF_PYTHON = ['engine.js', 'typeset-worker.js', 'chunk-worker.js'];
const BELOW = { 'engine.js': ['program-worker.js'] };
const fileOf = address => new URL(address).pathname.split('/').at(-1);

// Gives a function that ends the worker and all that were made for it.
export function lend(worker, files = OF_PYTHON) {
  const below = new Map();
  worker.addEventListener('message', ({ data }) => {
    const asking = data?.workers;
    if (!asking) return;
    asking.onmessage = ({ data: [id, address, options], ports: [line] }) => {
      const failed = message => asking.postMessage([id, message]);
      if (!line) {
        below.get(id)?.();
        below.delete(id);
      } else if (address.startsWith(base) && files.includes(fileOf(address))) below.set(id, make(address, options, line, failed));
      else failed(`${address} is none of this page's workers`);
    };
  });
  return () => {
    worker.terminate();
    for (const end of below.values()) end();
    below.clear();
  };
}

function make(address, options, line, failed) {
  const worker = new Worker(address, options);
  worker.onerror = ({ message }) => failed(message);
  worker.postMessage(null, [line]);
  return lend(worker, BELOW[fileOf(address)] ?? []);
}

let asking, last = 0;
const started = new Map();

function askingPage() {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: [id, message] }) => started.get(id)?.dispatchEvent(new ErrorEvent('error', { message }));
  self.postMessage({ workers: port2 }, [port2]);
  return port1;
}

export function start(address, options = {}) {
  asking ??= askingPage();
  const id = last++, { port1, port2 } = new MessageChannel();
  asking.postMessage([id, address, options], [port2]);
  started.set(id, port1);
  return Object.assign(port1, {
    terminate() {
      asking.postMessage([id]);
      started.delete(id);
      port1.close();
    },
  });
}
