// @ts-check

/**
 * A model's bytes, for an engine that reads them as a stream: tells when it begins to and when it has read them all.
 * @param {Blob} blob @param {import('../engine.js').Tell} tell
 * @returns {ReadableStream<Uint8Array>}
 */
export function watched(blob, tell) {
  const reader = blob.stream().getReader();
  return new ReadableStream({
    async pull(controller) {
      tell('reading');
      const { value, done } = await reader.read();
      if (value) return controller.enqueue(value);
      if (!done) return;
      tell('preparing');
      controller.close();
    },
    cancel: reason => reader.cancel(reason),
  }, { highWaterMark: 0 });      // nothing is read before it is asked for
}
