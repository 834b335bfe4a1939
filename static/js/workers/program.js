// @ts-check
// Runs the program that an engine makes for a worker of its own (wllama's): a module, at the address that is this worker's
// name. It believes that its messages come from whoever made the worker; they come from the engine (start.js).
import './own-origin.js';

addEventListener('message', async event => {
  event.stopImmediatePropagation();
  const [line] = event.ports;
  if (!line) return;
  self.postMessage = line.postMessage.bind(line);
  await import(self.name).catch(reportError);
  line.onmessage = message => self.onmessage?.(message);
}, { once: true });
