// @ts-check
// Follows a redirect to no other server than a run may ask. A page is not told where a redirect leads, and cannot stop on
// the way; the policy of a frame can: it is looked at before each step. So the request is made again in a frame of no
// origin, with a policy that names those servers. The service worker does not see that frame, and nothing of the app is in it.

// All that runs in the frame. index.html allows it by its hash (tests/test_scripts.py compares the two).
const FOLLOW = `addEventListener('message', async ({ data: [url, options, most], ports: [port], source }) => {
  if (source !== parent) return;
  try {
    const reply = await fetch(url, options), parts = [], reader = reply.body?.getReader();
    let size = 0;
    for (let piece; reader && !(piece = await reader.read()).done; parts.push(piece.value)) if ((size += piece.value.length) > most) throw new RangeError();
    const body = await new Blob(parts).arrayBuffer();
    port.postMessage([reply.status, [...reply.headers], reply.url, body], [body]);
  } catch (error) {
    port.postMessage(error instanceof RangeError ? 'large' : 'elsewhere');
  }
}, { once: true });`;
const HASH = 'sha256-nuNIL/mr0dLJWN4aAgWhVhHoqbQHJ1Ti0vFpqam5fjs=';
const ORIGIN = /^https?:\/\/[a-z\d.-]+(?::\d+)?$/;      // nothing that a policy could take for its own signs
/**
 * @param {string} url @param {RequestInit} options @param {Iterable<string>} origins  that may be asked
 * @param {number} most  bytes that may be read @param {AbortSignal} signal  ends it
 * @returns {Promise<{ status: number, headers: [string, string][], url: string, body: ArrayBuffer }>}
 */
export async function onward(url, options, origins, most, signal) {
  const servers = [...origins].filter(one => ORIGIN.test(one)).join(' ');
  const policy = `default-src 'none'; script-src '${HASH}'; connect-src ${servers || "'none'"}; form-action 'none'; base-uri 'none'`;
  const frame = document.createElement('iframe'), line = new MessageChannel();
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.title = 'Python';
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Python</title><script>${FOLLOW}</script>`;
  try {
    const told = await new Promise((done, failed) => {
      const late = () => failed(new Error('It took too long.'));
      if (signal.aborted) return late();      // while it waited for others
      signal.addEventListener('abort', late, { once: true });
      line.port1.onmessage = ({ data }) => done(data);
      frame.addEventListener('load', () => frame.contentWindow?.postMessage([url, { ...options, redirect: 'follow' }, most], '*', [line.port2]), { once: true });
      document.body.append(frame);
    });
    if (told === 'large') throw new Error('The answer is too large.');
    if (told === 'elsewhere') throw new Error('The server sends on to another server, which this run is not allowed to ask. A page cannot see which one: let the program ask it by its own address.');
    const [status, headers, last, body] = told;
    return { status, headers, url: last, body };
  } finally {
    line.port1.close();
    frame.remove();      // what is under way in it ends
  }
}
