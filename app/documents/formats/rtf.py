"""Rich text: its paragraphs, the headings that its styles name, its title.

The format: Rich Text Format Specification 1.9.1 (Microsoft, 2008): groups in braces, words that begin with a backslash,
letters outside of ASCII as bytes of the font's code page or as numbers of UTF-16.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.core.documents import UnreadableDocument
from app.documents.files import File, Steps
from app.documents.pages import Full, Pages, in_line

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.S
)
DEEPEST = 1000  # groups in groups
STEP = 20_000  # tokens between two times that the progress is told
#: groups that are no words of the document
DROPPED = {
    *("colortbl", "datastore", "falt", "filetbl", "fldinst", "footer", "footerf", "footerl", "footerr", "ftnsep"),
    *("ftnsepc", "generator", "header", "headerf", "headerl", "headerr", "latentstyles", "listoverridetable"),
    *("listtable", "mmathPr", "nonshppict", "object", "panose", "pict", "pntext", "revtbl", "rsidtbl", "template"),
    *("themedata", "xmlnstbl"),
}
SIGNS = {
    "tab": "\t",
    "cell": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "~": "\u00a0",
    "_": "\u2011",
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\n": "\n",
}
ENDS = ("par", "row", "sect", "page")
#: code pages by the character set of a font
CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|заголовок)\s*([1-6])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """What holds up to the next brace. `into` is where words go: "" for the document, "skip" for nowhere."""

    into: str = ""
    font: int = -1
    after: int = 1  # signs that stand in for one that has a number
    is_hidden: bool = False
    level: int = 0


@dataclass(slots=True)
class Reader:
    """Takes token after token."""

    pages: Pages = field(default_factory=Pages)
    title: str = ""
    _words: list[str] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _group: Group = field(default_factory=Group)
    _outer: list[Group] = field(default_factory=list)
    _page: str = "cp1252"
    _fonts: dict[int, str] = field(default_factory=dict)
    _styles: dict[int, int] = field(default_factory=dict)
    _style: int = 0
    _default: int = -1
    _passed: int = 0  # signs that are to be passed over

    def brace(self, brace: str) -> None:
        """A group begins or ends."""
        self._settle()
        self._passed = 0
        if brace == "{":
            if len(self._outer) >= DEEPEST:
                raise UnreadableDocument("damaged")
            self._outer.append(self._group)
        elif self._outer:
            self._group = self._outer.pop()

    def byte(self, value: int) -> None:
        """A letter of the font's code page."""
        if self._passed:
            self._passed -= 1
        elif self._is_wanted:
            self._bytes.append(value)

    def text(self, text: str) -> None:
        """Letters as they are, whose bytes Latin-1 has kept."""
        passed = min(self._passed, len(text))
        self._passed -= passed
        if not self._is_wanted:
            return
        if self._group.into == "stylesheet":
            self._named(text)
        else:
            self._bytes += text[passed:].encode("latin-1")

    @property
    def _is_wanted(self) -> bool:
        return self._group.into not in ("skip", "fonttbl") and not self._group.is_hidden

    def _named(self, name: str) -> None:
        """The name of a style."""
        if heading := HEADING.search(name):
            self._styles[self._style] = int(heading[1])

    def sign(self, sign: str) -> None:
        """A backslash before a sign."""
        if sign == "*":
            self._into("skip")
        elif sign in SIGNS:
            self._say(SIGNS[sign])

    def _say(self, words: str) -> None:
        self._settle()
        if self._is_wanted:
            self._put(words)

    def _put(self, words: str) -> None:
        if self._group.into == "title":
            self.title += words
        elif self._group.into == "":
            self._words.append(words)

    def _into(self, place: str) -> None:
        if self._group.into != "skip":
            self._group = replace(self._group, into=place)

    def word(self, word: str, number: int | None) -> None:
        """A word that steers."""
        self._settle()
        if word == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._passed = self._group.after
        elif word in SIGNS:
            self._say(SIGNS[word])
        elif word in ENDS and self._is_wanted:
            self.end()
        elif word in DROPPED:
            self._into("skip")
        elif word in ("fonttbl", "stylesheet", "title"):
            self._into(word)
        elif word == "info":
            self._into("info")
        elif word in PAGES:
            self._page = PAGES[word]
        else:
            self._set(word, 0 if number is None else number, is_off=number == 0)

    def _set(self, word: str, number: int, *, is_off: bool) -> None:
        group = self._group
        if word == "ansicpg":
            self._page = f"cp{number}"
        elif word == "deff":
            self._default = number
        elif word == "f":
            self._group = replace(group, font=number)
        elif word == "fcharset" and group.into == "fonttbl" and number in CHARSETS:
            self._fonts[group.font] = CHARSETS[number]
        elif word == "uc":
            self._group = replace(group, after=min(max(number, 0), 9))
        elif word in ("v", "deleted"):
            self._group = replace(group, is_hidden=not is_off)
        elif word == "pard":
            self._group = replace(group, level=0)
        elif word == "s":
            self._style = number
            self._group = replace(group, level=self._styles.get(number, 0) if group.into == "" else 0)
        elif word == "outlinelevel" and number < 6:
            if group.into == "stylesheet":
                self._styles[self._style] = number + 1
            elif group.into == "":
                self._group = replace(group, level=number + 1)

    def _settle(self) -> None:
        """Bytes become letters."""
        if not self._bytes:
            return
        font = self._group.font if self._group.font >= 0 else self._default
        try:
            words = self._bytes.decode(self._fonts.get(font, self._page), "replace")
        except LookupError:
            words = self._bytes.decode("cp1252", "replace")
        self._bytes.clear()
        self._put(words)

    def end(self) -> None:
        """A paragraph, or a row of a table, ends."""
        self._settle()
        whole = "".join(self._words).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._words.clear()
        words = in_line(whole)
        if self._group.level and words:
            self.pages.heading(self._group.level, words)
        else:
            self.pages.add(words)


def read(file: File, name: str) -> Steps:
    """One page."""
    text, reader, at, count = file.bytes().decode("latin-1"), Reader(), 0, 0
    try:
        while found := TOKEN.match(text, at):
            at = found.end()
            at += _take(reader, found)
            count += 1
            if count % STEP == 1:
                yield 0, 1
        reader.end()
    except Full:
        reader.pages.cut()
    return reader.pages.reading("rtf", in_line(reader.title))


def _take(reader: Reader, token: re.Match[str]) -> int:
    """One token; how many raw bytes follow it, which are none of the text."""
    word, number, byte, sign, brace, text = token.groups()
    if word == "bin" and number:
        return max(0, int(number))
    if word:
        reader.word(word, int(number) if number else None)
    elif byte:
        reader.byte(int(byte, 16))
    elif sign:
        reader.sign(sign)
    elif brace:
        reader.brace(brace)
    elif text:
        reader.text(text)
    return 0
