// @ts-check
// Runs a person's programs behind a wall: a frame of no origin, and a worker in it. The frame has no storage and no page
// above it that it may touch; its policy allows no connection; what Python needs is handed in, and what comes out is taken
// as nothing but text and bytes. Bundled by itself and fetched when something is first run (commands.js).

/**
 * @typedef {{ source: string, files: [string, string][], seconds: number, bytes: number, characters: number }} Asked
 *   files as [name, base64]; how long it may run, how much memory Python may take, how much of what it prints is shown
 * @typedef {'' | 'failed' | 'late' | 'flood' | 'broken' | 'not-started' | 'stopped'} Ending
 * @typedef {{ ending: Ending, error?: string, line?: number, seconds?: number, left?: number }} Told
 *   app.core.commands.WallTold
 * @typedef {(piece: string) => void} Tell  takes a piece: JSON
 */

const vendor = new URL('../', import.meta.url).href;      // the bundle is in static/vendor/scripts/
const FILES = {
  loader: 'pyodide/pyodide.mjs', program: 'pyodide/pyodide.asm.mjs', wasm: 'pyodide/pyodide.asm.wasm',
  lock: 'pyodide/pyodide-lock.json', library: 'pyodide/python_stdlib.zip', rest: 'librarian/rest.zip',
};
const START_MS = 120_000;
const MOST_MESSAGES = 500_000, MOST_BYTES = 40_000_000;      // of one run: more is no output that anyone wants

