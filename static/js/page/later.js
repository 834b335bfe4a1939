// @ts-check
// Work that waits until the page has started and no reply is being written, because it would slow both down.
import { isBusy } from './composer.js';
import { base } from './dom.js';
import { send } from './port.js';
import { keepFiles, startServiceWorker } from './service-worker.js';

const REST_MS = 2000, GO_ON_MS = 20_000;

async function atRest() {
  do await new Promise(done => setTimeout(done, REST_MS)); while (isBusy());
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
  keepFiles('static/vendor/snapshot/', 'static/vendor/js/katex/', 'static/vendor/js/typeset.js', 'static/vendor/wheels/', 'static/vendor/librarian/rest.zip');
}

// Only a window may ask, and only some browsers answer.
async function watchBattery() {
  const battery = await navigator.getBattery?.().catch(() => null);
  if (!battery) return;
  const tell = () => send('app:battery', { level: battery.level, is_charging: battery.charging });
  for (const change of ['levelchange', 'chargingchange']) battery.addEventListener(change, tell);
  tell();
}

export async function afterStart() {
  (window.requestIdleCallback ?? setTimeout)(useTypesetting);
  await atRest();
  send('models:check');      // asking for a graphics device costs more than the rest of the start
  startServiceWorker();
  watchBattery();
  setTimeout(() => send('app:go-on'), GO_ON_MS);
}
