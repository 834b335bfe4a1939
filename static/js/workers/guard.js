// @ts-check
// Failures of engines that nothing tells but the console, an unhandled rejection or the GPU. The engines write their
// native log to the console, as errors and warnings even where all is well. It is kept here, for the details of a real
// error, and some failures are found nowhere else: the call that failed never settles.

const LOST_MS = 100;
const LOG_LINES = 20;
const LINE_CHARACTERS = 300;
const FATAL = /Calculator::|Aborted\(|memory access out of bounds|Out of memory|device.{0,20} lost/i;

/** @type {(reason: unknown) => void} */
let reportFatal = () => {};
/** @type {GPUDevice | undefined} */
let device;      // where the engine uses one
/** @type {Error | undefined} */
let lost;      // set once the device has gone, perhaps between two replies: an engine would wait for it for ever

/** @type {string[]} */
const log = [];

/** @param {unknown} reason  why the work under way fails */
export const fail = reason => reportFatal(reason);

/** @param {unknown[]} parts  a line of an engine's log */
export function note(...parts) {
  const line = parts.map(String).join(' ').slice(0, LINE_CHARACTERS);
  log.push(line);
  if (log.length > LOG_LINES) log.shift();
  if (FATAL.test(line)) reportFatal(new Error(line));
}

for (const level of /** @type {const} */ (['debug', 'log', 'info', 'warn', 'error'])) console[level] = note;
self.addEventListener('unhandledrejection', event => {
  event.preventDefault();
  reportFatal(event.reason);
});
self.addEventListener('error', event => {
  event.preventDefault();
  reportFatal(event.error || event.message);
});

/**
 * @param {unknown} error
 * @returns {string}
 */
function textOf(error) {
  if (Array.isArray(error)) return error.map(textOf).join('; ');      // WebGPU errors come as a list
  if (error instanceof Error) return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
  return typeof error === 'object' ? JSON.stringify(error) : String(error);
}

/**
 * Waits for the work, or for a failure that only the console or an unhandled rejection tells. Errors cross as plain
 * Errors: a message, then the native log.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function guarded(work) {
  const fatal = /** @type {Promise<never>} */ (new Promise((_, reject) => { reportFatal = reject; }));
  if (lost) reportFatal(lost);
  fatal.catch(() => {}); // a failure after the work has ended concerns nobody
  try {
    return await Promise.race([fatal, work()]);
  } catch (error) {
    if (device) await Promise.race([device.lost, new Promise(done => setTimeout(done, LOST_MS))]); // may tell it late
    if (lost && error !== lost) log.unshift(textOf(error));
    throw new Error([textOf(lost || error), ...log].join('\n'));
  } finally {
    reportFatal = () => {};
  }
}

/** @param {GPUDevice | undefined} used  by the engine */
export function watch(used) {
  device = used;
  device?.lost.then(info => {
    lost = new Error(`GPU device lost: ${info.reason} ${info.message}`);
    reportFatal(lost);
  });
}
