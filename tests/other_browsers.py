"""The browsers of the matrix: found or installed, and the command that drives each.

A browser counts as found once it has really started, so that an old one, or a shell for a snap, is passed over for the
next way to get one. Where no way leads to one, the text says how to get it: a person may do without, CI may not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tests.environment import (
    CHROMIUM_HELP,
    ROOT,
    VENV,
    Missing,
    ensure_chromium,
    ensure_venv,
    install_by_apt,
    venv_python,
)

#: Firefox's driver is an older Playwright than that of the checks.
FIREFOX_VENV = ROOT / ".venv-firefox"
FIREFOX_REQUIREMENTS = ROOT / "tests" / "requirements-firefox.txt"
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that has GObject
WEBKIT_PACKAGES = ("gir1.2-webkit2-4.1", "python3-gi", "xvfb", "xauth")
START_SECONDS = 180

FIREFOX_HELP = """\
No Firefox was found that could be driven, and none could be installed.
  Debian:          apt-get install firefox-esr
  macOS, Windows:  Firefox from its makers
  anywhere:        {python} -m playwright install firefox
Or name one: FIREFOX=/path/to/firefox python -m tests browsers"""

WEBKIT_HELP = """\
No WebKit was found that could be driven, and none could be installed.
  Debian, Ubuntu:  apt-get install {packages}
  anywhere:        {python} -m playwright install webkit"""


def starts(driver: list[str]) -> bool:
    """True if the driver starts its browser. It ends by itself, since nobody asks it anything."""
    try:
        done = subprocess.run(driver, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=START_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwright(venv: Path, browser: str, *options: str) -> list[str]:
    return [str(venv_python(venv)), "-m", "tests.browser.elsewhere.by_playwright", browser, *options]


def _chromiums() -> Iterator[list[str]]:
    yield _playwright(VENV, "chromium", "--program", str(ensure_chromium()))


def find_firefox() -> str | None:
    """A Firefox on this machine: $FIREFOX, PATH, the usual places. None if there is none."""
    named = os.environ.get("FIREFOX")
    if named and shutil.which(named) is None:
        raise Missing(f"FIREFOX={named} is not a program.")
    usual = ("/Applications/Firefox.app/Contents/MacOS/firefox", "C:/Program Files/Mozilla Firefox/firefox.exe")
    names = [named] if named else ["firefox-esr", "firefox", *usual]
    return next((found for found in map(shutil.which, names) if found), None)


def _installed_firefox() -> Iterator[list[str]]:
    program = find_firefox()
    if program:
        ensure_venv(FIREFOX_VENV, FIREFOX_REQUIREMENTS)
        yield _playwright(FIREFOX_VENV, "firefox", "--program", program)


def _playwrights_own(browser: str) -> Iterator[list[str]]:
    """The build that belongs to the Playwright of the checks: the one that is here, else one fetched now."""
    driver = _playwright(VENV, browser)
    yield driver
    print(f"installing {browser} with Playwright", flush=True)
    subprocess.run([venv_python(), "-m", "playwright", "install", browser], check=False)
    yield driver


def _firefoxes() -> Iterator[list[str]]:
    yield from _installed_firefox()
    install_by_apt("firefox-esr")
    yield from _installed_firefox()
    yield from _playwrights_own("firefox")


def _webkits() -> Iterator[list[str]]:
    if sys.platform == "linux":
        gtk = ["xvfb-run", "-a", SYSTEM_PYTHON, "-m", "tests.browser.elsewhere.by_webkitgtk", "webkit"]
        yield gtk
        install_by_apt(*WEBKIT_PACKAGES)
        yield gtk
    yield from _playwrights_own("webkit")


WAYS: dict[str, Callable[[], Iterator[list[str]]]] = {
    "chromium": _chromiums,
    "firefox": _firefoxes,
    "webkit": _webkits,
}
HELP = {"chromium": CHROMIUM_HELP, "firefox": FIREFOX_HELP, "webkit": WEBKIT_HELP}


@cache
def ensure_browser(name: str) -> list[str]:
    """The command that drives this browser, found or installed. Needs `ensure_venv` first. Raises Missing."""
    driver = next(filter(starts, WAYS[name]()), None)
    if driver is None:
        raise Missing(HELP[name].format(python=venv_python(), packages=" ".join(WEBKIT_PACKAGES)))
    return driver
