// @ts-check
// The other open pages of this app. Any page of this origin can write to the channel: these two words are all that is
// taken from it.
import { channelName } from '../names.js';
import { app } from './dom.js';
import { send } from './port.js';

const WORDS = new Set(['halt', 'gone']);

/** @type {Pick<BroadcastChannel, 'postMessage'>} */
let channel = { postMessage() {} };

export function hearOthers() {
  try {
    const opened = new BroadcastChannel(channelName(app, 'pages'));
    opened.onmessage = ({ data }) => {
      if (WORDS.has(data)) send('archive:hear', { word: data });
    };
    channel = opened;
  } catch { /* a browser that blocks storage refuses channels, too: then no other page shares anything with this one */ }
}

/** @param {string} word */
export const tellOthers = word => channel.postMessage(word);
