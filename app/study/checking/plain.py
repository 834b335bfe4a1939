"""The lines of a reply as sums are read in them: without Markdown, LaTeX and blocks of code, one sign for each meaning.

plain("So $17 \\\\times 23 = **391**$.")       # ["So 17 × 23 = 391."]
"""

from __future__ import annotations

import re

MOST_LINE = 600  # characters of a line that is read
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([\w+.#-]*)")
_MARKER = re.compile(r"\s*(?:>\s*)*(?:#{1,6}\s+|[-*•]\s+|\d{1,3}[.)]\s+)?")
_DROPPED = re.compile(r"\\(?:left|right|displaystyle|quad|qquad|mathrm|text|textbf|mathbf|mathit|boxed|operatorname)\b")
#: a number and a half, or other roots than the square one: a sign that no sum goes over
_MIXED = re.compile(r"(?<=\d)\s*(?=\\[dt]?frac)|\\sqrt\s*\[[^\]]*\]")
_UNKNOWN = re.compile(r"\\[A-Za-z]+")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_RAISED = re.compile(r"\^\s*\{([^{}]*)\}")
_SIGNS = (
    (r"\\times\b|\\cdot\b|\\ast\b|[·∙⋅✕]", "×"),
    (r"\\div\b", "÷"),
    (r"\\(?:approx|simeq|sim)\b|[≃≅∼]", "≈"),
    (r"\\pi\b", "π"),
    (r"\\(?:ldots|dots|cdots)\b|\.\.\.", "…"),
    (r"\\(?:implies|Rightarrow|to|rightarrow)\b|=>", "→"),
    (r"\\\\", "\n"),
    (r"(?<=\d)(?:\\,|\{,\})(?=\d{3})", "\u202f"),
    (r"\\[,;:! ]|~", " "),
    (r"\\[()\[\]]", " "),
    (r"\\([%*_#])", r"\1"),
    (r"\\?[$]|&|`", ""),
    (r"[−–](?=\s)|−", "-"),
    (r"(?<=[\d)])[ ]?\*\*[ ]?(?=[\d(])", "^"),
    (r"(?<=[\d)])[ ]?\*[ ]?(?=[\d(])", " × "),
    (r"(?<=[\d)])[ ]?[xX][ ]?(?=[\d(])", " × "),
    (r"\*+|__+", ""),
    (r"==", "="),
)
_BETWEEN = r"(?<=[\d)%²³])\s+(?:{})\s+(?=[-\d(π√])"
#: signs that are written out, between two numbers
_WORDS = (
    (_BETWEEN.format("times|multiplied by|mal"), " × "),
    (_BETWEEN.format("divided by|geteilt durch|durch"), " ÷ "),
    (_BETWEEN.format("plus"), " + "),
    (_BETWEEN.format("minus"), " - "),
    (r"(?<=%)\s+(?:of|von)\s+(?=[\d(])", " × "),
    (
        r"(?<=[^\W_]|[)%²³°!])\s+(?:is|are|equals|ist|sind|gleich)\s+(?:approximately|roughly|about|around|etwa|rund|"
        r"ungefähr|circa)\s+(?=[-\d(])",
        " ≈ ",
    ),
    (
        r"(?<=[^\W_]|[)%²³°!])\s+(?:is equal to|is|are|equals|gives|makes|ist gleich|ist|sind|ergibt|ergeben|macht)\s+"
        r"(?=[-\d(])",
        " = ",
    ),
    (r"=\s*(?:approximately|roughly|about|ca\.|etwa|rund|ungefähr)\s+(?=[-\d(])", "≈ "),
)
_REPLACED = tuple((re.compile(one), by) for one, by in (*_SIGNS, *_WORDS))


def segments(text: str) -> list[tuple[str | None, str]]:
    """The text in pieces, each with the language of a block of code ("" where it names none), or None for prose."""
    found, lines = list[tuple[str | None, str]](), text.replace("\r", "").split("\n")
    prose, at = list[str](), 0
    while at < len(lines):
        opened = FENCE.match(lines[at])
        if opened is None:
            prose.append(lines[at])
            at += 1
            continue
        found.append((None, "\n".join(prose)))
        prose, indent = [], len(lines[at]) - len(lines[at].lstrip())
        end = re.compile(rf"[ \t]*{re.escape(opened[1][0])}{{{len(opened[1])},}}[ \t]*")
        last = next((n for n in range(at + 1, len(lines)) if end.fullmatch(lines[n])), len(lines))
        body = (line[indent:] if not line[:indent].strip() else line for line in lines[at + 1 : last])
        found.append((opened[2].lower(), "\n".join(body)))
        at = last + 1
    return [*found, (None, "\n".join(prose))]


def plain(prose: str) -> list[str]:
    """The lines of prose, as sums are read in them."""
    lines = list[str]()
    for line in prose.split("\n"):
        if len(line) <= MOST_LINE and any(sign.isdigit() for sign in line):
            lines += _plain(line[_MARKER.match(line).end() :]).split("\n")  # type: ignore[union-attr]
    return lines


def _plain(line: str) -> str:
    line = _MIXED.sub("¦", _DROPPED.sub("", line))
    for _ in range(3):  # one in another
        line = _RAISED.sub(r"^(\1)", _ROOT.sub(r"√(\1)", _FRACTION.sub(_fraction, line)))
    for pattern, by in _REPLACED:
        line = pattern.sub(by, line)
    return re.sub(r"[{}]", "", _UNKNOWN.sub("¦ ", line)).strip()


def _fraction(found: re.Match[str]) -> str:
    parts = (one.strip() if re.fullmatch(r"\s*[\d.,]+\s*", one) else f"({one})" for one in found.groups())
    return f"({'/'.join(parts)})"
