// @ts-check
// The word about what was just done, with its Undo (app/ui/shell.py). It goes by itself, but not while it is hovered or
// focused: whoever needs longer has longer.
import { byId } from './dom.js';
import { send } from './port.js';

const STAYS_MS = 8000;
let going = 0;

export function listenForToasts() {
  const toast = byId('toast');
  const wait = () => {
    clearTimeout(going);
    const id = toast.dataset.shown;
    if (id && !toast.matches(':hover, :focus-within')) going = setTimeout(() => send('app:toast-over', id), STAYS_MS);
  };
  new MutationObserver(wait).observe(toast, { attributeFilter: ['data-shown'] });
  for (const change of ['pointerenter', 'pointerleave', 'focusin', 'focusout']) toast.addEventListener(change, () => setTimeout(wait));
}
