"""Quotes that a source does not have letter by letter.

    false_quote('He calls it "a thick layer".', ["A waxy layer covers the leaf."])       # "a thick layer"

White space, and the forms of quotation marks, may differ; nothing else may. An ellipsis parts a quote in pieces that
must follow each other in one source. Code spans count as quotes of code, whose white space means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTES = re.compile(
    r"\"([^\"\n]+)\"|“([^”“\n]+)[”“]|„([^“”\n]+)[“”]|«\s*([^»\n]+?)\s*»|»([^«\n]+)«"
    r"|‘([^’\n]+ [^’\n]+)’(?!\w)|(?<!\w)'([^'\n]+ [^'\n]+)'(?!\w)|`([^`\n]+)`"
)


def _plain(text: str) -> str:
    """White space and the forms of quotation marks and dashes are the same."""
    text = re.sub(r"[“”„«»]", '"', re.sub(r"[‘’]", "'", text))
    return " ".join(re.sub(r"[\u00ad\u200b]", "", text).split())


def false_quote(text: str, passages: Sequence[str], question: str) -> str | None:
    """A quote that no passage has letter by letter; None where there is none."""
    plain = [_plain(passage) for passage in passages]
    for match in _QUOTES.finditer(text):
        quote = next(group for group in match.groups() if group is not None)
        if match[8] is not None:  # code: white space means nothing
            bare = "".join(quote.split())
            if not any(bare in "".join(one.split()) for one in (*plain, question)):
                return quote
            continue
        pieces = [_plain(piece).strip(" .,;:!?") for piece in re.split(r"\[?(?:…|\.\.\.)\]?", quote)]
        if not any(_in_order([piece for piece in pieces if piece], one) for one in (*plain, _plain(question))):
            return quote
    return None


def _in_order(pieces: Sequence[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        if (found := text.find(piece, at)) < 0:
            return False
        at = found + len(piece)
    return True
