// @ts-check
// llama.cpp, compiled to WebAssembly by wllama, for .gguf files. It runs in every browser, on the processor; where it is
// asked to, on the graphics processor, if it takes that: it goes on without one and says so in its log alone.
import { fail, note } from '../guard.js';
import { imported, ownFiles, vendor } from '../own-files.js';
import { bytesOf } from '../pictures.js';
import { startProgramsBy } from '../start.js';

const LOG_INFO = 2, LOG_ERRORS = 4;      // llama.cpp's levels: nothing below them is written
const DEVICE = /using device WebGPU/, LAYERS = /offloaded (\d+)\/\d+ layers to GPU/;
const ALMOST_ALL = .98;      // of a file is tensors, and what lies between them is not asked for

function hasMemory64() {
  try {
    return !!new WebAssembly.Memory(/** @type {any} */ ({ address: 'i64', initial: 1n }));
  } catch {
    return false;
  }
}

/** @param {number} speed */
const orZero = speed => Number.isFinite(speed) ? speed : 0;

/**
 * wllama runs llama.cpp in a worker of its own, which it makes of a Blob. It sends the model's bytes there, all at once or
 * as llama.cpp asks for them.
 * @param {number} size  of all its files @param {import('../engine.js').Tell} tell
 */
function startWorkersOnThePage(size, tell) {
  const runner = new URL('program-worker.js', self.location.href).href;
  ownFiles.add(runner);
  startProgramsBy(runner, line => {
    line.addEventListener('error', event => fail(/** @type {ErrorEvent} */ (event).message));
    const post = line.postMessage.bind(line);
    let sent = 0;
    line.postMessage = (/** @type {any} */ message, /** @type {any} */ options) => {
      const { verb, args } = message ?? {};
      if (verb === 'fs.alloc') tell('reading');
      else if (verb === 'fs.write') sent += args[1].byteLength;
      else if (verb === 'fs.read_res') sent += args[0].byteLength;
      if (sent >= size * ALMOST_ALL) tell('preparing');
      post(message, options);
    };
  });
}

/** A message whose pictures are bytes, as wllama takes them. @param {any} message */
const withBytes = message => typeof message.content === 'string' ? message : {
  ...message,
  content: message.content.map((/** @type {any} */ part) => part.type === 'image' ? { ...part, data: bytesOf(part.data) } : part),
};

/** What the log says while a model loads: whether its layers went to the graphics processor. */
function gpuInLog() {
  let hasDevice = false, layers = 0;
  return {
    /** @param {unknown[]} parts */
    read(...parts) {
      const line = parts.map(String).join(' ');
      hasDevice ||= DEVICE.test(line);
      layers = Number(LAYERS.exec(line)?.[1] ?? layers);
      if (/gpu/i.test(line)) note(line);
    },
    isUsed: () => hasDevice && layers > 0,
  };
}

/** @type {import('../engine.js').Start} */
export async function wllama(base, blobs, { compat, ...options }, tell) {
  /** @type {typeof import('@wllama/wllama')} */
  const { Wllama } = await imported(base + 'index.js');
  startWorkersOnThePage(blobs.reduce((sum, blob) => sum + blob.size, 0), tell);
  const gpu = gpuInLog();
  // Lines of llama.cpp's level INFO come as debug.
  const logger = { debug: gpu.read, log: note, warn: note, error: note };
  // Its own cache of models is not used here, and refuses to start where a browser has no private file system.
  const llama = new Wllama({ default: base + 'wllama.wasm' }, { logger, cacheManager: /** @type {any} */ ({}) });
  // Without this it fetches its build for older browsers from elsewhere. Firefox needs that build only where it lacks
  // 64-bit memory; wllama finds out for the other browsers.
  const older = { worker: `${vendor}${compat}/wllama.js`, wasm: `${vendor}${compat}/wllama.wasm` };
  llama.setCompat(older, hasMemory64() ? 'safari' : 'firefox_safari');
  ownFiles.add(llama.getWorkerResources().wasmPath);      // its own worker fetches that
  await llama.loadModel(blobs, { log_level: options.n_gpu_layers ? LOG_INFO : LOG_ERRORS, ...options });
  // It does not look itself. Why it failed is in the native log.
  if (!llama.getLoadedContextInfo().n_vocab) throw new Error('llama.cpp did not load the model');
  let abort = new AbortController();
  return {
    async run({ messages, options }, onDelta) {
      abort = new AbortController();
      /** @type {any} */
      let usage;
      /** @type {any} */
      let timings;
      await llama.createChatCompletion({
        ...options, messages: messages.map(withBytes), stream: true, abortSignal: abort.signal,
        onData(/** @type {any} */ chunk) {
          const { content, reasoning_content } = chunk.choices[0]?.delta ?? {};
          if (reasoning_content) onDelta(reasoning_content, true);
          if (content) onDelta(content);
          usage = chunk.usage || usage;
          timings = chunk.timings || timings;
        },
      });
      const counts = usage ? [usage.prompt_tokens, usage.completion_tokens]
        : timings ? [timings.cache_n + timings.prompt_n, timings.predicted_n] : null;
      const { predicted_per_second: writing, prompt_per_second: reading } = timings ?? {};
      return counts && [...counts, orZero(writing), orZero(reading)];
    },
    async embed(texts) {
      const { data, usage } = await llama.createEmbedding({ input: texts });
      const rows = data.sort((one, other) => one.index - other.index).map(row => /** @type {number[]} */ (row.embedding));
      return { vectors: Float32Array.from(rows.flat()), count: rows.length, tokens: usage.prompt_tokens };
    },
    async rank(query, texts) {
      const { results } = await llama.createRerank({ query, documents: texts });
      return results.sort((one, other) => one.index - other.index).map(result => result.relevance_score);
    },
    stop: () => abort.abort(),
    count: () => null,
    used: () => [llama.getNumThreads(), Number(gpu.isUsed())],
  };
}
