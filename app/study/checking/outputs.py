"""Blocks of Python in a reply, with what it says that they print.

    outputs_in(text)        # (Output("print(6 * 7)", ("42",)),)

It is said by a block behind the code ("Output:"), in a line ("It prints `42`.") or by comments in the code
("# Output: 42"). What cannot print the same twice is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.study.checking.plain import segments

PYTHON = frozenset(("python", "py", "python3"))
PRINTED = frozenset(("output", "console", "stdout"))  # languages of what is printed; others need a word before them
TEXT = frozenset(("", "text", "txt", "plaintext", "plain"))
MOST_OUTPUTS, MOST_OUTPUT = 5, 20_000
_SAYS = r"(?:expected\s+|sample\s+)?(?:output|prints?|printed|result|ausgabe|ausgegeben|gibt\b.{0,30}\baus|ergebnis)"
_HEADING = re.compile(rf"[^\n]{{0,60}}\b{_SAYS}\b[^\n]{{0,60}}", re.IGNORECASE)
_IN_LINE = re.compile(rf"[^\n`]{{0,40}}\b{_SAYS}\b[^\n`]{{0,30}}`([^`\n]+)`", re.IGNORECASE)
_COMMENT = re.compile(r"#\s*(?:output|prints|ausgabe|→|=>|->)\s*:?\s*(.*)", re.IGNORECASE)
_LINE = re.compile(r"#\s?(.*)")
_VARIES = re.compile(r"\b(?:random|time|datetime|secrets|uuid|input|perf_counter|getpass|urllib|requests|id)\b")
_NOT_WHOLE = re.compile(r"\s*(?:\.{3}|…|\[\.{3}\])\s*")


@dataclass(frozen=True, slots=True)
class Output:
    """A program, and the lines that it is said to print: all of them, or these among others, in this order."""

    code: str
    lines: tuple[str, ...]
    is_whole: bool = True

    @property
    def told(self) -> str:
        """What is said."""
        return "\n".join(self.lines)

    def fits(self, printed: str) -> bool:
        """Whether it is what a run has printed."""
        got = lines_of(printed)
        if self.is_whole:
            return got == self.lines
        rest = iter(got)
        return all(any(_same(line, one) for one in rest) for line in self.lines)


def lines_of(text: str) -> tuple[str, ...]:
    """A text's lines without blanks at their ends, and without empty ones at its own."""
    return tuple(line.rstrip() for line in text.strip("\n").split("\n")) if text.strip() else ()


def _same(line: str, other: str) -> bool:
    return line.strip() == other.strip()


def outputs_in(text: str) -> tuple[Output, ...]:
    """What a reply says that its blocks of Python print."""
    pieces, found = segments(text), list[Output]()
    for at, (language, code) in enumerate(pieces):
        if language in PYTHON and code.strip() and not _VARIES.search(code):
            told = _behind(pieces, at) or _commented(code)
            if told is not None and told.lines and len(told.told) <= MOST_OUTPUT:
                found.append(told)
    return tuple(found[:MOST_OUTPUTS])


def _behind(pieces: list[tuple[str | None, str]], at: int) -> Output | None:
    code = pieces[at][1]
    prose = pieces[at + 1][1].strip() if at + 1 < len(pieces) else ""
    if (said := _IN_LINE.match(prose)) and "print" in code:
        return Output(code, lines_of(said[1]))
    if at + 2 >= len(pieces):
        return None
    language, block = pieces[at + 2]
    is_said = _HEADING.fullmatch(prose) is not None
    if (language in PRINTED and (is_said or not prose)) or (language in TEXT and is_said):
        kept = tuple(line for line in lines_of(block) if not _NOT_WHOLE.fullmatch(line))
        return Output(code, kept, is_whole=len(kept) == len(lines_of(block)))
    return None


def _commented(code: str) -> Output | None:
    """What comments say, each of the line that it stands in or behind."""
    found, lines, at = list[str](), code.split("\n"), 0
    while at < len(lines):
        said = _COMMENT.search(lines[at]) if "#" in lines[at] else None
        at += 1
        if said is None:
            continue
        if said[1].strip():
            found.append(said[1].strip())
            continue
        while at < len(lines) and (line := _LINE.fullmatch(lines[at].strip())):
            found.append(line[1].rstrip())
            at += 1
    return Output(code, tuple(found), is_whole=False) if found else None
