// @ts-check
// Layers that open beside the button that was pressed (`data-beside`): menus, lists to pick from, explanations. Where they
// stand and how much room they have is told to the style sheet as `--beside` (an inset) and `--room`; on a phone it makes
// sheets of them.

const ROOM = 260;      // px below the button that a layer wants before it opens upwards
const GAP = 4;

/** @type {HTMLElement | null} the button that was pressed last of those that open a layer */
let pressed = null;

/** @param {Element} layer @returns {HTMLElement | null} the button that opens it: the one that was pressed, where several do */
export function openerOf(layer) {
  if (pressed?.isConnected && pressed.getAttribute('popovertarget') === layer.id) return pressed;
  return document.querySelector(`[popovertarget="${CSS.escape(layer.id)}"]`);
}

/** Puts a layer that is about to open beside its button. @param {Event} event */
function place(event) {
  const { target, newState } = /** @type {ToggleEvent} */ (event);
  if (!(target instanceof HTMLElement) || newState !== 'open' || target.dataset.beside === undefined) return;
  const button = openerOf(target)?.getBoundingClientRect();
  if (button) standBeside(target, button);
}

/** Puts a layer beside what stands there. @param {HTMLElement} layer @param {DOMRect} button */
export function standBeside(layer, button) {
  const below = innerHeight - button.bottom, isAbove = below < ROOM && button.top > below;
  const isAtEnd = button.left > innerWidth / 2;
  layer.style.setProperty('--beside', [
    isAbove ? 'auto' : `${button.bottom + GAP}px`, isAtEnd ? `${innerWidth - button.right}px` : 'auto',
    isAbove ? `${innerHeight - button.top + GAP}px` : 'auto', isAtEnd ? 'auto' : `${button.left}px`,
  ].join(' '));
  layer.style.setProperty('--room', `${(isAbove ? button.top : below) - 4 * GAP}px`);
}

export function listenForLayers() {
  addEventListener('click', ({ target }) => {
    const button = target instanceof Element && target.closest('[popovertarget]');
    if (button instanceof HTMLElement) pressed = button;
  }, true);
  addEventListener('beforetoggle', place, true);
}
