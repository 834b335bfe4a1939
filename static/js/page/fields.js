// @ts-check
// Fields whose words are kept until Python has written them (data-kept): a page that is closed in between, or crashes, gives
// them back when the field is there again. Each change has a number, by which Python says what it has written.
import { keep, recall } from './kept.js';

/** What stands in them, and the number of its change, by the id of the field. @type {Map<string, [string, number]>} */
const fields = new Map();
let last = 0;

function store() {
  keep('fields', fields.size ? JSON.stringify([...fields]) : null);
}

export function recallFields() {
  try {
    for (const [id, [text, number]] of JSON.parse(recall('fields') || '[]')) {
      fields.set(id, [text, number]);
      last = Math.max(last, number);
    }
  } catch { /* half a text is none */ }
}

/** @param {EventTarget | null} field */
export function keepField(field) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.dataset.kept === undefined) return;
  fields.set(field.id, [field.value, ++last]);
  store();
}

/** The number of what stands in a field. @param {string} id */
export const numberOf = id => fields.get(id)?.[1] ?? last;

/** @param {string} id @param {number} number */
export function fieldKept(id, number) {
  if (fields.get(id)?.[1] !== number) return;
  fields.delete(id);
  store();
}

/** What was typed into a field before it was written stands in it again, and is written now. @param {Element} around */
export function giveBackTo(around) {
  for (const field of [around, ...around.querySelectorAll('[data-kept]')]) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !fields.has(field.id)) continue;
    field.value = fields.get(field.id)?.[0] ?? '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** The selected words of a field become the next gap of a cloze; without any, the cursor stands in it. @param {string} id */
export function makeGap(id) {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement)) return;
  const { selectionStart: start, selectionEnd: end, value } = field;
  const numbers = Array.from(value.matchAll(/\{\{c(\d{1,3})::/gi), found => Number(found[1]));
  const open = `{{c${Math.max(0, ...numbers) + 1}::`;
  field.focus();
  field.setRangeText(`${open}${value.slice(start, end)}}}`, start, end, 'end');
  if (start === end) field.setSelectionRange(start + open.length, start + open.length);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
