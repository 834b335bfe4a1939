// @ts-check
// When a person leaves the page and comes back to it, and when the browser puts it to sleep.
import { send } from './port.js';

const LOOK_MS = 10_000;

export function listenForAbsence() {
  addEventListener('pagehide', () => { send('chat:keep'); send('app:left'); });
  document.addEventListener('visibilitychange', () => send(document.hidden ? 'chat:keep' : 'app:awake'));
  document.addEventListener('freeze', () => send('chat:keep'));      // of Chromium: a page in the background
  document.addEventListener('resume', () => { if (!document.hidden) send('app:awake'); });
  addEventListener('focus', () => send('app:awake'));
  // A server that was not there may be started while somebody looks at where its state stands.
  setInterval(() => { if (!document.hidden && /^#\/(models|settings)/.test(location.hash)) send('ollama:again'); }, LOOK_MS);
}
