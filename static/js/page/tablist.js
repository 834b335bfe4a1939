// @ts-check
// Tabs by keyboard: the arrows walk, in the direction of the language, and the tab that has the focus is chosen. Python
// draws the tabs and is told which one was chosen by a click like any other.

/**
 * Whether the key was for a row of tabs.
 * @param {KeyboardEvent} event
 */
export function walkTabs(event) {
  const tab = event.target instanceof Element ? event.target.closest('[role=tab]') : null;
  const row = tab?.closest('[role=tablist]');
  if (!tab || !row || event.ctrlKey || event.metaKey || event.altKey) return false;
  const tabs = /** @type {HTMLElement[]} */ ([...row.querySelectorAll('[role=tab]')]);
  const at = tabs.findIndex(one => one === tab), last = tabs.length - 1;
  const forward = getComputedStyle(row).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  let to;
  if (event.key === 'Home') to = 0;
  else if (event.key === 'End') to = last;
  else if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return false;
  else if (event.key === forward) to = at < last ? at + 1 : 0;
  else to = at > 0 ? at - 1 : last;
  tabs[to]?.focus();
  tabs[to]?.click();
  event.preventDefault();
  return true;
}
