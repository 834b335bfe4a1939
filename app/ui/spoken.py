"""A reply as it is read aloud: Markdown becomes sentences, each once, also while it is still growing.

    spoken = SpokenText()
    spoken.push("**Paris.** It is")      # ["Paris."]
    spoken.push(" old.\n\n```\nx\n```")    # ["It is old."]
    spoken.end()                          # ["Code, 1 line."]

Marks, pictures' addresses and citations are not spoken; code and formulas are told of, not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.study.sentences import sentences
from app.ui import blocks
from app.ui.words import t

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAY_END = re.compile(r"[.!?…。！？\n]")
_CITATION = re.compile(r"\s?(?:\[\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|【[^】]{1,60}】)(?!\()")
_SIMPLE = re.compile(r"[\w\s+\-=.,<>°%/()]{1,24}")  # a formula that any voice reads right
_STRAY = re.compile(r"(?<!\s)\*+|\*+(?!\s)|~~|`+|\|")
_TASK = re.compile(r"\[[ xX]\]\s+")
_OPEN_LINK = re.compile(r"\[[^\[\]]*(?:\](?:\([^)]*)?)?\Z")
_PAIRS = (
    ("`", ""),
    ("$", ""),
    ("\\(", "\\)"),
    ("\\[", "\\]"),
)  # a mark, and the one that closes it where it is another
SYMBOLS = "\u2000"  # from here on a symbol is a picture, not a unit such as °


class SpokenText:
    """One growing reply."""

    def __init__(self) -> None:
        self._open = ""
        self._said = 0  # sentences of the open block that were given out
        self._is_ripe = False  # a sentence seems to be whole, which the next word shows

    def push(self, text: str) -> list[str]:
        """Take more of the reply in; the sentences that are whole by now."""
        text = blocks.clean(text)
        self._open += text
        if not (self._is_ripe or _MAY_END.search(text)):
            return []
        self._is_ripe = _MAY_END.search(self._open.rstrip()[-3:]) is not None
        found = list[str]()
        closed, self._open = blocks.split_growing(self._open) if "\n" in self._open else ([], self._open)
        for source in closed:
            found += self._rest(source)
        whole = _block(_settled(self._open), is_open=True)[:-1]
        found += whole[self._said :]
        self._said = max(self._said, len(whole))
        return found

    def end(self) -> list[str]:
        """The reply has ended: the sentences that are left."""
        found = [sentence for source in blocks.split(self._open) for sentence in self._rest(source)]
        self._open = ""
        return found

    def _rest(self, source: str) -> list[str]:
        """What was not given out of a block that is whole."""
        found = _block(source)
        rest, self._said = found[self._said :], max(0, self._said - len(found))
        return rest


def _settled(source: str) -> str:
    """What of an open block no later text can change: all before a formula, a link or code that is not closed."""
    for opener, closer in _PAIRS:
        at = source.rfind(opener)
        is_open = at >= 0 and (closer not in source[at:] if closer else source.count(opener) % 2 == 1)
        source = source[:at] if is_open else source
    return _OPEN_LINK.sub("", source)


def _block(source: str, *, is_open: bool = False) -> list[str]:
    """The sentences of blocks; where they are still `is_open`, code, tables and formulas wait for their end."""
    tokens, found, number, cells = blocks.parse(source), list[str](), 0, list[str]()
    if not tokens and source.strip():  # too long to be read as Markdown
        return sentences(source)
    numbers = _numbers(tokens)
    is_table = False
    for at, token in enumerate(tokens):
        number = numbers.get(at, number)
        if is_open and token.type in ("fence", "code_block", "math_block", "table_open"):
            break
        if token.type in ("fence", "code_block"):
            found.append(t("aloud.code", count=len(token.content.splitlines())))
        elif token.type == "math_block":
            found.append(t("aloud.formula_block"))
        elif token.type == "table_open" or token.type == "table_close":
            is_table = token.type == "table_open"
        elif token.type == "tr_close":
            found += sentences(", ".join(filter(None, cells)) + ".")
            cells = []
        elif token.type == "inline" and is_table:
            cells.append(_line(token.content))
        elif token.type == "inline":
            said = sentences(_line(_TASK.sub("", token.content, 1)))
            found += [f"{number}. {said[0]}", *said[1:]] if number and said else said
            number = 0
    return found


def _numbers(tokens: Sequence[Token]) -> dict[int, int]:
    """The numbers of list items, by the places where these begin; 0 where there is none."""
    found, lists = dict[int, int](), list[int]()
    for at, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else 0)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            found[at] = lists[-1]
            lists[-1] += 1 if lists[-1] else 0
    return found


def _line(source: str) -> str:
    """Inline text without its marks."""
    md = blocks.parser()
    tokens: list[Token] = []
    md.inline.parse(source, md, {}, tokens)
    return "".join(map(_inline, tokens))


def _inline(token: Token) -> str:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "code_inline":
            return token.content
        case "math_inline":
            return token.content if _SIMPLE.fullmatch(token.content) else t("aloud.formula")
        case "image":
            return token.content
        case "tag":
            return "".join(map(_inline, token.children or ()))
        case "text":
            return _said(token.content)
    return ""


def _said(text: str) -> str:
    """A text without citations, stray marks and small pictures; of an address only its host."""
    if text.startswith(("http://", "https://")) and " " not in text:
        return urlsplit(text).hostname or ""
    text = _STRAY.sub("", _CITATION.sub("", text))
    return "".join(one for one in text if not _is_picture(one))


def _is_picture(character: str) -> bool:
    if character < SYMBOLS:
        return False
    return (
        unicodedata.category(character).lower() in ("so", "sk")
        or "\ufe00" <= character <= "\ufe0f"
        or character == "\u200d"
    )
