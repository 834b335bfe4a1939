"""Our own server in the test's process: it tells what was asked for, and serves a site that lacks something.

with serving_to(variant) as served:
    served.url
    served.asked        # the paths, in order
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from serve import ISOLATION, UNREGISTER, Handler
from static.js.build.prepare import prepare
from tests.browser.elsewhere.variants import Variant
from tests.browser.site import QuietServer
from tests.environment import ROOT

SCRIPTS = (".js", ".mjs")


@dataclass(frozen=True, slots=True)
class Served:
    """Where the site is, and what was asked of it so far."""

    url: str
    asked: list[str]


class LesserHandler(Handler):
    """`serve.py`'s own, less what the variant lacks."""

    variant: Variant
    folder: Path  # keeps the scripts that begin with the lack
    asked: list[str]

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Note what was asked for."""
        self.asked.append(self.path)

    def send_bytes(self, body: bytes, status: int = 200, suffix: str = ".js") -> None:
        """Send what is no file. A service worker would find that no script has the bytes of its release."""
        super().send_bytes(UNREGISTER if self.variant.lacks and self.path == "/sw.js" else body, status, suffix)

    def send_header(self, keyword: str, value: str) -> None:
        """Send a header, unless it would isolate."""
        if self.variant.is_isolated or keyword not in ISOLATION:
            super().send_header(keyword, value)

    def send_file(self, path: Path, policies: dict[str, str]) -> None:
        """Send a file; a script begins with the lack, on its first line."""
        super().send_file(self._lessened(path) if self.variant.lacks and path.suffix in SCRIPTS else path, policies)

    def _lessened(self, path: Path) -> Path:
        lesser = self.folder / path.relative_to(ROOT)
        if not lesser.exists():
            lesser.parent.mkdir(parents=True, exist_ok=True)
            fresh = lesser.with_suffix(f".{threading.get_ident()}")
            fresh.write_text(" ".join(self.variant.lacks.split()) + path.read_text("utf-8"), "utf-8")
            fresh.replace(lesser)
        return lesser


@contextmanager
def serving_to(variant: Variant, folder: Path) -> Iterator[Served]:
    """The site for this variant, on a free port. The folder is for what must be written."""
    prepare()
    asked: list[str] = []
    handler = type("VariantHandler", (LesserHandler,), {"variant": variant, "folder": folder, "asked": asked})
    with QuietServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Served(f"http://localhost:{server.server_address[1]}/", asked)
        finally:
            server.shutdown()
            thread.join()
