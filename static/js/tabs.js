// Names that only one open page holds at a time (Web Locks). A page that dies lets go of its own.

const prefix = 'drleelm-model-';
const holding = new Map();     // name -> what lets go of it

// A browser that blocks storage refuses locks and channels, too: then no other page shares anything with this one.
function hold(name, options) {
  if (holding.has(name) || !navigator.locks) return Promise.resolve(true);
  return new Promise((settle, fail) => navigator.locks.request(prefix + name, options, lock => {
    settle(!!lock);
    return lock && new Promise(release => holding.set(name, release));
  }).catch(error => error.name === 'SecurityError' ? settle(true) : fail(error)));
}

export function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return { postMessage() {} };
  }
}

export const claim = name => hold(name, { ifAvailable: true });

// Waits for its turn; the returned object's `stop` ends the waiting.
export function wait(name) {
  const stopper = new AbortController();
  return { held: hold(name, { signal: stopper.signal }), stop: () => stopper.abort() };
}

export function release(name) {
  holding.get(name)?.();
  holding.delete(name);
}
