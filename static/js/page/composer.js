// @ts-check
// The message being written. It works before Python has started: a draft survives a reload, and sent messages wait.
import { byId, composer, message, root } from './dom.js';
import { keep, recall } from './kept.js';
import { goToEnd } from './paint.js';
import { send } from './port.js';
import { said } from '../said.js';

/** @type {string[]} */
const waiting = [];      // sent before Python was ready

export const isReady = () => root.dataset.ready !== undefined;
export const isBusy = () => composer.dataset.busy !== undefined;

export function keepDraft() {
  keep('draft', message.value);
  message.style.height = '';
  message.style.height = `${Math.min(message.scrollHeight + 2, innerHeight / 3)}px`;
}

export function recallDraft() {
  message.value ||= recall('draft');
}

/**
 * What could not be sent goes back to where it was written, before what has been typed since.
 * @param {string} words
 */
export function giveBack(words) {
  message.value = [words, message.value].filter(Boolean).join('\n\n');
  keepDraft();
}

export function sendMessage() {
  const text = message.value.trim();
  if (!text || isBusy()) return;
  message.value = '';
  keepDraft();
  goToEnd();
  if (isReady()) send('chat:send', text);
  else {
    waiting.push(text);
    byId('progress').textContent = said('message_kept');
  }
}

export function sendWaiting() {
  for (const text of waiting.splice(0)) send('chat:send', text);
}
