// @ts-check
// Inside the wall: the worker in which a person's program runs. It was made in a frame of no origin (../page/wall.js), so
// it has no storage, no cookies and no page, and the frame's policy lets it reach nothing. Everything that it needs is
// handed in as bytes. Whoever gets hold of the port can say to the page what a program may print, ask it for the network
// (net.js), and nothing more.
import { network } from './net.js';
import runner from './runner.py';

/**
 * @typedef {{ loader: ArrayBuffer, program: ArrayBuffer, wasm: ArrayBuffer, lock: ArrayBuffer, packages: ArrayBuffer,
 *   library: ArrayBuffer, rest: ArrayBuffer, micropip: ArrayBuffer, pyodideHttp: ArrayBuffer, memory: ArrayBuffer }} Files
 *   Pyodide's, with its list of packages, the standard library in two parts, two packages, and Python's memory once it had
 *   started; the list, the second part, the packages and the memory are empty where there is none
 * @typedef {{ source: string, bytes: number, files: [string, ArrayBuffer][], characters: number }} Program
 */

const PAGE = 65536;
const AT_ONCE = 500, BUNDLE_MS = 40;
const NOWHERE = 'wall:/';      // where Pyodide believes that its files lie

/** @type {MessagePort} */
let port;
/** @type {((answer: string) => void) | undefined} */
let answered;
/** @type {(source: string, files: unknown, host: object) => Promise<{ toJs: () => [string, number] }>} */
let run;
/** @type {import('pyodide').PyodideInterface} */
let python;

/** @param {ArrayBuffer} script */
const imported = script => import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));

let most = Infinity;      // bytes

// One that a program started would go on after it, unseen, and take a processor for itself.
delete /** @type {any} */ (self).Worker;

/** Python's memory grows no further, and it says so as a MemoryError: for slips, since a program can take it back. */
function limitMemory() {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + Number(pages) * PAGE > most) throw new RangeError('The program needs too much memory.');
    return grow.call(this, pages);
  };
}

/** Pyodide asks for its files by address. @param {Files} files */
function handIn(files) {
  self.importScripts = () => { throw new TypeError('Nothing can be imported.'); };      // Pyodide tries, and the policy would tell of it
  /** @type {Record<string, [ArrayBuffer, string]>} */
  const known = {
    'pyodide.asm.wasm': [files.wasm, 'application/wasm'],
    'pyodide-lock.json': [files.packages.byteLength ? files.packages : files.lock, 'application/json'],
    'python_stdlib.zip': [files.library, 'application/zip'],
  };
  self.fetch = async address => {
    const file = known[String(address).replace(NOWHERE, '')];
    if (!file) throw new TypeError(`There is no ${address}.`);
    return new Response(file[0], { headers: { 'Content-Type': file[1] } });
  };
}

/** Packages that lie beside Python, imported from their wheels. @param {Files} files */
function shelve({ rest, micropip, pyodideHttp }) {
  for (const [name, bytes] of Object.entries({ rest, micropip, pyodideHttp })) {
    if (!bytes.byteLength) continue;
    python.FS.writeFile(`/${name}.zip`, new Uint8Array(bytes));
    python.runPython(`import sys; sys.path.append("/${name}.zip")`);
  }
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

/** Out of its memory, where there is one that fits. @param {Files} files @returns {Promise<import('pyodide').PyodideInterface>} */
async function begun({ loader, program, memory }) {
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([imported(loader), imported(program)]);
  const options = { indexURL: NOWHERE, createPyodideModule };
  if (!memory.byteLength) return loadPyodide(options);
  return loadPyodide({ ...options, createPyodideModule: keepingCalls(createPyodideModule), _loadSnapshot: memory }).catch(() => loadPyodide(options));
}

/** @param {Files} files */
async function start(files) {
  limitMemory();
  handIn(files);
  python = await begun(files);
  self.fetch = net.fetch;
  shelve(files);
  /** @type {any} */ (python)._api.on_fatal = broken;
  python.setStdout(told('out'));
  python.setStderr(told('err'));
  python.setStdin({ error: true });
  python.runPython('import sys\nfor one in (sys.stdout, sys.stderr): one.reconfigure(line_buffering=True)');
  run = python.runPython(`${runner}\nrun`, { globals: python.toPy({ __name__: 'wall' }) });
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
  answer: text => answered?.(text),
  got: net.got,
  granted: net.granted,
  /** @param {Program} program */
  async run({ source, bytes, files, characters }) {
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

self.onmessage = async ({ data: { files }, ports: [line] }) => {
  self.onmessage = null;
  port = /** @type {MessagePort} */ (line);
  try {
    await start(files);
    port.onmessage = ({ data: [verb, given] }) => verbs[verb]?.(given);
    port.postMessage(['ready', '']);
  } catch (error) {
    broken(error);
  }
};
