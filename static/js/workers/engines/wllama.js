// @ts-check
// llama.cpp, compiled to WebAssembly by wllama, for .gguf files. It runs in every browser, on the CPU.
import { fail, note } from '../guard.js';
import { imported, ownFiles, vendor } from '../own-files.js';
import { startProgramsBy } from '../start.js';

const LOG_ERRORS = 4;      // llama.cpp's level: nothing below an error

function hasMemory64() {
  try {
    return !!new WebAssembly.Memory(/** @type {any} */ ({ address: 'i64', initial: 1n }));
  } catch {
    return false;
  }
}

/** @param {number} speed */
const orZero = speed => Number.isFinite(speed) ? speed : 0;

/** wllama runs llama.cpp in a worker of its own, which it makes of a Blob. */
function startWorkersOnThePage() {
  const runner = new URL('program-worker.js', self.location.href).href;
  ownFiles.add(runner);
  startProgramsBy(runner, event => fail(event.message));
}

/** @type {import('../engine.js').Start} */
export async function wllama(base, blob, { compat, ...options }) {
  /** @type {typeof import('@wllama/wllama')} */
  const { Wllama } = await imported(base + 'index.js');
  startWorkersOnThePage();
  const logger = { debug: () => {}, log: note, warn: note, error: note };
  // Its own cache of models is not used here, and refuses to start where a browser has no private file system.
  const llama = new Wllama({ default: base + 'wllama.wasm' }, { logger, cacheManager: /** @type {any} */ ({}) });
  // Without this it fetches its build for older browsers from elsewhere. Firefox needs that build only where it lacks
  // 64-bit memory; wllama finds out for the other browsers.
  const older = { worker: `${vendor}${compat}/wllama.js`, wasm: `${vendor}${compat}/wllama.wasm` };
  llama.setCompat(older, hasMemory64() ? 'safari' : 'firefox_safari');
  ownFiles.add(llama.getWorkerResources().wasmPath);      // its own worker fetches that
  await llama.loadModel([blob], { log_level: LOG_ERRORS, ...options });
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
        ...options, messages, stream: true, abortSignal: abort.signal,
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
    stop: () => abort.abort(),
    count: () => null,
    used: () => [llama.getNumThreads(), 0],
  };
}
