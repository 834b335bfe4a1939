"""Blocks of Python in a reply, with what it says that they print.

    outputs_in(text)        # (Output("print(6 * 7)", ("42",)),)

It is said by a block behind the code ("Output:"), in a line ("It prints `42`.") or by comments in the code
("# Output: 42"). What cannot print the same twice is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.running import last_line
from app.study.checking.plain import segments

PYTHON = frozenset(("python", "py", "python3"))
PRINTED = frozenset(("output", "console", "stdout"))  # languages of what is printed; others need a word before them
TEXT = frozenset(("", "text", "txt", "plaintext", "plain"))
MOST_OUTPUTS, MOST_OUTPUT = 5, 20_000
_SAYS = r"(?:expected\s+|sample\s+)?(?:output|prints?|printed|result|ausgabe|ausgegeben|gibt\b.{0,30}\baus|ergebnis)"
_HEADING = re.compile(rf"[^\n]{{0,60}}\b{_SAYS}\b[^\n]{{0,60}}", re.IGNORECASE)
#: what is printed by another program, in another case, or only may be
_OTHERWISE = re.compile(
    r"\b(?:if|when(?! (?:you |we )?(?:run|execute))|with|without|instead|unless|may|might|could|similar|"
    r"something like|vary|wenn|falls|mit|ohne|statt|stattdessen|könnte|ähnlich|etwa)\b",
    re.IGNORECASE,
)
_IN_LINE = re.compile(
    rf"(?P<before>[^\n`]{{0,40}})\b{_SAYS}\b[\s:]*(?:(?:is|are|will be|would be|ist|lautet|→|=)[\s:]*)?"
    r"`(?P<told>[^`\n]+)`(?=\s*(?:[.!;]|$|because\b|since\b|weil\b))[^`\n]*(?=\n|$)",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"#\s*(?:(?:output|prints|ausgabe)\s*(?:$|:)|(?P<arrow>→|=>|->)\s*:?)\s*(?P<told>.*)", re.IGNORECASE
)
_LINE = re.compile(r"#\s?(.*)")
#: another time, or in another Python, they are another: the wall's has 32 bits, one thread, and no computer around it
_VARIES = re.compile(
    r"\b(?:random|time|datetime|secrets|uuid|input|perf_counter|getpass|urllib|requests|id|hash|getsizeof|maxsize|"
    r"platform|version|environ|getcwd|listdir|argv|timeit|threading|multiprocessing|subprocess|socket|asyncio|now|today)\b"
)
_NOT_WHOLE = re.compile(r"\s*(?:\.{3}|…|\[\.{3}\])\s*")
_LEFT_OUT = re.compile(r"\.{3}|…")
_PLACE = re.compile(r"\bat 0x[0-9a-fA-F]+")
_SET = re.compile(r"\b(?:set|frozenset)\(|[=(,\[]\s*\{[^{}:\n]+\}")
_PROMPT = re.compile(r"^>>> ", re.MULTILINE)
_DEFINED = re.compile(r"^\s*(?:def|class)\s+([^\W\d]\w*)|^([^\W\d]\w*)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
_IMPORTED = re.compile(r"^(?:from\s+[\w.]+\s+)?import\s+(.+)", re.MULTILINE)
#: a last line that is no expression, whose value the wall would show
_STATEMENT = re.compile(
    r"[\s#)\]}]|print\(|(?:return|import|from|del|pass|assert|raise|if|for|while|def|class|with|else|elif|try|"
    r"except|finally)\b|[^\W\d][^=(]*=(?!=)"
)


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

    def fits(self, printed: str, error: str = "") -> bool:
        """Whether it is what a run has printed, and the `error` that has ended it."""
        got, told = lines_of(printed), self.lines
        if last := last_line(error):
            if not told or told[-1].strip().partition(":")[0] != last.partition(":")[0]:
                return False
            told = told[: next((n for n, one in enumerate(told) if one.startswith("Traceback")), len(told) - 1)]
        if self.is_whole:
            return len(got) == len(told) and all(map(_is, told, got))
        rest = iter(got)
        return all(any(_same(line, one) for one in rest) for line in told)

    def may_fit(self, printed: str) -> bool:
        """Whether nobody can say that it is not: the order of a set is another each time, and the wall shows the value
        of a last line."""
        got = lines_of(printed)
        if _SET.search(self.code) and sorted("".join(got)) == sorted("".join(self.lines)):
            return True
        shows_value = not _STATEMENT.match(self.code.rstrip().rpartition("\n")[2])
        return shows_value and len(got) == len(self.lines) + 1 and all(map(_is, self.lines, got))


def lines_of(text: str) -> tuple[str, ...]:
    """A text's lines without blanks at their ends, and without empty ones at its own."""
    return tuple(line.rstrip() for line in text.strip("\n").split("\n")) if text.strip() else ()


