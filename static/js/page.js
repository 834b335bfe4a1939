// The page thread: paints what Python sends, reports what the person does, and decides nothing.
// It works before Python is there: typing is kept, and what was sent is sent on once Python answers.

import { memoryWhereBlocked } from './storage-memory.js';

const root = document.documentElement;
const byId = id => document.getElementById(id);
const base = new URL('../../', import.meta.url).href;
const composer = byId('composer'), message = byId('message'), log = byId('log');
const kept = new Set();     // files and folders that the service worker shall keep
const waiting = [];          // messages sent before Python was ready
let port, idiomorph, installPrompt, worker, quietPort;

// -- painting -------------------------------------------------------------------------------------------------------

const morphing = {
  morphStyle: 'outerHTML',
  // What a person has unfolded stays unfolded.
  callbacks: {
    beforeAttributeUpdated: (name, node) => !(name === 'open' && node.tagName === 'DETAILS'),
    beforeNodeMorphed: node => !(node.type === 'password' && node.value),     // nor is a half typed secret taken away
  },
};

function lastText(element) {
  let node = element;
  while (node.lastChild) node = node.lastChild;
  return node.nodeType === Node.TEXT_NODE ? node : (node.nodeType === Node.ELEMENT_NODE ? node : element).appendChild(document.createTextNode(''));
}

const paint = {
  // What is being typed stays; a button that was pressed may change its words.
  html: (element, html) => idiomorph.morph(element, html, { ...morphing, ignoreActiveValue: document.activeElement?.matches('input, textarea, select') }),
  fill: (element, html) => { element.innerHTML = html; },
  add: (element, html) => element.insertAdjacentHTML('beforeend', html),
  first: (element, html) => element.insertAdjacentHTML('afterbegin', html),
  before: (element, html) => element.insertAdjacentHTML('beforebegin', html),
  text: (element, text) => lastText(element).appendData(text),
  drop: element => element.remove(),
  attr: (element, name, value) => value === null ? element.removeAttribute(name) : element.setAttribute(name, value),
};

function apply(ops) {
  for (const [kind, id, ...rest] of ops) {
    if (kind === 'do') window_[id](...rest);
    else {
      const element = byId(id);
      if (element) paint[kind](element, ...rest);
    }
  }
  if (isAtEnd) stayAtEnd();
}

// Whoever reads the end of the chat stays there; whoever has scrolled up is left alone. Asking for sizes between two
// changes would make the browser lay the page out each time, so it is done once, right before it does so anyway.
let isAtEnd = true, isStaying = false;
log.addEventListener('scroll', () => { isAtEnd = log.scrollTop > log.scrollHeight - log.clientHeight - 48; }, { passive: true });
function stayAtEnd() {
  isAtEnd = true;
  if (isStaying) return;
  isStaying = true;
  requestAnimationFrame(() => {
    isStaying = false;
    log.scrollTop = log.scrollHeight;
  });
}

// What can wait until the start is over, and until no reply is being written: it would take the processor from both.
async function atRest() {
  do await new Promise(done => setTimeout(done, 2000)); while (composer.dataset.busy !== undefined);
}

// The formulas' styles are large: they come when the page is at rest, so that the first formula restyles nothing. What
// else would make the first one slow comes with them: its two common fonts, and the search for a font for MathML.
function useTypesetting() {
  const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: base + 'static/vendor/js/katex/katex.min.css' });
  sheet.onload = () => {
    const sample = Object.assign(document.createElement('div'), { className: 'visually-hidden', innerHTML: '<math><mi>x</mi></math>' });
    sample.setAttribute('aria-hidden', 'true');
    document.body.append(sample);
    const fonts = ['1em KaTeX_Main', 'italic 1em KaTeX_Math'].map(font => document.fonts.load(font));
    Promise.allSettled(fonts).then(() => requestAnimationFrame(() => setTimeout(() => sample.remove())));
  };
  document.head.append(sheet);
  window_.keep('static/vendor/snapshot/', 'static/vendor/js/katex/', 'static/vendor/js/typeset.js');
}

// -- what only a window can do --------------------------------------------------------------------------------------

