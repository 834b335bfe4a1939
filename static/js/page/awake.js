// @ts-check
// Keeps the screen on while Python wants it (app/session/state.py). The browser lets go of the lock whenever the page is
// hidden, and refuses it where the battery is low.

let isWanted = false, isAsking = false;
/** @type {WakeLockSentinel | undefined} */
let lock;

async function follow() {
  if (!isWanted) {
    lock?.release();
    lock = undefined;
  } else if (!document.hidden && !isAsking && (!lock || lock.released)) {
    isAsking = true;
    lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    isAsking = false;
    if (!isWanted) follow();
  }
}

document.addEventListener('visibilitychange', follow);

/** @param {boolean} wanted */
export function keepAwake(wanted) {
  isWanted = wanted;
  follow();
}
