// @ts-check
// Set-up steps that need node; started by serve.py, never by the page.
//   node prepare.mjs vendor MODULES VENDOR                  copy and bundle packages, compile the standard library
//   node prepare.mjs scripts MODULES SOURCES WORDS TARGET   our own scripts, each entry and what it imports in one file, and the style sheet
//   node prepare.mjs app VENDOR TARGET APP PACKAGES LIST…   the program, its packages, its lists of models as one zip
//   node prepare.mjs librarian VENDOR TARGET APP PACKAGES   the program of the worker that reads documents
//   node prepare.mjs snapshot MODULES VENDOR PROGRAM NAME   Python's memory after it has imported the program
import { createRequire } from "node:module";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

// What the packages do not ship in the form that the page loads: classic scripts with one global, which a
// classic worker can importScripts().
/** @type {{ outfile: string, format: import("esbuild").Format, globalName: string, contents: string }[]} */
const BUNDLES = [
  {
    outfile: "litert-lm-0.17.1/litertlm.iife.js", format: "iife", globalName: "litertlm",
    contents: 'export * from "@litert-lm/core"; export * as wasmUtils from "@litertjs/wasm-utils";',
  },
  {
    outfile: "js/typeset.js", format: "iife", globalName: "typeset",
    contents: 'export { default as hljs } from "highlight.js/lib/common"; export { default as katex } from "katex";',
  },
];

// Our own scripts, in static/js/: what the page or one of its workers asks for is one file each. `iife` is a classic
// script. The service worker's name begins with a dot because the site has it elsewhere: serve.py makes sw.js of it.
/** @type {Record<string, { entry: string, format: import("esbuild").Format }>} */
const SCRIPTS = {
  "page.js": { entry: "page/start.js", format: "esm" },
  "built-in.js": { entry: "page/built-in.js", format: "esm" },
  "wall.js": { entry: "page/wall.js", format: "esm" },
  "wall-worker.js": { entry: "wall/worker.js", format: "iife" },
  "words.js": { entry: "page/words.js", format: "iife" },
  "storage.js": { entry: "storage/index.js", format: "esm" },
  "tabs.js": { entry: "tabs.js", format: "esm" },
  "workers.js": { entry: "workers/start.js", format: "esm" },
  "chunk-worker.js": { entry: "workers/chunks.js", format: "iife" },
  "engine.js": { entry: "workers/engine.js", format: "iife" },
  "program-worker.js": { entry: "workers/program.js", format: "iife" },
  "librarian-worker.js": { entry: "workers/librarian.js", format: "iife" },
  "typeset-worker.js": { entry: "workers/typeset.js", format: "iife" },
  ".sw.js": { entry: "sw/start.js", format: "iife" },
};

// What is taken from each npm package: files (one "*" may stand for any name), folder, new name if it gets one.
// PyScript reports a missing plugin as a page error, so all of them go along but the editor and the terminal.
/** @type {[string, string, string?][]} */
const TAKEN = [
  ["@pyscript/core/dist/core.css", "pyscript"],
  ["@pyscript/core/dist/*.js", "pyscript"],
  ["pyodide/pyodide.mjs", "pyodide"],
  ["pyodide/pyodide.asm.mjs", "pyodide"],
  ["pyodide/pyodide.asm.wasm", "pyodide"],
  ["comlink/dist/esm/comlink.min.mjs", "js", "comlink.mjs"],
  ["katex/dist/katex.min.css", "js/katex"],
  ["katex/dist/fonts/*.woff2", "js/katex/fonts"],
  ["@mediapipe/tasks-genai/genai_bundle.mjs", "mediapipe-0.10.29"],
  ["@mediapipe/tasks-genai/wasm/genai_wasm_internal.*", "mediapipe-0.10.29/wasm"],
  ["@litert-lm/core/wasm/*", "litert-lm-0.17.1/wasm"],
  ["@wllama/wllama/esm/index.js", "wllama-3.13.0"],
  ["@wllama/wllama/esm/wasm/wllama.wasm", "wllama-3.13.0"],
  ["@wllama/wllama-compat/wasm/wllama.js", "wllama-compat-3.13.0"],
  ["@wllama/wllama-compat/wasm/wllama.wasm", "wllama-compat-3.13.0"],
];
const LEFT_BEHIND = /^(codemirror|xterm)/;

