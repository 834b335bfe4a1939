"""The encoding of a text that does not name it and is no UTF-8: told from which letters it would be made of.

Most old texts of Western Europe are in Windows' code page 1252, which any sequence of bytes is. The others are only
taken where their own commonest letters stand out (two bytes a letter: those that begin most letters; one byte: the
commonest letters of the language that is written with it).
"""

from __future__ import annotations

import re

SAMPLE = 20_000  # bytes
FEWEST = 16  # bytes beyond ASCII that tell anything
MOSTLY = 0.5  # of the letters are beyond ASCII where the script is no Latin one
COMMON = 0.42  # of these are among the commonest of the language
#: encodings with a byte a letter, and the commonest letters of who writes in them
SINGLE = (
    *(("cp1251", "оеаинтсрвл"), ("koi8-r", "оеаинтсрвл"), ("cp866", "оеаинтсрвл"), ("iso8859-5", "оеаинтсрвл")),
    *(("cp1253", "αοιετσνρκπ"), ("cp1255", "יוהלאמרתבש"), ("cp1256", "اليمنترو")),
)
PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
POLISH = re.compile(rb"[A-Za-z][\xb3\xb9\xbf][A-Za-z]")  # ł, ą, ż within a word; in 1252 these are ³, ¹, ¿
#: encodings with two bytes a letter: the bytes that begin their commonest letters, and how many of all begin so
DOUBLE = (
    ("cp932", b"\x82\x83", 0.2),
    ("euc_jp", b"\xa4\xa5", 0.2),
    ("big5", bytes(range(0xA4, 0xC7)), 0.8),
    ("cp949", bytes(range(0xB0, 0xC9)), 0.75),
    ("gb18030", bytes(range(0xB0, 0xD8)), 0.6),
)


def guessed(data: bytes) -> str:
    """The encoding of a text, "cp1252" where none else stands out."""
    sample = data[:SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    letters = high + sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    if high >= FEWEST and high > MOSTLY * letters:
        if double := _double(sample, high):
            return double
        shares = [(_share(sample, encoding, common), encoding) for encoding, common in SINGLE]
        share, encoding = max(shares)
        if share >= COMMON:
            return encoding
    return "cp1250" if len(POLISH.findall(sample)) > 1 else "cp1252"


def _double(sample: bytes, high: int) -> str:
    pairs = PAIR.findall(sample)
    seconds = sum(pair[1] < 0x80 for pair in pairs)
    for encoding, first, share in DOUBLE:
        if sum(pair[0] in first for pair in pairs) < share * len(pairs):
            continue
        if (encoding == "big5") != (seconds > 0.15 * len(pairs)) and encoding != "cp932":
            continue  # the other ones have hardly a letter whose second byte is ASCII
        for cut in range(4):  # the sample may end within a letter
            try:
                sample[: len(sample) - cut].decode(encoding)
                return encoding
            except UnicodeDecodeError:
                pass
    return ""


def _share(sample: bytes, encoding: str, common: str) -> float:
    signs = [sign for sign in sample.decode(encoding, "replace") if not sign.isascii()]
    return sum(sign in common for sign in signs) / max(len(signs), 1)
