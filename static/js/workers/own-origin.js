// @ts-check
// Keeps a worker, and every worker that it starts, to the app's own origin. Engines are programs of other people, and
// the words of a chat pass through them. Where the server or the service worker sends the worker's policy (serve.py), that
// refuses the same and more; this also holds on the first visit to a host that sends no headers.
// `ownFiles` are the addresses that were asked for, so that those can be kept for offline use.

/** @typedef {string | URL | Request} Address */

// One function that needs nothing around it: its text is put before the program of every worker made of a Blob.
(function keepToOwnOrigin() {
  self.ownFiles = new Set();
  const urlOf = (/** @type {Address} */ address) => String(address instanceof Request ? address.url : address);
  const isOwn = (/** @type {Address} */ address, /** @type {string[]} */ protocols) => {
    try {
      const url = new URL(urlOf(address), self.location.href);
      if (protocols.includes(url.protocol)) return true;
      if (url.origin !== self.origin || !/^https?:$/.test(url.protocol)) return false;
      self.ownFiles.add(url.href);
      return true;
    } catch {
      return false;      // an address that cannot be read
    }
  };
  const check = (/** @type {Address} */ address, /** @type {string[]} */ protocols) => {
    if (!isOwn(address, protocols)) throw new TypeError(`This worker reaches its own origin only, not ${urlOf(address)}`);
  };
  /** Puts a proxy in the place of a function or class, where the owner or a prototype of it has it.
   * @param {any} owner @param {string} name @param {ProxyHandler<any>} traps */
  const replace = (owner, name, traps) => {
    while (owner && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
    if (owner) Object.defineProperty(owner, name, { value: new Proxy(owner[name], traps) });
  };
  const DATA = ['blob:', 'data:'], PROGRAM = ['blob:'];

  replace(self, 'fetch', {
    async apply(fetch, _, [input, ...rest]) {
      check(input, DATA);
      return fetch.call(self, input, ...rest);
    },
  });
  replace(self, 'importScripts', {
    apply(importScripts, _, addresses) {
      for (const address of addresses) check(address, PROGRAM);
      return importScripts.apply(self, addresses);
    },
  });
  replace(XMLHttpRequest.prototype, 'open', {
    apply(open, request, args) {
      check(args[1], DATA);
      return open.apply(request, args);
    },
  });
  for (const name of ['WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport']) replace(self, name, {
    construct(target, args, made) {
      check(String(args[0]).replace(/^ws/, 'http'), []);
      return Reflect.construct(target, args, made);
    },
  });
  // Not needed by any engine, and each can fetch.
  for (const name of ['caches', 'RTCPeerConnection']) if (name in self) Object.defineProperty(self, name, { value: undefined });

  // A worker made of a Blob gets these lines first.
  /** @type {Map<string, Blob>} */
  const blobs = new Map();
  replace(URL, 'createObjectURL', {
    apply(create, _, [blob]) {
      const address = create.call(URL, blob);
      blobs.set(address, blob);
      return address;
    },
  });
  replace(URL, 'revokeObjectURL', {
    apply(revoke, _, [address]) {
      blobs.delete(address);
      return revoke.call(URL, address);
    },
  });
  const keptIn = (/** @type {string | URL} */ address) => {
    check(address, PROGRAM);
    const blob = blobs.get(String(address));
    if (!blob) return address;
    return URL.createObjectURL(new Blob([`(${keepToOwnOrigin})();\n`, blob], { type: 'text/javascript' }));
  };
  replace(self, 'Worker', {
    construct: (Worker, [address, ...rest], made) => Reflect.construct(Worker, [keptIn(address), ...rest], made),
  });
})();