const window_ = {
  ready() {
    root.dataset.ready = '';
    performance.mark('interactive');
    byId('progress').hidden = true;
    while (waiting.length) send('chat:send', waiting.shift());
    if (window.cameBack) send('cloud:signed-in', window.cameBack);
    window.cameBack = undefined;
    (window.requestIdleCallback ?? setTimeout)(useTypesetting);
    atRest().then(() => {
      send('models:check', '');      // asking for a graphics device costs more than the rest of the start
      startServiceWorker();
      watchBattery();
    });
  },
  failed(message, cure, detail) { window.cannotStart(message, `${cure} ${detail}`.trim()); },
  opened(id, count) {
    root.dataset.chatOpen = id;
    root.dataset.chatTurns = count;
    stayAtEnd();
  },
  focus: id => byId(id)?.focus(),
  // What could not be sent goes back to where it was written, before what has been typed since.
  draft(words) {
    message.value = [words, message.value].filter(Boolean).join('\n\n');
    keepDraft();
  },
  // A change that did not take effect: the fields show again what holds.
  restore() {
    for (const field of document.querySelectorAll('[data-on^="change:"]')) {
      if (field.type === 'checkbox') field.checked = field.defaultChecked;
      else if (field.options) for (const option of field.options) option.selected = option.defaultSelected;
      else if (field.type !== 'file') field.value = field.defaultValue;
    }
  },
  route: hash => { if (location.hash !== hash) history.pushState(null, '', hash); },
  offline: isOffline => root.toggleAttribute('data-offline', isOffline),
  // Offline Mode: the service worker is told, and this page's own policy is made stricter. A policy cannot be taken back,
  // so a page that was strict starts anew once it may be less so.
  async offlineMode(mode) {
    root.toggleAttribute('data-offline-mode', !!mode);
    try { mode ? localStorage.setItem('offline', mode) : localStorage.removeItem('offline'); } catch { /* then the settings alone keep it */ }
    await tellWorker(mode);
    if (!window.offlinePolicy(mode)) location.reload();
  },
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      window_.say('Copied.');
    } catch {
      send('app:problem', 'The browser did not allow copying. Select the text and copy it by hand.');
    }
  },
  save(name, text, type) { window_.saveFile(new Blob([text], { type }), name); },
  // A large Blob goes to disk by reference: nothing of it passes through here.
  saveFile(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim() || 'chat.md';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 3_600_000);     // the browser reads it while it saves
  },
  async writeFile(content, name) {
    try {
      const file = await folder.getFileHandle(name, { create: true });
      await new Blob([content]).stream().pipeTo(await file.createWritable());
      send('models:saved', `${name} is in the folder ${folder.name}.`);
    } catch (error) {
      send('app:problem', `${name} could not be written: ${error.message}`);
    }
  },
  // A linked file: the browser wants a click and a window before it lets the page read it again.
  async allow(id) {
    const request = indexedDB.open(`drleelm-model-${id}`);
    request.onsuccess = () => {
      const reading = request.result.transaction('info').objectStore('info').get('link');
      reading.onsuccess = async () => {
        request.result.close();
        if (await reading.result?.requestPermission({ mode: 'read' }) === 'granted') send('models:allowed', id);
      };
    };
  },
  title(progress) { document.title = [progress, 'DrLeeLM'].filter(Boolean).join(' · '); },
  say(text) { byId('spoken').textContent = text; },
  theme(name) {
    if (name === 'system') delete root.dataset.theme;
    else root.dataset.theme = name;
    try { localStorage.setItem('theme', name); } catch { /* kept in the settings all the same */ }
  },
  async persist() { if (navigator.storage?.persist) send('app:persisted', await navigator.storage.persist()); },
  async install() {
    if (!installPrompt) return;
    installPrompt.prompt();
    await installPrompt.userChoice;
    installPrompt = undefined;
    send('app:installable', false);
  },
  // Files that were fetched before the service worker was there are kept for offline use now.
  keep(...prefixes) {
    for (const prefix of prefixes) kept.add(prefix);
    for (const prefix of kept) navigator.serviceWorker?.controller?.postMessage({ type: 'keep', prefix });
  },
  // Looks whether a server answers, in a worker that troubles nobody; the answer goes back under its number.
  quiet(id, url, mode, ms, method, headers) {
    if (!('SharedWorker' in window)) return send('answer', [id, { error: 'NotSupported' }]);
    if (!quietPort) {
      let shared;
      try {
        shared = new SharedWorker(base + 'static/js/quiet-worker.js');
      } catch {      // refused together with storage
        return send('answer', [id, { error: 'NotSupported' }]);
      }
      shared.onerror = () => { quietPort = undefined; };
      quietPort = shared.port;
      quietPort.onmessage = event => send('answer', event.data);
    }
    quietPort.postMessage([id, url, mode, ms, method, headers]);
  },
  // To a service's own page, which sends the person back with a code; only who has the verifier can use that
  // (static/js/first.js takes both up again).
  signIn(address, verifier) {
    try { sessionStorage.setItem('sign-in', verifier); } catch { return send('app:problem', 'The browser forbids this page to keep anything, so it could not sign in.'); }
    location.assign(address);
  },
  // The other open pages must know: everything that is stored is about to go, or has gone.
  tell: word => others.postMessage(word),
  // Everything that was stored is gone; what is kept outside of the databases goes too.
  startOver() {
    try {
      localStorage.removeItem('theme');
      localStorage.removeItem('offline');
      sessionStorage.removeItem('draft');
      sessionStorage.removeItem('sign-in');
    } catch { /* without storage there is nothing to forget */ }
    message.value = '';
    history.replaceState(null, '', location.pathname + location.search);
    location.reload();
  },
  async update() {
    const registration = await navigator.serviceWorker?.getRegistration(base);
    if (registration?.waiting) registration.waiting.postMessage({ type: 'skip-waiting' });
    else location.reload();
  },
};

