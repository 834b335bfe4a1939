// Lends one engine to Python. A classic worker: LiteRT-LM and MediaPipe start in no other kind. It decides nothing:
// Python names the engine, its folder, the options and the messages; text comes back on a port, the rest by Comlink, on
// the port that workers.js gives to every worker.
'use strict';

const vendor = new URL('../vendor/', self.location).href;
importScripts('own-origin.js', vendor + 'js/comlink.js');

const BATCH_MS = 30; // deltas that come faster than this share a message: each one wakes Python
const PIECE_BYTES = 16384, HEAD_BYTES = 32 * PIECE_BYTES;
const LOST_MS = 100, LOOK_MS = 10_000;
const LOG_LINES = 20;
const LINE_CHARACTERS = 300;
const LOG_ERRORS = 4;      // llama.cpp's level: nothing below an error
const FATAL = /Calculator::|Aborted\(|memory access out of bounds|Out of memory|device.{0,20} lost/i;
// {run(request, onDelta(text, thinks)) -> [prompt tokens, reply tokens, …speeds] | null, stop(), count(text)}; the
// speeds are tokens per second of writing and of reading the prompt, where the engine tells them
let engine;
let reportFatal = () => {};
let device; // the GPU's, where the engine uses one
let lost; // set once the GPU's device has gone, perhaps between two replies: an engine would wait for it for ever

// The engines write their native log to the console, as errors and warnings even where all is well. It is kept here,
// for the details of a real error, and some failures are found nowhere else: the call that failed never settles.
const log = [];
const note = (...parts) => {
  const line = parts.map(String).join(' ').slice(0, LINE_CHARACTERS);
  log.push(line);
  if (log.length > LOG_LINES) log.shift();
  if (FATAL.test(line)) reportFatal(new Error(line));
};
for (const level of ['debug', 'log', 'info', 'warn', 'error']) console[level] = note;
self.addEventListener('unhandledrejection', event => {
  event.preventDefault();
  reportFatal(event.reason);
});
self.addEventListener('error', event => {
  event.preventDefault();
  reportFatal(event.error || event.message);
});

const textOf = error =>
  Array.isArray(error) ? error.map(textOf).join('; ') // WebGPU errors come as a list
    : error instanceof Error ? (error.name === 'Error' ? error.message : `${error.name}: ${error.message}`)
      : typeof error === 'object' ? JSON.stringify(error) : String(error);

// Waits for the work, or for a failure that only the console or an unhandled rejection tells. Errors cross as plain
// Errors: a message, then the native log.
async function guarded(work) {
  const fatal = new Promise((_, reject) => { reportFatal = reject; });
  if (lost) reportFatal(lost);
  fatal.catch(() => {}); // a failure after the work has ended concerns nobody
  try {
    return await Promise.race([fatal, work()]);
  } catch (error) {
    if (device) await Promise.race([device.lost, new Promise(done => setTimeout(done, LOST_MS))]); // may tell it late
    if (lost && error !== lost) log.unshift(textOf(error));
    error = lost || error;
    throw new Error([textOf(error), ...log].join('\n'));
  } finally {
    reportFatal = () => {};
  }
}

function watch(used) {
  device = used;
  device?.lost.then(info => {
    lost = new Error(`GPU device lost: ${info.reason} ${info.message}`);
    reportFatal(lost);
  });
}

// Joins deltas that come within BATCH_MS. The first goes out at once. A worker that is busy computing runs no timers,
// so the clock is asked at every delta. The answer's text is a string; thinking is an object with a `thought`.
function batches(port) {
  let text = '', isThought = false, last = -Infinity, timer = 0;
  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    if (!text) return;      // an engine may begin with an empty delta, which is not the first
    port.postMessage(isThought ? { thought: text } : text);
    text = '';
    last = performance.now();
  };
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

// MediaPipe looks at the first bytes through copies of the stream, which read ahead. Where a copy meets the end of the
// file before it is dropped, loading never ends (0.10.29). So the beginning comes in pieces too small to run ahead with.
function pieces(blob) {
  let at = 0, rest;
  return new ReadableStream({
    async pull(controller) {
      if (at < Math.min(HEAD_BYTES, blob.size)) {
        const end = Math.min(at + PIECE_BYTES, HEAD_BYTES, blob.size);
        controller.enqueue(new Uint8Array(await blob.slice(at, end).arrayBuffer()));
        at = end;
        return;
      }
      rest ||= blob.slice(at).stream().getReader();
      const { value, done } = await rest.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => rest?.cancel(),
  });
}

// Every file of the app that this worker has asked for; own-origin.js adds what is not imported.
const { ownFiles } = self;
ownFiles.add(self.location.href);
const imported = address => {
  ownFiles.add(address);
  return import(address);
};

// Engines tell a file of theirs that did not come and a damaged model in the same words. So it is looked up.
async function firstMissing() {
  for (const address of ownFiles) {
    const isThere = await fetch(address, { signal: AbortSignal.timeout(LOOK_MS) }).then(reply => {
      reply.body?.cancel();
      return reply.ok;
    }, () => false);
    if (!isThere) return address;
  }
}

async function load(kind, folder, blob, options) {
  try {
    await guarded(async () => { engine = await starters[kind](`${vendor}${folder}/`, blob, options); });
    return [...ownFiles];
  } catch (error) {
    const missing = await firstMissing();
    throw missing ? Object.assign(new Error(`${missing}\n${error.message}`), { name: 'FileMissing' }) : error;
  }
}

function hasMemory64() {
  try {
    return !!new WebAssembly.Memory({ address: 'i64', initial: 1n });
  } catch {
    return false;
  }
}

const starters = {
  async mediapipe(base, blob, options) {
    const { FilesetResolver, LlmInference } = await imported(base + 'genai_bundle.mjs');
    const fileset = await FilesetResolver.forGenAiTasks(base + 'wasm');
    watch(await LlmInference.createWebGpuDevice());
    const baseOptions = { modelAssetBuffer: pieces(blob).getReader(), gpuOptions: { device } };
    const llm = await LlmInference.createFromOptions(fileset, { ...options, baseOptions });
    return {
      async run({ prompt, maxTokens }, onDelta) {
        let pieces = 0, length = 0;
        const reply = await llm.generateResponse(prompt, delta => {
          onDelta(delta);
          // A piece holds one to three tokens and a token about four characters; it has no limit of its own.
          length += delta.length;
          if (Math.max(++pieces, length / 4) >= maxTokens) llm.cancelProcessing();
        });
        return [llm.sizeInTokens(prompt), llm.sizeInTokens(reply)];
      },
      stop: () => llm.cancelProcessing(),
      count: text => llm.sizeInTokens(text),
    };
  },

  async litertlm(base, blob, options) {
    self.Module = { locateFile: file => base + 'wasm/' + file, print: note, printErr: note };
    importScripts(base + 'litertlm.iife.js');
    const library = await litertlm.loadLiteRtLm(base + 'wasm/');
    const lm = await litertlm.Engine.create({ ...options, model: blob });
    watch(library.liteRtLmWasm.preinitializedWebGPUDevice);
    let talk, before = 0;
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
        const inner = talk.conversation;
        const pieces = await new Promise((resolve, reject) => {
          let count = 0;
          // The build for browsers without JSPI returns nothing here.
          Promise.resolve(inner.sendMessageAsync(JSON.stringify(message), (chunk, isDone, error) => {
            if (error) return reject(new Error(error));
            if (chunk) {
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
  },

  async wllama(base, blob, { compat, ...options }) {
    const { Wllama } = await imported(base + 'index.js');
    const { start } = await imported(new URL('workers.js', self.location).href);
    const runner = new URL('program-worker.js', self.location).href;
    ownFiles.add(runner);
    // wllama runs llama.cpp in a worker of its own, which it makes of a Blob.
    self.Worker = function Worker(address) {
      const line = start(runner, { name: String(address) });
      line.addEventListener('error', ({ message }) => reportFatal(message));
      return line;
    };
    const logger = { debug: () => {}, log: note, warn: note, error: note };
    // Its own cache of models is not used here, and refuses to start where a browser has no private file system.
    const llama = new Wllama({ default: base + 'wllama.wasm' }, { logger, cacheManager: {} });
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
        let usage, timings;
        await llama.createChatCompletion({
          ...options, messages, stream: true, abortSignal: abort.signal,
          onData(chunk) {
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
        return counts && [...counts, ...[writing, reading].map(speed => Number.isFinite(speed) ? speed : 0)];
      },
      stop: () => abort.abort(),
      count: () => null,
    };
  },
};

const textOfMessage = message =>
  typeof message.content === 'string' ? message.content : (message.content ?? []).map(part => part.text ?? '').join('');

const api = {
  load,
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
  stop: () => engine?.stop(),
  count: text => engine.count(text) ?? null,
};
onmessage = ({ ports: [line] }) => Comlink.expose(api, line);
