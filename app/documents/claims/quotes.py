"""Quotes that a source does not have letter by letter, and where in it the others stand.

    false_quote('He calls it "a thick layer".', ["A waxy layer covers the leaf."])       # "a thick layer"
    quoted('He calls it "waxy".', ["A waxy layer covers the leaf."])                     # (0, 2, 6)

White space, and the forms of quotation marks, may differ; nothing else may. An ellipsis parts a quote in pieces that
must follow each other in one source, not far apart. Code spans count as quotes of code, whose white space means
nothing. What a person is shown as a quote is cut out of the source by its place, never the reply's own letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

from app.documents.claims.support import sentences_of

_QUOTES = re.compile(
    r"\"([^\"\n]+)\"|“([^”“\n]+)[”“]|„([^“”\n]+)[“”]|«\s*([^»\n]+?)\s*»|»([^«\n]+)«|‚([^‘’\n]+)[‘’](?!\w)|‹([^›\n]+)›"
    r"|「([^」\n]+)」|‘([^’\n]+ [^’\n]+)’(?!\w)|(?<!\w)'([^'\n]+ [^'\n]+)'(?!\w)|`([^`\n]+)`"
)
_ELLIPSIS = re.compile(r"\s*[\[(]?(?:…|\.\.\.)[\])]?\s*")
_SAME = {**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‛‹›", "'")}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
#: a word that is parted at the end of a line
_BROKEN = re.compile(r"[-\u2010]\r?\n(?=[a-zß-öø-ÿ])")
_EXAMPLE = re.compile(
    r"\b(?:e\.\s?g\.|for example|for instance|such as|like|z\.\s?B\.|zum Beispiel|etwa|por ejemplo|p\.\s?ej\."
    r"|par exemple),?\s$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d]\w*")
_MARKS = " .,;:!?"
MOST_BETWEEN = 400  # characters that an ellipsis may stand for
MOST_BEHIND = 2  # letters that a word may go on behind a quote: "stack" of "stacks"


@lru_cache(maxsize=64)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """A text with its white space and quotation marks made alike, and where each letter of that stands in it."""
    letters: list[str] = []
    places: list[int] = []
    skipped = {at for match in _BROKEN.finditer(text) for at in range(*match.span())}
    for at, letter in enumerate(text):
        if letter in _UNSEEN or at in skipped:
            continue
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        for one in _SAME.get(letter) or (letter if letter.isascii() else normalize("NFKC", letter)):
            letters.append(one)
            places.append(at)
    return "".join(letters), tuple(places)


@lru_cache(maxsize=64)
def _solid(text: str) -> tuple[str, tuple[int, ...]]:
    """The same without any white space."""
    letters, places = _plain(text)
    kept = [(letter, place) for letter, place in zip(letters, places, strict=True) if not letter.isspace()]
    return "".join(letter for letter, _ in kept), tuple(place for _, place in kept)


def quotes_in(text: str) -> Iterator[tuple[str, bool]]:
    """Each quote of a text without its marks, and whether it is code."""
    for match in _QUOTES.finditer(text):
        yield match[match.lastindex or 0], match[0].startswith("`")


def place_of(quote: str, source: str, *, is_code: bool = False) -> tuple[int, int] | None:
    """Where a quote stands in a source, from its first piece to its last; None where it does not."""
    if is_code:
        bare, places = _solid(source)
        wanted = _solid(quote)[0]
        at = bare.find(wanted)
        return (places[at], places[at + len(wanted) - 1] + 1) if wanted and at >= 0 else None
    plain, places = _plain(source)
    pieces = [piece for part in _ELLIPSIS.split(quote) if (piece := _plain(part)[0].strip(_MARKS))]
    if not pieces:
        return (0, 0)
    for start in _places_in(pieces[0], plain):
        end: int | None = start + len(pieces[0])
        for piece in pieces[1:]:
            end = next((at + len(piece) for at in _places_in(piece, plain, end or 0, MOST_BETWEEN)), None)
            if end is None:
                break
        if end is not None:
            return places[start], places[end - 1] + 1
    return None


def _places_in(piece: str, text: str, start: int = 0, most: int | None = None) -> Iterator[int]:
    """Where a piece stands in a text, beginning with a word and ending with one or nearly so."""
    end = len(text) if most is None else min(len(text), start + most + len(piece))
    at = text.find(piece, start, end)
    while at >= 0:
        behind = text[at + len(piece) : at + len(piece) + MOST_BEHIND + 1]
        goes_on = piece[-1].isalnum() and len(behind) > MOST_BEHIND and behind.isalnum()
        if not goes_on and not (at and piece[0].isalnum() and text[at - 1].isalnum()):
            yield at
        at = text.find(piece, at + 1, end)


def false_quote(text: str, passages: Sequence[str], question: str) -> str | None:
    """A quote that no passage has letter by letter; None where there is none."""
    for quote, is_code in quotes_in(text):
        if any(place_of(quote, one, is_code=is_code) for one in (*passages, question)):
            continue
        if not (is_code and (_is_example(quote, text, passages) or any(_is_joined(quote, one) for one in passages))):
            return quote
    return None


def _is_example(code: str, text: str, passages: Sequence[str]) -> bool:
    """Whether code is said to be an example, of names that one passage has: "fancy indexing, e.g. `a[[0, 1]]`"."""
    if not _EXAMPLE.search(text[: text.find(f"`{code}`")]):
        return False
    return any(all(re.search(rf"\b{name}\b", one) for name in _NAME.findall(code)) for one in passages)


def _is_joined(code: str, passage: str) -> bool:
    """Whether code is joined of spans of code that one sentence of a passage has: "`keep` …, with `--all` …"."""
    for start, end in sentences_of(passage):
        spans = {" ".join(one.split()) for one, is_code in quotes_in(passage[start:end]) if is_code}
        first = max((one for one in spans if f"{code} ".startswith(f"{one} ")), key=len, default="")
        if first and all(piece in spans for piece in code[len(first) :].split()):
            return True
    return False


def quoted(text: str, passages: Sequence[str]) -> tuple[int, int, int] | None:
    """The passage that a text's first quote is from, and where it stands there."""
    for quote, is_code in quotes_in(text):
        for number, passage in enumerate(passages):
            if (place := place_of(quote, passage, is_code=is_code)) and place[1] and not is_code:
                return number, *place
    return None
