"""What the checks need before they can run: a Python environment of their own, and a Chromium.
`other_browsers.py` has Firefox, WebKit and what drives them.

Both are found or made here, by the standard library alone, because nothing else is there on a fresh machine.
A second run changes nothing and needs no network: the environment carries a stamp of what was installed into it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "tests" / "requirements.txt"

#: Flags for every run: a browser that talks to nobody by itself (and runs as root, as CI machines do).
QUIET_FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
#: The same without two pages of the browser's own, for suggestions at its address field, which it starts anew for every
#: window: they take a fifth of what a start of the app takes (Chromium 156). The browser heeds the last list only, so
#: Playwright's own is in it (tests/test_environment.py compares them).
PAGE_FLAGS = (
    *QUIET_FLAGS,
    "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "AvoidCorsURLLoaderRestartOnRedirect,TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,"
    "AimEnabled,PreconnectToSearch,msForceBrowserSignIn,msEdgeUpdateLaunchServicesPreferredVersion,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup",
)
#: WebGPU in software, for machines without a graphics card. Both are needed: the second one alone gives no adapter.
WEBGPU_FLAGS = ("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader")

VENV_HELP = """\
This Python cannot make an environment: {error}
  Debian, Ubuntu:  apt-get install python3-venv
  Fedora:          dnf install python3 python3-pip
  macOS, Windows:  the installer of python.org brings it along"""

PIP_HELP = """\
The packages of {requirements} could not be installed into {venv} (pip's own words are above).
The first run needs the network; every later one does without."""

CHROMIUM_HELP = """\
No Chromium was found and none could be installed, so the browser tests cannot run.
  Debian, Ubuntu:  apt-get install chromium
  Fedora:          dnf install chromium
  macOS:           brew install --cask chromium, or Google Chrome
  Windows:         Google Chrome or Microsoft Edge
  anywhere:        {python} -m playwright install chromium
Or name one: CHROMIUM=/path/to/chromium python -m tests"""


class Missing(Exception):
    """Something the checks need is not there; the text says how to get it."""


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter of an environment: without a word, of the one the checks run in."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_of(venv: Path) -> Path:
    """Where an environment says what was installed into it."""
    return venv / "tests-stamp.txt"


def stamp_text(requirements: Path) -> str:
    """What it says of these requirements and this Python."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"python {sys.version_info.major}.{sys.version_info.minor}\nrequirements {digest}\n"


def _works(python: Path) -> bool:
    """True if the environment's interpreter still starts: the Python it was made from may be gone."""
    return python.exists() and subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0


def ensure_venv(venv: Path = VENV, requirements: Path = REQUIREMENTS) -> None:
    """Make or refresh an environment so that it holds exactly the pinned packages. Raises Missing."""
    text, stamp, python = stamp_text(requirements), stamp_of(venv), venv_python(venv)
    if stamp.exists() and stamp.read_text() == text and python.exists():
        return
    stale = stamp.exists() and stamp.read_text().splitlines()[:1] != text.splitlines()[:1]
    if stale or not _works(python):
        print(f"making {venv.name}", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", venv], capture_output=True, text=True)
        if made.returncode != 0:
            raise Missing(VENV_HELP.format(error=(made.stderr or made.stdout).strip()))
    print(f"installing the pinned packages into {venv.name} (the first time takes a minute or two)", flush=True)
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([*pip, "--require-hashes", "-r", str(requirements)]).returncode != 0:
        raise Missing(PIP_HELP.format(requirements=requirements.relative_to(ROOT), venv=venv.name))
    stamp.write_text(text)


def usual_places() -> Iterator[Path]:
    """Where a Chromium or one of its relatives lies when it is not on PATH."""
    home = Path.home()
    if sys.platform == "darwin":
        for base in (Path("/Applications"), home / "Applications"):
            for name in ("Chromium", "Google Chrome", "Microsoft Edge"):
                yield base / f"{name}.app" / "Contents" / "MacOS" / name
    elif os.name == "nt":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            base = Path(os.environ.get(variable, "C:/Program Files"))
            for tail in ("Chromium/Application/chrome.exe", "Google/Chrome/Application/chrome.exe"):
                yield base / tail
            yield base / "Microsoft/Edge/Application/msedge.exe"


def _playwrights_own() -> Iterator[Path]:
    """The browsers that `playwright install chromium` left behind, newest first."""
    home = Path.home()
    base = {
        "darwin": home / "Library" / "Caches",
        "win32": Path(os.environ.get("LOCALAPPDATA", home)),
    }.get(sys.platform, Path(os.environ.get("XDG_CACHE_HOME", home / ".cache")))
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or base / "ms-playwright")
    patterns = ("chrome-linux*/chrome", "chrome-win*/chrome.exe", "chrome-mac*/*.app/Contents/MacOS/*")
    for release in sorted(folder.glob("chromium-*"), reverse=True):
        for pattern in patterns:
            yield from release.glob(pattern)


def find_chromium() -> Path | None:
    """A Chromium on this machine: $CHROMIUM, PATH, the usual places, Playwright's own. None if there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise Missing(f"CHROMIUM={named} is not a program.")
        return Path(found)
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"):
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    return next((path for path in (*usual_places(), *_playwrights_own()) if path.is_file()), None)


def install_by_apt(*packages: str) -> None:
    """Debian's packages, where we may install any. Ubuntu's browsers are shells for snaps and may bring nothing."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    print(f"installing {' '.join(packages)} with apt-get", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-qq"], env=quiet, check=False)
    subprocess.run([apt, "install", "-y", "-qq", "--no-install-recommends", *packages], env=quiet, check=False)


def ensure_chromium() -> Path:
    """Find a Chromium, or install one. Needs `ensure_venv` first. Raises Missing."""
    found = find_chromium()
    if found is None:
        install_by_apt("chromium")
        found = find_chromium()
    if found is None:
        print("installing chromium with Playwright", flush=True)
        subprocess.run([venv_python(), "-m", "playwright", "install", "chromium"], check=False)
        found = find_chromium()
    if found is None:
        raise Missing(CHROMIUM_HELP.format(python=venv_python()))
    return found