/** @param {string} modules @param {string} vendor */
function copy(modules, vendor) {
  for (const [pattern, folder, newName] of TAKEN) {
    const [start = "", end] = basename(pattern).split("*");
    const from = join(modules, dirname(pattern));
    const fits = (/** @type {string} */ name) => (end === undefined ? name === start : name.startsWith(start) && name.endsWith(end));
    const names = readdirSync(from).filter((name) => fits(name) && !LEFT_BEHIND.test(name));
    if (!names.length) throw new Error(`The package holds no ${pattern}.`);
    mkdirSync(join(vendor, folder), { recursive: true });
    for (const name of names) {
      const target = join(vendor, folder, newName ?? name);
      if (!/\.m?js$/.test(name)) copyFileSync(join(from, name), target);
      // The maps are not shipped: without this line no developer tool asks for them in vain.
      else writeFileSync(target, readFileSync(join(from, name), "utf8").replace(/\n?\/\/# sourceMappingURL=\S+/g, ""));
    }
  }
}

/** @param {string} modules @param {import("esbuild").BuildOptions} options */
async function build(modules, options) {
  /** @type {typeof import("esbuild")} */
  const esbuild = createRequire(join(resolve(modules), "x.js"))("esbuild");
  await esbuild.build({
    bundle: true, platform: "browser", target: "es2022", minify: true, legalComments: "inline", logLevel: "warning", ...options,
  });
}

/** @param {string} modules @param {string} vendor */
async function bundle(modules, vendor) {
  for (const { contents, outfile, ...form } of BUNDLES) {
    await build(modules, { stdin: { contents, resolveDir: resolve(modules, "..") }, outfile: join(vendor, outfile), ...form });
  }
}

/** @param {string} modules @param {string} sources @param {string} words  a file of JSON @param {string} target */
async function scripts(modules, sources, words, target) {
  const define = { LANGUAGES: readFileSync(words, "utf8") }, plugins = [await compiling(modules)];
  rmSync(target, { recursive: true, force: true });
  for (const [name, { entry, ...form }] of Object.entries(SCRIPTS)) {
    await build(modules, { entryPoints: [join(sources, entry)], outfile: join(target, name), define, plugins, ...form });
  }
  await build(modules, { entryPoints: [join(sources, "../css/app.css")], outfile: join(target, "app.css") });
}

/** Pyodide from a folder, whatever else lies there. @param {string} folder @returns {Promise<typeof import("pyodide")>} */
const pyodideIn = (folder) => import(pathToFileURL(resolve(folder, "pyodide.mjs")).href);

// Pyodide with the set-up machine's disk mounted, and our compiler as a Python module.
/** @param {string} folder */
async function python(folder) {
  const { loadPyodide } = await pyodideIn(folder);
  // A fixed hash seed: sets inside byte code would otherwise be written in another order each time.
  const interpreter = await loadPyodide({ indexURL: resolve(folder), env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" } });
  const here = new URL("./compile.py", import.meta.url);
  interpreter.FS.writeFile("/home/pyodide/packer.py", readFileSync(here));
  return { interpreter, packer: interpreter.pyimport("packer") };
}

/** @param {import("pyodide").PyodideInterface} interpreter @param {string} at @param {string} folder */
function mount(interpreter, at, folder) {
  interpreter.FS.mkdirTree(at);
  interpreter.FS.mount(interpreter.FS.filesystems.NODEFS, { root: resolve(folder) }, at);
  return at;
}

/** Programs of Python go into our scripts as byte code. @param {string} modules @returns {Promise<import("esbuild").Plugin>} */
async function compiling(modules) {
  const { interpreter, packer } = await python(join(modules, "pyodide"));
  /** @param {string} path */
  const compiled = (path) => packer.compiled(interpreter.toPy(new Uint8Array(readFileSync(path))), basename(path)).toJs();
  return { name: "python", setup: ({ onLoad }) => onLoad({ filter: /\.py$/ }, ({ path }) => ({ contents: compiled(path), loader: "binary" })) };
}

/** @param {string} modules @param {string} vendor */
async function library(modules, vendor) {
  const { interpreter, packer } = await python(join(modules, "pyodide"));
  const list = new URL("./stdlib-left-out.txt", import.meta.url);
  const patterns = readFileSync(list, "utf8").split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  const source = mount(interpreter, "/stock", join(modules, "pyodide")) + "/python_stdlib.zip";
  const count = packer.pack_library(source, "/tmp/library.zip", interpreter.toPy(patterns));
  writeFileSync(join(vendor, "pyodide/python_stdlib.zip"), interpreter.FS.readFile("/tmp/library.zip"));
  packer.pack_rest(source, "/tmp/rest.zip", interpreter.toPy(patterns));
  writeFileSync(join(vendor, "librarian/rest.zip"), interpreter.FS.readFile("/tmp/rest.zip"));
  // The packages of the worker that reads documents are wheels that are unpacked there, as one of them is no Python; those
  // of the page lie beside each other and are imported from their zips.
  for (const folder of ["librarian", "packages"].map((name) => join(vendor, name))) {
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".whl"))) {
      interpreter.FS.writeFile("/tmp/wheel.whl", readFileSync(join(folder, name)));
      packer.pack_wheel("/tmp/wheel.whl", "/tmp/wheel.zip");
      writeFileSync(join(folder, `${name.split("-")[0]}.zip`), interpreter.FS.readFile("/tmp/wheel.zip"));
      rmSync(join(folder, name));
    }
  }
  // The stock list of packages is 119 kB of names that live on a far server: the page has none, so that none can be asked
  // for. It is for programs that people run (../wall/), which ask first.
  const stock = readFileSync(join(modules, "pyodide/pyodide-lock.json"), "utf8");
  const { info } = JSON.parse(stock);
  writeFileSync(join(vendor, "pyodide/pyodide-lock.json"), JSON.stringify({ info, packages: {} }));
  writeFileSync(join(vendor, "wheels/packages.json"), stock);
  console.log(`${count} modules`);
}

/** @param {string} vendor @param {string} target @param {string} program @param {string} packages @param {string[]} lists */
async function app(vendor, target, program, packages, ...lists) {
  const { interpreter, packer } = await python(join(vendor, "pyodide"));
  mount(interpreter, "/program/app", program);
  const roots = ["/program", mount(interpreter, "/packages", packages)];
  interpreter.FS.mkdirTree("/lists");
  for (const list of lists) interpreter.FS.writeFile(`/lists/${basename(list)}`, readFileSync(list));
  const count = packer.pack_folders(interpreter.toPy(roots), "/lists", "/tmp/app.zip");
  writeFileSync(target, interpreter.FS.readFile("/tmp/app.zip"));
  console.log(`${count} files`);
}

/** @param {string} vendor @param {string} target @param {string} program @param {string} packages */
async function librarian(vendor, target, program, packages) {
  const { interpreter, packer } = await python(join(vendor, "pyodide"));
  mount(interpreter, "/program/app", program);
  const roots = ["/program", mount(interpreter, "/packages", packages)];
  const count = packer.pack_librarian(interpreter.toPy(roots), "/tmp/program.zip");
  writeFileSync(target, interpreter.FS.readFile("/tmp/program.zip"));
  console.log(`${count} files`);
}

// Everything that the program imports at its start, but what needs a browser, is imported once, here.
/** @param {string} modules @param {string} vendor @param {string} program @param {string} name */
async function snapshot(modules, vendor, program, name) {
  // Python decides once whether it can be paused, and the memory would hold that this node cannot. Nothing waits here, and
  // whether a browser can is asked there, each time.
  const can = /** @type {any} */ (globalThis).WebAssembly;
  can.Suspending ??= function (/** @type {Function} */ work) { return work; };
  can.promising ??= (/** @type {Function} */ work) => work;
  const { loadPyodide } = await pyodideIn(join(vendor, "pyodide"));
  const interpreter = await loadPyodide({ indexURL: resolve(vendor, "pyodide"), _makeSnapshot: true });
  interpreter.FS.writeFile("app.zip", readFileSync(join(vendor, "app.zip")));
  const imports = readFileSync(join(program, "main.py"), "utf8").matchAll(/^(?:from|import) (app(?:\.(?!browser)[\w.]+)?)(?= |$)/gm);
  const names = [...new Set(Array.from(imports, (found) => found[1]))];
  interpreter.runPython(`
import gc, importlib, sys
sys.path.insert(0, "app.zip")
for name in ${JSON.stringify(names)}:
    importlib.import_module(name)
del name
gc.collect()
gc.freeze()
`);
  const folder = join(vendor, "snapshot");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, name), gzipSync(interpreter.makeMemorySnapshot(), { level: 9 }));
  for (const [entry, outfile] of [["interpreter.js", "interpreter.mjs"], ["kept-snapshot.js", "snapshot.mjs"]]) {
    await build(modules, {
      entryPoints: [fileURLToPath(new URL(`../${entry}`, import.meta.url))], outfile: join(vendor, `pyodide/${outfile}`),
      format: "esm", alias: { pyodide: "./pyodide.mjs" }, external: ["./pyodide.mjs"], define: { SNAPSHOT: JSON.stringify(name) },
    });
  }
  console.log(`${names.length} modules in ${name}`);
}

/** @param {string} modules @param {string} target */
async function vendor(modules, target) {
  copy(modules, target);
  await bundle(modules, target);
  await library(modules, target);
}

/** @type {Record<string, (...paths: any[]) => Promise<void>>} */
const STEPS = { vendor, scripts, app, librarian, snapshot };

const [step = "", ...rest] = process.argv.slice(2);
try {
  if (!STEPS[step]) throw new Error(`There is no step ${step}.`);
  await STEPS[step](...rest);
  process.exit(0); // Pyodide keeps node's event loop alive
} catch (error) {
  console.error(/** @type {Error} */ (error).message); // without node's quotation of a 1 MB line of Pyodide
  process.exit(1);
}
