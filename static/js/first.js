// @ts-check
// Before anything else, and on any browser: the theme, the size of the text and the language that were chosen, Offline
// Mode's policy, and a plain word where the page cannot work at all.

// A page of another origin that frames this one could make a person click on what they do not see. serve.py forbids it
// by a header; where no header came, nothing of the app is drawn or started in there.
var isFramed = false;
function isForeignFrame() {
  try {
    for (var frame = /** @type {Window} */ (window); frame !== frame.parent; frame = frame.parent) {
      if (frame.parent.location.origin !== location.origin || location.origin === 'null') return true;
    }
    return false;
  } catch (e) {      // what may not be looked at is of another origin
    return true;
  }
}
if (isForeignFrame()) {
  isFramed = true;
  stop();
  var sentence = document.createElement('p'), link = document.createElement('a');
  sentence.textContent = 'DrLeeLM does not run inside a page of another site: that site could make you click on something you cannot see. ';
  link.href = location.href;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = 'Open DrLeeLM in its own tab';
  sentence.appendChild(link);
  document.documentElement.replaceChildren(document.createElement('body'));
  document.body.appendChild(sentence);
}

try {
  const theme = localStorage.getItem('theme');
  if (theme && theme !== 'system') document.documentElement.dataset.theme = theme;
  const text = localStorage.getItem('text');
  if (text) document.documentElement.dataset.text = text;
  if (localStorage.getItem('rail')) document.documentElement.toggleAttribute('data-no-rail', true);
} catch (e) { /* storage is forbidden: the system's theme and the usual size it is, and the rail is there */ }

// The language: for this visit by the address (?lang=de), as it was chosen, or the browser's. This page is written in
// English; where the person may read another language, a script says it in that one before it is painted.
var wantedLanguages = [new URLSearchParams(location.search).get('lang') || ''];
/** @param {string} text */
var inWords = function (text) { return text; };      // page/words.js can do more
try {
  wantedLanguages.push(localStorage.getItem('language') || '');
} catch (e) { /* nothing can have been kept */ }
wantedLanguages = wantedLanguages.concat(navigator.languages || navigator.language).filter(Boolean);
if (!isFramed && !/^en\b/i.test(wantedLanguages[0] || 'en')) document.write('<script src="./static/vendor/scripts/words.js"><\/script>');

// Back from a sign-in (signIn in page/commands.js): the code leaves the address at once, before anything else can see it.
// One that this tab has not asked for is thrown away.
/** @type {{ code: string | null, verifier: string } | undefined} */
var cameBack;
/** @param {URLSearchParams} query  of the address */
function comeBack(query) {
  if (!query.has('code')) return;
  try {
    var verifier = sessionStorage.getItem('sign-in');
    if (verifier) cameBack = { code: query.get('code'), verifier: verifier };
    sessionStorage.removeItem('sign-in');
  } catch (e) { /* nothing was kept, so nobody was sent away from here */ }
  query.delete('code');
  history.replaceState(null, '', location.pathname + (String(query) && '?' + query) + (cameBack ? '#/settings/connections' : location.hash));
}
comeBack(new URLSearchParams(location.search));

// Offline Mode. The service worker stamps the same policy on pages and workers; this covers the visit that has none yet,
// and the page in which the switch is turned. Returns false where a stricter policy than wanted is in force already.
var LOOPBACK_SERVERS = ' http://localhost:* http://127.0.0.1:*';
var policyInForce = '';
/** @param {string} mode  '', 'strict' or 'loopback' */
function offlinePolicy(mode) {
  if (mode !== policyInForce && (mode === '' || policyInForce === 'strict')) return false;
  if (mode === policyInForce) return true;
  policyInForce = mode;
  var policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "connect-src 'self' blob: data:" + (mode === 'loopback' ? LOOPBACK_SERVERS : '') + "; img-src 'self' blob: data:; media-src 'self' blob: data:";
  document.head.appendChild(policy);
  return true;
}
try {
  var keptMode = localStorage.getItem('offline');
  if (keptMode) {
    offlinePolicy(keptMode);
    document.documentElement.toggleAttribute('data-offline-mode', true);
  }
} catch (e) { /* nothing was ever switched on */ }

/** @param {string} id  of an element that index.html has @returns {HTMLElement} */
function part(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
/** @param {string} what @param {string} cure */
function cannotStart(what, cure) {
  if (part('trouble').hidden) {
    part('trouble-what').textContent = inWords(what);
    part('trouble-cure').textContent = inWords(cure);
    part('trouble').hidden = false;
    part('progress').hidden = true;
  }
}
function notPrepared() {
  if (location.protocol === 'file:') return openedAsFile();
  cannotStart('Parts of this app are missing.', 'This looks like a copy of the source that has not been set up, or the server cannot be reached. In the folder of this app run: python serve.py — then open the address that it prints.');
}
function openedAsFile() {
  cannotStart('This page cannot work when it is opened as a file.', 'Browsers do not let a file load programs. In the folder of this app run: python serve.py — then open the address that it prints.');
}
var startAgain = function () { location.reload(); };     // page/service-worker.js can do more
addEventListener('DOMContentLoaded', function () {
  if (isFramed) return;
  part('reload').addEventListener('click', function () { startAgain(); });
  if (location.protocol === 'file:') openedAsFile();
  else if (typeof WebAssembly !== 'object') cannotStart('This browser has WebAssembly switched off, and the app cannot start without it.', 'Use a current Chrome, Edge, Firefox or Safari, or allow WebAssembly (some browsers switch it off in a lockdown or strict mode).');
});
addEventListener('error', function (event) {
  if (/** @type {Element} */ (event.target).tagName === 'SCRIPT' && document.body) notPrepared();
}, true);
