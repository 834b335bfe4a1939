"""Which language a question is in, where that is plain: a model that was never taught it has no business with it.

    tongues_of("Beweise, dass die Wurzel aus 2 irrational ist.")      # {"de"}
    tongues_of("Scrivi una breve storia su un gatto.")                # {"es", "it"}
    tongues_of("x^2 = 4")                                             # {}: cannot be told

Read are scripts and the smallest words. What cannot be told counts as every language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.models.routing.letters import letters_of
from app.models.routing.plain import tidy
from app.models.routing.signals import is_learned

#: scripts that one language (of those that models name) is known by; the first found decides
SCRIPTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0370-\u03ff]{2}"), "el"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0400-\u04ff]{2}"), "ru"),
    (re.compile("[ığş]"), "tr"),
    (re.compile("[łąę]"), "pl"),
)


def _few(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


WORDS: dict[str, frozenset[str]] = {
    "en": _few("the|of|and|is|are|what|how|why|who|to|a|an|for|with|that|this|my|i|you|it|do|does|can|from"),
    "de": _few(
        "der|die|das|und|ist|ein|eine|wie|was|warum|wer|ich|du|nicht|dass|zu|mit|für|den|dem|von|hat|wann|wo|welche|viele"
    ),
    "fr": _few(
        "le|la|les|et|est|un|une|des|que|qui|quelle|pourquoi|je|tu|ne|pas|dans|pour|avec|du|au|il|combien|où|quand|quel"
    ),
    "es": _few(
        "el|la|los|y|es|un|una|qué|que|por|cómo|quién|para|con|del|en|yo|no|se|su|mi|dame|las|cuánto|cuántos|cuántas|dónde|cuándo|cuál"
    ),
    "it": _few(
        "il|lo|la|gli|e|è|un|una|che|chi|perché|come|per|con|di|del|della|ogni|non|mi|su|quanto|quanti|dove|quando|quale"
    ),
    "pt": _few(
        "o|a|os|e|é|um|uma|que|qual|quem|por|como|para|com|do|da|em|não|meu|minha|as|quanto|quantos|onde|quando"
    ),
    "nl": _few("de|het|een|en|is|wat|hoe|waarom|wie|ik|je|niet|dat|van|met|voor|op|te|zijn|hoeveel|waar|wanneer|welke"),
    "pl": _few("i|co|jak|dlaczego|kto|że|nie|się|w|na|z|do|to|ma|czy|przez|ile|gdzie|kiedy|jaki|jaka|jest"),
    "tr": _few("ve|bir|bu|ne|nasıl|neden|kim|için|ile|mi|mı|değil|olan|kısa|adım|kaç|nerede|hangi|zaman"),
}
BY_WORD = {
    word: tuple(code for code, small in WORDS.items() if word in small) for words in WORDS.values() for word in words
}
#: so many of a language's smallest words tell; of a few words one does, unless they are English
SURELY, FEW_WORDS = 2, 8
MOST_WORDS = 60

MOST_CHARACTERS = 600


def tongues_of(text: str) -> frozenset[str]:
    """The languages that it may be in, as codes like "de"; none where that cannot be told."""
    return _of_beginning(text[:MOST_CHARACTERS])


@lru_cache(maxsize=64)
def _of_beginning(text: str) -> frozenset[str]:
    line = tidy(text)
    if not line.isascii() and (script := next((code for pattern, code in SCRIPTS if pattern.search(line)), "")):
        return frozenset({script})
    words = letters_of(line)[:MOST_WORDS]
    hits = dict.fromkeys(WORDS, 0)
    for word in words:
        for code in BY_WORD.get(word, ()):
            hits[code] += 1
    most = max(hits.values())
    found = frozenset(code for code, count in hits.items() if count == most) if most else frozenset()
    if most >= SURELY:
        return found
    is_plain = len(found) == 1 and len(words) <= FEW_WORDS and 2 * sum(map(is_learned, words)) < len(words)
    return found if is_plain else frozenset()
