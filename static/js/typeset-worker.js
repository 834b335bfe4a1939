// Draws code and formulas for Python, as HTML strings. A classic worker, started when the first answer needs it.
'use strict';

const vendor = new URL('../vendor/js/', self.location).href;
importScripts('own-origin.js', vendor + 'comlink.js');

// Bounds for formulas that are made to hurt: macros that call each other, boxes as wide as a street (in em).
const MOST_EXPANSIONS = 1000, MOST_EM = 50;

const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

Comlink.expose({
  // highlight.js and KaTeX weigh half a megabyte. What goes wrong here (no network yet) is the caller's to tell.
  load() { if (!self.typeset) importScripts(vendor + 'typeset.js'); },

  code(text, language) {
    const { hljs } = self.typeset;
    if (!hljs.getLanguage(language)) return escaped(text);
    return hljs.highlight(text, { language, ignoreIllegals: true }).value;
  },

  math(tex, displayMode) {
    try {
      return self.typeset.katex.renderToString(tex, {
        displayMode, output: 'htmlAndMathml', trust: false, strict: 'ignore', throwOnError: false,
        maxExpand: MOST_EXPANSIONS, maxSize: MOST_EM, errorColor: 'inherit',
      });
    } catch (error) {
      // KaTeX tells of bad input by itself; nesting that is too deep for its stack is all that is left.
      if (error instanceof RangeError) return escaped(tex);
      throw error;
    }
  },
});
