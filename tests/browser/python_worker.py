"""Runs Python inside the same kind of worker as the app's, for tests of what only exists there.

with worker_folder(tmp_path) as url:
    worker = PythonWorker(page, url)
    worker.run("1 + 1")                      # {"value": 2}
    worker.run("raise NotSupported()")       # {"error": "NotSupported", "message": ..., "cure": ..., "detail": ...}
"""

from __future__ import annotations

import io
import json
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from playwright.sync_api import Page

from serve import ISOLATION, POLICIES
from tests.browser.elsewhere.variants import NO_JSPI
from tests.browser.site import PlainHandler, serving_folder
from tests.environment import ROOT

PAGE = Path(__file__).parent / "worker_page"
WORDS = ROOT / "app" / "ui" / "words"

#: Engine workers of other kinds, each below a folder of this name: what is put before the engine's own script.
VARIANTS = {
    # Any message on the channel "lose" takes the graphics device away.
    "lossy": """
const requestDevice = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (...options) {
  const device = await requestDevice.apply(this, options);
  new BroadcastChannel('lose').onmessage = () => device.destroy();
  return device;
};
""",
    "older": NO_JSPI,  # takes llama.cpp's build for browsers without it
    "no-wasm": "",  # whose folder lacks the engines' programs (see Governed)
}


class Governed(PlainHandler):
    """Sends the workers' policies, as our own server does."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with a file, unless it is one that a test wants to be missing."""
        if "/no-wasm/" in self.path and self.path.endswith(".wasm"):
            self.send_error(404)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Add the policy of the file that is asked for, if it has one."""
        for name, policy in POLICIES.items():
            if self.path.endswith(name):
                self.send_header("Content-Security-Policy", policy)
        super().end_headers()


class Isolated(Governed):
    """Lets the page and its workers share memory."""

    def end_headers(self) -> None:
        """Add what makes a page isolated."""
        for name, value in ISOLATION.items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def worker_folder(folder: Path, *modules: Path, kind: type[PlainHandler] = Governed) -> Iterator[str]:
    """Serve the worker's page beside the app's own files and these modules, under a sub-path; yields its address."""
    site = folder / "a" / "path"
    site.mkdir(parents=True)
    for name in ("index.html", "main.py", "pyscript.toml"):
        (site / name).symlink_to(PAGE / name)
    (site / "static").symlink_to(ROOT / "static")
    vendor = ROOT / "static" / "vendor"
    engine = (vendor / "scripts" / "engine.js").read_text(encoding="utf-8")
    for name, script in VARIANTS.items():
        variant = site / name / "static" / "vendor"
        (variant / "scripts").mkdir(parents=True)
        for part in vendor.glob("[a-z]*"):
            if part.name != "scripts":
                (variant / part.name).symlink_to(part)
        for beside in (vendor / "scripts").glob("*-worker.js"):
            (variant / "scripts" / beside.name).symlink_to(beside)
        (variant / "scripts" / "engine.js").write_text(script + engine, encoding="utf-8")
    (site / "models").symlink_to(ROOT / "tests" / "fixtures" / "models")
    (site / "documents").symlink_to(ROOT / "tests" / "fixtures" / "documents")
    with zipfile.ZipFile(site / "app.zip", "w") as archive:
        for path in sorted((ROOT / "app").rglob("*.py")):
            archive.write(path, path.relative_to(ROOT))
        for path in sorted(WORDS.rglob("*.toml")):
            packed = path.relative_to(ROOT).with_suffix(".json")
            archive.writestr(str(packed), json.dumps(tomllib.loads(path.read_text("utf-8"))))
        for path in modules:
            archive.write(path, path.relative_to(ROOT))
    with serving_folder(folder, kind) as url:
        yield url + "a/path/"


class PythonWorker:
    """A page whose worker runs the Python that it is sent. `problems` holds every console error and exception."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", lambda message: self._note(message.type, f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self._note("error", f"uncaught: {error}"))
        page.goto(url)
        page.locator("html[data-ready]").wait_for(state="attached")

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.problems.append(text)

    def run(self, source: str) -> dict[str, Any]:
        """Run a piece of Python (`await` allowed); the value of its last line, or the AppError it raised."""
        call = "source => sync.run(source, new URL('./', location).href)"
        answer: dict[str, Any] = json.loads(self.page.evaluate(call, source))
        return answer
