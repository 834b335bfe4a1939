// @ts-check
// Draws code and formulas for Python, as HTML strings. A classic worker, started when the first answer needs it.
import './own-origin.js';
import { expose } from 'comlink';

const vendor = new URL('../js/', self.location.href).href;      // the bundle is in static/vendor/scripts/

// Bounds for formulas that are made to hurt: macros that call each other, boxes as wide as a street (in em).
const MOST_EXPANSIONS = 1000, MOST_EM = 50;

/** @param {string} text */
const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

/**
 * What is nested too deep for the stack stays plain text. Chromium and WebKit throw a RangeError then, Firefox an error of
 * a class of its own. Bad input is told by KaTeX and highlight.js themselves.
 * @param {string} text
 * @param {() => string} draw
 */
function orPlain(text, draw) {
  try {
    return draw();
  } catch (error) {
    if (error instanceof RangeError || /** @type {Error} */ (error).name === 'InternalError') return escaped(text);
    throw error;
  }
}

const api = {
  // highlight.js and KaTeX weigh half a megabyte. What goes wrong here (no network yet) is the caller's to tell.
  load() { if (!self.typeset) importScripts(vendor + 'typeset.js'); },

  /** @param {string} text @param {string} language */
  code(text, language) {
    const { hljs } = self.typeset;
    if (!hljs.getLanguage(language)) return escaped(text);
    return orPlain(text, () => hljs.highlight(text, { language, ignoreIllegals: true }).value);
  },

  /** @param {string} tex @param {boolean} displayMode */
  math(tex, displayMode) {
    return orPlain(tex, () => self.typeset.katex.renderToString(tex, {
      displayMode, output: 'htmlAndMathml', trust: false, strict: 'ignore', throwOnError: false,
      maxExpand: MOST_EXPANSIONS, maxSize: MOST_EM, errorColor: 'inherit',
    }));
  },
};
self.onmessage = ({ ports: [line] }) => expose(api, line);
