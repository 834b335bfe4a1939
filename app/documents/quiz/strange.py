"""What has no place in an item: markup, and words of the instructions that the model was given.

    markup_in("What cools it?<script>", passage)      # "<script>"
    leaked_in("Return only JSON.", passage)           # "Return only JSON"

What the passage itself has, a question about it may have: a lesson about HTML asks about `<b>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_TAGS = (
    "a abbr audio b base big body br button canvas center code div em embed font form frame h1 h2 h3 h4 h5 h6 head hr "
    "html i iframe img input ins kbd li link mark math meta object ol p picture pre s script section select small "
    "source span strike strong style sub sup svg table tbody td template textarea th title tr u ul video"
)
_MARKUP = re.compile(
    rf"</?(?:{'|'.join(_TAGS.split())})(?:\s+[\w-]+\s*=[^<>]*|\s*/?)>|<(?:script|style|iframe|img|svg|object|embed)\b"
    r"|</\w|<!--|<!\w|<\w[^<>]*\s\w+\s*=[^<>]*>|\bjavascript:\s*\S|\bon\w+\s*=\s*[\"'\w]"
    r"|&(?:lt|gt|amp|quot|nbsp|#x?[0-9a-f]+);|!\[[^\]]*\]\(|\]\(\s*(?:https?:|data:|/)|```|~~~",
    re.IGNORECASE,
)
#: what a chat template marks turns with, and the names that only our own task has
_TEMPLATE = re.compile(
    r"<\|[^|<>]{1,40}\|>|<\|?/?(?:im_start|im_end|start_of_turn|end_of_turn|s|bos|eos|think)\b\|?>|\[/?INST\]"
    r"|<</?SYS>>|###\s*(?:instruction|input|response|system|user|task)\b|^\s*(?:system|user|assistant|human)\s*:"
    r"|\b(?:multiple_choice|short_answer|true_false)\b|\bplaceholder\b|\blorem ipsum\b",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"\bJSON\b"
    r"|\b(?:0|zero|null)-(?:based|basiert)|\b(?:system|user)[ -]?(?:prompt|message)|\b(?:the|this|your|my) prompt\b"
    r"|\b(?:as|wie) (?:requested|instructed|you asked|angefordert|verlangt|gewünscht)\b"
    r"|\bI (?:was|am|have been) (?:told|asked|instructed|supposed|required)\b|\bich (?:soll|sollte|wurde gebeten)\b"
    r"|\b(?:write|create|generate|produce|make|output|return|give)\s(?:(?:me|us|only|a|an|one|the|exactly|new|single"
    r"|another|short|valid|\d)\s)*"
    r"(?:cloze|quiz|question|item|hint|explanation|multiple[- ]choice|true/false|short[- ]answer)\b"
    r"|\b(?:schreibe?|erstelle?|erzeuge?|gib|formuliere?|erzeugen sie|schreiben sie|erstellen sie)\s"
    r"(?:\w+\s){0,4}(?:frage|quizfrage|lückentext|lückensatz|aufgabe|antwort|hinweis)\w*\b"
    r"|\b(?:escribe|crea|genera|devuelve|écris|crée|génère|renvoie|scrivi|genera|escreva|gere)\s(?:\w+\s){0,4}"
    r"(?:pregunta|question|domanda|pergunta|objeto|objet|oggetto)\b"
    r"|\b(?:copy|quote|use) the (?:source|exact|original)? ?(?:sentence|passage|text)\b"
    r"|\b(?:kopiere|zitiere)\w* (?:den|die|das) (?:satz|quelle|text)\w*"
    r"|\b(?:from|knowledge|facts|information)\s(?:\w+\s)?outside (?:of )?the (?:passage|text)|\bword (?:by|for) word\b"
    r"|\b(?:außerhalb|outside) (?:des|of the|the) (?:text\w*|passage|abschnitt\w*) (?:verwenden|verwende|use)\b"
    r"|\b(?:following|wrong|right|correct|exact(?:ly)?) (?:keys|fields|options)\b"
    r"|\bkeys kind\b|\b\d (?:answer )?options\b"
    r"|\b(?:passage|text) (?:below|above|provided|given)\b|\b(?:according to|follow(?:ing)?) (?:the|these|my|your) "
    r"(?:instructions?|rules?|guidelines?)\b|\b(?:the|these|my|your) instructions?\b|\bAnweisung(?:en)?\b"
    r"|\bschema\b|\b(?:copied|taken|quoted) from the (?:passage|text)\b|\bone short (?:hint|sentence|explanation)\b"
    r"|\b(?:hint|answer|explanation|question|Antwort|Hinweis|Erklärung)s? (?:must|should|muss|soll)\b"
    r"|\bdo not (?:reveal|use|include|add|copy|repeat|mention)\b"
    r"|\b(?:answer|hint|explanation|Antwort) (?:to|of|for|zu|auf) (?:the|die|der) (?:question|passage|Frage)\b"
    r"|\blanguage model\b|\bSprachmodell\b|\bas an AI\b|\bquiz item\b|\bmultiple[- ]choice (?:item|question)\b"
    r"|\bcloze (?:item|question|test)\b|\buse _{2,}",
    re.IGNORECASE,
)


def markup_in(texts: Iterable[str], passage: str) -> str | None:
    """The first markup that the passage does not have; None where there is none."""
    return _strange(_MARKUP, texts, passage)


def leaked_in(texts: Iterable[str], passage: str) -> str | None:
    """The first words of instructions that the passage does not have; None where there are none."""
    texts = tuple(texts)
    return _strange(_TEMPLATE, texts, passage) or _strange(_TASK, texts, passage)


def _strange(pattern: re.Pattern[str], texts: Iterable[str], passage: str) -> str | None:
    found = (one[0] for text in texts for one in pattern.finditer(text))
    known, words = " ".join(passage.lower().split()), frozenset(_WORD.findall(passage.lower()))
    for one in found:
        own = _WORD.findall(one.lower())
        is_known = words.issuperset(own) if own and one.isprintable() and one[0].isalnum() else False
        if not is_known and " ".join(one.lower().split()) not in known:
            return one
    return None
