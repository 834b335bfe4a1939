// @ts-check
// What our scripts say themselves, because Python is not there yet or never comes.
//
//   said('message_kept')
//   said('nobody', { address: 'https://…/' })
//
// The words are those of app/ui/words/, in the feature `start`; set-up puts them in (prepare.mjs). A worker, which has no
// page to look at, speaks the browser's language.

/** @returns {string} */
const language = () => globalThis.document?.documentElement.lang || navigator.language.replace(/-.*/, '');

/** @param {string} name  of an entry @param {Record<string, string>} values */
export function said(name, values = {}) {
  const words = { ...LANGUAGES.en?.words, ...LANGUAGES[language()]?.words };
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (place, value) => values[value] ?? place);
}
