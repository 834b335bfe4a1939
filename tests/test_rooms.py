"""The rooms of `app/` and the arrows between them.

The contract itself stands in pyproject.toml and import-linter holds it. Two rules it cannot say are checked here by
reading the imports: core is the standard library only, and what exists in a browser alone stays in its room.
"""

from __future__ import annotations

import ast
import subprocess
import sys
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
