"""Sentences that claim nothing of their sources: that these don't say it, questions, words to the reader."""

from __future__ import annotations

import re

_SOURCES = {
    "en": r"passages?|texts?|sources?|documents?|excerpts?",
    "de": r"texte?n?|quellen?|dokumente?n?|textstellen?|abschnitte?n?|passagen?|unterlagen",
    "es": r"textos?|fuentes?|documentos?|pasajes?",
    "fr": r"textes?|sources?|documents?|passages?|extraits?",
    "it": r"test[oi]|font[ei]|document[oi]|bran[oi]|passaggi?o?",
    "pt": r"textos?|fontes?|documentos?|trechos?",
}
_NO = {
    "en": r"not|\w+n['’]t|no|nothing|none|never|nowhere|silent|cannot|without|lacks?",
    "de": r"nicht|nichts|kein\w*|nirgends",
    "es": r"no|nada|ningun[ao]|ningún",
    "fr": r"ne|n['’]\w*|rien|aucune?",
    "it": r"non|nulla|niente|nessun[ao]?",
    "pt": r"não|nada|nenhuma?",
}
#: verbs of sources, for a sentence that does not name them: "It does not say how many."
_TELLS = {
    "en": r"say|says|said|state|states|stated|mention|mentions|mentioned|specify|specified|provided?|information|found",
    "de": r"steht|gesagt|erwähnt|angegeben|genannt|dazu|darüber|darin|dort|angaben?|informationen",
    "es": r"dicen?|mencionan?|indican?|aparecen?|consta|información",
    "fr": r"disent|dit|mentionn\w*|indiqu\w*|précis\w*|information",
    "it": r"dic[eo]n?o?|menzion\w*|indica\w*|informazioni",
    "pt": r"diz|dizem|mencion\w*|indica\w*|informações",
}
_DENIALS = re.compile(
    "|".join(
        rf"\b(?:{_NO[one]})\b.{{0,60}}\b(?:{_SOURCES[one]}|{_TELLS[one]})\b"
        rf"|\b(?:{_SOURCES[one]}|{_TELLS[one]})\b.{{0,60}}\b(?:{_NO[one]})\b"
        for one in _SOURCES
    ),
    re.IGNORECASE,
)
_READER = (
    r"\b(?:i|i['’]m|you|your|me|ich|dir|dich|dein|deine|ihnen|te|ti|tu|usted|espero|vous|je|voglio|spero|você|quieres"
    r"|puedes|puedo|necesitas)\b"
)
_OPENINGS = (
    r"^(?:sure|okay|ok|let['’]?s|imagine|good question|great question|of course|certainly|here (?:is|are)|here['’]s"
    r"|in summary|in short|kurz gesagt|en resumen|en bref|gute frage|gern|natürlich|klar|sicher"
    r"|hier (?:ist|sind)|claro|buena pregunta|por supuesto|aquí|bonne question|bien sûr"
    r"|voici|certo|buona domanda|ecco|boa pergunta|aqui)\b"
)
_OPENING = re.compile(_OPENINGS, re.IGNORECASE)
_TALK = re.compile(f"{_READER}|{_OPENINGS}", re.IGNORECASE)


def leads_over(text: str) -> bool:
    """Whether words before a colon only announce what comes: "Here is the answer:"."""
    return text.endswith(":") and bool(_OPENING.match(text))


def is_no_claim(text: str) -> bool:
    """Whether a sentence without a source needs none: it says that the sources don't tell, asks, speaks to the reader,
    or leads over to a list."""
    return text.rstrip().endswith((":", "?", "!")) or bool(_DENIALS.search(text) or _TALK.search(text))
