// @ts-check
// The page's own words in another language than English, before they are painted for the first time. first.js asks for
// this script where the person may read another language; it is of one file with all that it needs, and no module.
import { choice, inWords, placesIn, translate } from './language.js';

const language = choice(window.wantedLanguages);
document.documentElement.lang = language;
document.documentElement.dir = LANGUAGES[language]?.direction ?? 'ltr';
window.inWords = text => inWords(text, language);
const observer = new MutationObserver(changes => {
  for (const { addedNodes } of changes) for (const node of addedNodes) translate(placesIn(node), language);
});
observer.observe(document, { childList: true, subtree: true });
document.addEventListener('DOMContentLoaded', () => {
  observer.disconnect();
  translate(placesIn(document), language);      // a text that came in two pieces, too
});
