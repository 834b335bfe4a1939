"""Fault P3: what runs in an engine's worker reaches nothing but the app's own origin, whoever serves the site.

The attempts are made inside the engine's own worker and in workers below it, as a program of the engine's would.
"Elsewhere" is a server on another port that lets every page read it: all that reaches it is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.site import PlainHandler, Site, serving_folder
from tests.environment import ROOT

WORKERS = tuple(f"static/vendor/scripts/{name}.js" for name in ("engine", "program-worker", "typeset-worker"))

#: What a program can try, each with the address of a script; what came of it, by the name of the attempt.
ATTEMPTS = """
const attempts = {
  fetch: url => fetch(url),
  'fetch of a request': url => fetch(new Request(url)),
  'fetch without cors': url => fetch(url, { mode: 'no-cors' }),
  'a streamed compilation': url => WebAssembly.compileStreaming(fetch(url)),
  XMLHttpRequest: url => new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.onload = done;
    request.onerror = failed;
    request.send();
  }),
  WebSocket: url => new Promise((done, failed) => {
    const socket = new WebSocket(url.replace('http', 'ws'));
    socket.onopen = done;
    socket.onerror = failed;
  }),
  EventSource: url => new Promise((done, failed) => {
    const source = new EventSource(url);
    source.onopen = done;
    source.onerror = event => { source.close(); failed(event); };
  }),
  Worker: url => new Promise((done, failed) => {
    const worker = new Worker(url);
    worker.onmessage = done;
    worker.onerror = event => { event.preventDefault(); failed(event); };
  }),
  'a cache': async url => (await caches.open('x')).add(url),
  importScripts: async url => importScripts(url),
};
const tryAll = async url => {
  const outcome = {};
  for (const [name, attempt] of Object.entries(attempts))
    outcome[name] = await attempt(url).then(() => 'reached', () => 'refused');
  return outcome;
};
"""

HERE = "async url => {" + ATTEMPTS + " return tryAll(url); }"
#: The same in a worker made of a Blob (as wllama's is), classic or a module, and in one below that.
BELOW = (
    """async ([url, type, depth]) => {
  const program = `"""
    + ATTEMPTS.replace("`", "\\`").replace("${", "\\${")
    + """onmessage = async ({ data: [url, type, depth, program] }) => {
    if (!depth) return postMessage(await tryAll(url));
    const below = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })), { type });
    below.onmessage = ({ data }) => postMessage(data);
    below.postMessage([url, type, depth - 1, program]);
  };`;
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })), { type });
  const told = new Promise((done, failed) => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = event => failed(new Error(event.message));
  });
  worker.postMessage([url, type, depth, program]);
  return told;
}"""
)
#: Only a policy can refuse this: a script cannot take `import()` away.
IMPORT = "url => import(url).then(() => 'reached', () => 'refused')"
OWN = "url => fetch(url).then(reply => reply.status)"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a script on another port, and what was asked there."""
    asked: list[str] = []

    class Counting(PlainHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            asked.append(self.path)

        def end_headers(self) -> None:
            self.send_header("Access-Control-Allow-Origin", "*")
            super().end_headers()

    (tmp_path / "program.js").write_text("self.hasCome = true")
    with serving_folder(tmp_path, Counting) as url:
        yield url + "program.js", asked


@pytest.fixture(scope="module")
def plain_site() -> Iterator[str]:
    """The repository behind a server that sends no headers, as a first visit to a static host is."""
    with serving_folder(ROOT) as url:
        yield url


@pytest.mark.parametrize("host", ["our own server", "a static host"])
@pytest.mark.parametrize("script", WORKERS)
def test_an_engines_worker_reaches_its_own_origin_only(
    no_webgpu: Browser, site: Site, plain_site: str, elsewhere: tuple[str, list[str]], host: str, script: str
) -> None:
    url, asked = elsewhere
    base = site.url if host == "our own server" else plain_site
    page = no_webgpu.new_page()
    page.goto(base + "static/icons/icon.svg")
    with page.expect_worker() as started:
        page.evaluate("address => { self.kept = new Worker(address); }", base + script)
    worker = started.value
    worker.evaluate("() => new Promise(done => { if (self.ownFiles) done(); else setTimeout(done, 1000); })")
    outcomes = [worker.evaluate(HERE, url)]
    for kind in ("classic", "module"):
        outcomes += [worker.evaluate(BELOW, [url, kind, depth]) for depth in (0, 1)]
    if host == "our own server":
        outcomes.append({"import()": worker.evaluate(IMPORT, url)})
    assert worker.evaluate(OWN, base + "static/vendor/scripts/page.js") == 200
    page.close()
    assert [name for outcome in outcomes for name, end in outcome.items() if end != "refused"] == []
    assert asked == []
