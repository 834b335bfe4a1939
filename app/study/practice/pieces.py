"""A reply of a chat in pieces that a question can be made of: whole paragraphs, about a passage of a document each.

pieces(turn.text)       # ["A leaf has to let …", "The loss of water …"]
"""

from __future__ import annotations

import re

MOST = 1200  # characters of a piece, as far as its paragraphs allow
LEAST = 60  # of one that says something
_PARAGRAPH = re.compile(r"\n\s*\n")
#: marks of Markdown that no question should have
_MARKS = re.compile(r"\*\*|__|^#+\s+|^[-*]\s+|^>\s?", re.MULTILINE)


def pieces(text: str) -> list[str]:
    """Always the same of the same text."""
    found, last = list[str](), ""
    for paragraph in _PARAGRAPH.split(text):
        words = _MARKS.sub("", paragraph).strip()
        if not words or words.startswith("```"):
            continue
        if last and len(last) + len(words) > MOST:
            found.append(last)
            last = ""
        last = f"{last}\n{words}" if last else words
    return [one for one in (*found, last) if len(one) >= LEAST]
