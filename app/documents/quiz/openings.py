"""Whether a sentence speaks for itself: one that begins with "It" or "But" needs the sentence before it.

speaks_for_itself("Her draught was 3.4 metres.", "en")      # False
"""

from __future__ import annotations

import re

from app.documents.claims.small_words import words
from app.documents.claims.support import sentences_of, source_language

_LEANING = words(
    "it its it's this these that those they them their he she his her him hers such here there then thus hence "
    "therefore however but and or so yet also moreover furthermore instead otherwise nevertheless still both neither "
    "either another others one some many most few each which who what when where why how i we you our your my me us "
    "es er sie ihr ihre ihren seine sein ihm ihn dies diese dieser dieses diesen jene jener dort hier dann daher "
    "deshalb darum also aber und oder doch jedoch trotzdem dennoch auch außerdem dabei dadurch damit dazu danach "
    "davon beide wer was wann wo warum wie ich wir du ihr man "
    "este esta esto estos estas ese esa eso esos esas aquel él ella ellos ellas su sus así pero y o también entonces "
    "por además allí aquí yo nosotros "
    "ce cet cette ces il elle ils elles leur leurs son sa ses ainsi mais et ou donc aussi alors puis ici là je nous "
    "vous questo questa questi queste quello quella lui lei loro suo sua ma e o quindi anche poi qui io noi "
    "isso este esta isto ele ela eles elas seu sua seus mas também então aqui eu nós "
    "dit deze die dat hij zij ze hun zijn maar en of dus ook dan hier ik wij"
)
#: words that lean in one language and are plain articles in another
_ARTICLES_TOO = {"die": ("de",), "i": ("it",), "o": ("pt",), "e": ("pt", "it")}
_INNER = re.compile(
    r"\b(?:the (?:former|latter|above|following|same)|der (?:erstere|letztere)|figure|fig\.|table|abb\.|"
    r"(?:the|all) (?:two|three|four|five|six) [a-z]+s(?! of| that| who| which)|"
    r"die (?:zwei|drei|vier|fünf|sechs) [A-ZÄÖÜ]\w+(?! de[rs]| von|, d(?:ie|as|er))|"
    r"see (?:below|above|page|section|chapter)|siehe|"
    r"(?:this|these|those|diese[mnrs]?|cet|cette|ces) [^\W\d_]+|(?:the|during the|in the) (?:next|last|past|previous) "
    r"[\w-]+ (?:days|weeks|months|years|decades|centuries)|"
    r"page (?:one|two|three|four|five|\d+)|seite (?:eins|zwei|drei|\d+))\b",
    re.IGNORECASE,
)
#: an opening behind which a pronoun can only lean on the sentence before: "In rivers they turn", "Seit 1870 hat er"
_OPENED = re.compile(
    r"(?:in|on|at|from|since|for|with|by|under|over|near|during)\s\w+,?\s(?:it|they|he|she|this|these)\b"
    r"|(?:if|when|where|as|because|since|while|once|after|before|until|although|though|unless)\s(?:it|they|he|she)\b"
    r"|(?:wenn|falls|als|weil|da|nachdem|bevor|sobald|solange|obwohl)\s(?:er|sie)\b"
    r"|(?:si|cuando|quand|lorsque|quando|se)\s(?:él|ella|ellos|ellas|il|elle|ils|elles)\b",
    re.IGNORECASE,
)
#: the same in German behind a verb, where no noun stands before
_OPENED_DE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+(?:\s[a-zäöüß\d]+){1,4}?\s(?:er|sie)\b")
_FIRST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def speaks_for_itself(sentence: str, language: str) -> bool:
    """Whether nothing in it leans on what stands elsewhere, as far as its words show."""
    first = _FIRST.search(sentence)
    word = first[0].lower().replace("’", "'") if first else ""
    if _OPENED.match(sentence) or (language == "de" and _OPENED_DE.match(sentence)):
        return False
    if word in _ARTICLES_TOO and language in _ARTICLES_TOO[word]:
        return not _INNER.search(sentence)
    return bool(word) and word not in _LEANING and not _INNER.search(sentence)


def with_what_it_leans_on(sentence: str, passage: str) -> str:
    """A sentence of a passage, behind the one before it where it does not speak for itself."""
    if speaks_for_itself(sentence, source_language(passage)):
        return sentence
    at = passage.find(sentence)
    before = [passage[start:end] for start, end in sentences_of(passage) if end <= at]
    return f"{before[-1]} {sentence}" if before else sentence