// All that runs in the frame's own document. index.html allows it by its hash (tests/test_serve.py compares the two).
// A document can do what its worker cannot: so nobody's code gets into it, and what no policy forbids is taken away.
const DOOR = `for (const name of Object.getOwnPropertyNames(self)) if (/RTC|WebTransport/.test(name)) delete self[name];
addEventListener('message', ({ data, ports, source }) => {
  if (source !== parent) return;
  const worker = new Worker(URL.createObjectURL(new Blob([data.worker], { type: 'text/javascript' })));
  worker.onerror = event => ports[1].postMessage(event.message);
  worker.postMessage(data.given, [ports[0], ...Object.values(data.given.files)]);
}, { once: true });`;
const POLICY = "default-src 'none'; script-src 'sha256-sHtoMHFfI/Ew/qEgnBVaWBYybh8PjmY/aE7NrXXISbU=' blob: 'unsafe-eval'; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'";
const PAGE = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Python</title><script>${DOOR}</script>`;

/** @param {string} name */
async function file(name) {
  const reply = await fetch(vendor + name);
  if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
  return reply.arrayBuffer();
}

/** The frame, once it is there. */
function frame() {
  const made = document.createElement('iframe');
  made.setAttribute('sandbox', 'allow-scripts');
  made.hidden = true;
  made.title = 'Python';
  made.srcdoc = PAGE;
  /** @type {Promise<HTMLIFrameElement>} */
  const loaded = new Promise(done => made.addEventListener('load', () => done(made), { once: true }));
  document.body.append(made);
  return { made, loaded };
}

/** A Python behind the wall. */
class Wall {
  /** @type {MessagePort} */
  port;
  /** @type {(data: unknown[]) => void} */
  take = () => {};
  hasEnded = false;

  /** @param {number} most  bytes of memory */
  constructor(most) {
    const { made, loaded } = frame();
    const line = new MessageChannel(), trouble = new MessageChannel();
    this.made = made;
    this.port = line.port1;
    this.trouble = trouble.port1;
    /** @type {Promise<void>} */
    this.ready = new Promise((done, failed) => {
      this.take = ([kind, detail]) => kind === 'ready' ? done() : failed(new Error(text(detail)));
      this.trouble.onmessage = ({ data }) => failed(new Error(text(data)));
      setTimeout(failed, START_MS, new Error('It took too long.'));
      this.fill(loaded, most, [line.port2, trouble.port2]).catch(failed);
    });
    this.port.onmessage = ({ data }) => { if (Array.isArray(data) && !this.hasEnded) this.take(data); };
  }

  /** @param {Promise<HTMLIFrameElement>} loaded @param {number} most @param {MessagePort[]} ports */
  async fill(loaded, most, ports) {
    const names = Object.entries(FILES);
    const [worker, ...bytes] = await Promise.all([
      file('scripts/wall-worker.js'), ...names.map(([key, name]) => key === 'rest' ? file(name).catch(() => new ArrayBuffer(0)) : file(name)),
    ]);
    const files = Object.fromEntries(names.map(([key], n) => [key, bytes[n]]));
    const { contentWindow } = await loaded;
    contentWindow?.postMessage({ worker, given: { files, most } }, '*', [...ports, .../** @type {ArrayBuffer[]} */ (bytes)]);
  }

  end() {
    this.hasEnded = true;
    this.port.close();
    this.trouble.close();
    this.made.remove();      // its worker ends with it, whatever that is doing
  }
}

/** @param {unknown} value */
const text = value => typeof value === 'string' ? value : '';

/** @param {unknown} value */
const whole = value => Number.isSafeInteger(value) ? Math.max(0, Number(value)) : 0;

/** @type {Wall | undefined} */
let wall;
/** @type {((told: Told) => void) | undefined} */
let end;

/** @param {ArrayBuffer} bytes */
function base64(bytes) {
  let letters = '';
  const all = new Uint8Array(bytes);
  for (let n = 0; n < all.length; n += 32768) letters += String.fromCharCode(...all.subarray(n, n + 32768));
  return btoa(letters);
}

/** @param {string} letters */
const bytesOf = letters => Uint8Array.from(atob(letters), one => one.charCodeAt(0)).buffer;

/** What is printed is told at most once in a frame, and no more of it than is shown. @param {Tell} tell @param {number} most */
function printing(tell, most) {
  /** @type {[string, string][]} */
  let waiting = [];
  let left = most, cut = 0, timer = 0;
  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    for (const piece of waiting) tell(JSON.stringify(piece));
    waiting = [];
  };
  return {
    flush,
    /** characters that were not shown */
    cut: () => cut,
    /** @param {string} kind @param {string} words */
    add(kind, words) {
      const shown = words.slice(0, left);
      left -= shown.length;
      cut += words.length - shown.length;
      if (!shown) return;
      const last = waiting.at(-1);
      if (last?.[0] === kind) last[1] += shown;
      else waiting.push([kind, shown]);
      timer ||= setTimeout(flush, 30);
    },
  };
}

/** @param {Tell} tell @param {Asked} asked @returns {Promise<Told>} */
async function run(tell, { source, files, seconds, bytes, characters }) {
  wall ??= new Wall(bytes);
  answer = undefined;
  const here = wall, out = printing(tell, characters);
  let timer = 0, left = seconds * 1000, since = 0, began = 0, messages = 0, size = 0;
  /** @type {Promise<Told>} */
  const ended = new Promise(done => { end = done; });
  const pause = () => {
    clearTimeout(timer);
    left -= performance.now() - since;
  };
  const goOn = () => {
    since = performance.now();
    timer = setTimeout(() => end?.({ ending: 'late' }), left);
  };
  /** @type {Record<string, (one: unknown, other: unknown, third: unknown) => void>} */
  const kinds = {
    begun() { began = performance.now(); tell('["begun",""]'); goOn(); },
    out: words => out.add('out', text(words)),
    err: words => out.add('err', text(words)),
    ask(prompt) { pause(); out.flush(); tell(JSON.stringify(['ask', text(prompt).slice(0, 1000)])); answer = words => { goOn(); here.port.postMessage(['answer', words]); }; },
    'cannot-ask': () => tell('["cannot-ask",""]'),
    file(name, data) { if (data instanceof ArrayBuffer) tell(JSON.stringify(['file', text(name).slice(0, 200), base64(data)])); },
    ended: (error, line, unsaid) => end?.({ ending: text(error) ? 'failed' : '', error: text(error).slice(0, 20_000), line: whole(line), left: whole(unsaid) }),
    broken: why => end?.({ ending: 'broken', error: text(why) }),
  };
  try {
    await Promise.race([here.ready, ended]);
    here.take = ([kind, one, other, third]) => {
      size += one instanceof ArrayBuffer ? one.byteLength : text(one).length;
      messages += 1;
      if (messages > MOST_MESSAGES || size > MOST_BYTES) end?.({ ending: 'flood' });
      else if (Object.hasOwn(kinds, String(kind))) kinds[String(kind)]?.(one, other, third);
    };
    here.port.postMessage(['run', { source, characters, files: files.map(([name, data]) => [name, bytesOf(data)]) }]);
  } catch (error) {
    end?.({ ending: 'not-started', error: /** @type {Error} */ (error).message });
  }
  const told = await ended;
  clearTimeout(timer);
  out.flush();
  here.take = () => {};
  if (told.ending && told.ending !== 'failed') rest(here);
  return { ...told, seconds: began ? (performance.now() - began) / 1000 : 0, left: (told.left ?? 0) + out.cut() };
}

/** @type {((words: string) => void) | undefined} */
let answer;

/** What `input()` waits for. @param {string} words */
export function say(words) {
  answer?.(words);
  answer = undefined;
}

/** Ends what runs, with its Python. */
export function stop() {
  end?.({ ending: 'stopped' });
  rest(wall);
}

/** @param {Wall | undefined} old  which may have a successor already */
function rest(old) {
  old?.end();
  if (wall === old) wall = undefined;
}

/**
 * @param {(name: string, arg: unknown) => void} send  to Python
 * @param {number} id  of the question @param {Asked} asked
 */
export async function answerTo(send, id, asked) {
  const told = await run(piece => send('piece', [id, piece]), asked);
  send('answer', [id, told]);
}
