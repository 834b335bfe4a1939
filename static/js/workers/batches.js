// @ts-check
// Joins deltas that come within BATCH_MS, because each message wakes Python. The first goes out at once. A worker that is
// busy computing runs no timers, so the clock is asked at every delta.

const BATCH_MS = 30;

/**
 * The answer's text is posted as a string; thinking as an object with a `thought`.
 * @param {MessagePort} port
 */
export function batches(port) {
  let text = '', isThought = false, last = -Infinity, timer = 0;
  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    if (!text) return;      // an engine may begin with an empty delta, which is not the first
    port.postMessage(isThought ? { thought: text } : text);
    text = '';
    last = performance.now();
  };
  /** @type {import('./engine.js').OnDelta} */
  const add = (delta, thinks = false) => {
    if (!delta) return;
    if (thinks !== isThought) flush();
    isThought = thinks;
    text += delta;
    if (performance.now() - last >= BATCH_MS) flush();
    else if (!timer) timer = setTimeout(flush, BATCH_MS);
  };
  return { add, flush };
}
