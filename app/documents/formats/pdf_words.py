"""Words that go on in the next line: with their hyphen, without it, or not at all.

A hyphen at the end of a line may be the setting's or the word's own; where the word stands with it elsewhere on these
pages, or where only a hyphen makes it a word (self-made, twenty-three, X-ray, PDF-Datei), it stays.
"""

from __future__ import annotations

import re

from app.documents.formats.pdf_lines import Line

HEAD, TAIL = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
HYPHENS = "-\u2010\u00ad\u2013"
#: what a hyphen is left hanging before: "two- and threefold"
HANGING = ("und", "oder", "bzw", "sowie", "and", "or")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "first", "second", "third")
NOT_APART = ("ish", "less", "same", "hood")  # which go with "self" in one word


def between(last: Line, text: str, compounds: frozenset[str]) -> tuple[str, bool]:
    """What joins a line and the text that goes on with it, and whether the last sign of the line goes."""
    if last.is_glued:
        return "", False
    if last.is_cut:
        return _joint(last.text, text, compounds), False
    end, before = last.text[-1:], last.text[-2:-1]
    if end in HYPHENS and end != "\u2013" and before.isalpha() and text[:1].islower():
        joint = _joint(last.text[:-1], text, compounds)
        return joint, joint != " "
    is_range = end in "-\u2013" and before.isdigit() and text[:1].isdigit()
    return "" if is_range else " ", False


def _joint(words: str, text: str, compounds: frozenset[str]) -> str:
    found, behind = HEAD.search(words), TAIL.match(text)
    if not found or not behind:
        return "-"
    head, tail = found.group(), behind.group()
    if tail.lower() in HANGING:
        return "- "
    return "-" if f"{head}-{tail}".lower() in compounds or _is_compound(head, tail) else ""


def _is_compound(head: str, tail: str) -> bool:
    if head.isupper() and tail.isupper() and len(head) > 1:  # a word in capitals
        return False
    if tail[0].isupper() or (head.isupper() and head.lower() != head):
        return True
    small = head.lower()
    return (small in TENS and tail in SMALL) or (small == "self" and tail not in NOT_APART)
