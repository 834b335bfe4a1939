// @ts-check
// Follows the end of the conversation. A reader at its end stays there, however fast it grows; one who has scrolled up is
// not moved, and has a button back.
import { byId, find } from './dom.js';

const NEAR = 48;      // pixels from the end that still are the end
const log = byId('log'), latest = byId('latest');

let isFollowing = true, top = 0, height = 0, isGoing = false;

/** @param {boolean} follows */
function follow(follows) {
  isFollowing = follows;
  log.toggleAttribute('data-following', follows);      // then the browser need not hold a place (app.css)
  latest.hidden = follows;
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
  top = log.scrollTop;
}

/** Shows the end, and stays there. */
export function goToEnd() {
  follow(true);
  if (isGoing) return;
  isGoing = true;
  requestAnimationFrame(() => {      // asking for sizes between two changes would lay the page out each time
    isGoing = false;
    toEnd();
  });
}

/**
 * Shows one turn, and stays there.
 * @param {string} id
 */
export function reach(id) {
  const turn = find(`t-${id}`);
  if (!turn) return;
  follow(false);
  const show = () => turn.scrollIntoView({ block: 'start' });
  show();
  requestAnimationFrame(show);      // what waited to go to the end has gone there
  turn.tabIndex = -1;
  turn.focus({ preventScroll: true });
}

/**
 * Changes how wide the conversation is: an element in it stays where it is on the screen.
 * @param {Element | undefined} element
 * @param {() => void} change
 */
export function holding(element, change) {
  const before = element?.getBoundingClientRect().top ?? 0;
  change();
  const moved = element?.isConnected ? element.getBoundingClientRect().top - before : 0;
  if (Math.abs(moved) >= 1) log.scrollTop += moved;
  top = log.scrollTop;
  follow(log.scrollHeight - log.clientHeight - top < 1);
}

// The conversation grows between a scroll and the event that tells of it, so not being at the end says nothing: only who
// has moved up does not follow any more.
log.addEventListener('scroll', () => {
  if (!log.clientHeight) return;
  const isUp = log.scrollTop < top - 1;
  top = log.scrollTop;
  if (log.scrollHeight - log.clientHeight - top < NEAR) follow(true);
  else if (isUp) follow(false);
}, { passive: true });

// Whatever changes a height: words, formulas that were typeset, fonts that came, the field that grows, a keyboard.
const sizes = new ResizeObserver(() => {
  const was = height;
  height = log.clientHeight;
  if (!height) return;      // another page is shown
  if (isFollowing) toEnd();
  else if (!was) log.scrollTop = top;
});
for (const element of [log, byId('turns')]) sizes.observe(element);

latest.addEventListener('click', () => {
  goToEnd();
  byId('message').focus({ preventScroll: true });
});
