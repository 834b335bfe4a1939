"""lighthouse: the scores of a published copy, served with gzip as static hosts do, against the ones asked for.

Lighthouse itself is installed at its first use (tests/fixtures/lighthouse); it wants Node 22, and runs with 20 too.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from static.js.build.prepare import install_packages, node
from tests.bench.bench import Bench
from tests.bench.measure import Row, Sample, row
from tests.browser.site import PlainHandler, publish, serving_folder
from tests.environment import ROOT, find_chromium

HOME = ROOT / "tests" / "fixtures" / "lighthouse"
RUNS = 5
#: Category, and the score out of 100 that the project asks of itself.
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
NAMES = tuple(f"lighthouse-{name}" for name in WANTED)
FLAGS = "--headless=new --no-sandbox --disable-background-networking"
PACKED = (".html", ".js", ".mjs", ".css", ".json", ".svg", ".toml", ".wasm", ".webmanifest", ".py", ".md")


class GzipHandler(PlainHandler):
    """A static host: text and WebAssembly packed, ten minutes in the browser's cache."""

    protocol_version = "HTTP/1.1"
    packed: ClassVar[dict[Path, bytes]] = {}

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """One file, or the page of a folder."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        is_packed = path.suffix in PACKED and "gzip" in self.headers.get("Accept-Encoding", "")
        if is_packed and path not in self.packed:
            self.packed[path] = gzip.compress(path.read_bytes(), 6)
        body = self.packed[path] if is_packed else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


def scores(url: str) -> dict[str, float]:
    """One audit: each category's score out of 100."""
    command = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words: list[Any] = [node(), command, url, "--quiet", "--output=json", f"--output-path={report}"]
        words += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(WANTED)}"]
        environment = {**os.environ, "CHROME_PATH": str(find_chromium())}
        subprocess.run(words, check=True, env=environment, capture_output=True)
        categories = json.loads(report.read_text("utf-8"))["categories"]
    return {name: 100 * categories[name]["score"] for name in WANTED}


def measure(bench: Bench) -> list[Row]:
    """All categories, from the same audits."""
    install_packages(HOME, "Lighthouse")
    pairs: list[tuple[Sample, Sample]] = []
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder) / "site")
        with serving_folder(Path(folder), GzipHandler) as url:
            for number in range(RUNS):
                found = scores(url + "site/")
                print(f"  lighthouse run {number + 1}/{RUNS}: {found}", flush=True)
                pairs.append((tuple(found.values()), tuple(map(float, WANTED.values()))))
    note = "a published copy served with gzip / what the project asks of itself"
    return [row(name, pairs, index, "of 100", note) for index, name in enumerate(NAMES)]
