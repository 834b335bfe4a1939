"""No eight lines of a function in app/ stand twice, neither in the same words nor in the same shape.

Lines are read as their tokens, without comments and docstrings; for the shape, names, numbers and texts are folded
into one sign each. Tables, the fields of classes, signatures, and what is only handed on (what a class is
composed of, the attributes of an element, one a line) are lists, which may look alike; what a function does may not.
"""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
from collections import defaultdict
from collections.abc import Iterator

from tests.environment import ROOT

LINES = 8
IGNORED = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
FOLDED = {tokenize.NUMBER: "0", tokenize.STRING: "''"}


def folded(token: tokenize.TokenInfo) -> str:
    """A token's sign in the shape of its line."""
    if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
        return "name"
    return FOLDED.get(token.type, token.string)


def functions(text: str) -> Iterator[dict[int, str]]:
    """The outermost functions of a file: the shape of each of their lines, by its number."""
    tree, shapes = ast.parse(text), defaultdict[int, str](str)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in IGNORED:
            shapes[token.start[0]] += f" {folded(token)}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a docstring, or "..."
            for line in lines_of(node):
                shapes.pop(line, None)
        for line in lists(node):
            shapes.pop(line, None)
    outer = [*tree.body, *(node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body)]
    for node in outer:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield {line: shapes[line] for line in lines_of(node) if line in shapes}


def lists(node: ast.AST) -> Iterator[int]:
    """The lines of a signature, and of arguments that are a name or a text alone."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from range(node.lineno, node.body[0].lineno)
    elif isinstance(node, ast.Call):
        for argument in (*node.args, *(one.value for one in node.keywords)):
            value = argument.body if isinstance(argument, ast.Lambda) else argument
            if isinstance(value, ast.Name | ast.Attribute | ast.Constant) and argument.lineno > node.lineno:
                yield argument.lineno


def lines_of(node: ast.stmt) -> range:
    """The numbers of a statement's lines."""
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def test_no_eight_lines_stand_twice() -> None:
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    before: tuple[str, ...] = ()  # a list of more than eight lines of one shape is no double of itself
    for path in sorted((ROOT / "app").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for lines in functions(path.read_text()):
            numbers, shapes = list(lines), list(lines.values())
            for at in range(len(numbers) - LINES + 1):
                window = tuple(shapes[at : at + LINES])
                if window != before:
                    places[window].append((name, numbers[at]))
                before = window
    twice = [found for found in places.values() if len(found) > 1]
    assert not twice, "\n".join(", ".join(f"{file}:{line}" for file, line in found) for found in twice)
