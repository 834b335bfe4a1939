// @ts-check
// The page thread: paints what Python sends, reports what the person does, and decides nothing. It works before Python
// is there: typing is kept, and what was sent is sent on once Python answers.
//
// serve.py bundles this module and all that it imports to static/vendor/scripts/page.js (static/js/build/prepare.mjs).
import { said } from '../said.js';
import { memoryWhereBlocked } from '../storage/memory.js';
import { commands } from './commands.js';
import { recallDrafts } from './composer.js';
import { app, base, isReady, root } from './dom.js';
import { listen } from './events.js';
import { recallFields } from './fields.js';
import { choice } from './language.js';
import { hearOthers } from './others.js';
import { withPictures } from './drawn.js';
import { paint } from './paint.js';
import { connect } from './port.js';
import { hearServiceWorker } from './service-worker.js';
import { lend } from './workers.js';

/**
 * What Python sends at one time: commands `['do', name, …]` and paint operations `[kind, id, …]`, in this order.
 * @param {import('./drawn.js').Ops} ops
 */
function take(ops) {
  /** @type {Record<string, (...values: any[]) => unknown>} */
  const byName = commands;
  for (const [kind, name, ...values] of ops) {
    if (kind === 'do') byName[name]?.(...values);
    else paint(kind, name, ...values);
  }
}

// What Python must know of this page before it can start.
const hello = () => ({
  app, base, origin: location.origin, search: location.search, hash: location.hash, isOnline: navigator.onLine,
  hasPickers: 'showOpenFilePicker' in window, hasBuiltIn: 'LanguageModel' in window, canSpeak: 'speechSynthesis' in window, language: root.lang, browserLanguage: choice(navigator.languages),
});

// The shell is on the screen before the first byte of Python is asked for. A hidden page has no frames.
/** @returns {Promise<void>} */
function painted() {
  return new Promise(done => document.hidden ? done() : requestAnimationFrame(() => setTimeout(done)));
}

/** The worker in which PyScript runs Python. */
async function pythonWorker() {
  import(base + 'static/vendor/pyscript/core.js').catch(window.notPrepared);
  const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[type=py]'));
  while (!script.xworker) await new Promise(resolve => setTimeout(resolve, 10));
  return script.xworker;
}

async function start() {
  if (window.isFramed) return;
  listen();
  hearOthers();
  hearServiceWorker();
  recallDrafts();
  recallFields();
  await Promise.all([painted(), memoryWhereBlocked()]);      // PyScript opens databases in this thread, too
  const worker = await pythonWorker();
  lend(worker, base);
  worker.addEventListener('message', ({ data }) => { if (data?.port) connect(data.port, withPictures(take), hello()); });
  worker.onerror = event => {
    console.error(event.error ?? event.message);
    if (!isReady()) window.cannotStart(said('no_start'), `${said('no_start_cure')} ${event.error?.message ?? ''}`);
  };
}

start();
