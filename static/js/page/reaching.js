// @ts-check
// What a program may reach of the network in one run: it asks over the wall (over-wall.js), Python asks the person and its
// gate, and only then this page makes the very request that was asked about. It goes without cookies, keys and referrer,
// follows a redirect only among the servers that this run may ask (onward.js), and all of it is bounded. What comes over may
// be forged.
import { onward } from './onward.js';

/** @typedef {{ method: string, url: string, headers: [string, string][], integrity: string, body: ArrayBuffer }} Wish */
/** @typedef {['got', [number, number, [string, string][], ArrayBuffer]] | ['got', [number, string]] | ['granted', [number, boolean]]} Answer */

const METHODS = new Set(['GET', 'HEAD', 'POST']);
// No keys and nothing that tells who asks: a program has none of the person's, and should not be lent them by a habit.
const HEADERS = new Set(['accept', 'accept-language', 'content-type', 'range']);
const MOST_REQUESTS = 300, MOST_SENT = 1_000_000, MOST_READ = 100_000_000, MOST_READ_IN_ALL = 300_000_000;
const MOST_SPELLED = 20_000, MOST_ADDRESS = 4000, MOST_MS = 120_000;
// What the program's own `fetch` fails with, in English as Python's errors are.
const NOT_MADE = new Error('This request cannot be made from here.'), NOT_ALLOWED = new Error('The network is not allowed.');
const OWN = 'wall:/';      // where Python behind the wall believes that the files of its packages lie
const FILE = /^[\w.+-]+$/;

/** @param {string} name @param {string} value */
const isSmall = (name, value) => HEADERS.has(name.toLowerCase()) && value.length <= 1000;

/**
 * @param {string} spelled  JSON: { method, url, headers, integrity } @param {unknown} body @param {string} base  of packages
 * @returns {Wish | undefined}  nothing where it is none that may be made
 */
function read(spelled, body, base) {
  if (spelled.length > MOST_SPELLED) return;
  try {
    const { method, url, headers, integrity } = JSON.parse(spelled);
    if (!METHODS.has(method) || typeof url !== 'string' || url.length > MOST_ADDRESS || !Array.isArray(headers)) return;
    const file = url.startsWith(OWN) ? url.slice(OWN.length) : '';
    const { protocol, username, password, href } = new URL(base && FILE.test(file) ? base + file : url);
    if (!/^https?:$/.test(protocol) || username || password) return;
    const kept = headers.filter(one => Array.isArray(one) && one.length === 2 && one.every(part => typeof part === 'string') && isSmall(String(one[0]), String(one[1])));
    const sent = body instanceof ArrayBuffer && method === 'POST' ? body : new ArrayBuffer(0);
    if (sent.byteLength > MOST_SENT) return;
    return { method, url: href, headers: kept, integrity: typeof integrity === 'string' ? integrity : '', body: sent };
  } catch { /* it is no such thing */ }
}

/**
 * The answer's body, no longer than may be read. @param {Response} reply @param {{ left: number }} room  of the whole run
 * @param {AbortController} abort
 */
async function bodyOf(reply, room, abort) {
  const parts = [], reader = reply.body?.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader?.read() ?? { done: true, value: undefined };
    if (done || !value) return new Blob(parts).arrayBuffer();
    size += value.length;
    room.left -= value.length;
    if (size > MOST_READ || room.left < 0) {
      abort.abort();
      throw new Error('The answer is too large.');
    }
    parts.push(value);
  }
}

/**
 * Packages are fetched, and where they lie is told nothing: the word for them (session/reaching.py) is for no more.
 * @param {Wish} wish @param {string} base
 */
const tellsPackages = ({ method, url, headers }, base) => !!base && url.startsWith(base) && (method !== 'GET' || !!headers.length);

/**
 * A name says nothing of where it leads, and may lead to this computer or its network after all. Where the person has let
 * this page go there (for Ollama), that is no word for programs: the browser then holds the request back. Elsewhere it asks
 * them itself; behind a proxy it could not tell, and would hold back everything.
 * @returns {Promise<RequestInit>}
 */
async function outside() {
  const states = ['loopback-network', 'local-network', 'local-network-access'].map(async name => {
    try {
      return (await navigator.permissions.query({ name: /** @type {PermissionName} */ (name) })).state;
    } catch {
      return '';      // a name that this browser does not know
    }
  });
  const isNear = (await Promise.all(states)).includes('granted');
  return /** @type {RequestInit} */ (isNear ? { targetAddressSpace: 'public' } : {});
}

