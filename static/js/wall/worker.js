// @ts-check
// Inside the wall: the worker in which a person's program runs. It was made in a frame of no origin (../page/wall.js), so
// it has no storage, no cookies and no page, and the frame's policy lets it reach nothing. Everything that it needs is
// handed in as bytes. Whoever gets hold of the port can say to the page what a program may print, ask it for the network
// (net.js), and nothing more.
import { network } from './net.js';
import runner from './runner.py';

/** @typedef {{ source: string, bytes: number, files: [string, ArrayBuffer][], characters: number }} Program */

const PAGE = 65536;
const AT_ONCE = 500, BUNDLE_MS = 40;
const NOWHERE = 'wall:/';      // where Pyodide believes that its files lie

// Pyodide's files, with its list of packages, the standard library in two parts, two packages, and Python's memory once it
// had started; the list, the second part, the packages and the memory are empty where there is none. Each comes when it is
// there, and is waited for where it is needed.
const NAMES = /** @type {const} */ (['wasm', 'loader', 'program', 'library', 'lock', 'memory', 'rest', 'packages', 'micropip', 'pyodideHttp']);
/** @typedef {(typeof NAMES)[number]} Name */
/** @type {Record<string, (bytes: Blob) => void>} */
const arrived = {};
const files = /** @type {Record<Name, Promise<Blob>>} */ (Object.fromEntries(NAMES.map(name => [name, new Promise(done => { arrived[name] = done; })])));

/** @type {MessagePort} */
let port;
/** @type {((answer: string) => void) | undefined} */
let answered;
/** @type {(source: string, files: unknown, host: object) => Promise<{ toJs: () => [string, number] }>} */
let run;
/** @type {import('pyodide').PyodideInterface} */
let python;

/** @param {Promise<Blob>} script */
const imported = async script => import(URL.createObjectURL(new Blob([await script], { type: 'text/javascript' })));

let most = Infinity;      // bytes

// One that a program started would go on after it, unseen, and take a processor for itself.
delete /** @type {any} */ (self).Worker;

// WebKit has one for all that is of no origin: what a program leaves there the next one would find.
for (let one = self; one; one = Object.getPrototypeOf(one)) Reflect.deleteProperty(one, 'caches');

/** Python's memory grows no further, and it says so as a MemoryError: for slips, since a program can take it back. */
function limitMemory() {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + Number(pages) * PAGE > most) throw new RangeError('The program needs too much memory.');
    return grow.call(this, pages);
  };
}

