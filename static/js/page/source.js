// @ts-check
// The source beside the chat (app/ui/parts/source.py): a column where there is room, else a sheet over the page. What is
// read in the chat stays where it is while the chat gets narrower, and the focus goes back to the chip that was pressed.
import { around, byId, find, root } from './dom.js';
import { holding } from './follow.js';
import { send } from './port.js';

const OPENS = '[data-on="click:cited:open"], [data-on="click:run-code"]';
const PROGRAM = 'run';      // what the buttons of code say that they open (app/ui/parts/run.py)
const panel = byId('source'), wide = matchMedia('(min-width: 64rem)');

let open = '';      // what the chips of the open passage say that they open
/** @type {HTMLElement | null} the button that was pressed last of those that open a passage */
let pressed = null;

/** @param {string} chip @returns {HTMLElement[]} */
const chipsOf = chip => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(OPENS)]).filter(one => one.dataset.arg === chip);

/** The button to go back to. @param {string} chip */
const wayBack = chip => pressed?.isConnected && pressed.dataset.arg === chip ? pressed : chipsOf(chip)[0];

function place() {
  root.toggleAttribute('data-source', !!open);
  const isLayer = !!open && !wide.matches;
  if (isLayer === panel.matches(':popover-open')) return;
  if (isLayer) panel.showPopover();
  else panel.hidePopover();
}

function showMark() {
  const page = panel.querySelector('.source-page'), mark = find('source-passage');
  if (mark && page) page.scrollTop += mark.getBoundingClientRect().top - page.getBoundingClientRect().top - page.clientHeight / 4;
}

/**
 * Shows a passage, or shuts the panel. It is painted already.
 * @param {string} chip  what its chips say that they open, '' to shut it
 * @param {boolean} isMarked  the passage can be brought into view
 */
export function source(chip, isMarked) {
  const before = open, back = wayBack(before || chip), isInside = panel.contains(document.activeElement);
  open = chip;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.cite'))) one.ariaExpanded = String(one.dataset.arg === chip);
  if (!before !== !chip) holding(back, place);
  if (!before && chip) byId('source-title').focus({ preventScroll: true });
  if (before && !chip && (isInside || document.activeElement === document.body)) back?.focus({ preventScroll: true });
  if (chip !== before) panel.querySelector('.source-page')?.scrollTo(0, 0);
  if (isMarked) showMark();
}

/**
 * Whether the key was for the open source.
 * @param {KeyboardEvent} event
 * @param {boolean} isFree  no field takes the key, and no layer lies above
 */
export function sourceKey({ key, ctrlKey, metaKey, altKey, target }, isFree) {
  if (!open || ctrlKey || metaKey || altKey) return false;
  const isTyped = target instanceof Element && target.matches('input, textarea, select');
  const hasKeys = !isTyped && byId('keys').dataset.off === undefined;
  const name = key === 'Escape' && wide.matches ? 'close' : { n: 'next', p: 'previous' }[hasKeys ? key.toLowerCase() : ''];
  if (!name || !isFree) return false;
  if (open === PROGRAM && name !== 'close') return false;
  shut(name);
  return true;
}

/** @param {string} name */
const shut = name => open === PROGRAM ? send('programs:close', null) : send(`cited:${name}`, null);

export function listenForSource() {
  addEventListener('click', event => { pressed = around(event, OPENS) ?? pressed; }, true);
  wide.addEventListener('change', place);
  panel.addEventListener('toggle', event => {
    if (/** @type {ToggleEvent} */ (event).newState === 'closed' && open && !wide.matches) shut('close');
  });
}
