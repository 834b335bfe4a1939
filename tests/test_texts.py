"""Every text that a person reads is a key with values, and its words are in app/ui/words/.

Keys are literal wherever a Text is made, so that reading the code finds them all: each is in the table, with exactly
the values that it is made with, and none is left over. No file holds a sentence that a person would read.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.ui.words.language import PLACE, Forms, plural_of
from tests.environment import ROOT
from tests.start_words import in_scripts, in_the_shell
from tests.words import FOLDER, table

APP = ROOT / "app"
MAKERS = {"Text", "t", "rich"}  # what makes a text of a key: app.core.texts, app.ui.words
LANGUAGES = sorted(folder.name for folder in FOLDER.glob("[!_]*/"))
VALUES = "language"  # the feature of units and marks: app/ui/words/language.py asks for them by name
#: Sentences that no person reads in this app, by file: what a model is told, what a server's answer is recognised by,
#: names, lines to paste, lists of words that texts are looked through for, SQL, and the words of a kept record
#: whose own are not believed.
FOR_OTHERS = {
    "core/anki_kinds.py": 2,
    "core/json_schema.py": 42,
    "core/places.py": 2,
    "core/units.py": 40,
    "documents/claims/against.py": 2,
    "documents/claims/check.py": 1,
    "documents/claims/dates.py": 13,
    "documents/claims/glosses.py": 3,
    "documents/claims/number_words.py": 36,
    "documents/claims/numbers.py": 2,
    "documents/claims/parallel.py": 2,
    "documents/claims/periods.py": 1,
    "documents/claims/ranges.py": 2,
    "documents/claims/small_words.py": 4,
    "documents/claims/turned.py": 1,
    "documents/english.py": 11,
    "documents/index.py": 12,
    "documents/questions.py": 2,
    "documents/quiz/answers.py": 3,
    "documents/quiz/openings.py": 1,
    "documents/quiz/rivals.py": 1,
    "documents/quiz/strange.py": 1,
    "documents/quiz/terms.py": 5,
    "models/answering/holding.py": 4,
    "models/answering/prefixes.py": 1,
    "models/answering/resuming.py": 1,
    "models/cloud/anthropic.py": 1,
    "models/cloud/messages.py": 1,
    "models/cloud/refusals.py": 4,
    "models/cloud/services.py": 1,
    "models/device/benchmark.py": 5,
    "models/engines/built_in.py": 1,
    "models/engines/gpu_check.py": 2,
    "models/ability/families.py": 6,
    "models/ollama/bringing.py": 1,
    "models/ollama/chat_templates.py": 1,
    "models/ollama/library.py": 1,
    "models/ollama/pulls.py": 4,
    "models/routing/asides.py": 2,
    "session/features.py": 1,
    "study/checking/checks.py": 1,  # what Python reads
    "study/explaining.py": 6,
    "study/grounding.py": 4,
    "study/practice/asking.py": 4,
    "study/practice/tutoring.py": 18,
    "study/writing/asking.py": 6,
    "study/summing.py": 1,
    "study/asked.py": 1,
    "ui/chat_file.py": 1,
    "ui/parts/prices.py": 1,
}
#: names that begin with a capital, in views
NAMES = re.compile(r"Pyodide|Comlink|Idiomorph|Pico CSS|Ollama$|Anthropic$|Google|Groq$|Mistral$")
#: words with a blank between them that begin a sentence or go on in one
SENTENCE = re.compile(r"^[^<#/]*?\b[A-Za-z][a-z']+ (?:[a-z]+|[A-Z][a-z]+|\{\})\b")

#: what only a search pattern or a list of words holds
PATTERN = re.compile(r"[\\|\n]|\(\?")


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(APP.rglob("*.py"))}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every place where a text is made of a key."""
    for path, tree in trees().items():
        if path.parent != FOLDER:
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def keys_of(node: ast.expr) -> list[str]:
    """A literal key, or those of `"a" if x else "b"`."""
    if isinstance(node, ast.IfExp):
        return keys_of(node.body) + keys_of(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def entries(language: str) -> dict[str, str | Forms]:
    files = sorted((FOLDER / language).glob("*.toml"))
    return {f"{file.stem}.{name}": entry for file in files for name, entry in table(f"{language}/{file.stem}").items()}


def places(entry: str | Forms) -> set[str]:
    if isinstance(entry, str):
        return set(PLACE.findall(entry))
    forms = [words for name, words in entry.items() if name != "by"]
    return set(PLACE.findall(" ".join(forms))) | {entry["by"]}


def test_every_key_is_in_the_table_with_its_values() -> None:
    known, wrong = entries("en"), []
    for where, call in calls():
        keys, values = keys_of(call.args[0]), {keyword.arg for keyword in call.keywords}
        if not keys:
            wrong.append(f"{where}: the key is not literal")
        for key in keys:
            if key not in known:
                wrong.append(f"{where}: {key} is in no table")
            elif places(known[key]) != values:
                wrong.append(f"{where}: {key} has {places(known[key])}, not {values}")
    assert wrong == []


def test_no_words_are_left_over() -> None:
    used = {key for _, call in calls() for key in keys_of(call.args[0])} | set(in_scripts()) | in_the_shell()
    assert {key for key in entries("en") if not key.startswith(f"{VALUES}.")} <= used


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    forms = {plural_of(language)(number) for number in (0, 1, 2, 5, 11, 21, 100)}
    for key, entry in entries(language).items():
        assert isinstance(entry, str) or set(entry) == forms | {"by"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_words(language: str) -> None:
    for key, entry in entries(language).items():
        for words in [entry] if isinstance(entry, str) else entry.values():
            assert words == words.strip() or key == f"{VALUES}.comma", key
            assert "  " not in words, key
            assert not re.search(r"[{}]", PLACE.sub("", words)), f"{key}: braces are for values"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_file(language: str) -> None:
    names = [{path.name for path in FOLDER.glob(f"{code}/*.toml")} for code in ("en", language)]
    assert names[0] == names[1]


def name_of(path: Path) -> str:
    """For the list of tests: "de/store"."""
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", [path for code in LANGUAGES for path in FOLDER.glob(f"{code}/*.toml")], ids=name_of)
def test_every_language_has_the_same_keys_and_values(path: Path) -> None:
    """A file of any language against its English. What is missing is shown in English (app/ui/words/language.py)."""
    feature, own, english = path.stem, table(name_of(path)), table(f"en/{path.stem}")
    assert set(own) - set(english) == set(), f"{feature}: English does not have them"
    assert set(english) - set(own) == set(), f"{feature}: still in English"
    for name, entry in english.items():
        assert places(own[name]) == places(entry), f"{feature}.{name}"
        assert isinstance(own[name], str) == isinstance(entry, str), f"{feature}.{name}"


# -- nothing is said without a key -------------------------------------------------------------------------------------


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Literals that read like English: outside docstrings, what goes into a log, and errors of the programmer."""
    skipped = {id(part) for node in ast.walk(tree) for part in _not_shown(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if SENTENCE.search(text) and not PATTERN.search(text):
            yield node.lineno, text


def _not_shown(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.JoinedStr):
        yield from node.values
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.keyword) and node.arg in ("detail", "class_", "rel", "aria_describedby", "aria_labelledby"):
        yield from ast.walk(node.value)
    if isinstance(node, ast.ClassDef) and "StrEnum" in [getattr(base, "id", "") for base in node.bases]:
        for part in filter(lambda part: isinstance(part, ast.Assign), node.body):
            yield from ast.walk(part)  # values for programs: the local API, other tabs, records
    if isinstance(node, ast.Call) and (name := getattr(node.func, "id", "")) in NOT_SHOWN:
        yield from (part for argument in node.args[NOT_SHOWN[name] :] for part in ast.walk(argument))


#: what is no text, from which argument on: errors of the programmer and of a record; details; commands to paste
NOT_SHOWN = dict.fromkeys(("TypeError", "ValueError", "AttributeError", "RuntimeError", "KeyError", "IndexError"), 0)
NOT_SHOWN |= {"Damaged": 0, "Unreadable": 0, "_broken": 0, "fail": 1, "commands": 0, "TypeVar": 0}


def test_no_file_holds_a_sentence_for_a_person() -> None:
    counted = Counter(path.relative_to(APP).as_posix() for path, tree in trees().items() for _ in sentences(tree))
    assert counted == FOR_OTHERS


def test_no_view_holds_a_word_for_a_person() -> None:
    """A label may be a single word: in `ui` nothing but names begins with a capital."""
    found = []
    for path, tree in trees().items():
        if path.relative_to(APP).parts[0] != "ui" or path.parent == FOLDER or path.name == "demo.py":
            continue
        skipped = {id(part) for node in ast.walk(tree) for part in _not_shown(node)}
        types = {node.name for node in ast.walk(tree) if isinstance(node, (ast.ClassDef, ast.alias))}
        found += [
            f"{path.name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
            if re.match(r"[A-Z][a-z]+(?: |$|[.:…!?])", node.value) and node.value not in types
            if not NAMES.match(node.value)
        ]
    assert found == []
