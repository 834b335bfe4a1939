// @ts-check
// A list under a search field, by keyboard: the focus stays in the field, the arrows walk, Enter picks. The field names its
// list by aria-controls. Python draws the options and is told which one was picked by a click like any other.

/** @param {Element} list */
const optionsOf = list => /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role=option]')]);

/** The option that the arrows stand on. @param {Element} list */
const active = list => optionsOf(list).find(option => 'active' in option.dataset);

/**
 * @param {HTMLElement} field
 * @param {HTMLElement[]} options
 * @param {HTMLElement | undefined} option
 */
function stand(field, options, option) {
  for (const one of options) delete one.dataset.active;
  if (!option) return field.removeAttribute('aria-activedescendant');
  option.dataset.active = '';
  field.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

/** @param {HTMLElement} field */
function leave(field) {
  const layer = field.closest('dialog, [popover]');
  if (layer instanceof HTMLDialogElement) layer.close();
  else if (layer instanceof HTMLElement) layer.hidePopover();
}

/**
 * Whether the key was for a list.
 * @param {KeyboardEvent} event
 */
export function walk(event) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || field.type !== 'search') return false;
  const list = document.getElementById(field.getAttribute('aria-controls') ?? '');
  if (list?.getAttribute('role') !== 'listbox') return false;
  const options = optionsOf(list), here = active(list);
  const at = here ? options.indexOf(here) : -1, last = options.length - 1;
  if (event.key === 'Enter') (here ?? options[0])?.click();
  else if (event.key === 'ArrowDown') stand(field, options, options[at < last ? at + 1 : 0]);
  else if (event.key === 'ArrowUp') stand(field, options, options[at > 0 ? at - 1 : last]);
  else if (event.key === 'Escape') leave(field);      // not only what was typed goes
  else return false;
  event.preventDefault();
  return true;
}

/** A list that is shut begins anew. @param {Element} layer */
export function forget(layer) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (layer.querySelectorAll('[type=search]'))) {
    field.value = '';
    field.removeAttribute('aria-activedescendant');
  }
}
