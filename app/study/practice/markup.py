"""HTML of another program's cards as Markdown of this one, and back: what it says, nothing that runs or is fetched.

    as_markdown("Water <b>falls</b><br>\\(h = 2\\)")         # "Water **falls**<br>$h = 2$"
    as_html("Water **falls**")                              # "Water <strong>falls</strong>"
    names_in('<img src="a%20b.png"> [sound:x.mp3]')         # ("a b.png", "x.mp3")

Scripts, styles and frames are left out whole; of every other tag that Markdown has no word for, what stands in it is
kept. A picture or a sound becomes `![](name)`, its name as in an address, so that nothing in it can end it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import quote, unquote

MOST = 200_000  # characters of one field
MOST_OPEN, MOST_LISTS = 60, 10  # tags in tags, lists in lists
_ENDS = {
    name: re.compile(end, re.IGNORECASE)
    for name, end in {
        "\\(": r"\\\)",
        "\\[": r"\\\]",
        "[$]": r"\[/\$\]",
        "[$$]": r"\[/\$\$\]",
        "[latex]": r"\[/latex\]",
        "<!--": "-->",
        "<script": r"</script\s*>",
        "<style": r"</style\s*>",
    }.items()
}
_FORMULA = re.compile(r"\\[(\[]|\[\${1,2}\]|\[latex\]", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--|<(?:script|style)\b", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\]\n]{1,300})\]")
_SHOWING = re.compile(r"<(?:img|source|audio|video|object)\b([^>]*)>", re.IGNORECASE)
_SOURCE = re.compile(r"\b(?:src|data)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_DOLLARS = re.compile(r"\$\$([^$`]{1,2000})\$\$|(?<!\\)\$(?![\s$])((?:[^$`\\]|\\[^\n]){1,2000}?)(?<!\s)\$(?!\d)")
_WRITTEN_OUT = re.compile(r"&lt;(/?(?:sub|sup|kbd)|br)\s*/?&gt;")
_TAG = re.compile(r"<[^<>]*>")
_LINE = re.compile(r"<(?:br|/?div|/?p|/?li|/?tr)\b[^<>]*>", re.IGNORECASE)
_TOLD, _LONE = re.compile(r"<[!?][^<>]*>"), re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_SPECIAL = re.compile(r"([\\`*_<>$~|&])")
_BRACKETS = str.maketrans({"[": "&#91;", "]": "&#93;"})  # behind a backslash they would begin a formula
_LEAD, _NUMBER = re.compile(r"^([#+\-=])(?=\s|$)"), re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_KEPT = re.compile("\ue000(\\d+)\ue001")
_GONE = ("script", "style", "head", "template", "iframe", "object", "noscript", "title", "svg", "math")
_BLOCKS = frozenset(
    ["p", "div", "tr", "table", "blockquote", "section", "article", "center", "dl", "dt", "dd", "figure", "ul", "ol"]
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_AS_THEY_ARE = ("sub", "sup", "kbd")


def names_in(html: str) -> tuple[str, ...]:
    """The pictures and sounds that a text of HTML shows, by their names; none of another place."""
    sources = (_SOURCE.search(inside) for inside in _SHOWING.findall(html, 0, html.rfind(">") + 1))
    found = [unquote(unescape(one[1].strip("\"'"))) for one in sources if one]
    found += [unescape(one) for one in _SOUND.findall(html)]
    return tuple(dict.fromkeys(one for one in found if one and "/" not in one and ":" not in one))


def renamed(html: str, names: Mapping[str, str]) -> str:
    """The same with pictures and sounds by other names."""

    def source(found: re.Match[str]) -> str:
        new = names.get(unquote(unescape(found[1].strip("\"'"))))
        return f'{found[0][: found.start(1) - found.start()]}"{quote(new)}"' if new else found[0]

    def sound(found: re.Match[str]) -> str:
        new = names.get(unescape(found[1]))
        return f"[sound:{escape(new, quote=False)}]" if new else found[0]

    end = html.rfind(">") + 1
    tags = _SHOWING.sub(lambda found: _SOURCE.sub(source, found[0], count=1), html[:end])
    return _SOUND.sub(sound, tags + html[end:])


def as_markdown(html: str) -> str:
    """The same in Markdown."""
    html = html[:MOST]
    if not re.search(r"[<&\\\[`*_$~|#+\-=]|^\s*\d", html):
        return html  # plain words
    kept = list[str]()

    def keep(text: str) -> str:
        kept.append(text)
        return f"\ue000{len(kept) - 1}\ue001"

    cut = without_hidden(html.replace("\ue000", "").replace("\ue001", ""))
    cut = _replaced(cut, _FORMULA, lambda mark, inside: keep(_formula(mark, inside)), least=1)
    cut = _SOUND.sub(lambda found: keep(shown("", unescape(found[1]))), cut)
    reader = _Reader(keep)
    reader.feed(_LONE.sub("&lt;", _TOLD.sub("", cut)))  # the reader would look for the end of each to the text's end
    reader.close()
    whole = reader.whole()
    return _KEPT.sub(lambda found: kept[int(found[1])], whole).strip("\n")


def as_html(markdown: str) -> str:
    """A text of this app as HTML that another program shows: formulas in their own marks, pictures by their names."""
    from markdown_it import MarkdownIt  # few export cards that they have written here

    kept = list[str]()

    def keep(found: re.Match[str]) -> str:
        block, inline = found.groups()
        kept.append(escape(f"\\[{block.strip()}\\]" if block else f"\\({inline}\\)", quote=False))
        return f"\ue000{len(kept) - 1}\ue001"

    cut = _DOLLARS.sub(keep, markdown[:MOST].replace("\ue000", "").replace("\ue001", ""))
    made = (
        MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False})
        .enable(["table", "strikethrough"])
        .render(cut)
    )
    made = _WRITTEN_OUT.sub(r"<\1>", made).strip()
    if made.count("<p>") == 1 and made.startswith("<p>") and made.endswith("</p>"):
        made = made[3:-4]
    return _KEPT.sub(lambda found: kept[int(found[1])], made)


def shown(label: str, name: str) -> str:
    """A picture or a sound in Markdown."""
    return f"![{re.sub('[][<>]', ' ', label)[:200]}]({quote(name, safe='')})"


def plain_text(html: str) -> str:
    """The words alone."""
    return unescape(_TAG.sub("", _LINE.sub(" ", without_hidden(html[:MOST]))))


def without_hidden(html: str) -> str:
    """Without comments, scripts and styles."""
    return _replaced(html, _HIDDEN, lambda _mark, _inside: "")


def _replaced(text: str, begin: re.Pattern[str], made: Callable[[str, str], str], least: int = 0) -> str:
    """The text with what `made` makes of each mark and what stands between it and its end, so many characters at
    `least`. A mark that has no end is looked for once."""
    parts, at, endless = list[str](), 0, set[str]()
    for found in begin.finditer(text):
        mark = found[0].lower()
        if found.start() < at or mark in endless:
            continue
        if end := _ENDS[mark].search(text, found.end() + least):
            parts += [text[at : found.start()], made(mark, text[found.end() : end.start()])]
            at = end.end()
        else:
            endless.add(mark)
    return "".join([*parts, text[at:]])


def _formula(mark: str, inside: str) -> str:
    words = plain_text(inside).strip()
    if mark == "[latex]":
        inner = words.strip("$").strip()
        return f"$${inner}$$" if words.startswith("$$") else f"${inner}$"
    return f"${words}$" if mark in ("\\(", "[$]") else f"$${words}$$"


def _stripped(text: str) -> str:
    """Without blanks and ends of lines around it."""
    if lead := re.match(r"(?:\s|<br>)+", text):
        text = text[lead.end() :]
    end = len(text)
    while end and (text[end - 1].isspace() or text.endswith("<br>", 0, end)):
        end -= 1 if text[end - 1].isspace() else 4
    return text[:end]


def _escaped(words: str) -> str:
    """Words that nothing in Markdown takes for a mark."""
    plain = _SPECIAL.sub(r"\\\1", words).translate(_BRACKETS)
    return _NUMBER.sub(r"\1\\\2", _LEAD.sub(r"\\\1", plain))


class _Reader(HTMLParser):
    """Writes Markdown while it reads. Where a mark ends, blanks inside its ends are put outside."""

    def __init__(self, keep: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self._keep = keep
        self._open: list[tuple[str, list[str]]] = [("", [])]
        self._lists: list[tuple[str, int]] = []
        self._gone = 0
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag in _GONE:
            self._gone += 1
        if self._gone:
            return
        if len(self._open) > MOST_OPEN and (tag in _MARKS or tag in ("code", "a", "rt", "pre")):
            return
        if tag in _MARKS or tag in ("code", "a", "rt"):
            self._open.append((tag, []))
        elif tag in ("ul", "ol"):
            self._lists.append((tag, 0))
            self._break()
        elif tag == "li":
            self._item()
        elif tag == "pre":
            self._code += 1
            self._open.append((tag, []))
        elif tag in ("td", "th"):
            self._write(" ")
        else:
            self._simple(tag, dict(attrs))

    def _simple(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self._write("\n" if self._code else "<br>")
        elif tag == "hr":
            self._write("\n\n---\n\n")
        elif tag == "img":
            name = unquote(attributes.get("src") or "")
            if name and "/" not in name and ":" not in name:
                self._write(self._keep(shown(attributes.get("alt") or "", name)))
        elif tag in _AS_THEY_ARE:
            self._write(f"<{tag}>")
        elif re.fullmatch("h[1-6]", tag):
            self._write(f"\n\n{'#' * int(tag[1])} ")
        elif tag in _BLOCKS:
            self._break()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that ends where it begins."""
        if tag not in _GONE:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in _GONE:
            self._gone = max(0, self._gone - 1)
        elif self._gone:
            return
        elif tag in _MARKS or tag in ("code", "a", "rt", "pre"):
            self._end(tag)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._break()
        elif tag in _AS_THEY_ARE:
            self._write(f"</{tag}>")
        elif tag in ("td", "th"):
            self._write(" \\| ")
        elif tag in _BLOCKS or re.fullmatch("h[1-6]", tag):
            self._break()

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._gone:
            return
        if self._code or self._open[-1][0] == "code":
            self._write(data)
            return
        words = re.sub(r"\s+", " ", data)
        self._write(_escaped(words))

    def whole(self) -> str:
        """All that was written."""
        while len(self._open) > 1:
            self._end(self._open[-1][0])
        lines = (
            line.strip() if not line.startswith("  ") else line.rstrip()
            for line in "".join(self._open[0][1]).split("\n")
        )
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
        return _stripped(text)

    def _end(self, tag: str) -> None:
        """Write what stands in the last open tag of this name, and in those that nobody has closed in it."""
        if all(name != tag for name, _ in self._open[1:]):
            return
        while True:
            name, parts = self._open.pop()
            self._write(self._marked(name, "".join(parts)))
            if name == tag:
                return

    def _marked(self, tag: str, inside: str) -> str:
        if tag == "pre":
            self._code = max(0, self._code - 1)
            return self._keep(f"\n\n```\n{inside.strip(chr(10))}\n```\n\n")
        core = inside.strip()
        if not core:
            return inside
        lead, trail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        if tag == "code":
            return f"{lead}{self._keep(f'`{core}`' if '`' not in core else f'`` {core} ``')}{trail}"
        if tag == "rt":
            return f"({core})"
        mark = _MARKS.get(tag, "") if "\n" not in core else ""
        return f"{lead}{mark}{core}{mark}{trail}"

    def _item(self) -> None:
        depth = min(max(0, len(self._lists) - 1), MOST_LISTS)
        kind, count = self._lists[-1] if self._lists else ("ul", 0)
        if self._lists:
            self._lists[-1] = (kind, count + 1)
        bullet = f"{count + 1}." if kind == "ol" else "-"
        self._write(f"\n{'   ' * depth}{bullet} ")

    def _break(self) -> None:
        self._write("\n\n")

    def _write(self, text: str) -> None:
        self._open[-1][1].append(text)
