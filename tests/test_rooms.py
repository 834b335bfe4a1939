"""The rooms of `app/` and the arrows between them.

The contract itself stands in pyproject.toml and import-linter holds it. Two rules it cannot say are checked here by
reading the imports: core is the standard library only, and what exists in a browser alone stays in its room.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.environment import ROOT

BROWSER_ONLY = {"js", "pyodide", "pyodide_js", "pyscript", "polyscript", "micropip", "pyodide_http"}


def imported(path: Path) -> set[str]:
    """The top-level names of everything a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: PyScript's main script has no package, so imports are absolute"
            names.add((node.module or "").split(".")[0])
    return names


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def test_the_arrows_between_the_rooms_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports" + Path(sys.executable).suffix)
    done = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_core_imports_the_standard_library_only() -> None:
    known = sys.stdlib_module_names | {"app"}
    strangers = {path.name: imported(path) - known for path in modules(ROOT / "app" / "core")}
    assert {name: names for name, names in strangers.items() if names} == {}


def test_only_the_browser_room_and_main_touch_the_browser() -> None:
    allowed = {ROOT / "app" / "main.py", *modules(ROOT / "app" / "browser")}
    found = {str(path): imported(path) & BROWSER_ONLY for path in modules(ROOT / "app") if path not in allowed}
    assert {name: names for name, names in found.items() if names} == {}


def test_nothing_uses_what_an_older_or_newer_python_lacks() -> None:
    """The page runs 3.14 and the checks may run 3.11: every file must parse as 3.11."""
    for path in (*modules(ROOT / "app"), *modules(ROOT / "tests")):
        ast.parse(path.read_text("utf-8"), str(path), feature_version=(3, 11))


ANY = "Any"


def loose_in(source: str) -> list[str]:
    """What of a module others may use and says `Any`: of functions, methods and fields the types, and names of types.
    A name of the module's own that stands for such a type counts as it."""
    tree, loose = ast.parse(source), {ANY}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and loose & _names(node.value):
            loose.add(node.targets[0].id)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            is_alias = "TypeAlias" in _names(node.annotation) and loose & _names(node.value)
            loose |= {node.target.id} if is_alias else set()
    found = sorted(name for name in loose - {ANY} if not name.startswith("_"))
    return [*found, *(name for name, node in _typed(tree.body) if loose & _names(node))]


def _names(node: ast.expr | None) -> set[str]:
    every = list(ast.walk(node)) if node else []
    return {
        one.id if isinstance(one, ast.Name) else one.attr for one in every if isinstance(one, ast.Name | ast.Attribute)
    }


def _typed(body: Sequence[ast.stmt], within: str = "") -> Iterator[tuple[str, ast.expr | None]]:
    """(name, a type that it says) of each public thing."""
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _is_public(node.target.id):
            yield within + node.target.id, node.annotation
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _is_public(node.name):
            given = node.args
            every = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
            yield from ((within + node.name, kind) for kind in (node.returns, *(one.annotation for one in every)))
        elif isinstance(node, ast.ClassDef) and _is_public(node.name):
            yield from ((within + node.name, base) for base in node.bases)
            yield from _typed(node.body, f"{within}{node.name}.")


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name.endswith("__")


def test_what_rooms_offer_each_other_never_says_any() -> None:
    """`Any` switches the checks off wherever it goes: what has no type yet is an `object`, until it was looked at. Only
    what JavaScript gives has none, and it stays in the browser's room."""
    paths = [path for path in modules(ROOT / "app") if path.parts[len(ROOT.parts) + 1] != "browser"]
    found = {path.relative_to(ROOT).as_posix(): loose_in(path.read_text("utf-8")) for path in paths}
    assert {name: loose for name, loose in found.items() if loose} == {}


def test_any_is_found_wherever_it_hides() -> None:
    assert loose_in("def a(b: dict[str, Any]) -> None: ...\ndef c(*d: typing.Any) -> None: ...") == ["a", "c"]
    assert loose_in("async def a() -> Any: ...\nclass B(dict[str, Any]):\n c: Any\n def d(self) -> Any: ...") == [
        *("a", "B", "B.c", "B.d")
    ]
    assert loose_in("_R = dict[str, Any]\nC: TypeAlias = Callable[[_R], None]\ndef a(b: _R) -> None: ...") == ["C", "a"]
    assert loose_in("def _a(b: Any) -> Any: ...\nclass _C:\n d: Any\ndef e() -> object:\n f: Any = 1") == []
