// @ts-check
// The service worker, as the page sees it: it is started late, told what to keep and whether Offline Mode is on, and it
// passes on requests to the local API.
import { base, isReady, root } from './dom.js';
import { recall } from './kept.js';
import { problem, send, sendRequest } from './port.js';

/** @type {Set<string>} */
const kept = new Set();      // files and folders that it shall keep
/** @type {string | undefined} */
let offlineTold;

let isLeaving = false;

/** Both that the newer worker is active and that it controls the page reload it: a second time would break off the first. */
function reload() {
  if (isLeaving) return;
  isLeaving = true;
  location.reload();
}

const controller = () => navigator.serviceWorker?.controller;

/**
 * Files that were fetched before the service worker was there are kept for offline use now.
 * @param {string[]} prefixes
 */
export function keepFiles(...prefixes) {
  for (const prefix of prefixes) kept.add(prefix);
  for (const prefix of kept) controller()?.postMessage({ type: 'keep', prefix });
}

/** @param {string} mode  empty where Offline Mode is off */
export async function tellOffline(mode) {
  const worker = controller();
  if (!worker || offlineTold === mode) return;
  offlineTold = mode;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise(resolve => { port1.onmessage = resolve; });
  worker.postMessage({ type: 'offline', mode }, [port2]);
  await done;
}

/** Start again with the newest version: one that waits or is on its way takes over first. */
export async function update() {
  const registration = await navigator.serviceWorker?.getRegistration(base).catch(() => undefined);
  if (!registration?.waiting) await registration?.update().catch(() => {});      // without a network it stays as it is
  const coming = registration?.waiting ?? registration?.installing;
  if (!coming || !controller()) return reload();
  const take = () => {
    if (coming.state === 'installed') coming.postMessage({ type: 'skip-waiting' });
    if (coming.state === 'activated' || coming.state === 'redundant') reload();
  };
  coming.addEventListener('statechange', take);
  take();
}

/** @param {MessageEvent} event */
function take({ data, source, ports: [reply] }) {
  const { type, host, asked } = data ?? {};
  if (type === 'refused' && typeof host === 'string') send('offline:refused', host);
  if (type === 'api-ready' && reply && isReady()) reply.postMessage('ready');
  if (type === 'api-stay') source?.postMessage({ type: 'stay' });      // while it hears from us it is not ended
  if (type !== 'api' || !reply) return;
  const { method, path, body } = asked ?? {};
  if ([method, path, body].every(part => typeof part === 'string')) sendRequest({ method, path, body }, reply);
}

export function hearServiceWorker() {
  window.startAgain = update;
  navigator.serviceWorker?.addEventListener('message', take);
}

export async function startServiceWorker() {
  if (!('serviceWorker' in navigator) || globalThis.isStorageBlocked) return;      // refused together with storage
  const hadController = !!controller();
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadController) return reload();
    keepFiles();
    offlineTold = undefined;
    tellOffline(root.dataset.offlineMode === undefined ? '' : recall('offline'));
  });
  navigator.serviceWorker.startMessages();
  try {
    const registration = await navigator.serviceWorker.register(base + 'sw.js', { scope: './', updateViaCache: 'none' });
    const tell = () => { if (registration.waiting && controller()) send('app:update'); };
    const watch = () => registration.installing?.addEventListener('statechange', tell);
    tell();
    watch();
    registration.addEventListener('updatefound', watch);
  } catch (error) {
    problem('offline', error);
  }
}
