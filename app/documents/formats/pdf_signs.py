"""Signs that PDFium gives in another order than they are read in: put right, each text as long as it was.

Accents that were drawn before their letter (TeX's old fonts) come before it as a sign of their own. Of what is read
from the right to the left PDFium turns each line around, and with it what belongs together: a number and the full stop
behind it, words of another script, the two letters of lam-alef (measured with pypdfium2 5.15.2).
"""

from __future__ import annotations

import re

from app.documents.formats.pdf_lines import LEFTWARDS, Places

FILLER = "\u00ad"  # left out of every text
#: accents that are signs of their own, and those that join the letter before them
ACCENTS = dict(
    zip(
        "`\u00b4\u02c6\u02dc\u00a8\u00af\u02d8\u02d9\u02da\u02dd\u02c7\u00b8\u02db",
        "\u0300\u0301\u0302\u0303\u0308\u0304\u0306\u0307\u030a\u030b\u030c\u0327\u0328",
        strict=True,
    )
)
ACCENT = re.compile(f"([{''.join(ACCENTS)}])([A-Za-z\u0131\u0237])")
DOTTED = {"\u0131": "i", "\u0237": "j"}
#: what Ghostscript 10.0 writes for letters that are printed as one: their codes with the bytes turned around
TURNED = {
    "\u6600\ucf00": "\ufb03",
    "\u6600\ud200": "\ufb04",
    "\u6600\u6900": "\ufb01",
    "\u6600\u6c00": "\ufb02",
    "\u6600\u6600": "\ufb00",
    "\u6600\u6a00": "fj",
}
LAM_ALEF = re.compile("([\u0622\u0623\u0625\u0627])\u0644")
NUMBER = re.compile(r"(?<![^\s])([.,;:!?])(\d[\d.,:/%-]*)(?!\S)")
WORDS = re.compile(r"[A-Za-z\u00c0-\u024f][\w.'’-]*(?: [A-Za-z\u00c0-\u024f][\w.'’-]*)+")
LINE = re.compile(r"[^\r\n]+")
BRACKETS = str.maketrans("()[]{}«»", ")(][}{»«")


def mended(places: Places, text: str) -> str:
    """A page's text with its signs as they are read."""
    if text.isascii():
        return text
    for turned, letters in TURNED.items() if "\u6600" in text else ():
        text = text.replace(turned, letters.ljust(2, FILLER))
    text = ACCENT.sub(lambda found: _accented(places, found), text)
    return LINE.sub(lambda found: _leftwards(places, found), text) if LEFTWARDS.search(text) else text


def _accented(places: Places, found: re.Match[str]) -> str:
    """The letter before its accent, where that stands over it: they go together when the text is made plain."""
    over, letter = (places.box(places.index(found.start() + step)) for step in (0, 1))
    if over[0] >= letter[2] or letter[0] >= over[2]:
        return found.group()
    return DOTTED.get(found.group(2), found.group(2)) + ACCENTS[found.group(1)]


def _leftwards(places: Places, found: re.Match[str]) -> str:
    """A line; most of it is read from the right to the left, or it stays as it is."""
    line, start = found.group(), found.start()
    if 2 * len(LEFTWARDS.findall(line)) < sum(sign.isalpha() for sign in line):
        return line
    line = LAM_ALEF.sub(lambda pair: _lam_alef(places, pair, start), line)
    line = NUMBER.sub(r"\2\1", line)
    line = WORDS.sub(lambda words: " ".join(reversed(words.group().split(" "))), line)
    opens, closes = re.search(r"[(\[{«]", line), re.search(r"[)\]}»]", line)
    if closes and (not opens or closes.start() < opens.start()):
        line = line.translate(BRACKETS)
    return line


def _lam_alef(places: Places, pair: re.Match[str], start: int) -> str:
    """The two are one sign where they stand at the same place."""
    one, other = (places.box(places.index(start + pair.start() + step)) for step in (0, 1))
    return pair.group()[::-1] if abs(one[0] - other[0]) < 0.1 and abs(one[2] - other[2]) < 0.1 else pair.group()
