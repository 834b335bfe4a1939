// @ts-check
// The page's own words in the language of the person. index.html and first.js are written in English, and hold only words
// of app/ui/words/en/start.toml, so each is found by its English.
//
//   choice(['de-AT', 'en'])         // 'de'
//   const places = placesIn(document)      // once, before anything else is painted
//   translate(places, 'de')

const NAMES = ['aria-label', 'placeholder', 'title', 'alt', 'content'];

/** @type {Map<string, string>} the name of an entry by its words in any language */
const known = new Map();
for (const { words } of Object.values(LANGUAGES)) for (const [name, text] of Object.entries(words)) known.set(text, name);

/** Of the wanted languages the first that there is, "de" for "de-AT"; English otherwise. @param {readonly string[]} wanted */
export function choice(wanted) {
  const codes = new Map(Object.keys(LANGUAGES).map(code => [code.toLowerCase(), code]));
  for (let tag of wanted.map(tag => tag.toLowerCase())) {
    for (; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const code = codes.get(tag);
      if (code) return code;
    }
  }
  return 'en';
}

/** A text of the table in another language; any other as it is. @param {string} text @param {string} language */
export function inWords(text, language) {
  const name = known.get(text.trim());
  const said = name && (LANGUAGES[language]?.words[name] ?? LANGUAGES.en?.words[name]);
  return said ? text.replace(text.trim(), () => said) : text;
}

/** @typedef {{ text: string, set: (text: string) => void }} Place */

/** Where texts of the table stand in a part of the page. @param {Node} top @returns {Place[]} */
export function placesIn(top) {
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = /** @type {Node | null} */ (top); node; node = walker.nextNode()) {
    if (node instanceof Text) found.push(placeOfText(node));
    else if (node instanceof Element) for (const name of NAMES) if (node.hasAttribute(name)) found.push(placeOfName(node, name));
  }
  return found.filter(place => known.has(place.text.trim()));
}

/** @param {Text} node @returns {Place} */
const placeOfText = node => ({ get text() { return node.data; }, set: text => { node.data = text; } });

/** @param {Element} element @param {string} name @returns {Place} */
const placeOfName = (element, name) => ({
  get text() { return element.getAttribute(name) ?? ''; }, set: text => element.setAttribute(name, text),
});

/** What Python has painted over meanwhile is no text of the table any more, and stays. @param {Place[]} places @param {string} language */
export function translate(places, language) {
  for (const place of places) {
    const text = inWords(place.text, language);
    if (text !== place.text) place.set(text);
  }
}
