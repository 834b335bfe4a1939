"""What of a message is the question: no courtesies, no quotation marks, no instructions about the answer's form.

    plain("Please answer in JSON. “Why is the sky blue?” Thanks!")     # "why is the sky blue?"
    units("量子纠缠是什么")                                            # 4.2: length in words, as this script counts

Only the first 900 and the last 300 characters are read, in lower case and with spaces evened out, so the time is
bounded and the way of typing does not matter. Where nothing would be left, all is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.models.routing.asides import aside_in
from app.models.routing.letters import DIGIT, holds, letters_of

HEAD_CHARACTERS = 900
TAIL_CHARACTERS = 300
#: how much may stand before the comma of "I was wondering, why …"
MOST_LEAD = 60
LEADING = re.compile(r"(?:but|aber|mais|pero|ma|mas|maar|но|ale) ")

SENTENCE = re.compile(r"(?<=[.!?:;。！？।])\s+|(?<=[。！？।])|\n+")
#: the same where no sign ends a sentence without a space: it looks at spaces only
SPACED_SENTENCE = re.compile(r"\s(?:(?<=[.!?:;]\s)\s*|(?<=\n)\n*)")
DENSE_ENDS = "。！？।"
#: a label behind the question, in a sentence of its own
END_LABEL = re.compile(r"(?:a|answer|the answer is|antwort|réponse|respuesta|risposta) ?[:：]")
LABEL = re.compile(r"[a-z] ?\d{0,3}[:.)]")
#: what encloses a question in a template; of other names it is a language of its own
TAG = re.compile(
    r"</?(?:question|query|prompt|task|problem|instruction|input|text|user|answer|response)>|\[/?inst\]|"
    r"\*\*[a-z]{1,12}(?::\*\*|\*\*:)"
)
TAGS_HAVE = ("<", "[inst", "**")
CLAUSE = re.compile(
    r"(?:\s*[,(]?\s*(?:please )?(?:in|within|using|with) (?:no more than |at most |exactly |about |under |"
    r"less than |only )*"
    r"(?:a|an|one|two|three|four|five|\d+(?: ?[-–] ?\d+| to \d+)?|few|a few|one short)? ?"
    r"(?:short |brief |simple |single )?"
    r"(?:sentences?|words|bullet points?|bullets|paragraphs?|lines?|json(?: format)?|markdown|table(?: format)?|"
    r"steps)\)?"
    r"(?=[.?!]?$))|(?:\s*,?\s*(?:step by step|briefly|concisely|in brief|in short)(?=[.?!]?$))|\banswer:\s*$"
)
#: how such a clause ends, within so many characters
CLAUSE_ENDS = re.compile(
    r"(?:sentences?|words|points?|bullets|paragraphs?|lines?|json|format|markdown|table|steps?|briefly|concisely|brief|"
    r"short|answer:\s*)\)?[.?!]?$"
)
END = 24
COURTESY = re.compile(
    r"\b(?:please|kindly|pls|plz|thanks(?: a lot| in advance)?|thank you(?: very much| in advance)?|bitte|"
    r"danke(?: im voraus)?|"
    r"s'il (?:vous|te) plaît|svp|merci(?: d'avance)?|por favor|gracias|per favore|per piacere|grazie|obrigad[oa]|"
    r"alsjeblieft|alstublieft|proszę|пожалуйста|спасибо|lütfen)\b[,!.]?\s?|"
    r"من فضلك|कृपया|^请(?=\w)|^請(?=\w)|ください|주세요"
)
#: what of it every courtesy in ASCII has
COURTEOUS = (
    "please", "kindly", "pls", "plz", "thank", "bitte", "danke", "svp", "merci", "favor", "gracias", "piacere",
    "grazie", "obrigad", "blieft",
)  # fmt: skip
ASKING = re.compile(
    r"^(?:hi|hello|hey|dear \w+|hallo|bonjour|hola|ciao|привет)[ ,!.]+(?=\S+ \S+)|"
    r"^(?:can|could|would|will) you (?:(?=\w)(?:help me )?(?:to )?)|^i (?:want|would like|need) you to |"
    r"^i have a question[:.,]? "
)
QUOTES = re.compile(r"[\"“”„«»‹›‘‚`]{1,2}(?!`)|(?<!\w)'|'(?!\w)")
QUOTE = "\"'`"  # one of these has every quotation in ASCII
#: letters that stand without spaces: how many make about a word
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
SYLLABIC = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
WORD = re.compile(r"[0-9][0-9.,]*|[^\W\d_]+")
ASCII_WORD = re.compile(r"[0-9][0-9.,]*|[A-Za-z]+")
DENSE_WORDS, SYLLABIC_WORDS = 0.6, 0.25


def plain(text: str) -> str:
    """The question, in lower case, with single spaces; never empty where `text` is not."""
    kept = _kept(_ends(text))
    bare = " ".join(" ".join(_bare(kept)).split())
    bare = ASKING.sub("", bare)
    return bare if any(letter.isalnum() for letter in bare) else " ".join(kept)


def said(text: str) -> str:
    """The same with its courtesies: what is left of a thank-you with an instruction about its form."""
    return " ".join(_unquoted(" ".join(_kept(_ends(text)))).split())


@lru_cache(maxsize=8)
def _kept(text: str) -> tuple[str, ...]:
    """The sentences that are neither about the form nor around the question; of less, what there is."""
    line = text.lower().replace("’", "'")
    if holds(line, TAGS_HAVE):
        line = TAG.sub("\n", line)
    parts = [part for part in (" ".join(part.split()) for part in sentences_of(line)) if part]
    parts = [part for part in parts if WORD.search(part)] or parts
    if parts and END_LABEL.fullmatch(parts[-1]):
        parts = parts[:-1] or parts
    if len(parts) == 1:
        return (_without_lead(parts[0]),)
    is_curt = line.isascii() and not holds(line, COURTEOUS)
    kinds = [aside_in(part if is_curt else _curt(part)) for part in parts]
    left = list(range(len(parts)))
    for kind in ("form", "around", "greeting"):
        left = [i for i in left if kinds[i] != kind] or left
    kept = [parts[i] for i in left]
    kept = [part for part in kept if not LABEL.fullmatch(part)] or kept
    return (_without_lead(kept[0]), *kept[1:]) if kept else ()


def _without_lead(part: str) -> str:
    """Without "I was wondering," or "sorry to bother you, but"."""
    lead, comma, rest = part.partition(", ")
    if not comma or len(lead) > MOST_LEAD or " " not in rest or aside_in(_curt(lead)) not in ("around", "greeting"):
        return part
    opens = LEADING.match(rest)
    return rest[opens.end() :] if opens else rest


def tidy(text: str) -> str:
    """The first and the last characters of a text, in lower case, with single spaces."""
    return " ".join(_ends(text).lower().split())


@lru_cache(maxsize=8)
def parts_of(line: str) -> tuple[str, ...]:
    """Words and numbers in order: several readers ask for those of the same line."""
    if not DIGIT.search(line):
        return tuple(letters_of(line))
    return tuple((ASCII_WORD if line.isascii() else WORD).findall(line))


@lru_cache(maxsize=8)
def units(line: str) -> float:
    """How long a text is, in words; by its letters where its script sets no spaces."""
    if line.isascii():
        return len(parts_of(line))
    dense, syllabic = len(DENSE.findall(line)), len(SYLLABIC.findall(line))
    spaced = WORD.findall(SYLLABIC.sub(" ", DENSE.sub(" ", line))) if dense or syllabic else WORD.findall(line)
    return len(spaced) + DENSE_WORDS * dense + SYLLABIC_WORDS * syllabic


def sentences_of(line: str) -> list[str]:
    """A text where `SENTENCE` cuts it."""
    return SENTENCE.split(line) if holds(line, DENSE_ENDS) else SPACED_SENTENCE.split(line)


def _curt(part: str) -> str:
    """A sentence without its courtesies."""
    return part if part.isascii() and not holds(part, COURTEOUS) else COURTESY.sub("", part)


def _unquoted(part: str) -> str:
    return part if part.isascii() and not holds(part, QUOTE) else QUOTES.sub(" ", part)


def _bare(parts: Sequence[str]) -> list[str]:
    """Sentences without courtesies, quotation marks and clauses about the form at their ends."""
    whole = " ".join(parts)
    if not whole.isascii() or holds(whole, COURTEOUS) or holds(whole, QUOTE):
        parts = [_unquoted(_curt(part)).strip() for part in parts]
    return [CLAUSE.sub("", part) if CLAUSE_ENDS.search(part[-END:]) else part for part in parts]


def _ends(text: str) -> str:
    if len(text) > HEAD_CHARACTERS + TAIL_CHARACTERS:
        return text[:HEAD_CHARACTERS] + " " + text[-TAIL_CHARACTERS:]
    return text
