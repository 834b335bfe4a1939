// @ts-check
// MediaPipe LLM Inference, for .task files. It needs WebGPU.
import { watch } from '../guard.js';
import { imported } from '../own-files.js';
import { bytesOf } from '../pictures.js';

const PICTURE = '\uFFFC';
const PIECE_BYTES = 16384, HEAD_BYTES = 32 * PIECE_BYTES;

/**
 * MediaPipe looks at the first bytes through copies of the stream, which read ahead. Where a copy meets the end of the
 * file before it is dropped, loading never ends (0.10.29). So the beginning comes in pieces too small to run ahead with.
 * @param {Blob} blob @param {import('../engine.js').Tell} tell
 * @returns {ReadableStream<Uint8Array>}
 */
function pieces(blob, tell) {
  let at = 0;
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let rest;
  return new ReadableStream({
    async pull(controller) {
      if (at) tell('reading');      // the first piece is taken into the stream before anybody asks for it
      if (at < Math.min(HEAD_BYTES, blob.size)) {
        const end = Math.min(at + PIECE_BYTES, HEAD_BYTES, blob.size);
        controller.enqueue(new Uint8Array(await blob.slice(at, end).arrayBuffer()));
        at = end;
        return;
      }
      rest ||= blob.slice(at).stream().getReader();
      const { value, done } = await rest.read();
      if (!done) return controller.enqueue(value);
      tell('preparing');
      controller.close();
    },
    cancel: () => rest?.cancel(),
  });
}

/**
 * A prompt with its pictures where their marks stand (app.models.engines.templates).
 * @param {string} text @param {string[]} images  base64
 */
async function withPictures(text, images) {
  const pictures = await Promise.all(images.map(image => createImageBitmap(new Blob([bytesOf(image)]))));
  return text.split(PICTURE).flatMap((part, at) => at ? [{ imageSource: /** @type {any} */ (pictures[at - 1]) }, part] : [part]).filter(Boolean);
}

/** @type {import('../engine.js').Start} */
export async function mediapipe(base, [blob], options, tell) {
  /** @type {typeof import('@mediapipe/tasks-genai')} */
  const { FilesetResolver, LlmInference } = await imported(base + 'genai_bundle.mjs');
  const fileset = await FilesetResolver.forGenAiTasks(base + 'wasm');
  const device = await LlmInference.createWebGpuDevice();
  watch(device);
  const baseOptions = { modelAssetBuffer: pieces(blob, tell).getReader(), gpuOptions: { device } };
  const llm = await LlmInference.createFromOptions(fileset, { ...options, baseOptions });
  return {
    async run({ prompt: text, images, maxTokens }, onDelta) {
      let pieces = 0, length = 0;
      const prompt = images.length ? await withPictures(text, images) : text;
      const reply = await llm.generateResponse(prompt, delta => {
        onDelta(delta);
        // A piece holds one to three tokens and a token about four characters; it has no limit of its own.
        length += delta.length;
        if (Math.max(++pieces, length / 4) >= maxTokens) llm.cancelProcessing();
      });
      return [llm.sizeInTokens(prompt) ?? 0, llm.sizeInTokens(reply) ?? 0];
    },
    stop: () => llm.cancelProcessing(),
    count: text => llm.sizeInTokens(text),
  };
}
