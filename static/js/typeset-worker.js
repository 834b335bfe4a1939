// Draws code and formulas for Python, as HTML strings. A classic worker, started when the first answer needs it.
'use strict';

const vendor = new URL('../vendor/js/', self.location).href;
importScripts('own-origin.js', vendor + 'comlink.js');

// Bounds for formulas that are made to hurt: macros that call each other, boxes as wide as a street (in em).
const MOST_EXPANSIONS = 1000, MOST_EM = 50;

const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

// What is nested too deep for the stack stays plain text. Chromium and WebKit throw a RangeError then, Firefox an error of
// a class of its own. Bad input is told by KaTeX and highlight.js themselves.
function orPlain(text, draw) {
  try {
    return draw();
  } catch (error) {
    if (error instanceof RangeError || error.name === 'InternalError') return escaped(text);
    throw error;
  }
}

const api = {
  // highlight.js and KaTeX weigh half a megabyte. What goes wrong here (no network yet) is the caller's to tell.
  load() { if (!self.typeset) importScripts(vendor + 'typeset.js'); },

  code(text, language) {
    const { hljs } = self.typeset;
    if (!hljs.getLanguage(language)) return escaped(text);
    return orPlain(text, () => hljs.highlight(text, { language, ignoreIllegals: true }).value);
  },

  math(tex, displayMode) {
    return orPlain(tex, () => self.typeset.katex.renderToString(tex, {
      displayMode, output: 'htmlAndMathml', trust: false, strict: 'ignore', throwOnError: false,
      maxExpand: MOST_EXPANSIONS, maxSize: MOST_EM, errorColor: 'inherit',
    }));
  },
};
onmessage = ({ ports: [line] }) => Comlink.expose(api, line);