let offlineTold;
async function tellWorker(mode) {
  const controller = navigator.serviceWorker?.controller;
  if (!controller || offlineTold === mode) return;
  offlineTold = mode;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise(resolve => { port1.onmessage = resolve; });
  controller.postMessage({ type: 'offline', mode }, [port2]);
  await done;
}

// -- events ---------------------------------------------------------------------------------------------------------

// Any page of this origin can write to the channel: these two words are all that is taken from it. The demo has its own.
const FROM_OTHERS = new Set(['halt', 'gone']);
let others = { postMessage() {} };      // a browser that blocks storage refuses channels, too
try {
  others = new BroadcastChannel(new URLSearchParams(location.search).has('demo') ? 'drleelm-demo-pages' : 'drleelm-pages');
} catch { /* then no other page shares anything with this one */ }
others.onmessage = event => FROM_OTHERS.has(event.data) && send('archive:hear', { word: event.data });

function send(name, arg) {
  const isPlain = !arg?.files;
  port?.postMessage(isPlain ? JSON.stringify([name, arg ?? '']) : [name, arg]);
}

function found(event) {
  for (let element = event.target.closest?.('[data-on]'); element; element = element.parentElement?.closest('[data-on]')) {
    for (const on of element.dataset.on.split(' ')) {
      if (on.startsWith(event.type + ':')) return [element, on.slice(event.type.length + 1)];
    }
  }
  return [];
}

function ask(text, yes, no) {
  byId('ask-text').textContent = text;
  byId('ask-no').textContent = no;
  byId('ask-yes').textContent = yes;
  const dialog = byId('ask');
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(done => dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true }));
}

// What is picked together belongs together: a model's file and the small one with its hashes.
function sendFiles(name, list) {
  const files = Array.from(list, file => ({ name: file.name, file }));
  if (files.length) send(name, { files });
}

let folder;
async function choose({ dataset: { chooser, arg } }) {
  try {
    if (chooser === 'models:link') {
      const [link] = await showOpenFilePicker();
      send(chooser, { files: [{ name: link.name, file: await link.getFile() }], link });
    } else {
      folder = await showDirectoryPicker({ mode: 'readwrite' });
      send(chooser, arg);
    }
  } catch (error) {
    if (error.name !== 'AbortError') send('app:problem', `The browser could not open that: ${error.message}`);
  }
}

// In Offline Mode a link that leads away is not followed.
function refuseLink(event) {
  const link = event.target.closest?.('a[href]');
  if (root.dataset.offlineMode === undefined || !link || link.origin === location.origin || !/^https?:$/.test(link.protocol)) return false;
  event.preventDefault();
  send('offline:link', link.href);
  return true;
}
addEventListener('auxclick', refuseLink);

