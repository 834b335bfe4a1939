// @ts-check
// Pictures of pages: the librarian's worker gives them to this page on a line of their own, past Python. What is painted
// around a picture is here before it, and waits for it a moment: no empty page is seen, and Python's work and the
// worker's go on side by side.
import { find } from './dom.js';

/** What Python sends at one time. @typedef {[string, string, ...any[]][]} Ops */

const PATIENCE_MS = 100;      // then all is painted without the picture, which still comes
/** @type {Map<string, MessagePort>} by the id of a canvas, the line of the picture that it is to show */
const lines = new Map();

/**
 * Puts a picture on its canvas once it is there, after `before` and before what comes `then`; where the canvas is gone,
 * another page is shown.
 * @param {MessagePort} line @param {string} id  of the canvas @param {() => void} before @param {() => void} then
 */
function onPicture(line, id, before, then) {
  lines.get(id)?.close();      // one that is still on its way belongs to the page before
  lines.set(id, line);
  line.onmessage = ({ data }) => {
    line.close();
    lines.delete(id);
    try {
      before();
      show(data, id);
    } finally {
      then();
    }
  };
}

/** @param {ImageBitmap | null} picture  null: an empty one @param {string} id */
function show(picture, id) {
  /** @type {HTMLCanvasElement | null} */ (find(id))?.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
}

/** What stands in a text of HTML, made while there is time. @param {string} html */
function nodesOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

/**
 * Has messages taken in their order. The last operation of one may be `['do', 'draw', line, id]`: it waits for the picture
 * that comes on that line, and the others behind it.
 * @param {(ops: Ops) => void} take  @returns {(ops: Ops) => void}
 */
export function withPictures(take) {
  /** @type {Ops[] | null} what came while one waits */
  let behind = null;

  /** @param {Ops} ops */
  function hear(ops) {
    const last = ops.at(-1);
    if (behind) behind.push(ops);
    else if (last?.[0] === 'do' && last[1] === 'draw') wait(ops.slice(0, -1), last[2], last[3]);
    else take(ops);
  }

  /** @param {Ops} ops @param {MessagePort} line @param {string} id */
  function wait(ops, line, id) {
    /** @type {Ops} */
    let made = ops.map(([kind, name, ...values]) => kind === 'fill' ? [kind, name, nodesOf(values[0])] : [kind, name, ...values]);
    /** @type {Ops[]} */
    const mine = behind = [];
    const paint = () => {
      const all = made;
      made = [];
      take(all);
    };
    const goOn = () => {
      if (behind !== mine) return;
      behind = null;
      for (const one of mine) queueMicrotask(() => hear(one));      // each as if it came alone, also where one fails
    };
    setTimeout(() => {
      try {
        paint();
        if (lines.get(id) === line) show(null, id);      // the canvas may be that of the page before
      } finally {
        goOn();
      }
    }, PATIENCE_MS);
    onPicture(line, id, paint, goOn);
  }
  return hear;
}
