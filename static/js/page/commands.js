// @ts-check
// What Python asks the page to do because only a window can. The names are Python's (app/core/commands.py).
import { said } from '../said.js';
import { route } from './address.js';
import { hush, utter, voices } from './aloud.js';
import { keepAwake } from './awake.js';
import { giveBack, queue, sendWaiting, writing } from './composer.js';
import { base, byId, find, isReady, message, root } from './dom.js';
import { fieldKept } from './fields.js';
import { allowLinked, saveFile, sendEarlyFiles, writeFile } from './files.js';
import { goToEnd, reach } from './follow.js';
import { forgetAll, keep, recall } from './kept.js';
import { placesIn, translate } from './language.js';
import { afterStart } from './later.js';
import { show } from './layers.js';
import { tellOthers } from './others.js';
import { problem, send } from './port.js';
import { probe } from './probe.js';
import { permitProgram, runProgram, sayToProgram, stopProgram } from './programs.js';
import { turned } from './scroll.js';
import { source } from './source.js';
import { keepFiles, tellOffline, update } from './service-worker.js';

/** @type {BeforeInstallPromptEvent | undefined} */
let installPrompt;
addEventListener('beforeinstallprompt', event => {
  event.preventDefault();
  installPrompt = event;
  send('app:installable', true);
});

/** @returns {Promise<typeof import('./built-in.js')>}  fetched when it is first asked for: few browsers have a model */
const builtIn = () => import(base + 'static/vendor/scripts/built-in.js');

const shell = placesIn(document);      // before Python paints
const attachedBefore = recall('attached');      // before Python says what is attached now

export const commands = {
  ready() {
    root.dataset.ready = '';
    performance.mark('interactive');
    byId('progress').hidden = true;
    if (attachedBefore) send('attach:recall', { kept: JSON.parse(attachedBefore) });
    sendEarlyFiles();
    sendWaiting();
    if (window.cameBack) send('cloud:signed-in', window.cameBack);
    window.cameBack = undefined;
    afterStart();
  },

  /** @param {string} message @param {string} cure @param {string} detail */
  failed(message, cure, detail) {
    window.cannotStart(message, `${cure} ${detail}`.trim());
  },

  /** @param {string} id  of a chat @param {number} count  of its turns */
  opened(id, count) {
    if (id !== root.dataset.chatOpen) goToEnd();
    root.dataset.chatOpen = id;
    root.dataset.chatTurns = String(count);
  },

  /** @param {string} id */
  focus(id) {
    find(id)?.focus();
  },

  turned,
  reach,
  source,

  /** @param {boolean} isOpen */
  sheet(isOpen) {
    const sheet = /** @type {HTMLDialogElement} */ (byId('sheet'));
    if (isOpen === sheet.open) return;
    if (isOpen) show(sheet);
    else sheet.close();
  },

  draft: giveBack,
  fieldKept,
  writing,
  waiting: queue,

  /** @param {[string, string[]][]} kept  ids of what is attached, by chat */
  attached(kept) {
    if (isReady()) keep('attached', kept.length ? JSON.stringify(kept) : null);
  },

  /** A change that did not take effect: the fields show again what holds. */
  restore() {
    for (const field of document.querySelectorAll('[data-on^="change:"]')) {
      if (field instanceof HTMLSelectElement) for (const option of field.options) option.selected = option.defaultSelected;
      else if (field instanceof HTMLTextAreaElement) field.value = field.defaultValue;
      else if (!(field instanceof HTMLInputElement)) continue;
      else if (field.type === 'checkbox') field.checked = field.defaultChecked;
      else if (field.type !== 'file') field.value = field.defaultValue;
    }
  },

  route,

  /** @param {boolean} isOffline  there is no network */
  offline(isOffline) {
    root.toggleAttribute('data-offline', isOffline);
  },

  /**
   * Offline Mode: the service worker is told, and this page's own policy is made stricter. A policy cannot be taken back,
   * so a page that was strict starts anew once it may be less so.
   * @param {string} mode  '', 'strict', or 'loopback' where this computer's own servers may be asked
   */
  async offlineMode(mode) {
    root.toggleAttribute('data-offline-mode', !!mode);
    keep('offline', mode || null);      // where the browser blocks storage, the settings alone keep it
    await tellOffline(mode);
    if (!window.offlinePolicy(mode)) location.reload();
  },

  /** @param {string} text */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      commands.say(said('copied'));
    } catch {
      problem('copy');
    }
  },

  /** @param {string} name @param {string} text @param {string} type */
  save(name, text, type) {
    saveFile(new Blob([text], { type }), name);
  },

  saveFile,
  writeFile,
  allow: allowLinked,

  /** @param {string} progress  what comes before the app's name */
  title(progress) {
    document.title = [progress, 'DrLeeLM'].filter(Boolean).join(' · ');
  },

  /** @param {string} text  for a screen reader */
  say(text) {
    byId('spoken').textContent = text;
  },

  /**
   * @param {string} code @param {string} direction @param {string} chosen  in the settings, empty where it is the browser's
   */
  speak(code, direction, chosen) {
    root.lang = code;
    root.dir = direction;
    keep('language', chosen || null);
    translate(shell, code);
  },

  /** @param {string} name */
  theme(name) {
    if (name === 'system') delete root.dataset.theme;
    else root.dataset.theme = name;
    keep('theme', name);
  },

  /** @param {string} name */
  textSize(name) {
    root.dataset.text = name;
    keep('text', name);
  },

  async persist() {
    if (navigator.storage?.persist) send('app:persisted', await navigator.storage.persist());
  },

  async install() {
    if (!installPrompt) return;
    installPrompt.prompt();
    await installPrompt.userChoice;
    installPrompt = undefined;
    send('app:installable', false);
  },

  /** @param {string[]} prefixes */
  keep(prefixes) {
    keepFiles(...prefixes);
  },

  probe,
  keepAwake,
  utter,
  hush,
  voices,
  runProgram,
  sayToProgram,
  permitProgram,
  stopProgram,

  /** @param {number} id  of the question @param {string} verb @param {any} asked */
  async askBuiltIn(id, verb, asked) {
    try {
      (await builtIn()).answer(send, id, verb, asked);
    } catch (error) {
      send('answer', [id, { error: 'NetworkError', message: /** @type {Error} */ (error).message }]);
    }
  },

  /** @param {boolean} isOver */
  async stopBuiltIn(isOver) {
    await builtIn().then(one => one.stop(isOver), () => {});      // nothing runs where it did not come
  },

  /**
   * To a service's own page, which sends the person back with a code; only who has the verifier can use that
   * (first.js takes both up again).
   * @param {string} address @param {string} verifier
   */
  signIn(address, verifier) {
    if (keep('sign-in', verifier)) location.assign(address);
    else problem('sign_in');
  },

  /** The other open pages must know: everything that is stored is about to go, or has gone. */
  tell: tellOthers,

  /** Everything that was stored is gone; what is kept outside of the databases goes too. */
  startOver() {
    forgetAll();
    message.value = '';
    history.replaceState(null, '', location.pathname + location.search);
    location.reload();
  },

  update,
};