// Python's word is for names alone, but for the place of packages, which may be any.
const NUMBER = /^\[|^[\d.]+$|(^|\.)localhost$/;

/**
 * @param {Wish} wish @param {{ left: number, behind: Promise<unknown> }} room  bytes, and the redirect that is followed before
 * this one: what a frame reads is known at its end only @param {AbortController} abort @param {Set<string>} origins  for redirects
 */
async function made({ method, url, headers, integrity, body }, room, abort, origins) {
  const late = setTimeout(() => abort.abort(), MOST_MS);
  /** @type {RequestInit} */
  const options = { method, headers, integrity, mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer', cache: integrity ? 'default' : 'no-store' };
  if (!NUMBER.test(new URL(url).hostname)) Object.assign(options, await outside());
  try {
    const reply = await fetch(url, { ...options, body: body.byteLength ? body : undefined, signal: abort.signal, redirect: 'manual' });
    if (reply.type !== 'opaqueredirect') {
      return { status: reply.status, url, headers: /** @type {[string, string][]} */ ([...reply.headers]), body: await bodyOf(reply, room, abort) };
    }
    if (method === 'POST') throw new Error('The server sends on to another address, and what is sent there does not go on.');
    const following = room.behind.then(async () => {
      const last = await onward(url, options, origins, Math.min(MOST_READ, room.left), abort.signal);
      room.left -= last.body.byteLength;
      return last;
    });
    room.behind = following.catch(() => {});
    return await following;
  } finally {
    clearTimeout(late);
  }
}

/**
 * @param {import('./wall.js').Tell} tell @param {ReturnType<typeof import('./over-wall.js').clock>} time
 * @param {(answer: Answer) => void} reply  to the program
 */
export function reaching(tell, time, reply) {
  /** @type {Map<number, Wish | null>} what waits for Python's word, null where packages are asked for */
  const waiting = new Map();
  /** @type {Set<AbortController>} */
  const under = new Set();
  const room = { left: MOST_READ_IN_ALL, behind: Promise.resolve() };
  /** @type {Set<string>} */
  const origins = new Set();      // of what the person has allowed: a redirect may lead there, too
  let base = '', requests = 0, hasEnded = false;

  /** @param {unknown} number @param {Wish | null | undefined} wish @param {string[]} told */
  function wait(number, wish, told) {
    if (hasEnded || typeof number !== 'number' || waiting.has(number)) return;
    requests += 1;
    if (wish === undefined || requests > MOST_REQUESTS) return reply(['got', [number, NOT_MADE.message]]);
    waiting.set(number, wish);
    time.pause();
    tell(JSON.stringify(told));
  }

  /** @param {number} number @param {Wish} wish */
  async function make(number, wish) {
    const abort = new AbortController();
    under.add(abort);
    try {
      const { status, url, headers, body } = await made(wish, room, abort, origins);
      if (hasEnded) return;
      tell(JSON.stringify(['reached', url, String(body.byteLength)]));
      reply(['got', [number, status, headers, body]]);
    } catch (error) {
      if (hasEnded) return;
      tell(JSON.stringify(['reached', wish.url, '']));
      reply(['got', [number, `No answer: ${/** @type {Error} */ (error).message}`]]);
    } finally {
      under.delete(abort);
      if (!hasEnded) time.goOn();
    }
  }

  return {
    /** what the program may say, by kind. @type {Record<string, (one: unknown, other: unknown, third: unknown) => void>} */
    kinds: {
      need: (number, names) => wait(number, null, ['need', `${names}`.slice(0, 1000), `${number}`]),
      want(number, spelled, body) {
        const wish = read(`${spelled}`, body, base);
        wait(number, wish, ['want', wish?.url ?? '', `${number}`]);
      },
      lack: (name, how) => { if ((requests += 1) <= MOST_REQUESTS) tell(JSON.stringify(['lack', `${name}`.slice(0, 200), how === 'unknown' ? how : ''])); },
    },
    /** Python's word. @param {number} number @param {string} address  what may be asked; '' where it may not */
    permit(number, address) {
      const wish = waiting.get(number);
      if (hasEnded || wish === undefined) return;
      waiting.delete(number);
      if (wish && wish.url === address && !tellsPackages(wish, base)) {
        if (!base || !address.startsWith(base)) origins.add(new URL(address).origin);
        return void make(number, wish);
      }
      time.goOn();
      if (wish) return reply(['got', [number, NOT_ALLOWED.message]]);
      base = address;
      reply(['granted', [number, !!address]]);
    },
    /** Nothing goes on after a run. */
    end() {
      hasEnded = true;
      for (const one of under) one.abort();
    },
  };
}
