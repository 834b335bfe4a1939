// @ts-check
// Lends one engine to Python. A classic worker: LiteRT-LM and MediaPipe start in no other kind, so it is bundled as a
// classic script. It decides nothing: Python names the engine, its folder, the options and the messages; text comes back
// on a port, the rest by Comlink, on the port that start.js gives to every worker.
import './own-origin.js';
import { expose, transfer } from 'comlink';
import { batches } from './batches.js';
import { litertlm } from './engines/litertlm.js';
import { mediapipe } from './engines/mediapipe.js';
import { wllama } from './engines/wllama.js';
import { guarded } from './guard.js';
import { firstMissing, ownFiles, vendor } from './own-files.js';

/**
 * @typedef {(text: string, thinks?: boolean) => void} OnDelta
 * @typedef {{vectors: Float32Array, count: number, tokens: number}} Vectors  all numbers of `count` vectors, one after the
 *   other, and the tokens that were read
 * @typedef {object} Engine
 * @property {(request: any, onDelta: OnDelta) => Promise<number[] | null>} run  gives prompt tokens and reply tokens, then
 *   tokens per second of writing and of reading the prompt, where the engine tells them
 * @property {() => unknown} stop
 * @property {(text: string) => number | null | undefined} count
 * @property {(texts: string[]) => Promise<Vectors>} [embed]
 * @property {(query: string, texts: string[]) => Promise<number[]>} [rank]  a score for each text
 * @property {() => number[]} [used]  threads, and 1 where the graphics processor is used
 * @typedef {(phase: 'reading' | 'preparing') => void} Tell  what a load comes to next (app.core.values.LoadPhase)
 * @typedef {(base: string, blobs: [Blob, ...Blob[]], options: any, tell: Tell) => Promise<Engine>} Start  `base` is the folder of the
 *   engine's files, `blobs` are the model's; the first `tell` says that its program has started
 */

/** @param {Vectors | undefined} made */
const transferred = made => made && transfer(made, [made.vectors.buffer]);

const starters = { mediapipe, litertlm, wllama };
/** @type {Engine} */
let engine;

const api = {
  /**
   * Gives the addresses of the app's own files that the engine took, and what it runs on where it tells.
   * @param {keyof typeof starters} kind @param {string} folder @param {[Blob, ...Blob[]]} blobs @param {object} options
   * @param {MessagePort} port  takes the phases
   */
  async load(kind, folder, blobs, options, port) {
    let last = '';
    /** @type {Tell} */
    const tell = phase => { if (phase !== last) port.postMessage(last = phase); };
    try {
      await guarded(async () => { engine = await starters[kind](`${vendor}${folder}/`, blobs, options, tell); });
      return [[...ownFiles], engine.used?.() ?? null];
    } catch (error) {
      const missing = await firstMissing();
      throw missing ? Object.assign(new Error(`${missing}\n${/** @type {Error} */ (error).message}`), { name: 'FileMissing' }) : error;
    } finally {
      port.close();
    }
  },

  /** @param {object} request @param {MessagePort} port  takes the deltas, then `null` */
  run: (request, port) => guarded(async () => {
    const batch = batches(port);
    try {
      return await engine.run(request, batch.add);
    } finally {
      batch.flush();
      port.postMessage(null); // the end, behind the last delta
      port.close();
    }
  }),

  /** @param {string[]} texts */
  embed: texts => guarded(async () => transferred(await engine.embed?.(texts))),

  /** @param {string} query @param {string[]} texts */
  rank: (query, texts) => guarded(async () => engine.rank?.(query, texts)),

  stop: () => engine?.stop(),

  /** @param {string} text */
  count: text => engine.count(text) ?? null,
};

self.onmessage = ({ ports: [line] }) => expose(api, line);