def _is(told: str, printed: str) -> bool:
    """Whether a line is the one that is told, as far as that is told."""
    told, printed = _PLACE.sub("at", told), _PLACE.sub("at", printed)
    if told == printed or not _LEFT_OUT.search(told):
        return told == printed
    return re.fullmatch(".*".join(map(re.escape, _LEFT_OUT.split(told))), printed) is not None


def _same(told: str, printed: str) -> bool:
    """The same for what a comment says: it may have quotes around, or go on in other words."""
    told, printed = told.strip(), printed.strip()
    behind = told.removeprefix(printed) if printed else ""
    is_more = told.startswith(printed) and re.match(r"\s+(?:[(#–—-]|//)", behind) is not None
    return _is(told, printed) or is_more or (told[:1] in "'\"" and told == f"{told[:1]}{printed}{told[:1]}")


def outputs_in(text: str) -> tuple[Output, ...]:
    """What a reply says that its blocks of Python print."""
    pieces, found = segments(text), list[Output]()
    for at, (language, code) in enumerate(pieces):
        if language in PYTHON and code.strip() and _is_alone(code, pieces[:at]):
            told = _behind(pieces, at) or _commented(code)
            if told is not None and told.lines and len(told.told) <= MOST_OUTPUT:
                found.append(told)
        if len(found) == MOST_OUTPUTS:
            break
    return tuple(found)


def _is_alone(code: str, before: list[tuple[str | None, str]]) -> bool:
    """Whether it prints the same each time, and needs nothing of the blocks before it."""
    if _VARIES.search(code) or _PROMPT.search(code):
        return False
    others = {name for language, one in before if language in PYTHON for name in _names(one)} - _names(code)
    return not any(_takes(code, re.escape(name)) for name in others)


def _takes(code: str, name: str) -> bool:
    """Whether a name is used that the code does not make itself."""
    own = (
        rf"\bfor\s+[\w, ]{{0,60}}\b{name}\b|\b{name}\s*=(?!=)|\bdef\s+\w+\([^)]{{0,200}}\b{name}\b|"
        rf"\blambda\b[^:]{{0,60}}\b{name}\b|\bas\s+{name}\b"
    )
    return re.search(rf"(?<![\w.'\"]){name}\b", code) is not None and re.search(own, code) is None


def _names(code: str) -> set[str]:
    """What it defines, assigns and imports."""
    names = [name for found in _DEFINED.findall(code) for name in found if name]
    return {*names, *re.findall(r"\w+", " ".join(_IMPORTED.findall(code)))}


def _behind(pieces: list[tuple[str | None, str]], at: int) -> Output | None:
    code = pieces[at][1]
    prose = pieces[at + 1][1].strip() if at + 1 < len(pieces) else ""
    said = _IN_LINE.match(prose) if "print" in code else None
    if said and not _OTHERWISE.search(said["before"]) and not _is_of(said["told"], code):
        return Output(code, lines_of(said["told"]))
    if at + 2 >= len(pieces):
        return None
    language, block = pieces[at + 2]
    is_said = _HEADING.fullmatch(prose) is not None and not _OTHERWISE.search(prose)
    if (language in PRINTED and (is_said or not prose)) or (language in TEXT and is_said):
        kept = tuple(line for line in lines_of(block) if not _NOT_WHOLE.fullmatch(line))
        return Output(code, kept, is_whole=len(kept) == len(lines_of(block)))
    return None


def _is_of(told: str, code: str) -> bool:
    """Whether a word of a sentence is a part of the code, such as a variable, more likely than what is printed."""
    return told in _names(code) or (told in code and "(" in told)


def _commented(code: str) -> Output | None:
    """What comments say, each of the line that it stands in or behind."""
    found, lines, at = list[str](), code.split("\n"), 0
    while at < len(lines):
        said, line = _COMMENT.search(lines[at]), lines[at]
        at += 1
        if said is None or not _is_comment(line[: said.start()], is_arrow=bool(said["arrow"])):
            continue
        if said["told"].strip():
            found.append(said["told"].strip())
            continue
        while at < len(lines) and (more := _LINE.fullmatch(lines[at].strip())):
            found.append(more[1].rstrip())
            at += 1
    return Output(code, tuple(found), is_whole=False) if found else None


def _is_comment(before: str, *, is_arrow: bool) -> bool:
    """Whether a sign for a comment is one, with this before it. An arrow tells a value, which only `print` prints."""
    is_in_text = before.count('"') % 2 or before.count("'") % 2
    return not is_in_text and (not is_arrow or "print(" in before)
