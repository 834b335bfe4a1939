// What our workers find beside the web's own names.

/** Written before the service worker's bundle by serve.py: addresses relative to the page, with SHA-256 or policy; headers. */
declare const RELEASE: {
  version: string;
  precache: Record<string, string>;
  onUse: Record<string, string>;
  policies: Record<string, string>;
  isolation: Record<string, string>;
};

/** The addresses of the app's files that a worker has asked for (static/js/workers/own-origin.js). */
declare var ownFiles: Set<string>;

/** What classic scripts of static/vendor/ leave behind, and what LiteRT-LM's loader reads. */
declare var Module: any;
declare var litertlm: typeof import('@litert-lm/core');
declare var typeset: { hljs: typeof import('highlight.js').default; katex: typeof import('katex').default };

/** The name of the snapshot beside the app, written by prepare.mjs into interpreter.js. */
declare const SNAPSHOT: string;
/** Set where Python was started from it. */
declare var isRestored: boolean | undefined;

/** A program of Python, as a .pyc (../build/prepare.mjs). */
declare module '*.py' {
  const compiled: Uint8Array<ArrayBuffer>;
  export default compiled;
}
