// @ts-check
// Reads aloud with the browser's own voices, one sentence at a time: Python decides what is read, in which order and by
// which voice (app/session/aloud.py). Short utterances are all that every browser does well: Chrome falls silent after
// some fifteen seconds of one, and Android has no pause.
import { send } from './port.js';

const VOICES_MS = 2000;      // in which a browser has told its voices, if it has any
const REST_MS = 60;      // after a `cancel()` some browsers swallow what is spoken at once

/** @type {SpeechSynthesisUtterance | undefined} */
let current;      // kept: one that nobody holds may be collected, and its end is never told
let waiting = 0;

/** @returns {Promise<SpeechSynthesisVoice[]>} */
function known() {
  const found = speechSynthesis.getVoices();
  if (found.length) return Promise.resolve(found);
  return new Promise(done => {
    const tell = () => done(speechSynthesis.getVoices());
    speechSynthesis.addEventListener('voiceschanged', tell, { once: true });
    setTimeout(tell, VOICES_MS);
  });
}

/** @param {number} id  of the question */
export async function voices(id) {
  const found = await known();
  send('answer', [id, {
    voices: found.map(({ voiceURI, name, lang, localService, default: isDefault }) => (
      { id: voiceURI, name, language: lang, is_local: localService, is_default: isDefault })),
  }]);
}

let isAllowed = false;
/** Safari on phones speaks only where the first words come in the click itself; Python's come a moment later. */
export function allowSpeech() {
  if (isAllowed || !('speechSynthesis' in window)) return;
  isAllowed = true;
  speechSynthesis.speak(new SpeechSynthesisUtterance(''));
}

/**
 * @param {number} number @param {string} sentence @param {string} voice @param {string} language @param {number} rate
 */
export function utter(number, sentence, voice, language, rate) {
  const wasBusy = hush();
  const said = current = new SpeechSynthesisUtterance(sentence);
  said.voice = speechSynthesis.getVoices().find(one => one.voiceURI === voice) ?? null;
  said.lang = language.replace('_', '-');
  said.rate = rate;
  /** @param {string} what @param {string} [why] */
  const tell = (what, why = '') => {
    if (said === current) send('aloud:told', { number, what, why });
  };
  said.onstart = () => tell('start');
  said.onend = () => tell('end');
  said.onerror = event => tell('error', event.error);
  waiting = setTimeout(() => speechSynthesis.speak(said), wasBusy ? REST_MS : 0);
}

/** Whether anything was being read. */
export function hush() {
  current = undefined;
  clearTimeout(waiting);
  const { speaking, pending } = speechSynthesis;
  if (speaking || pending) speechSynthesis.cancel();
  return speaking || pending;
}

if ('speechSynthesis' in window) addEventListener('pagehide', hush);      // Chrome would go on reading behind the next page
