// @ts-check
// What our scripts say themselves, because Python is not there yet or never comes.
//
//   said('message_kept')
//   said('nobody', { address: 'https://…/' })
//
// The words are those of app/ui/words/, in the feature `start`; set-up puts them in (prepare.mjs).

/** @returns {string} */
const language = () => globalThis.document?.documentElement.lang || navigator.language.replace(/-.*/, '');

/** @param {string} name  of an entry @param {Record<string, string>} values */
export function said(name, values = {}) {
  const words = { ...START_WORDS.en, ...START_WORDS[language()] };
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (place, value) => values[value] ?? place);
}
