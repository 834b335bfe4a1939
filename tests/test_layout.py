"""The shape of the repository: its top level, and what no file of it may hold."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.environment import ROOT

REQUIRED = {"pyproject.toml", "README.md", "index.html", "pyscript.toml", "app", "static", "tests", "serve.py"}
ALLOWED = REQUIRED | {"LICENSE", "CHANGELOG.md"}
BINARY = {
    ".apkg",
    ".docx",
    ".epub",
    ".odt",
    ".pdf",
    ".pptx",
    ".bin",
    ".gguf",
    ".litertlm",
    ".task",
    ".png",
    ".ico",
    ".woff2",
    ".webp",
    ".jpg",
}
MOST_LINES = 400

#: Written in pieces, so that this file passes its own tests.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("files", "pythonhosted", "org"),
        ("deb", "debian", "org"),
    )
]
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
MAKES_WORKER = re.compile(r"\bnew Worker\(|\bWorker\.new\(")
#: A path that exists on one machine only. The page's own home inside the browser is not one.
MACHINE_PATH = re.compile(
    r"(?<![\w.~-])/(?:work|root|Users)/\w|(?<![\w.~-])/home/(?!pyodide\b|web_user\b)\w|[A-Z]:\\Users\\"
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control, relative to the root."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(Path(name) for name in listing.split("\0") if name and (ROOT / name).is_file())


@cache
def texts() -> dict[Path, str]:
    """The text of every tracked file that is text."""
    return {path: (ROOT / path).read_text("utf-8") for path in tracked() if path.suffix not in BINARY}


def python_files(folder: str) -> list[Path]:
    """Python files of a folder that are on disk, tracked or not yet."""
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


def test_the_top_level_is_the_cards() -> None:
    names = {path.parts[0] for path in tracked()}
    assert names >= REQUIRED
    assert {name for name in names if not name.startswith(".")} <= ALLOWED


def test_third_party_code_is_installed_and_not_committed() -> None:
    strangers = [path for path in tracked() if {"vendor", "node_modules", ".venv"} & set(path.parts)]
    strangers += [path for path in tracked() if path.suffix in {".whl", ".wasm", ".zip", ".gz"}]
    assert not strangers


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_no_file_names_a_package_registry(host: str) -> None:
    assert [str(path) for path, text in texts().items() if host in text] == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = {str(path): MACHINE_PATH.search(text) for path, text in texts().items()}
    assert {path: match.group() for path, match in found.items() if match} == {}


def test_nothing_is_left_for_later() -> None:
    assert [str(path) for path, text in texts().items() if UNFINISHED.search(text)] == []


def test_every_module_of_the_app_says_why_it_exists() -> None:
    silent = [path for path in python_files("app") if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_no_module_of_the_app_is_longer_than_a_reader_can_hold() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in python_files("app")}
    assert {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


MAKERS = ["static/js/page/wall.js", "static/js/page/workers.js"]


def test_workers_are_made_in_one_place() -> None:
    """Fault H1: a worker of Firefox's that makes another one itself may wait for it for ever. The wall's is made by its
    frame's document, as ours are by the page's."""
    program = {str(path): text for path, text in texts().items() if path.parts[0] in ("app", "static")}
    assert [path for path, text in program.items() if MAKES_WORKER.search(text)] == MAKERS


def test_every_test_file_of_a_room_mirrors_a_module() -> None:
    """The same feature has the same name in each room. A test may take one side of it: test_<module>_<side>."""
    lost = []
    for room in ("core", "documents", "models", "study", "ui"):
        modules = {path.stem for path in python_files(f"app/{room}")}
        for path in (ROOT / "tests" / room).rglob("test_*.py"):
            name = path.stem.removeprefix("test_")
            if not any(name == module or name.startswith(module + "_") for module in modules):
                lost.append(str(path.relative_to(ROOT)))
    assert lost == []


def test_the_tiny_models_are_the_ones_the_readme_lists() -> None:
    readme = (ROOT / "tests" / "fixtures" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (tiny-\S+) \| (\d+) \| `(\w{64})` \|", readme, re.MULTILINE)
    folder = ROOT / "tests" / "fixtures" / "models"
    assert {name for name, _, _ in rows} == {path.name for path in folder.iterdir()}
    for name, size, digest in rows:
        content = (folder / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), digest)


#: the official SDKs offer no other way to see what they read and to look at each piece of it
PRIVATE_OF_OTHERS = {"tests/cloud/outcomes.py"}


def _reaches(path: Path) -> list[str]:
    """Names with an underscore that a file of the tests takes from something that is not its own."""
    source = path.read_text("utf-8")
    tree, found = ast.parse(source), list[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            names = [] if is_own or f"self.{node.attr}" in source else [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setattr" and len(node.args) > 1:
            names = [str(node.args[1].value)] if isinstance(node.args[1], ast.Constant) else []
        else:
            continue
        found += [f"{path.name}:{node.lineno} {name}" for name in names if re.match(r"_[a-z]", name)]
    return found


def test_no_test_reaches_into_what_is_private() -> None:
    files = [path for path in python_files("tests") if path.relative_to(ROOT).as_posix() not in PRIVATE_OF_OTHERS]
    assert [reach for path in files for reach in _reaches(path)] == []
