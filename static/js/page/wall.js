// @ts-check
// Runs a person's programs behind a wall: a frame of no origin, and a worker in it. The frame has no storage and no page
// above it that it may touch; its policy allows no connection; what Python needs is handed in, and what comes out is taken
// as nothing but text and bytes. Bundled by itself and fetched when something is first run (commands.js).
import { MOST_WHY, clock, hearing, isSpoken, printing, text } from './over-wall.js';
import { reaching } from './reaching.js';

/**
 * @typedef {{ source: string, files: [string, string][], seconds: number, bytes: number, characters: number }} Asked
 *   files as [name, base64]; how long it may run, how far Python's memory grows, how much of what it prints is shown
 * @typedef {'' | 'failed' | 'late' | 'flood' | 'broken' | 'not-started' | 'stopped'} Ending
 * @typedef {{ ending: Ending, error?: string, line?: number, seconds?: number, left?: number }} Told
 *   app.core.commands.WallTold
 * @typedef {(piece: string) => void} Tell  takes a piece: JSON
 */

const vendor = new URL('../', import.meta.url).href;      // the bundle is in static/vendor/scripts/
const FILES = {
  wasm: 'pyodide/pyodide.asm.wasm', loader: 'pyodide/pyodide.mjs', program: 'pyodide/pyodide.asm.mjs',
  library: 'pyodide/python_stdlib.zip', lock: 'pyodide/pyodide-lock.json',
};
// What most programs can do without: the rest of the standard library, and what brings packages.
const EXTRAS = { rest: 'librarian/rest.zip', packages: 'wheels/packages.json', micropip: 'micropip', pyodideHttp: 'pyodide_http' };
const START_MS = 120_000, UNUSED_MS = 60_000;

