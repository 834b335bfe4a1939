// @ts-check
// A list under a search field, by keyboard: the focus stays in the field, the arrows walk, Enter picks. The field names its
// list by aria-controls. Python draws the options and is told which one was picked by a click like any other. A list may say
// what it was drawn for (data-for): Enter waits until that is what stands in the field.

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

/**
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 */
function pick(field, list) {
  const asked = field.value.trim();
  const take = () => (active(list) ?? optionsOf(list)[0])?.click();
  if ((list.dataset.for ?? asked) === asked) return take();
  const watch = new MutationObserver(() => {
    const isStill = field.value.trim() === asked;      // a list that was shut has begun anew
    if (isStill && list.dataset.for === asked) take();
    else if (isStill) return;
    watch.disconnect();
  });
  if (asked) watch.observe(list, { attributeFilter: ['data-for'] });
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
  const isWalking = here || !field.value;      // before that, Home and End are the text's
  if (event.key === 'Enter') pick(field, list);
  else if (event.key === 'Home' && isWalking) stand(field, options, options[0]);
  else if (event.key === 'End' && isWalking) stand(field, options, options[last]);
  else if (event.key === 'ArrowDown') stand(field, options, options[at < last ? at + 1 : 0]);
  else if (event.key === 'ArrowUp') stand(field, options, options[at > 0 ? at - 1 : last]);
  else if (event.key === 'Escape') leave(field);      // not only what was typed goes
  else return false;
  event.preventDefault();
  return true;
}

/** What is typed is looked for from the top. @param {EventTarget | null} field */
export function typed(field) {
  if (!(field instanceof HTMLInputElement)) return;
  const list = document.getElementById(field.getAttribute('aria-controls') ?? '');
  if (list?.getAttribute('role') !== 'listbox') return;
  stand(field, optionsOf(list), undefined);
  list.scrollTop = 0;
}

/** A list that is shut begins anew. @param {Element} layer */
export function forget(layer) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (layer.querySelectorAll('[type=search]'))) {
    field.value = '';
    field.removeAttribute('aria-activedescendant');
  }
}
