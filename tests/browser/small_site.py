"""A site of a few files with the real service worker, published again and again in the way of the real one.

    with publishing(tmp_path, monkeypatch) as site:
        page.goto(site.url)
        page.wait_for_function(CONTROLLED)
        site.publish("two")                 # another release of it
        page.evaluate(UPDATE)

It is served by a server that sends no special headers, so each rule of the worker is seen on its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import serve
from tests.browser.site import PlainHandler, serving_folder
from tests.environment import ROOT

INDEX = """<!doctype html><title>{name}</title><link rel="icon" href="data:,"><script>
navigator.serviceWorker.register("./sw.js", {{ scope: "./", updateViaCache: "none" }});
</script>"""
PATHS = {"text": "static/page.txt", "big": "static/vendor/app.zip", "lazy": "static/vendor/wllama-3.13.0/wllama.wasm"}
STEADY = "static/vendor/wllama-3.13.0/steady.js"
ENGINE = "static/vendor/scripts/engine.js"
#: An engine's worker that asks another server of this computer: the site itself by its other name.
ASKING = """fetch(location.origin.replace('localhost', '127.0.0.1'), { mode: 'no-cors' })
  .then(() => postMessage('reached'), () => postMessage('refused'));"""
#: The script of the shared worker that looks who is there, as it is.
QUIET = "static/js/quiet-worker.js"
MODEL = "static/vendor/models/small.gguf"

CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
TEXT = "path => fetch(path).then(async reply => [reply.status, await reply.text()])"
#: Ask for a new version and wait until it waits.
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const coming = registration.installing ?? registration.waiting;
  while (coming.state === 'installing') await new Promise(done => coming.addEventListener('statechange', done));
  return coming.state;
}"""
TAKE_OVER = """async () => {
  const changed = new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done));
  (await navigator.serviceWorker.getRegistration()).waiting.postMessage({ type: 'skip-waiting' });
  await changed;
}"""


@dataclass
class SmallSite:
    """A site of a few files that is published again and again; `asked` lists the paths that reached the server."""

    source: Path
    public: Path
    url: str = ""
    asked: list[str] = field(default_factory=list)
    releases: int = 0

    def publish(self, name: str, **changed: str) -> None:
        """Publish a release whose files hold its name, or for those in `changed` another text, by their short names."""
        texts = {
            "index.html": INDEX.format(name=name),
            "pyscript.toml": "",
            "app/main.py": "",
            STEADY: changed.get("steady", "steady"),
            ENGINE: changed.get("engine", ASKING),
            QUIET: (ROOT / QUIET).read_text(),
        }
        texts |= {path: changed.get(key, f"{key} of {name}") for key, path in PATHS.items()}
        texts["static/vendor/scripts/.sw.js"] = (ROOT / "static" / "vendor" / "scripts" / ".sw.js").read_text()
        texts[MODEL] = "weights"
        for path, text in texts.items():
            (self.source / path).parent.mkdir(parents=True, exist_ok=True)
            (self.source / path).write_text(text)
        serve.publish(self.public, with_model=True)
        # The plain server tells versions apart by the second, and releases here are a moment apart.
        self.releases += 1
        os.utime(self.public / "sw.js", (0, self.releases))


@contextmanager
def publishing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """The small site, its first release published and served deep under the root of a plain server."""
    site = SmallSite(folder / "source", folder / "public" / "some" / "path")
    monkeypatch.setattr(serve, "ROOT", site.source)
    monkeypatch.setattr(serve, "STATIC", site.source / "static")
    monkeypatch.setattr(serve, "WORK", site.source / "static" / ".setup")

    class Counting(PlainHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            site.asked.append(self.path.split("/path/")[-1])

    site.publish("one")
    with serving_folder(folder / "public", Counting) as url:
        site.url = url + "some/path/"
        yield site


def text(page: Page, path: str) -> list[Any]:
    """Status and body of a fetch from the page."""
    answer: list[Any] = page.evaluate(TEXT, path)
    return answer
