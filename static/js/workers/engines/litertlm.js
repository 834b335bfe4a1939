// @ts-check
// LiteRT-LM, for .litertlm files, on the GPU or the CPU. It starts in a classic worker only.
import { note, watch } from '../guard.js';
import { watched } from './watched.js';

/**
 * @typedef {{ content?: string | { text?: string }[], channels?: Record<string, string> }} Message
 * @typedef {{ sendMessageAsync(message: string, take: (chunk: string, isDone: boolean, error: string) => void): unknown,
 *   getTokenCount(): number }} Inner  members that stream, and are not part of what the package makes public
 */

/** @param {Message} message */
const textOfMessage = message =>
  typeof message.content === 'string' ? message.content : (message.content ?? []).map(part => part.text ?? '').join('');

/** @type {import('../engine.js').Start} */
export async function litertlm(base, [blob], options, tell) {
  self.Module = { locateFile: (/** @type {string} */ file) => base + 'wasm/' + file, print: note, printErr: note };
  importScripts(base + 'litertlm.iife.js');
  const { Engine, loadLiteRtLm } = self.litertlm;
  const library = await loadLiteRtLm(base + 'wasm/');
  const lm = await Engine.create({ ...options, model: watched(blob, tell) });
  watch(library.liteRtLmWasm.preinitializedWebGPUDevice);
  /** @type {any} */
  let talk;
  let before = 0;
  return {
    // `config` begins a new conversation; without it the held one goes on, its cache with it.
    async run({ config, message }, onDelta) {
      if (config) {
        const old = talk;
        talk = undefined;
        await old?.delete();
        talk = await lm.createConversation(config);
        before = 0;
      }
      // The public stream gives everything at the end on the CPU; these inner members stream. See engines 0.17.1.
      /** @type {Inner} */
      const inner = talk.conversation;
      /** @type {number} */
      const pieces = await new Promise((resolve, reject) => {
        let count = 0;
        // The build for browsers without JSPI returns nothing here.
        Promise.resolve(inner.sendMessageAsync(JSON.stringify(message), (chunk, isDone, error) => {
          if (error) return reject(new Error(error));
          if (chunk) {
            /** @type {Message} */
            const message = JSON.parse(chunk);
            const thought = Object.values(message.channels ?? {}).join('');
            count += 1;
            if (thought) onDelta(thought, true);
            onDelta(textOfMessage(message));
          }
        })).then(() => talk.engine.waitUntilDone()).then(() => resolve(count), reject);
      });
      const after = inner.getTokenCount(), reply = Math.min(pieces, after - before);
      const counts = [after - reply, reply];
      before = after;
      return counts;
    },
    stop: () => talk?.cancel(),
    count: () => null,
  };
}