// All that runs in the frame's own document. index.html allows it by its hash (tests/test_scripts.py compares the two).
// A document can do what its worker cannot: so nobody's code gets into it, and what no policy forbids is taken away.
// WebKit, where the page is isolated, refuses a worker of a blob to a frame of no origin. One of a `data:` address it
// makes, under the same policy, but no blob can be read or imported there.
const DOOR = `for (const name of Object.getOwnPropertyNames(self)) if (/RTC|WebTransport/.test(name)) delete self[name];
addEventListener('message', ({ data, ports, source }) => {
  if (source !== parent) return;
  try {
    const worker = new Worker(URL.createObjectURL(new Blob([data], { type: 'text/javascript' })));
    worker.onerror = event => ports[1].postMessage(event.message);
    worker.postMessage('', [ports[0]]);
  } catch (error) {
    ports[1].postMessage(String(error));
  }
}, { once: true });`;
const POLICY = "default-src 'none'; script-src 'sha256-rHg7FOI5htQCw5PQhAOip+jmd1K/obf75LlQZmX6+zQ=' blob: 'unsafe-eval'; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'";
const PAGE = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Python</title><script>${DOOR}</script>`;

/** @param {string} name */
async function fetched(name) {
  const reply = await fetch(vendor + name);
  if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
  return reply;
}

/** What is in it is read where it is needed: no copy of it comes by this page. @param {string} name */
const file = async name => (await fetched(name)).blob();

const NONE = new Blob();

/** Wheels by name: a name of its own comes with each version. @returns {Promise<Record<string, string>>} */
const wheels = async () => (await fetched('wheels/index.json')).json();

/** Python's memory as the app's own was started with; empty where there is none. @returns {Promise<Blob>} */
const memory = async () => {
  try {
    const { keptSnapshot } = await import(vendor + 'pyodide/snapshot.mjs');
    return await keptSnapshot((/** @type {Response} */ reply) => reply.blob()) ?? NONE;
  } catch {
    return NONE;
  }
};

/** All that Python needs, on its way: what takes long there first. @returns {Record<string, Promise<Blob>>} */
function reading() {
  const known = wheels();
  /** Of a file or a wheel; empty where it could not be fetched. @param {string} name */
  const extra = name => (name.includes('.') ? file(name) : known.then(found => file(`wheels/${found[name]}`))).catch(() => NONE);
  /** @param {Record<string, string>} names @param {(name: string) => Promise<Blob>} read */
  const each = (names, read) => Object.fromEntries(Object.entries(names).map(([key, name]) => [key, read(name)]));
  return { ...each(FILES, file), memory: memory(), ...each(EXTRAS, extra) };
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
  /** @type {(data: unknown[], ms: number) => void} */
  take = () => {};
  hasEnded = false;
  late = 0;
  hasAll = true;      // of the extras
  hasRun = false;

  constructor() {
    const { made, loaded } = frame();
    const line = new MessageChannel(), trouble = new MessageChannel();
    this.made = made;
    this.port = line.port1;
    this.trouble = trouble.port1;
    /** @type {Promise<void>} */
    this.ready = new Promise((done, failed) => {
      this.late = setTimeout(failed, START_MS, new Error('It took too long.'));
      this.take = ([kind, detail]) => {
        clearTimeout(this.late);
        this.trouble.close();      // from now on programs run there
        if (kind === 'ready') done();
        else failed(new Error(text(detail, MOST_WHY)));
      };
      this.trouble.onmessage = ({ data }) => failed(new Error(text(data, MOST_WHY)));
      this.fill(loaded, [line.port2, trouble.port2]).catch(failed);
    });
    this.port.onmessage = event => {
      const since = performance.now(), { data } = event;      // a large one is made here
      if (!this.hasEnded) this.take(isSpoken(data) ? data : [], performance.now() - since);      // what is no message counts, unread
    };
  }

  /** The worker's script goes in first; each file follows when it is there. @param {Promise<HTMLIFrameElement>} loaded @param {MessagePort[]} ports */
  async fill(loaded, ports) {
    const begin = async () => {
      const script = await (await fetched('scripts/wall-worker.js')).text();
      (await loaded).contentWindow?.postMessage(script, '*', ports);
    };
    await Promise.all([begin(), ...Object.entries(reading()).map(async ([key, coming]) => {
      const bytes = await coming;
      if (!bytes.size && key in EXTRAS) this.hasAll = false;
      this.port.postMessage(['file', [key, bytes]]);
    })]);
  }

  end() {
    this.hasEnded = true;
    clearTimeout(this.late);
    this.port.close();
    this.trouble.close();
    this.made.remove();      // its worker ends with it, whatever that is doing
  }
}

/** @type {Wall | undefined} */
let wall;
/** @type {((told: Told) => void) | undefined} */
let end;
/** @type {((words: string) => void) | undefined} */
let answer;
/** @type {((number: number, address: string) => void) | undefined} */
let grant;

/** @param {string} letters */
const bytesOf = letters => Uint8Array.from(atob(letters), one => one.charCodeAt(0)).buffer;

/** @param {Tell} tell @param {Asked} asked @returns {Promise<Told>} */
async function run(tell, { source, files, seconds, bytes, characters }) {
  if (end) stop();      // one at a time
  const here = wall ??= new Wall();
  here.hasRun = true;
  /** @type {(told: Told) => void} */
  let done = () => {};      // of this run, whichever runs by then
  /** @type {Promise<Told>} */
  const ended = new Promise(resolve => { end = done = resolve; });
  const out = printing(tell, characters), time = clock(seconds * 1000, () => done({ ending: 'late' }));
  const net = reaching(tell, time, said => here.port.postMessage(said, said[1].filter(one => one instanceof ArrayBuffer)));
  const heard = hearing(tell, out, time, words => here.port.postMessage(['answer', words]), done, net.kinds);
  [answer, grant] = [heard.say, net.permit];
  try {
    here.port.postMessage(['run', { source, bytes, characters, files: files.map(([name, data]) => [name, bytesOf(data)]) }]);      // waits there
    await Promise.race([here.ready, ended]);
    here.take = heard.take;
    time.goOn();      // from here, not from its first line: what an earlier program has left may keep it from that
  } catch (error) {
    done({ ending: 'not-started', error: /** @type {Error} */ (error).message });
  }
  const told = await ended;
  net.end();
  time.pause();
  out.flush();
  here.take = () => rest(here);      // whatever still speaks has not ended
  if (end === done) end = answer = grant = undefined;
  if (!here.hasAll || (told.ending && told.ending !== 'failed')) rest(here);
  const began = heard.began();
  return { ...told, seconds: began ? (performance.now() - began) / 1000 : 0, left: (told.left ?? 0) + out.cut() };
}

/** What `input()` waits for. @param {string} words */
export function say(words) {
  answer?.(words);
}

/** Python's word on what the program wants of the network. @param {string} number @param {string} address  '' for no */
export function permit(number, address) {
  grant?.(Number(number), address);
}

/** Starts a Python for the run that is about to come, and ends it if none does. */
export function prepare() {
  if (wall) return;
  const here = wall = new Wall();
  here.ready.catch(() => rest(here));      // the run starts another, and tells why where that fails, too
  setTimeout(() => { if (!here.hasRun) rest(here); }, UNUSED_MS);
}

/** Ends what runs, with its Python. One in which nothing has run holds nothing of anybody's: it may stay. */
export function stop() {
  end?.({ ending: 'stopped' });
  end = answer = grant = undefined;
  if (wall?.hasRun) rest(wall);
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