/** Pyodide asks for its files by address, and has its program compiled: that has begun before it asks. */
function handIn() {
  self.importScripts = () => { throw new TypeError('Nothing can be imported.'); };      // Pyodide tries, and the policy would tell of it
  const { instantiateStreaming } = WebAssembly, listed = files.packages.then(list => list.size ? list : files.lock);
  const compiled = files.wasm.then(wasm => WebAssembly.compileStreaming(new Response(wasm, { headers: { 'Content-Type': 'application/wasm' } })));
  /** @type {Record<string, Promise<Blob>>} */
  const known = { 'pyodide.asm.wasm': files.wasm, 'pyodide-lock.json': listed, 'python_stdlib.zip': files.library };
  self.fetch = async address => {
    const file = known[String(address).replace(NOWHERE, '')];
    if (!file) throw new TypeError(`There is no ${address}.`);
    return new Response(await file);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  const giveBack = () => { [WebAssembly.instantiateStreaming, self.fetch] = [instantiateStreaming, net.fetch]; };
  return { compiled, giveBack };
}

// Compiling Python is what takes long here: there is this one piece, and the runner comes as byte code.
const BEGIN = `
import marshal, sys
sys.path.extend(shelf)
for one in (sys.stdout, sys.stderr):
    one.reconfigure(line_buffering=True)
names = {"__name__": "wall"}
exec(marshal.loads(runner[16:]), names)
names["run"]`;

/** Puts packages beside Python, which it imports from their wheels. @returns {Promise<string[]>}  where they are */
async function shelved() {
  const names = /** @type {const} */ (['rest', 'micropip', 'pyodideHttp']);
  const all = await Promise.all(names.map(async name => ({ path: `/${name}.zip`, bytes: new Uint8Array(await (await files[name]).arrayBuffer()) })));
  const here = all.filter(one => one.bytes.length);
  for (const { path, bytes } of here) python.FS.writeFile(path, bytes, { canOwn: true });
  return here.map(one => one.path);
}

/** @type {['out' | 'err', string][]} what was printed and not yet told */
let waiting = [];
let room = 0, allowed = 0, unsaid = 0, messages = 0, last = 0, timer = 0;

function flush() {
  clearTimeout(timer);
  timer = 0;
  last = performance.now();
  for (const piece of waiting) port.postMessage(piece);
  messages += waiting.length;
  waiting = [];
}

/** The first lines are told at once, later ones in bundles. @param {'out' | 'err'} kind @param {string} words */
function print(kind, words) {
  const shown = words.slice(0, room);
  room -= shown.length;
  unsaid += words.length - shown.length;
  if (!shown) return;
  const before = waiting.at(-1);
  if (before?.[0] === kind) before[1] += shown;
  else waiting.push([kind, shown]);
  if (messages < AT_ONCE || performance.now() - last > BUNDLE_MS) flush();
  else timer ||= setTimeout(flush, BUNDLE_MS);
}

/** @param {'out' | 'err'} kind */
function told(kind) {
  const decoder = new TextDecoder();
  return {
    isatty: false,
    write(/** @type {Uint8Array} */ bytes) {
      print(kind, decoder.decode(bytes, { stream: true }));
      return bytes.length;
    },
  };
}

/**
 * How Python calls C is decided as its program starts, by what this browser can; the memory of elsewhere laid over it would
 * hold another way, in which nothing can be paused.
 * @param {(settings: object) => Promise<any>} create
 */
const keepingCalls = create => async (/** @type {object} */ settings) => {
  const made = await create(settings), { restoreSnapshot } = made.API;
  const place = (made.__PyRuntime + made.HEAP32[made.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4]) / 4, way = made.HEAP32[place];
  made.API.restoreSnapshot = (/** @type {unknown} */ memory) => {
    const restored = restoreSnapshot(memory);
    made.HEAP32[place] = way;
    return restored;
  };
  return made;
};

/** Out of its memory, where there is one that fits. @returns {Promise<import('pyodide').PyodideInterface>} */
async function begun() {
  const kept = files.memory.then(one => one.arrayBuffer());
  const [{ loadPyodide }, { default: createPyodideModule }, memory] = await Promise.all([imported(files.loader), imported(files.program), kept]);
  const options = { indexURL: NOWHERE, createPyodideModule };
  if (!memory.byteLength) return loadPyodide(options);
  return loadPyodide({ ...options, createPyodideModule: keepingCalls(createPyodideModule), _loadSnapshot: memory }).catch(() => loadPyodide(options));
}

async function start() {
  limitMemory();
  const { compiled, giveBack } = handIn();
  [python] = await Promise.all([begun(), compiled]);      // Pyodide would wait for ever for what cannot be compiled
  giveBack();
  /** @type {any} */ (python)._api.on_fatal = broken;
  python.setStdout(told('out'));
  python.setStderr(told('err'));
  python.setStdin({ error: true });
  run = python.runPython(BEGIN, { globals: python.toPy({ runner, shelf: await shelved() }) });
}

/** Python cannot go on. @param {unknown} error */
function broken(error) {
  flush();
  port.postMessage(['broken', String(error).slice(0, 2000)]);
}

const net = network(message => port.postMessage(message));

/** Fetch packages for what a program imports, if that is allowed. @param {Iterable<string>} names  of modules that are not here */
async function fetchPackages(names) {
  /** @type {Map<string, string>} */
  const packages = /** @type {any} */ (python)._api._import_name_to_package_name;
  const known = [...names].filter(name => packages.has(name));
  if (!known.length || !await net.need(known)) return;
  await python.loadPackage(known.map(name => /** @type {string} */ (packages.get(name))), {
    messageCallback() {}, errorCallback: words => print('err', `${words}\n`),
  });
}

const host = {
  flush,
  fetch_packages: fetchPackages,
  /** @param {string} method @param {string} address @param {[string, string][]} headers @param {Uint8Array | undefined} body */
  async fetch(method, address, headers, body) {
    const reply = await net.fetch(address, { method, headers, body: /** @type {BodyInit | undefined} */ (body) });
    return python.toPy([reply.status, [...reply.headers], new Uint8Array(await reply.arrayBuffer())]);
  },
  /** @param {string} name  of a module that was wanted and is not here, nor among the packages that could be fetched */
  lack: name => port.postMessage(['lack', name, /** @type {any} */ (python)._api._import_name_to_package_name.has(name) ? '' : 'unknown']),
  /** @param {string} prompt  @returns {Promise<string>} */
  ask: prompt => new Promise(done => {
    answered = done;
    flush();
    port.postMessage(['ask', prompt]);
  }),
  /** It starts over, and nothing is left of what it has printed. */
  again() {
    flush();
    [room, unsaid] = [allowed, 0];
    port.postMessage(['again', '']);
  },
  /** @param {string} name @param {Uint8Array} data */
  file: (name, data) => port.postMessage(['file', name, data.slice().buffer]),
};

/** @type {Record<string, (given: any) => unknown>} */
const verbs = {
  /** @param {[Name, Blob]} file */
  file: ([name, bytes]) => arrived[name]?.(bytes),
  answer: text => answered?.(text),
  got: net.got,
  granted: net.granted,
  /** @param {Program} program */
  async run({ source, bytes, files, characters }) {
    if (!await started) return;
    most = bytes;
    [room, allowed, unsaid, messages] = [characters, characters, 0, 0];
    port.postMessage(['begun', '']);
    try {
      const given = files.map(([name, data]) => [name, new Uint8Array(data)]);
      const [error, line] = (await run(source, python.toPy(given), host)).toJs();
      flush();
      port.postMessage(['ended', error, line, unsaid]);
    } catch (error) {
      broken(error);
    }
  },
};

/** @type {Promise<boolean>} whether Python is there */
let started;

self.onmessage = ({ ports: [line] }) => {
  self.onmessage = null;
  port = /** @type {MessagePort} */ (line);
  port.onmessage = ({ data: [verb, given] }) => verbs[verb]?.(given);
  started = start().then(() => {
    port.postMessage(['ready', '']);
    return true;
  }, error => {
    broken(error);
    return false;
  });
};
