// @ts-check
// Makes the workers that other workers ask for (../workers/start.js says why): the ones that it knows, and nothing else.

/** Who may ask for what. Engines are programs of other people: they get nothing that reaches further than they do. */
const OF_PYTHON = ['engine.js', 'typeset-worker.js', 'chunk-worker.js', 'librarian-worker.js'];
/** @type {Record<string, string[]>} */
const BELOW = { 'engine.js': ['program-worker.js'], 'program-worker.js': ['program-worker.js'] };
/** @param {string} address */
const fileOf = address => new URL(address).pathname.split('/').at(-1) ?? '';

/**
 * Lets a worker, and those made for it, ask for workers. Gives what ends it together with them.
 * @param {Worker} worker
 * @param {string} base  below which the app's files lie
 * @param {string[]} files  the scripts that it may ask for
 */
export function lend(worker, base, files = OF_PYTHON) {
  /** @type {Map<number, () => void>} */
  const below = new Map();
  let hasEnded = false;
  /** @param {MessageEvent} event */
  const take = ({ target, data: [id, address, options], ports: [line] }) => {
    /** @param {string} [message] */
    const failed = message => /** @type {MessagePort} */ (target).postMessage([id, message]);
    if (hasEnded) return;      // it had asked just before it was ended: what it gets now would run for ever
    if (!line) {
      below.get(id)?.();
      below.delete(id);
    } else if (address.startsWith(base) && files.includes(fileOf(address))) {
      const made = new Worker(address, options);
      made.onerror = event => {
        if (files !== OF_PYTHON) event.preventDefault();      // an engine's log keeps what goes wrong in its program
        failed(event.message);
      };
      made.postMessage(null, [line]);
      below.set(id, lend(made, base, BELOW[fileOf(address)] ?? []));
    } else failed(`${address} is none of this page's workers`);
  };
  worker.addEventListener('message', ({ data }) => { if (data?.workers) data.workers.onmessage = take; });
  return () => {
    hasEnded = true;
    worker.terminate();
    for (const end of below.values()) end();
  };
}