addEventListener('click', async event => {
  if (refuseLink(event)) return;
  const pick = event.target.closest?.('[data-pick]');
  if (pick) return byId(pick.dataset.pick).click();
  const chooser = event.target.closest?.('[data-chooser]');
  if (chooser) return choose(chooser);
  const [element, name] = found(event);
  if (!name) return;
  if (name === 'copy-code') return window_.copy(element.closest('figure')?.querySelector('pre').textContent ?? '');
  if (name === 'chat:new') foldDrawer();
  const { ask: question, arg, no = 'Keep' } = element.dataset;
  element.closest('details.menu')?.removeAttribute('open');
  if (!question || await ask(question, element.textContent.trim(), no)) send(name, arg);
});

addEventListener('submit', event => {
  if (event.target === composer) {
    event.preventDefault();
    return sendMessage();
  }
  const [element, name] = found(event);
  if (!name) return;
  event.preventDefault();
  send(name, { ...Object.fromEntries(new FormData(element)), arg: element.dataset.arg ?? '' });
  for (const secret of element.querySelectorAll('[type=password]')) secret.value = '';     // a token is not left on the screen
});

addEventListener('change', event => {
  const [element, name] = found(event);
  if (!name) return;
  if (element.type === 'file') {
    sendFiles(name, element.files);
    element.value = '';
  } else send(name, said(element));
});

// A field's value, with the thing that it is about where it names one.
function said({ type, checked, value, dataset }) {
  const now = type === 'checkbox' ? checked : value;
  return 'arg' in dataset ? { arg: dataset.arg, value: now } : now;
}

let typing;
addEventListener('input', event => {
  if (event.target === message) return keepDraft();
  const [element, name] = found(event);
  if (!name) return;
  clearTimeout(typing);      // a pause in typing, so that a search does not run for every letter
  typing = setTimeout(() => send(name, said(element)), 150);
});

// While a word is being composed, its keys belong to the input method. Safari ends the composition before the Enter that
// ends it, and only its old key code tells.
const isComposing = event => event.isComposing || event.keyCode === 229;

addEventListener('keydown', event => {
  if (isComposing(event)) {
    if (event.key === 'Enter' && event.target.matches?.('input')) event.preventDefault();      // sends no form of one line
    return;
  }
  if (event.key === 'Escape' && event.target.closest?.('form[data-escape]')) send(event.target.closest('form').dataset.escape, '');
  if (event.key !== 'Enter' || event.shiftKey) return;
  const form = event.target.closest?.('textarea')?.form;
  if (form === composer || form?.dataset.enter !== undefined) {
    event.preventDefault();
    form.requestSubmit();
  }
});

for (const type of ['dragover', 'drop']) addEventListener(type, event => {
  const target = event.target.closest?.('[data-drop]') ?? (event.dataTransfer?.types.includes('Files') ? document.querySelector('section:not([hidden]) [data-drop]') : null);
  if (!target) return;
  event.preventDefault();
  if (type === 'drop') sendFiles(target.dataset.drop, event.dataTransfer.files);
});

