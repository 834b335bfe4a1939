"""Words of a document, written so that Markdown shows them as they are; formulas stay formulas.

as_markdown("2 *3* is $6$ at $5")          # "2 \\*3\\* is $6$ at \\$5"
has_formula("It costs $5 or $6.")          # False
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.quiz import BLANK

#: the forms that the page typesets (`app.ui.blocks`); a single dollar has nothing blank inside its ends
_FORMULA = re.compile(
    r"\$\$[^$`]+\$\$|\$(?![\s$])(?:[^$`\\\n]|\\.)+?(?<!\s)\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL
)
#: what makes it one, and no price: a sign of formulas, or a letter or two alone
_IS_MATHS = re.compile(r"[\\^_={}+<>/]|\$\s*(?:[^\W\d]{1,2}|\d+)\s*\$")
_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|`|\$|\*(?=\S)|(?<=\S)\*|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|\[(?=[^\]\n]*\]\()"
    r"|<(?=[a-zA-Z/!?])|&(?=#?\w+;)"
)
_BEGINS = re.compile(r"^(\s*)([#>+-]|\d{1,9}(?=[.)]\s))", re.MULTILINE)
GAP, GAP_IN_FORMULA = "\u2009____\u2009", r"\underline{\qquad}"


def has_formula(text: str) -> bool:
    """Whether there is anything to typeset."""
    return any(is_formula for _, is_formula in _parts(text))


def as_markdown(text: str) -> str:
    """The text with every mark outside its formulas taken literally, and its gap as a line that can be drawn."""
    parts, is_first = list[str](), True
    for part, is_formula in _parts(text):
        if is_formula:
            parts.append(part.replace(BLANK, GAP_IN_FORMULA))
        else:
            parts.append(_literal(part.replace(BLANK, GAP), is_first=is_first))
        is_first = False
    return "".join(parts)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Words and formulas, in turn."""
    at = 0
    for found in _FORMULA.finditer(text):
        if _IS_MATHS.search(found[0]):
            yield from ((text[at : found.start()], False), (found[0], True))
            at = found.end()
    yield text[at:], False


def _literal(text: str, *, is_first: bool) -> str:
    """Marks at the beginning of a line count where the text begins one."""
    escaped = _MARKS.sub(lambda found: f"\\{found[0]}", text)
    lines = _BEGINS if is_first else re.compile(rf"(?<=\n){_BEGINS.pattern[1:]}")
    return lines.sub(_escaped_start, escaped)


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"
