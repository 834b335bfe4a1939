// @ts-check
// Runs the program that an engine makes for a worker of its own (wllama's llama.cpp): a module, whose address ends this
// worker's name. It believes that its messages come from whoever made the worker; they come from the engine (start.js).
// Where the program has threads, each is another of these: the program makes them, and talks to them in the same way.
import './own-origin.js';
import { startProgramsBy } from './start.js';

// Firefox (ESR 153) makes an uncaught error of the page's of it when a thread is ended that waits inside such a call, as
// idle threads do. What a thread runs waits for no promise.
if (self.name.startsWith('em-pthread')) {
  const promising = (/** @type {Function} */ run) => async (/** @type {unknown[]} */ ...args) => run(...args);
  Object.assign(WebAssembly, { promising });
}

addEventListener('message', async event => {
  event.stopImmediatePropagation();
  const [line] = event.ports;
  if (!line) return;
  startProgramsBy(self.location.href, below => below.addEventListener('error', event => below.onerror?.(event)));
  self.postMessage = line.postMessage.bind(line);
  await import(self.name.split(' ').at(-1) ?? '').catch(reportError);
  line.onmessage = message => self.onmessage?.(message);
}, { once: true });
