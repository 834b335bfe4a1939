// @ts-check
// The files of the app that this worker has asked for: kept for offline use once they have served, and looked up where an
// engine did not start. Engines tell a file of theirs that did not come and a damaged model in the same words.
// own-origin.js adds what is not imported.

const LOOK_MS = 10_000;

export const vendor = new URL('../', self.location.href).href;      // the bundle is in static/vendor/scripts/
export const ownFiles = self.ownFiles.add(self.location.href);

/** @param {string} address */
export function imported(address) {
  ownFiles.add(address);
  return import(address);
}

export async function firstMissing() {
  for (const address of ownFiles) {
    const isThere = await fetch(address, { signal: AbortSignal.timeout(LOOK_MS) }).then(reply => {
      reply.body?.cancel();
      return reply.ok;
    }, () => false);
    if (!isThere) return address;
  }
  return undefined;
}
