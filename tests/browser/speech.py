"""A browser's voices as a script, for a Chromium that has none: they come late, and events follow as in Chrome.

app.page.add_init_script(speech(AMY, GOOGLE))
spoken(app)                        # the sentences so far
hold(app); let_go(app)             # the present sentence goes on until then
"""

from __future__ import annotations

import json

from tests.browser.driver import App

AMY = {"voiceURI": "amy", "name": "Amy", "lang": "en-GB", "localService": True, "default": True}
GOOGLE = {"voiceURI": "google", "name": "Google US English", "lang": "en-US", "localService": False, "default": False}

SCRIPT = """
{
  const voices = VOICES, queue = [], target = new EventTarget();
  let known = false, current;
  const told = window.told = { sentences: [], isHeld: false };
  const later = work => setTimeout(work, 1);
  const next = () => {
    if (current || !queue.length) return;
    const one = current = queue.shift();
    if (one.text) told.sentences.push([one.text, one.voice?.voiceURI, one.lang, one.rate]);
    later(() => { if (current === one) { one.onstart?.(new Event('start')); later(() => told.isHeld || end(one)); } });
  };
  const end = one => {
    if (current !== one) return;
    current = undefined;
    one.onend?.(new Event('end'));
    next();
  };
  told.letGo = () => { told.isHeld = false; if (current) end(current); };
  class Utterance { constructor(text) { this.text = text; } }
  const speech = Object.assign(target, {
    getVoices: () => known ? voices : [],
    speak(one) { queue.push(one); next(); },
    cancel() {
      const gone = [current, ...queue.splice(0)].filter(Boolean);
      current = undefined;
      for (const one of gone) later(() => one.onerror?.(Object.assign(new Event('error'), { error: 'interrupted' })));
    },
    pause() {}, resume() {},
  });
  Object.defineProperties(speech, { speaking: { get: () => !!current }, pending: { get: () => queue.length > 0 } });
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = Utterance;
  setTimeout(() => { known = true; target.dispatchEvent(new Event('voiceschanged')); }, 300);
}
"""


def speech(*voices: dict[str, object]) -> str:
    """The script for the page, before any other."""
    return SCRIPT.replace("VOICES", json.dumps(voices))


def spoken(app: App) -> list[list[object]]:
    """All that was read so far: sentence, voice, language, rate."""
    found: list[list[object]] = app.page.evaluate("told.sentences")
    return found


def hold(app: App) -> None:
    """The voice is slow: its sentences end when they are let go."""
    app.page.evaluate("told.isHeld = true")


def let_go(app: App) -> None:
    """The present sentence ends, and the next ones by themselves."""
    app.page.evaluate("told.letGo()")