addEventListener('hashchange', () => {
  foldDrawer();
  send('page:go', location.hash);
});
addEventListener('online', () => send('app:online', true));
addEventListener('offline', () => send('app:online', false));
document.addEventListener('visibilitychange', () => document.hidden || send('app:awake', ''));
addEventListener('focus', () => send('app:awake', ''));
// A server that was not there may be started while somebody looks at where its state stands.
setInterval(() => { if (!document.hidden && /^#\/(models|settings)/.test(location.hash)) send('ollama:again', ''); }, 10_000);
addEventListener('beforeinstallprompt', event => {
  event.preventDefault();
  installPrompt = event;
  send('app:installable', true);
});

// -- the composer ---------------------------------------------------------------------------------------------------

function keepDraft() {
  try { sessionStorage.setItem('draft', message.value); } catch { /* without storage the draft lives as long as the page */ }
  message.style.height = '';
  message.style.height = `${Math.min(message.scrollHeight + 2, innerHeight / 3)}px`;
}

function sendMessage() {
  const text = message.value.trim();
  if (!text || composer.dataset.busy !== undefined) return;
  message.value = '';
  keepDraft();
  stayAtEnd();
  if (root.dataset.ready !== undefined) send('chat:send', text);
  else {
    waiting.push(text);
    byId('progress').textContent = 'Your message is kept and will be sent as soon as the page has started.';
  }
}

// The service worker asks whether this page can answer the local API, and hands it requests: both only pass through.
navigator.serviceWorker?.addEventListener('message', ({ data, source, ports: [reply] }) => {
  if (data?.type === 'api-ready' && reply && root.dataset.ready !== undefined) reply.postMessage('ready');
  if (data?.type === 'api-stay') source?.postMessage({ type: 'stay' });      // while it hears from us it is not ended
  if (data?.type !== 'api' || !reply || !port) return;
  const { method, path, body } = data.asked ?? {};
  if ([method, path, body].every(part => typeof part === 'string')) port.postMessage(['api:request', { method, path, body, reply }], [reply]);
});

// -- start ----------------------------------------------------------------------------------------------------------

async function connect(newPort) {
  try {
    ({ Idiomorph: idiomorph } = await import(base + 'static/vendor/js/idiomorph.js'));
  } catch {
    return window.notPrepared();
  }
  port = newPort;
  port.onmessage = event => apply(typeof event.data === 'string' ? JSON.parse(event.data) : event.data);
  port.postMessage(JSON.stringify(['hello', { base, origin: location.origin, search: location.search, hash: location.hash, isOnline: navigator.onLine, hasPickers: 'showOpenFilePicker' in window }]));
}

// On a wide window the list of chats stands beside the chat, on a narrow one it unfolds.
const isWide = matchMedia('(min-width: 56.01rem)');
function watchWidth() {
  isWide.addEventListener('change', foldDrawer);
  foldDrawer();
}

function foldDrawer() {
  byId('chats-drawer').open = isWide.matches;
}

// The shell is on the screen before the first byte of Python is asked for. A hidden page has no frames.
function painted() {
  return new Promise(done => document.hidden ? done() : requestAnimationFrame(() => setTimeout(done)));
}

async function start() {
  if (window.isFramed) return;
  try { message.value ||= sessionStorage.getItem('draft') ?? ''; } catch { /* no storage, no draft */ }
  await Promise.all([painted(), memoryWhereBlocked()]);      // PyScript opens databases in this thread, too
  watchWidth();       // it asks for the size of the window, and the answer would have to wait for a layout
  import(base + 'static/vendor/pyscript/core.js').catch(window.notPrepared);
  const script = document.querySelector('script[type=py]');
  while (!script.xworker) await new Promise(resolve => setTimeout(resolve, 10));
  worker = script.xworker;
  worker.addEventListener('message', event => { if (event.data?.port) connect(event.data.port); });
  worker.onerror = event => {
    console.error(event.error ?? event.message);
    if (root.dataset.ready === undefined) window.cannotStart('The program inside this page could not start.', 'Reload the page. If it happens again, use a current Chrome, Edge, Firefox or Safari. ' + (event.error?.message ?? ''));
  };
}

// Only a window may ask, and only some browsers answer.
async function watchBattery() {
  const battery = await navigator.getBattery?.().catch(() => null);
  if (!battery) return;
  const tell = () => send('app:battery', { level: battery.level, is_charging: battery.charging });
  for (const change of ['levelchange', 'chargingchange']) battery.addEventListener(change, tell);
  tell();
}

async function startServiceWorker() {
  if (!('serviceWorker' in navigator) || globalThis.isStorageBlocked) return;      // refused together with storage
  const hadController = !!navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadController) return location.reload();
    window_.keep();
    offlineTold = undefined;
    tellWorker(root.dataset.offlineMode === undefined ? '' : localStorage.getItem('offline') ?? '');
  });
  navigator.serviceWorker.addEventListener('message', event => { if (event.data?.type === 'refused' && typeof event.data.host === 'string') send('offline:refused', event.data.host); });
  navigator.serviceWorker.startMessages();
  try {
    const registration = await navigator.serviceWorker.register(base + 'sw.js', { scope: './', updateViaCache: 'none' });
    const tell = () => { if (registration.waiting && navigator.serviceWorker.controller) send('app:update', ''); };
    const watch = () => registration.installing?.addEventListener('statechange', tell);
    tell();
    watch();
    registration.addEventListener('updatefound', watch);
  } catch (error) {
    send('app:problem', `The page could not be made ready for offline use: ${error.message}`);
  }
}

start();
