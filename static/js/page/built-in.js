// @ts-check
// The model that some browsers have built in (https://webmachinelearning.github.io/prompt-api/). Only a window may ask it:
// no worker has it. Bundled by itself and fetched when Python first asks (commands.js); it decides nothing.

/**
 * @typedef {{ role: 'system' | 'user' | 'assistant', content: string }} Message
 * @typedef {{ messages: Message[], schema: object | null, goesOn: boolean }} Asked  `goesOn`: the messages are those of the
 *   last reply, that reply, and a new question
 * @typedef {(text: string) => void} Tell  takes a piece of what is under way
 * @typedef {{ state?: string, error?: string, message?: string, limit?: number, counts?: number[] }} Told  `limit` and
 *   `counts` (of the prompt, of the reply) in tokens (app.core.commands.BuiltInTold)
 */

/** @type {LanguageModel | undefined} */
let kept;      // while there is one, the model stays in memory
/** @type {LanguageModel | undefined} */
let conversation;      // that of the last reply
let work = new AbortController();

/** A sampling of its own a page cannot set; the language is told where the browser knows it. */
async function options() {
  const wanted = { expectedOutputs: [{ type: /** @type {const} */ ('text'), languages: [document.documentElement.lang] }] };
  return await LanguageModel.availability(wanted) === 'unavailable' ? {} : wanted;
}

function forget() {
  conversation?.destroy();
  conversation = undefined;
}

/** @type {Record<string, (tell: Tell, asked: Asked) => Promise<Told>>} */
const verbs = {
  look: async () => ({ state: await LanguageModel.availability(await options()) }),

  /** The browser downloads its model, if it has not; how far it is is told as a part of 1. */
  async fetch(tell) {
    const { signal } = work = new AbortController();
    const session = await LanguageModel.create({
      ...await options(), signal,
      monitor: monitor => monitor.addEventListener('downloadprogress', event => tell(String(/** @type {ProgressEvent} */ (event).loaded))),
    });
    session.destroy();
    return { state: 'available' };
  },

  /** Never begins a download: the person does that. */
  async load() {
    const { signal } = work = new AbortController();
    const wanted = await options(), state = await LanguageModel.availability(wanted);
    if (state === 'available') kept ??= await LanguageModel.create({ ...wanted, signal });
    return { state };
  },

  async reply(tell, { messages, schema, goesOn }) {
    const { signal } = work = new AbortController();
    const before = messages.slice(0, -1), question = messages.slice(-1);
    if (!goesOn) forget();
    const session = conversation ?? await LanguageModel.create({ ...await options(), initialPrompts: before, signal });
    conversation = undefined;      // what a stopped or failed run leaves behind cannot go on
    try {
      const how = schema ? { responseConstraint: schema } : {};
      const prompt = session.contextUsage + await session.measureContextUsage(question, { ...how, signal });
      // The browser would leave out the oldest turns without a word.
      if (prompt >= session.contextWindow) return { error: 'QuotaExceededError', limit: session.contextWindow };
      for await (const piece of session.promptStreaming(question, { ...how, signal })) tell(piece);
      conversation = session;
      return { counts: [prompt, Math.max(0, session.contextUsage - prompt)].map(Math.round) };
    } finally {
      if (conversation !== session) session.destroy();
    }
  },
};

/**
 * @param {(name: string, arg: unknown) => void} send  to Python
 * @param {number} id  of the question @param {string} verb @param {Asked} asked
 */
export async function answer(send, id, verb, asked) {
  /** @type {Told} */
  let told;
  try {
    told = await verbs[verb]?.(text => send('piece', [id, text]), asked) ?? {};
  } catch (error) {
    const { name, message, quota } = /** @type {DOMException & { quota?: number }} */ (error);
    told = { error: name, message, limit: Math.round(quota ?? 0) };
  }
  send('answer', [id, told]);
}

/** @param {boolean} isOver  its memory is given back, too */
export function stop(isOver) {
  work.abort();
  if (!isOver) return;
  forget();
  kept?.destroy();
  kept = undefined;
}
