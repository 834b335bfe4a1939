// @ts-check
// What is selected can be explained: in text that says what it is (data-explain: app/session/explaining.py) a button stands
// beside a selection, and the key E does the same. Python is told the words, and those before them, as they are drawn.
import { standBeside } from './beside.js';
import { byId } from './dom.js';
import { send } from './port.js';

const BEFORE = 80;      // characters before the words, which tell which of several places is meant
const REST_MS = 250;

const button = byId('explain');
let timer = 0, isPressing = false;
let isAsked = false;      // about this selection

/** The selection, as far as it is of one text that can be explained; null for any other. */
function selected() {
  const selection = getSelection(), value = String(selection ?? '').trim();
  if (!selection?.rangeCount || !value) return null;
  const range = selection.getRangeAt(0), { startContainer: start, endContainer: end } = range;
  /** @type {HTMLElement | null | undefined} */
  const place = (start instanceof Element ? start : start.parentElement)?.closest('[data-explain]');
  const isInside = place?.contains(end) || !range.endOffset;      // a third click selects up to what follows
  if (!place || !isInside) return null;
  const before = document.createRange();
  before.setStart(place, 0);
  before.setEnd(start, range.startOffset);
  return { range, place, said: { arg: place.dataset.explain ?? '', value, before: String(before).slice(-BEFORE) } };
}

function hide() {
  if (button.matches(':popover-open')) button.hidePopover();
}

/** Beside the end of the selection; within the layer that it is in, which a click elsewhere would shut. */
function show() {
  const found = isPressing || isAsked || document.querySelector(':modal') ? null : selected();
  const end = found && [...found.range.getClientRects()].at(-1);
  hide();
  if (!end || end.bottom < 0 || end.top > innerHeight) return;
  const layer = found.place.closest(':popover-open') ?? document.body;
  if (button.parentElement !== layer) layer.append(button);
  standBeside(button, end);
  button.showPopover();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(show, REST_MS);
}

/** Asks for the explanation; whether anything is selected that can be explained. */
export function explain() {
  const found = selected();
  hide();
  isAsked = !!found;
  if (found) send('explain:open', found.said);
  return !!found;
}

export function listenForSelections() {
  addEventListener('pointerdown', event => {
    if (event.target instanceof Node && button.contains(event.target)) return event.preventDefault();      // the selection stays
    isPressing = true;
    hide();
  });
  for (const lifted of ['pointerup', 'pointercancel']) {
    addEventListener(lifted, () => {
      isPressing = false;
      soon();
    });
  }
  document.addEventListener('selectionchange', () => {
    isAsked = false;
    soon();
  });
  addEventListener('scroll', () => {
    hide();
    soon();
  }, { capture: true, passive: true });
  button.addEventListener('click', explain);
}
