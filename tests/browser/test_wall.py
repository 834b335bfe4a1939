"""Programs run behind a wall: they do what the contract says, and nothing gets out."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser

from tests.browser.driver import App
from tests.browser.escapes import IN_PYTHON, IN_THE_DOCUMENT, IN_THE_WORKER, LEAVING
from tests.browser.python_worker import Isolated, PythonWorker, worker_folder
from tests.browser.test_librarian import value
from tests.contract.running_contract import CHECKS
from tests.environment import ROOT

CONTRACT = ROOT / "tests" / "contract" / "running_contract.py"
LIMIT_MS = 180_000
CHANNELS = ["drleelm", "drleelm-demo", "drleelm-demo-records", "drleelm-demo-models", "lose"]
#: what page.js does with the commands of Python, for a page that has only the wall
WALL = """async () => {
  const wall = await import('./static/vendor/scripts/wall.js');
  const worker = document.querySelector('script[worker]').xworker;
  worker.addEventListener('message', ({ data }) => {
    if (!data?.port) return;
    const send = (name, arg) => data.port.postMessage(JSON.stringify([name, arg]));
    const runProgram = (id, asked) => wall.answerTo(send, id, asked);
    const handlers = { runProgram, sayToProgram: wall.say, permitProgram: wall.permit, stopProgram: wall.stop };
    data.port.onmessage = ({ data: ops }) => {
      for (const [, name, ...values] of JSON.parse(ops)) handlers[name](...values);
    };
    send('hello', {});
  });
}"""
RUN = """async ([source, seconds]) => {
  const wall = await import('./static/vendor/scripts/wall.js');
  let said = '', told;
  const hear = (name, [, arg]) => {
    if (name === 'answer') return void (told = arg);
    const [kind, text, number] = JSON.parse(arg);
    if (kind === 'out') said += text;
    else if (kind === 'want' || kind === 'need') wall.permit(number, '');
  };
  await wall.answerTo(hear, 1, { source, files: [], seconds, bytes: 256e6, characters: 200_000 });
  return [told, said];
}"""
#: the same, where everything is allowed that the program asks for; what it is told that it has reached comes along
ALLOWED = (
    RUN.replace("let said = ''", "let said = '', reached = []")
    .replace(
        "wall.permit(number, '');",
        "wall.permit(number, text);\n    else if (kind === 'reached') reached.push([text, number]);",
    )
    .replace("return [told, said]", "return [told, said, reached]")
)
#: asks each address and prints what came of it
ASK = """
from pyodide.http import pyfetch
for address in {addresses}:
    try:
        print((await pyfetch(address)).status)
    except OSError as error:
        print("not allowed to ask" in str(error))
"""
HEAR = """names => {
  window.heard = [];
  for (const name of names) new BroadcastChannel(name).onmessage = ({ data }) => heard.push(data);
}"""
#: run by the program in the wall: each way with its result, "" where nothing was reached
TRY_ALL = """
import asyncio, json, js, builtins
from pyodide.code import eval_code_async
EVIL, OWN, EVIL_HOST, EVIL_PORT = {names}
CHANNELS = {channels}
found = {{}}
js.self.PRINT = lambda text: print(text)
async def attempt(name, source):
    head = f"const EVIL = {{EVIL!r}}, OWN = {{OWN!r}}, NAMES = {{json.dumps(CHANNELS)}};"
    limit = "new Promise(done => setTimeout(done, 2000, ''))"
    try:
        tried = f"(async () => {{{{ {{head}} {{source}} }}}})().catch(() => '')"
        got = str(await js.eval(f"Promise.race([{{tried}}, {{limit}}])"))
        found[name] = "" if got in ("undefined", "null", "jsnull", "None", "false") else got
    except BaseException as error:
        found[name] = ""
await asyncio.gather(*(attempt(*one) for one in {javascript}.items()))
print("TRIED")
for name, source in {python}.items():
    try:
        found["python: " + name] = str(await eval_code_async(source, dict(globals())) or "")
    except BaseException as error:
        found["python: " + name] = ""
