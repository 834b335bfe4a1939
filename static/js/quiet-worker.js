// @ts-check
// A shared worker that looks whether a server answers. It can never raise the browser's question about the local
// network (only windows and their own workers can), and what fails in it is not an error of the page's.
/** @type {SharedWorkerGlobalScope} */ (/** @type {unknown} */ (self)).onconnect = ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = async ({ data }) => {
    if (!Array.isArray(data)) return;
    const [id, url, mode, ms, method, headers] = data;
    try {
      const reply = await fetch(url, { method, headers, mode, cache: 'no-store', signal: AbortSignal.timeout(ms) });
      const text = mode === 'cors' ? (await reply.text()).slice(0, 10_000) : '';
      port.postMessage([id, { status: reply.status, text }]);
    } catch (caught) {
      const error = /** @type {Error} */ (caught);
      port.postMessage([id, { error: `${error.name}: ${error.message}` }]);
    }
  };
};
