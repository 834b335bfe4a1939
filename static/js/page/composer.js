// @ts-check
// The message being written. It works before Python has started: drafts survive a reload, and sent messages wait.
import { byId, composer, isReady, message, root } from './dom.js';
import { goToEnd } from './follow.js';
import { keep, recall } from './kept.js';
import { send } from './port.js';
import { said } from '../said.js';

const BLANK = '…';      // in a starter's words: what the person fills in
const MOST_DRAFTS = 40;
const NEW = '', NEW_PRIVATE = ' ';      // the keys of a chat that is not kept yet

/** @type {string[]} */
const waiting = [];      // sent before Python was ready

/** What was written, by chat. @type {Map<string, string>} */
const drafts = new Map();
/** Private chats: their drafts are never stored. @type {Set<string>} */
const secret = new Set([NEW_PRIVATE]);
/** @type {[string, string[]][]} */
let queued = [];      // what Python has yet to ask
let openId = '', openKey = NEW;

export const isBusy = () => composer.dataset.busy !== undefined;

const joined = (/** @type {string[]} */ ...parts) => parts.filter(Boolean).join('\n\n');

/** Browsers that do not size a field by its words. */
const isSized = CSS.supports('field-sizing', 'content');
export function fit() {
  if (isSized) return;
  message.style.height = '';
  message.style.height = `${message.scrollHeight}px`;
}

export function keepDraft() {
  drafts.delete(openKey);      // the newest is the last
  if (message.value) drafts.set(openKey, message.value);
  store();
  fit();
}

function store() {
  const kept = new Map(drafts);
  for (const [chat, messages] of queued) kept.set(chat, joined(...messages, kept.get(chat) ?? ''));
  const open = [...kept].filter(([key]) => !secret.has(key)).slice(-MOST_DRAFTS);
  keep('drafts', open.length ? JSON.stringify(open) : null);
}

export function recallDrafts() {
  try {
    for (const [key, text] of JSON.parse(recall('drafts') || '[]')) drafts.set(key, text);
  } catch { /* half a text is none */ }
  openKey = /^#\/chat\/([^/]+)/.exec(location.hash)?.[1] ?? NEW;
  show(message.value || drafts.get(openKey) || '');
}

/** @param {string} text */
function show(text) {
  message.value = text;
  fit();
}

/**
 * Another chat is written in from now on, or what is known of the open one has changed.
 * @param {string} id @param {boolean} isKept @param {boolean} isPrivate
 */
export function writing(id, isKept, isPrivate) {
  const key = isKept ? id : isPrivate ? NEW_PRIVATE : NEW;
  if (isPrivate) secret.add(key);
  else secret.delete(key);
  const isSame = id === openId || !openId;      // what was typed before Python was there belongs to the chat that it opens
  const text = isSame ? message.value || drafts.get(key) || '' : drafts.get(key) ?? '';
  if (isSame) drafts.delete(openKey);
  openId = id;
  openKey = key;
  if (text !== message.value) show(text);
  keepDraft();
}

/** @param {[string, string[]][]} all  what is queued, by chat */
export function queue(all) {
  queued = all;
  store();
}

/**
 * What was not asked goes back to where it was written, before what has been typed since.
 * @param {string} chat  "" for one that is not kept yet
 * @param {string} words
 */
export function giveBack(chat, words) {
  const key = chat || (openKey === NEW_PRIVATE ? NEW_PRIVATE : NEW);
  if (key !== openKey) drafts.set(key, joined(words, drafts.get(key) ?? ''));
  else show(joined(words, message.value));
  keepDraft();
}

/**
 * A starter writes its words, around what is there already; the cursor is where the person goes on.
 * @param {string} words
 */
export function begin(words) {
  const at = words.indexOf(BLANK), own = message.value.trim() || BLANK;
  message.focus();
  show(words.replace(BLANK, () => own));
  message.setSelectionRange(at, at + own.length);
  keepDraft();
}

/** Where Enter sends and there is no Shift. */
export function breakLine() {
  message.setRangeText('\n', message.selectionStart, message.selectionEnd, 'end');
  keepDraft();
}

export function sendMessage() {
  const text = message.value.trim();
  if (!text && !byId('attached').childElementCount) return;
  show('');
  keepDraft();
  goToEnd();
  if (isReady()) send('chat:send', text);
  else {
    waiting.push(text);
    byId('progress').textContent = said('message_kept');
  }
}

// On some phones the keyboard lies over the page: then only what is above it counts as the page (app.css).
visualViewport?.addEventListener('resize', () => {
  const { height, scale } = /** @type {VisualViewport} */ (visualViewport);
  root.style.setProperty('--visible', scale === 1 && height < innerHeight - 1 ? `${height}px` : '');
});

export function sendWaiting() {
  for (const text of waiting.splice(0)) send('chat:send', text);
}
