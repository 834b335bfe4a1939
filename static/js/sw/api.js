// @ts-check
// The local API: what another page of this site asks below v1/ and api/local-models/ goes to an open page of the app,
// whose Python answers it.
//
// A service worker hears only pages below its own address, and those are of this origin. What a foreign site can do is
// to send somebody here by a link or a form: so a navigation is answered only where it changes nothing.
import { said } from "../said.js";
import { isStale, openCache, SCOPE, worker } from "./release.js";

const API = /^(v1|api\/local-models)(\/|$)/;
const MOST_BODY = 32_000_000; // characters: some pictures in base64
const READY_MS = 2000; // after that nobody is there
const WATCH_MS = 5000; // how often is looked whether the answering page is still open

/** @typedef {{ method: string, path: string, body: string }} Asked */

/** The address of an API request, relative to the app's own; null for every other request. @param {Request} request */
export function apiPath(request) {
  const { origin, pathname } = new URL(request.url);
  const path = (origin + pathname).startsWith(SCOPE) ? (origin + pathname).slice(SCOPE.length) : "";
  return API.test(path) ? path : null;
}

/** @param {number} status @param {string} code @param {string} message */
function problem(status, code, message) {
  const error = { message, type: status < 500 ? "invalid_request_error" : "server_error", code, param: null };
  return Response.json({ error }, { status, headers: { "Cache-Control": "no-store", "x-should-retry": "false" } });
}

/** @param {string} path @param {FetchEvent} event */
export async function answerApi(path, event) {
  const { method, mode } = event.request;
  if (mode === "navigate" && method !== "GET") return problem(403, "foreign_origin", said("own_site"));
  const body = method === "GET" ? "" : await event.request.text();
  if (body.length > MOST_BODY) return problem(413, "request_too_large", said("too_long"));
  const page = await readyPage();
  if (!page) return problem(503, "no_open_tab", said("nobody", { address: SCOPE }));
  return answeredBy(page, { method, path, body }, event);
}

// The first open page that says it can answer. The one that is looked at is asked first.
async function readyPage() {
  const cache = await openCache();
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = open.filter((client) => client.url.startsWith(SCOPE));
  ours.sort((one, other) => Number(other.visibilityState === "visible") - Number(one.visibilityState === "visible"));
  return Promise.any(ours.map((client) => saysReady(client, cache))).catch(() => null);
}

/**
 * @param {WindowClient} client
 * @param {Cache} cache
 * @returns {Promise<WindowClient>}
 */
async function saysReady(client, cache) {
  if (await isStale(cache, client.id)) throw new Error("of another release");
  const { port1, port2 } = new MessageChannel();
  /** @type {Promise<WindowClient>} */
  const answered = new Promise((yes, no) => {
    port1.onmessage = () => yes(client);
    setTimeout(no, READY_MS);
  });
  client.postMessage({ type: "api-ready" }, [port2]);
  return answered.finally(() => port1.close());
}

/**
 * Hands a request to a page: over a channel come a head, texts and an end; what goes back is that nobody reads on.
 * @param {WindowClient} page
 * @param {Asked} asked
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
function answeredBy(page, asked, event) {
  const { port1, port2 } = new MessageChannel();
  /** @type {(response: Response) => void} */
  let answer;
  /** @type {Promise<Response>} */
  const answered = new Promise((done) => { answer = done; });
  /** @type {ReadableStreamDefaultController<Uint8Array>} */
  let body;
  const close = () => {
    clearInterval(watch);
    port1.onmessage = null;
    port1.close();
  };
  const stop = () => {
    port1.postMessage("stop");
    answer(Response.error());
    close();
  };
  const stream = new ReadableStream({ start: (controller) => { body = controller; }, cancel: stop });
  /** @param {string} message */
  const lost = (message) => {
    answer(problem(503, "interrupted", message));
    body.error(new TypeError(message));
    close();
  };
  // A worker that hears of nothing for half a minute is ended by the browser, and an event of five minutes is, too. So
  // the event of this request ends with the head of the answer, and the page says from time to time that we are needed.
  // Not every page that is closed in the middle is told of as a reader who stops: it is looked for, too.
  const watch = setInterval(async () => {
    if (event.clientId && !await worker.clients.get(event.clientId)) stop();
    else if (await worker.clients.get(page.id)) page.postMessage({ type: "api-stay" });
    else lost(said("tab_closed"));
  }, WATCH_MS);
  const encoder = new TextEncoder();
  /** @type {Record<string, (...args: any[]) => void>} */
  const take = {
    head: (status, headers) => answer(new Response(stream, { status, headers })),
    text: (text) => body.enqueue(encoder.encode(text)),
    end: () => { body.close(); close(); },
    fail: lost,
  };
  port1.onmessage = ({ data }) => { if (Array.isArray(data) && Object.hasOwn(take, data[0])) take[data[0]]?.(...data.slice(1)); };
  event.request.signal.addEventListener("abort", stop);
  page.postMessage({ type: "api", asked }, [port2]);
  return answered;
}
