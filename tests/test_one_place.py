"""What is asked in one place: how ids of models are written, and that no decision reads a sentence.

The rules are checked by reading the code, since a second copy of either works as well as the first until one of them
changes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.environment import ROOT
from tests.test_rooms import modules

PLACES = ROOT / "app" / "core" / "places.py"
#: the beginning of a model's id; "ollama:pull" and "cloud:key" are names of actions
PREFIX = re.compile(r"(?:ollama|cloud):(?![a-z][a-z_-]*$)|(?:here|own)-$")
PREFIX_IN_SCRIPT = re.compile(r"""["'`](?:ollama|cloud):(?![a-z][a-z-]*["'`])|["'`](?:here|own)-["'`]""")
#: fields that hold what a person reads
TEXTS = {"where", "cure", "message", "headline", "words", "reasons", "label", "blocked"}
#: fields that hold one of a few values: codes, so that a page is free in how it calls them
STATES = {"status", "state", "phase", "reason"}
A_PERSONS_WORD = re.compile(r"[A-Z][a-z]|.* ")
SEARCHES = {"startswith", "endswith", "find", "index", "count"}
#: what the texts of other programs are read in, since they say nothing else
READERS = {"core/engine_errors.py", "models/cloud/refusals.py", "models/ollama/refusals.py"}


def texts_in(tree: ast.AST) -> Iterator[str]:
    """Every text of a module but its documentation."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def sentences_read(tree: ast.AST) -> Iterator[str]:
    """Where a text for a person is compared or searched, as line and code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            read = [node.left, *node.comparators]
            if any(isinstance(part, ast.Constant) and not part.value for part in read):
                continue  # whether there is a text at all
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEARCHES:
            read = [node.func.value]
        else:
            continue
        texts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
        has_words = any(isinstance(text, str) and A_PERSONS_WORD.match(text) for text in texts)
        for part in read:
            while isinstance(part, ast.Subscript):
                part = part.value
            if isinstance(part, ast.Attribute) and (part.attr in TEXTS or (part.attr in STATES and has_words)):
                yield f"{node.lineno}: {ast.unparse(node)}"


def test_only_places_knows_how_the_ids_of_models_begin() -> None:
    found = {
        str(path.relative_to(ROOT)): texts
        for path in modules(ROOT / "app")
        if path != PLACES
        and (texts := [text for text in texts_in(ast.parse(path.read_text("utf-8"))) if PREFIX.match(text)])
    }
    assert found == {}
    scripts = sorted((ROOT / "static" / "js").rglob("*.*js"))
    assert {path.name: PREFIX_IN_SCRIPT.findall(path.read_text("utf-8")) for path in scripts} == {
        path.name: [] for path in scripts
    }


def test_no_decision_reads_a_sentence() -> None:
    found = {
        name: lines
        for path in modules(ROOT / "app")
        if (name := path.relative_to(ROOT / "app").as_posix()) not in READERS
        and (lines := list(sentences_read(ast.parse(path.read_text("utf-8")))))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("code", "is_prefix"),
    [
        ('x = "ollama:"', True),
        ('x = f"cloud:{service}:{name}"', True),
        ('x = "cloud:openai:gpt-5-mini"', True),
        ('x = f"here-{name}"', True),
        ('x = "ollama:pull"', False),
        ('x = f"click:ollama:{verb}"', False),
        ('"""Ids begin with ollama: or cloud:."""', False),
    ],
)
def test_the_rule_tells_ids_from_actions(code: str, is_prefix: bool) -> None:
    assert any(PREFIX.match(text) for text in texts_in(ast.parse(code))) == is_prefix


@pytest.mark.parametrize(
    ("code", "is_read"),
    [
        ('is_away = model.where.startswith("sent to")', True),
        ('name = "Settings" if "Settings" in problem.cure else "Models"', True),
        ('is_back = "instead" in decision.reasons[0]', True),
        ("is_barred = any(word in one.blocked for word in NEVER)", True),
        ('is_free = one.blocked == ""', False),
        ('is_here = row.status == "Ready"', True),
        ('is_busy = row.status in ("Downloading", "Not downloaded")', True),
        ('is_asking = found.state == "not-connected"', False),
        ('words = f"It would be {model.where}."', False),
        ("turn = replace(turn, where=model.where)", False),
    ],
)
def test_the_rule_tells_reading_from_showing(code: str, is_read: bool) -> None:
    assert bool(list(sentences_read(ast.parse(code)))) == is_read