print("FOUND" + json.dumps(found))
"""


class Elsewhere:
    """A server of another origin: what reached it, by http or as a bare packet."""

    def __init__(self, url: str, packets: socket.socket) -> None:
        self.url, self.reached = url, list[str]()
        self.packets = packets


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Count what comes to a port of this machine."""
    reached: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def _count(self) -> None:
            reached.append(f"{self.command} {self.path}")
            to = unquote(self.path.partition("?to=")[2])
            self.send_response(302 if to else 200)
            if to:
                self.send_header("Location", to)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Cross-Origin-Resource-Policy", "cross-origin")
            self.end_headers()

        do_GET = do_POST = do_HEAD = do_OPTIONS = _count  # noqa: N815 - the names are those of the class

        def log_message(self, format: str, *args: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    packets.bind(("127.0.0.1", server.server_address[1]))
    packets.setblocking(False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = Elsewhere(f"http://127.0.0.1:{server.server_address[1]}/", packets)
    found.reached = reached
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        packets.close()


def run(app: App, source: str, seconds: float = 60) -> tuple[dict[str, Any], str]:
    told, said = app.page.evaluate(RUN, [source, seconds])
    return told, said


@pytest.mark.slow
def test_the_wall_keeps_the_contract(no_webgpu: Browser, tmp_path: Path) -> None:
    with worker_folder(tmp_path, CONTRACT, kind=Isolated) as url:
        page = no_webgpu.new_page()
        page.set_default_timeout(LIMIT_MS)
        worker = PythonWorker(page, url)
        page.evaluate(WALL)
        checked = value(
            worker,
            f"""
from app.browser.page import BrowserPage
from app.browser.sandbox import PageSandbox
from tests.contract.running_contract import check_running
page = BrowserPage(lambda text: str(text))
await page.connect()
await check_running(PageSandbox(page), "{url}static/vendor/wheels/index.json")
""",
        )
        assert len(checked) == len(CHECKS) + 1
        page.close()


def test_nothing_gets_out_over_the_wall_and_nothing_breaks_the_page(app: App) -> None:
    app.allow("")  # the browser tells of all that it refuses, each in other words
    app.open("?demo")
    page = app.page
    page.evaluate(HEAR, CHANNELS)
    with elsewhere() as other:
        host, port = "127.0.0.1", int(other.url.rpartition(":")[2].strip("/"))
        names = json.dumps([other.url, app.url, host, port])
        program = TRY_ALL.format(
            names=names,
            javascript=json.dumps(IN_THE_WORKER),
            python=json.dumps(IN_PYTHON),
            channels=json.dumps(CHANNELS),
        )
        told, said = run(app, program)
        assert told["ending"] == "", (told, said)
        found = json.loads(said.partition("FOUND")[2])
        assert len(found) == len(IN_THE_WORKER) + len(IN_PYTHON) >= 40
        assert {name: got for name, got in found.items() if got} == {}
        assert _in_the_document(app, other.url) == {}
        page.wait_for_timeout(1000)
        assert other.reached == []
        with suppress(BlockingIOError):
            assert other.packets.recv(100) == b"", "a bare packet got out"
    assert page.evaluate("[heard.length, ({}).polluted ?? null, [].polluted ?? null, document.title]") == [
        0,
        None,
        None,
        "DrLeeLM",
    ]
    _what_runs_away_is_stopped(app)


@pytest.mark.slow
def test_a_redirect_leads_to_no_other_server_than_the_run_may_ask(app: App) -> None:
    app.allow("")
    app.open("?demo")
    with elsewhere() as one, elsewhere() as other:
        within, without = (f"{one.url}?to={quote(to, safe='')}" for to in (f"{one.url}last", f"{other.url}last"))
        addresses = [within, without, f"{within[:-4]}%3Fto%3D{quote(quote(other.url, safe=''))}", other.url, without]
        told, said, reached = app.page.evaluate(ALLOWED, [ASK.format(addresses=addresses), 60])
        assert told["ending"] == "", told
        assert said.split() == ["200", "True", "True", "200", "200"]
        assert other.reached == ["GET /", "GET /last"], "only once the run might ask it"
        ends = [(f"{one.url}last", "0"), (without, ""), (addresses[2], ""), (other.url, "0"), (f"{other.url}last", "0")]
        assert [tuple(each) for each in reached] == ends


def _in_the_document(app: App, evil: str) -> dict[str, str]:
    found: dict[str, str] = {}
    frame = next(one for one in app.page.frames if one != app.page.main_frame)
    for name, source in {**IN_THE_DOCUMENT, "leaving": LEAVING}.items():
        assert frame.url == "about:srcdoc", f"before {name}"
        body = f"const EVIL = {evil!r}, OWN = {app.url!r}; {source}"
        limit = "new Promise(done => setTimeout(done, 2000, ''))"
        script = (
            f"Promise.race([(async () => {{ {body} }})().catch(() => ''), {limit}]).then(got => got ? String(got) : '')"
        )
        if got := frame.evaluate(script):
            found[name] = got
    return found


def _what_runs_away_is_stopped(app: App) -> None:
    """Memory and depth without end; the page goes on, and so does the next run."""
    app.page.evaluate("import('./static/vendor/scripts/wall.js').then(wall => wall.stop())")
    told, _ = run(app, "kept = []\nwhile True: kept.append('x' * 10_000_000)")
    assert (told["ending"], told["error"], told["line"]) == ("failed", "MemoryError", 2)
    told, _ = run(app, "import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)")
    assert told["ending"] in ("broken", "failed"), told
    told, said = run(app, "print('next')")
    assert (told["ending"], said) == ("", "next\n")
