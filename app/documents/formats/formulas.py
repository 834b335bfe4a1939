"""Formulas of Word and PowerPoint (OMML) and of OpenDocument and e-books (MathML), as LaTeX, to be read and found.

latex(element)                 # "\\frac{a+b}{\\sqrt{c}}"
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from app.documents.packed import child, local, value

MOST_DEPTH = 60
NARY = {"∑": "\\sum", "∏": "\\prod", "∫": "\\int", "∬": "\\iint", "∮": "\\oint", "⋃": "\\bigcup", "⋂": "\\bigcap"}
SKIPPED = ("annotation", "annotation-xml", "rPr", "ctrlPr")


def latex(element: Element | None, depth: int = 0) -> str:
    """What an element and all below it stand for."""
    if element is None or depth > MOST_DEPTH:
        return ""
    name = local(element)
    if name in SKIPPED or (name.endswith("Pr") and name != "Pr"):
        return ""
    make = _MAKERS.get(name)
    return make(element, depth + 1) if make else _row(element, depth)


def _row(element: Element, depth: int) -> str:
    if not len(element):
        return (element.text or "").strip()
    return "".join(latex(one, depth + 1) for one in element)


def _part(element: Element, name: str, depth: int) -> str:
    return latex(child(element, name), depth)


def _nth(element: Element, place: int, depth: int) -> str:
    return latex(element[place], depth) if place < len(element) else ""


def _radical(degree: str, inside: str) -> str:
    return f"\\sqrt[{degree}]{{{inside}}}" if degree else f"\\sqrt{{{inside}}}"


def _limits(base: str, low: str, high: str) -> str:
    low = f"_{{{low}}}" if low else ""
    high = f"^{{{high}}}" if high else ""
    return f"{base}{low}{high}"


def _nary(element: Element, depth: int) -> str:
    sign = value(child(element, "naryPr", "chr"), "val", "∫")
    limits = _limits(NARY.get(sign, sign), _part(element, "sub", depth), _part(element, "sup", depth))
    return limits + _part(element, "e", depth)


def _fenced(element: Element, depth: int) -> str:
    about = child(element, "dPr")
    begin, end = value(child(about, "begChr"), "val", "("), value(child(about, "endChr"), "val", ")")
    return begin + ", ".join(latex(one, depth) for one in element if local(one) == "e") + end


def _matrix(element: Element, depth: int) -> str:
    rows = (row for row in element if local(row) in ("mr", "mtr"))
    return " \\\\ ".join(" & ".join(latex(cell, depth) for cell in row) for row in rows)


_MAKERS: dict[str, Callable[[Element, int], str]] = {
    # OMML: ECMA-376-1, 22.1
    "f": lambda one, depth: f"\\frac{{{_part(one, 'num', depth)}}}{{{_part(one, 'den', depth)}}}",
    "rad": lambda one, depth: _radical(_part(one, "deg", depth), _part(one, "e", depth)),
    "sSup": lambda one, depth: _limits(_part(one, "e", depth), "", _part(one, "sup", depth)),
    "sSub": lambda one, depth: _limits(_part(one, "e", depth), _part(one, "sub", depth), ""),
    "sSubSup": lambda one, depth: _limits(_part(one, "e", depth), _part(one, "sub", depth), _part(one, "sup", depth)),
    "limLow": lambda one, depth: _limits(_part(one, "e", depth), _part(one, "lim", depth), ""),
    "limUpp": lambda one, depth: _limits(_part(one, "e", depth), "", _part(one, "lim", depth)),
    "eqArr": lambda one, depth: " \\\\ ".join(latex(row, depth) for row in one if local(row) == "e"),
    "nary": _nary,
    "func": lambda one, depth: f"{_part(one, 'fName', depth)} {_part(one, 'e', depth)}",
    "d": _fenced,
    "m": _matrix,
    "t": lambda one, depth: one.text or "",
    # MathML: https://www.w3.org/TR/mathml-core
    "mfrac": lambda one, depth: f"\\frac{{{_nth(one, 0, depth)}}}{{{_nth(one, 1, depth)}}}",
    "msqrt": lambda one, depth: _radical("", _row(one, depth)),
    "mroot": lambda one, depth: _radical(_nth(one, 1, depth), _nth(one, 0, depth)),
    "msup": lambda one, depth: _limits(_nth(one, 0, depth), "", _nth(one, 1, depth)),
    "msub": lambda one, depth: _limits(_nth(one, 0, depth), _nth(one, 1, depth), ""),
    "mover": lambda one, depth: _limits(_nth(one, 0, depth), "", _nth(one, 1, depth)),
    "munder": lambda one, depth: _limits(_nth(one, 0, depth), _nth(one, 1, depth), ""),
    "msubsup": lambda one, depth: _limits(_nth(one, 0, depth), _nth(one, 1, depth), _nth(one, 2, depth)),
    "munderover": lambda one, depth: _limits(
        NARY.get(_nth(one, 0, depth), _nth(one, 0, depth)), _nth(one, 1, depth), _nth(one, 2, depth)
    ),
    "mtable": _matrix,
    "semantics": lambda one, depth: _nth(one, 0, depth),
}
