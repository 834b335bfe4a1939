"""Byte-compile Python sources inside Pyodide, so that the page never has to.

Run by prepare.mjs under node, in the very interpreter that the page uses: the
byte code always fits, and the machine needs no Python 3.14 of its own.
About 40 % of the CPU time of a stock boot is spent compiling the standard library.
"""

from __future__ import annotations

import ast
import dataclasses
import fnmatch
import importlib.util
import json
import marshal
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path, PurePosixPath

FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes
DATACLASSES = "app/dataclasses.bin"  # read by app/core/compiled.py


def compiled(source: bytes, shown_name: str) -> bytes:
    """The .pyc for `source`, of the kind that is never checked against a source file.

    Optimise level 2: docstrings are a fifth of the bytes and nobody reads them in the page.
    """
    tree = Documented().visit(ast.parse(source, shown_name))
    code = compile(tree, shown_name, "exec", dont_inherit=True, optimize=2)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))


class Documented(ast.NodeTransformer):
    """Gives each dataclass its name for a docstring: without any, `dataclasses` inspects the class to write one."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        """The name is assigned, so that it outlives the optimiser."""
        self.generic_visit(node)
        if any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list):
            shown = ast.Assign([ast.Name("__doc__", ast.Store())], ast.Constant(node.name))
            node.body.insert(0, ast.fix_missing_locations(ast.copy_location(shown, node.body[0])))
        return node


def add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Write one entry; Python modules are compiled, data files stay as they are.

    Deflated: a stored zip has 5.6 MB instead of 2.4, and static hosts do not compress zips on the way. It would
    save 7 % of the CPU time of a boot (Chromium, worker, median of four: 2.28 s against 2.46 s; stock 5.94 s).
    """
    if name.endswith(".py"):
        name, data = name + "c", compiled(data, name)
    archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), data, zipfile.ZIP_DEFLATED, 9)


def is_of_librarian(name: str) -> bool:
    """Whether a module of the app runs in the worker that reads documents, and nowhere else."""
    return name.startswith("app/documents/")


def is_left_out(name: str, patterns: list[str]) -> bool:
    """Whether the entry, or a folder above it, matches one of the patterns."""
    paths = [name, *(str(parent) for parent in PurePosixPath(name).parents)]
    return any(fnmatch.fnmatchcase(path, pattern) for path in paths for pattern in patterns)


def pack_library(source: str, target: str, patterns: list[str]) -> int:
    """Compile the zip of the standard library without what is left out; gives the number of entries."""
    with zipfile.ZipFile(source) as library, zipfile.ZipFile(target, "w") as archive:
        names = sorted(name for name in library.namelist() if not name.endswith("/"))
        for name in names:
            if not is_left_out(name, patterns):
                add(archive, name, library.read(name))
        return len(archive.namelist())


def pack_rest(source: str, target: str, patterns: list[str]) -> int:
    """Compile what `pack_library` leaves out, for a Python that wants the whole library; gives the entry count."""
    with zipfile.ZipFile(source) as library, zipfile.ZipFile(target, "w") as archive:
        for name in sorted(library.namelist()):
            if not name.endswith("/") and is_left_out(name, patterns):
                add(archive, name, library.read(name))
        return len(archive.namelist())


def pack_wheel(source: str, target: str) -> int:
    """Compile the modules of a wheel, so that it can be unpacked and imported as it is; gives the entry count."""
    return pack_library(source, target, [])


def pack_librarian(roots: list[str], target: str) -> int:
    """Compile the program of the worker that reads documents: its room, core and packages; gives the entry count."""
    with zipfile.ZipFile(target, "w") as archive:
        for root in map(Path, roots):
            for path in sorted(root.rglob("*.py")):
                name = path.relative_to(root).as_posix()
                if not name.startswith("app/") or name.startswith(("app/__init__", "app/core/", "app/documents/")):
                    add(archive, name, path.read_bytes())
        return len(archive.namelist())


def pack_folders(roots: list[str], lists: str, target: str) -> int:
    """Compile every module below `roots` into one zip, with the words of app/ui/words/ and the lists of models and
    prices as JSON; gives the entry count.

    app/main.py is left out: PyScript fetches it as a script, with `await` at its top level. So is what runs elsewhere.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for root in map(Path, roots):
            for path in sorted(root.rglob("*.py")):
                name = path.relative_to(root).as_posix()
                if name != "app/main.py" and not is_of_librarian(name):
                    add(archive, name, path.read_bytes())
            for path in sorted(root.rglob("*.toml")):
                name = path.relative_to(root).with_suffix(".json").as_posix()
                add(archive, name, as_json(path))
        add(archive, "app/ui/words/languages.json", languages(roots))
        modules = [name.removesuffix(".pyc") for name in archive.namelist() if name.endswith(".pyc")]
        add(archive, DATACLASSES, dataclass_code(roots, modules))
        for path in sorted(Path(lists).glob("*.toml")):
            add(archive, f"app/{path.stem}.json", as_json(path))
        for path in sorted(Path(lists).glob("*.json")):
            add(archive, f"app/{path.name}", path.read_bytes())
        return len(archive.namelist())


def as_json(path: Path) -> bytes:
    """JSON is what a page reads without importing anything; people write lists and words in TOML."""
    return json.dumps(tomllib.loads(path.read_text("utf-8"))).encode()


def languages(roots: Sequence[str]) -> bytes:
    """Of each language that has a folder its own name and its direction."""
    found = {}
    for root in map(Path, roots):
        for path in sorted(root.glob("app/ui/words/*/language.toml")):
            about = tomllib.loads(path.read_text("utf-8"))
            found[path.parent.name] = {"name": about["name"], "direction": about["direction"]}
    return json.dumps(found).encode()


def dataclass_code(roots: Sequence[str], modules: Sequence[str]) -> bytes:
    """What `dataclasses` compiles when these modules are imported: byte code by its source text, marshalled.

    The modules in app/browser/ import what only a page has, and define no dataclasses.
    """
    found = {}

    def run(text: str, *scope: dict[str, object]) -> None:
        found[text] = compile(text, "<dataclass>", "exec", dont_inherit=True, optimize=2)
        exec(found[text], *scope)

    sys.path[:0] = roots
    dataclasses.exec = run  # type: ignore[attr-defined]
    for name in modules:
        if not name.startswith("app/browser/"):
            importlib.import_module(name.replace("/", ".").removesuffix(".__init__"))
    return marshal.dumps(found)
