// @ts-check
// Names that only one open page holds at a time (Web Locks). A page that dies lets go of its own.

import { channelName, modelName } from './names.js';

/** @type {Map<string, (value?: unknown) => void>} */
const holding = new Map();     // name -> what lets go of it

/**
 * A browser that blocks storage refuses locks and channels, too: then no other page shares anything with this one.
 * @param {string} name
 * @param {LockOptions} options
 * @returns {Promise<boolean>}
 */
function hold(name, options) {
  if (holding.has(name) || !navigator.locks) return Promise.resolve(true);
  return new Promise((settle, fail) => navigator.locks.request(name, options, lock => {
    settle(!!lock);
    return lock && new Promise(release => holding.set(name, release));
  }).catch(error => error.name === 'SecurityError' ? settle(true) : fail(error)));
}

/**
 * @param {string} app
 * @param {import('./names.js').Topic} topic
 */
export function channel(app, topic) {
  try {
    return new BroadcastChannel(channelName(app, topic));
  } catch {
    return { postMessage() {} };
  }
}

/** @param {string} app @param {string} id  of a model */
export const claim = (app, id) => hold(modelName(app, id), { ifAvailable: true });

/**
 * Waits for its turn; the returned object's `stop` ends the waiting.
 * @param {string} app
 * @param {string} id
 */
export function wait(app, id) {
  const stopper = new AbortController();
  return { held: hold(modelName(app, id), { signal: stopper.signal }), stop: () => stopper.abort() };
}

/** @param {string} app @param {string} id */
export function release(app, id) {
  const name = modelName(app, id);
  holding.get(name)?.();
  holding.delete(name);
}
