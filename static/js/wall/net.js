// @ts-check
// The one way to the network from inside the wall: a message to the page, which asks the person and makes the request
// itself (../page/reaching.js). It stands in the place of `fetch`, so that micropip, Pyodide and urllib3 go by it.

/** @param {(message: unknown[]) => void} say  to the page */
export function network(say) {
  /** @type {Map<number, [(told: any) => void, (why: Error) => void]>} */
  const waiting = new Map();
  let last = 0;

  /** @param {string} kind @param {unknown[]} words @returns {Promise<any>} */
  const ask = (kind, words) => new Promise((done, failed) => {
    waiting.set(last += 1, [done, failed]);
    say([kind, last, ...words]);
  });

  return {
    /** @param {RequestInfo | URL} address @param {RequestInit} [options]  @returns {Promise<Response>} */
    async fetch(address, options) {
      const request = new Request(address, options), { method, url, headers, integrity } = request;
      const sent = await request.arrayBuffer();
      const [status, told, bytes] = await ask('want', [JSON.stringify({ method, url, headers: [...headers], integrity }), sent]);
      const reply = new Response([204, 205, 304].includes(status) ? null : bytes, { status, headers: told });
      Object.defineProperty(reply, 'url', { value: url });
      return reply;
    },
    /** Whether packages may be fetched. @param {string[]} names  as they are imported @returns {Promise<boolean>} */
    need: names => ask('need', [names.join(' ')]),
    /** The page's answer. @param {[number, ...unknown[]]} answer */
    got([number, ...told]) {
      const [done, failed] = waiting.get(number) ?? [];
      waiting.delete(number);
      if (typeof told[0] === 'string') failed?.(new TypeError(told[0]));
      else done?.(told);
    },
    /** @param {[number, boolean]} answer */
    granted([number, is]) {
      waiting.get(number)?.[0](is);
      waiting.delete(number);
    },
  };
}
