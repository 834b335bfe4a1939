// @ts-check
// What comes over the wall (wall.js) in a run: all of it may be forged by the program, so each part is taken by its type
// and no more of it than a run may say.

/** @typedef {import('./wall.js').Told} Told @typedef {import('./wall.js').Tell} Tell */

const MOST_MESSAGES = 500_000, MOST_BYTES = 40_000_000;      // of one run: more is no output that anyone wants
const MOST_FILES = 20, MOST_FILE_BYTES = 20_000_000;      // that it leaves, together: app.core.running
const MOST_WORDS = 4;      // in a message
const MOST_TURNS = 200;      // between what is printed and what is printed as an error: the rest goes on as it was
const MOST_STARTS = 1000;      // of a program that starts over after each answer
// Messages that are none: only a forger sends any. One that took long to come in counts as many.
const MOST_UNREAD = 16, UNREAD_MS = 20;
const FRAME_MS = 30;

/**
 * Nothing that came over the wall is read before its type is known: what is made of nested lists can keep a thread for ever.
 * @param {unknown} data  @returns {data is unknown[]}  it is a message: a few texts, figures and bytes
 */
export const isSpoken = data => Array.isArray(data) && data.length <= MOST_WORDS
  && data.every(one => typeof one === 'string' || typeof one === 'number' || one instanceof ArrayBuffer);

/** What a part of a message weighs, in characters or bytes. @param {unknown} part */
const weight = part => part instanceof ArrayBuffer ? part.byteLength : text(part).length;

export const MOST_WHY = 2000;

/** @param {unknown} value @param {number} [most]  characters */
export const text = (value, most = Infinity) => typeof value === 'string' ? value.slice(0, most) : '';

/** @param {unknown} value */
const whole = value => Number.isSafeInteger(value) ? Math.max(0, Number(value)) : 0;

/** @param {ArrayBuffer} bytes */
function base64(bytes) {
  let letters = '';
  const all = new Uint8Array(bytes);
  for (let n = 0; n < all.length; n += 32768) letters += String.fromCharCode(...all.subarray(n, n + 32768));
  return btoa(letters);
}

/** What is printed is told at most once in a frame, and no more of it than is shown. @param {Tell} tell @param {number} most */
export function printing(tell, most) {
  /** @type {[string, string][]} */
  let waiting = [];
  let left = most, cut = 0, timer = 0, flushed = -Infinity, turns = 0, now = '';
  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    flushed = performance.now();
    for (const piece of waiting) tell(JSON.stringify(piece));
    waiting = [];
  };
  return {
    flush,
    /** characters that were not shown */
    cut: () => cut,
    /** Nothing was printed yet. */
    again() {
      flush();
      [left, cut, turns] = [most, 0, 0];
    },
    /** @param {string} kind @param {string} words */
    add(kind, words) {
      const shown = words.slice(0, left);
      left -= shown.length;
      cut += words.length - shown.length;
      if (!shown) return;
      if (kind !== now && (turns += 1) <= MOST_TURNS) now = kind;
      const last = waiting.at(-1);
      if (last?.[0] === now) last[1] += shown;
      else waiting.push([now, shown]);
      if (!timer && performance.now() - flushed > FRAME_MS) flush();
      else timer ||= setTimeout(flush, FRAME_MS);
    },
  };
}

/** What may still be left by a program, of files. */
function leaving() {
  let files = 0, bytes = 0;
  return (/** @type {ArrayBuffer} */ data) => {
    const fits = files < MOST_FILES && bytes + data.byteLength <= MOST_FILE_BYTES;
    if (fits) {
      files += 1;
      bytes += data.byteLength;
    }
    return fits;
  };
}

/**
 * The time of one run, which stands still before it begins, and as often as it is paused: while a person is asked, and
 * while something is fetched. @param {number} left  ms @param {() => void} over
 */
export function clock(left, over) {
  let timer = 0, since = 0, paused = 1;
  return {
    pause() {
      clearTimeout(timer);
      if (!paused) left -= performance.now() - since;
      paused += 1;
    },
    goOn() {
      paused -= 1;
      if (paused) return;
      since = performance.now();
      timer = setTimeout(over, left);
    },
  };
}

/**
 * What a program says, as it comes in: all of it may be forged.
 * @param {Tell} tell @param {ReturnType<typeof printing>} out @param {ReturnType<typeof clock>} time
 * @param {(words: string) => void} reply  to what it asks @param {(told: Told) => void} done
 * @param {Record<string, (one: unknown, other: unknown, third: unknown) => void>} more  that it may say (reaching.js)
 */
export function hearing(tell, out, time, reply, done, more) {
  const once = new Set();
  let messages = 0, size = 0, began = 0, starts = 0, unread = 0, asks = false, fits = leaving();
  /** @param {string} kind */
  const first = kind => !once.has(kind) && !!once.add(kind);
  /** @type {Record<string, (one: unknown, other: unknown, third: unknown) => void>} */
  const kinds = {
    ...more,
    begun() { if (first('begun')) { began = performance.now(); tell('["begun",""]'); } },
    out: words => out.add('out', text(words)),
    err: words => out.add('err', text(words)),
    ask(prompt) {
      if (asks) return;
      asks = true;
      time.pause();
      out.flush();
      tell(JSON.stringify(['ask', text(prompt, 1000)]));
    },
    again() {
      if ((starts += 1) > MOST_STARTS) return done({ ending: 'flood' });
      out.again();
      fits = leaving();
      tell('["again",""]');
    },
    file(name, data) { if (data instanceof ArrayBuffer && fits(data)) tell(JSON.stringify(['file', text(name, 200), base64(data)])); },
    ended: (error, line, unsaid) => done({ ending: text(error) ? 'failed' : '', error: text(error, 20_000), line: whole(line), left: whole(unsaid) }),
    broken: why => done({ ending: 'broken', error: text(why, MOST_WHY) }),
  };
  return {
    /** when its first line ran: 0 before */
    began: () => began,
    /** The answer to what it asks; nothing happens where it asks nothing. @param {string} words */
    say(words) {
      if (!asks) return;
      asks = false;
      time.goOn();
      reply(words);
    },
    /** @param {unknown[]} data @param {number} ms  that it took to come in */
    take(data, ms) {
      messages += 1;
      if (!data.length) unread += 1 + ms / UNREAD_MS;
      for (const part of data) size += weight(part);
      const [kind, one, other, third] = data;
      if (messages > MOST_MESSAGES || size > MOST_BYTES || unread > MOST_UNREAD) done({ ending: 'flood' });
      else if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) kinds[kind]?.(one, other, third);
    },
  };
}
