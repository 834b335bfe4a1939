// @ts-check
// Paints what Python sends: each operation changes one element, which is named by its id.
import { Idiomorph } from 'idiomorph';
import { find } from './dom.js';
import { giveBackTo } from './fields.js';
import { giveFocusBack, placeOf } from './focus.js';
import { reveal } from './rail.js';

const morphing = {
  morphStyle: /** @type {const} */ ('outerHTML'),
  callbacks: {
    /** What a person has unfolded stays unfolded, an open layer beside its button, and the arrows on their option.
     * @param {string} name
     * @param {Element} node */
    beforeAttributeUpdated: (name, node) => !(name === 'open' && node.tagName === 'DETAILS') && !(name === 'style' && node.matches('[data-beside]')) && name !== 'data-active' && !(name === 'aria-expanded' && node.matches('.cite')),
    /** A form that was asked for begins with its field. @param {Node} node */
    afterNodeAdded(node) {
      if (node instanceof Element) giveBackTo(node);
      const field = node instanceof Element && (node.matches('[autofocus]') ? node : node.querySelector('[autofocus]'));
      if (!(field instanceof HTMLElement)) return;
      reveal(field);
      field.focus();
      if (field instanceof HTMLInputElement) field.select();
    },
    /** A half typed secret is not taken away either.
     * @param {Node} node */
    beforeNodeMorphed: node => !(node instanceof HTMLInputElement && node.type === 'password' && node.value),
  },
};

/** @param {Node} element */
function lastText(element) {
  let node = element;
  while (node.lastChild) node = node.lastChild;
  if (node instanceof Text) return node;
  return (node instanceof Element ? node : element).appendChild(document.createTextNode(''));
}

/**
 * Where the focused element is taken away, moved or drawn anew, the focus goes back to it, not to nowhere.
 * @param {() => void} change
 */
function keepingFocus(change) {
  const before = placeOf(document.activeElement);
  change();
  giveFocusBack(before);
}

const isTyping = () => document.activeElement?.matches('input, textarea, select');

/** @type {Record<string, (element: Element, ...values: any[]) => void>} */
const paints = {
  // What is being typed stays; a button that was pressed may change its words.
  html: (element, html) => keepingFocus(() => Idiomorph.morph(element, html, { ...morphing, ignoreActiveValue: isTyping() })),
  fill: (element, html) => typeof html === 'string' ? element.innerHTML = html : element.replaceChildren(html),
  add: (element, html) => element.insertAdjacentHTML('beforeend', html),
  first: (element, html) => element.insertAdjacentHTML('afterbegin', html),
  before: (element, html) => element.insertAdjacentHTML('beforebegin', html),
  text: (element, text) => lastText(element).appendData(text),
  drop: element => element.remove(),
  attr: (element, name, value) => value === null ? element.removeAttribute(name) : element.setAttribute(name, value),
};

/**
 * One operation. An element that is no longer there is not painted.
 * @param {string} kind  of `PaintKind` (app/core/ports.py)
 * @param {string} id
 * @param {(string | null)[]} values
 */
export function paint(kind, id, ...values) {
  const element = find(id);
  if (element) paints[kind]?.(element, ...values);
}
