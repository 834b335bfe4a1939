// SHA-256 for Python, in a worker of its own: of one chunk, and of the whole file so far.
'use strict';

const vendor = new URL('../vendor/js/', self.location).href;
importScripts(vendor + 'comlink.js', vendor + 'hash-wasm.js');

const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const bytesOf = text => Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16));
const hasher = hashwasm.createSHA256();      // WebAssembly; the browser's own cannot go on from a state

async function at(state) {
  const whole = await hasher;
  return state ? whole.load(bytesOf(state)) : whole.init();
}

Comlink.expose({
  async load() { await hasher; },
  // The chunk's own hash, and the state of the whole file's after it, both in hexadecimal.
  async add(blob, state) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const own = crypto.subtle.digest('SHA-256', bytes);      // on a thread of the browser's
    const whole = await at(state);
    whole.update(bytes);
    return `${hex(new Uint8Array(await own))} ${hex(whole.save())}`;
  },
  async final(state) { return (await at(state)).digest('hex'); },
});
