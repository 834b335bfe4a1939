"""A sandbox for tests: programs run in a Python process of their own, without a wall.

ran = await ProcessSandbox().run(Program("print(6 * 7)"), hear)
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import tempfile
import time
from pathlib import Path

from app.core.running import LIMITS, Hear, Limits, Piece, Program, ProgramFile, Ran

#: What the process runs: it speaks lines of JSON, as the worker behind the wall speaks messages.
CHILD = """
import ast, builtins, importlib.util, io, json, sys, traceback, types, urllib.request
say, hear = sys.stdout, sys.stdin
def tell(*piece):
    say.write(json.dumps(piece) + "\\n"); say.flush()
class Out:
    def __init__(self, kind): self.kind = kind
    def write(self, text): tell(self.kind, text) if text else None
    def flush(self): pass
def ask(prompt=""):
    tell("ask", str(prompt)); return json.loads(hear.readline())
def want(url):
    tell("want", url, url)
    if json.loads(hear.readline()) != url: raise OSError("The network is not allowed.")
    data = plain.open(url).read(); tell("reached", url, str(len(data))); return io.BytesIO(data)
class Nowhere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *words): return None
plain = urllib.request.build_opener(Nowhere)
urllib.request.urlopen = want
sys.stdout, sys.stderr, builtins.input = Out("out"), Out("err"), ask
source, main = json.loads(hear.readline()), types.ModuleType("__main__")
sys.modules["__main__"] = main
tell("begun", "")
error, line = "", 0
def missing():
    try: tree = ast.parse(source)
    except SyntaxError: return []
    names = [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    return [name for name in names if name in ("numpy", "matplotlib") and not importlib.util.find_spec(name)]
if missing():
    tell("need", " ".join(missing()), "need"); json.loads(hear.readline())
try:
    exec(compile(source, "main.py", "exec"), vars(main))
except SystemExit:
    pass
except BaseException as caught:
    if isinstance(caught, ModuleNotFoundError): tell("lack", caught.name)
    error = "".join(traceback.format_exception_only(caught))
    lines = [one.lineno for one in traceback.extract_tb(caught.__traceback__) if one.filename == "main.py"]
    line = caught.lineno if isinstance(caught, SyntaxError) else lines[-1] if lines else 0
tell("ended", error, line)
"""


class ProcessSandbox:
    """The `Sandbox` port over processes."""

    def __init__(self) -> None:
        self.sources: list[str] = []  # what was run
        self._process: asyncio.subprocess.Process | None = None
        self._is_asked = False
        self._deadline = 0.0

    async def run(self, program: Program, hear: Hear, limits: Limits = LIMITS) -> Ran:
        """Run a program to its end."""
        self.sources.append(program.source)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for file in program.files:
                (folder / file.name).write_bytes(base64.b64decode(file.data))
            pipe, limit = asyncio.subprocess.PIPE, 1 << 26
            self._process = process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", CHILD, cwd=folder, stdin=pipe, stdout=pipe, limit=limit
            )
            self._write(program.source)
            started, seconds = time.monotonic(), limits.seconds
            try:
                ran = await self._listen(process, hear, limits, seconds)
            finally:
                if process.returncode is None:
                    process.kill()
                await process.wait()
                self._process = None
            for left in _left(folder, program.files):
                hear(Piece("file", left.name, left.data))
        return Ran(ran.ending, ran.error, ran.line, time.monotonic() - started, ran.left)

    async def _listen(self, process: asyncio.subprocess.Process, hear: Hear, limits: Limits, left: float) -> Ran:
        assert process.stdout is not None
        room, unsaid = limits.characters, 0
        while True:
            since = time.monotonic()
            wait = None if self._is_asked else max(0.0, left)
            reading = asyncio.ensure_future(process.stdout.readline())
            try:
                await asyncio.wait({reading}, timeout=wait)  # `wait_for` can swallow that it is cancelled
                if not reading.done():
                    return Ran("late")
            finally:
                reading.cancel()
            left -= 0 if self._is_asked else time.monotonic() - since
            kind, *texts = json.loads(reading.result())
            if kind == "ended":
                return Ran("failed" if texts[0] else "", texts[0], texts[1], left=unsaid)
            if kind in ("out", "err"):
                unsaid += max(0, len(texts[0]) - room)
                texts = [texts[0][:room]]
                room -= len(texts[0])
            self._is_asked = kind in ("ask", "need", "want")
            hear(Piece(kind, *texts))

    def _write(self, value: object) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(json.dumps(value).encode() + b"\n")

    def say(self, text: str) -> None:
        """Answer the `input()` that waits."""
        if self._is_asked:
            self._is_asked = False
            self._write(text)

    def permit(self, number: str, address: str = "") -> None:
        """Let the request be made, of which the number is the address. No package is to be had here."""
        self.say(address)

    def rest(self) -> None:
        """It keeps nothing."""


class WantingSandbox:
    """The `Sandbox` port that runs nothing: each line of a program is a piece ("want https://files.example/a"), and the
    word on it is awaited."""

    def __init__(self) -> None:
        self.permitted: list[str] = []  # the words, "" where it was refused
        self._word: asyncio.Future[str] | None = None

    async def run(self, program: Program, hear: Hear, limits: Limits = LIMITS) -> Ran:
        """Say each line."""
        for number, line in enumerate(program.source.splitlines()):
            kind, _, text = line.partition(" ")
            text, _, data = text.partition(" ") if kind == "lack" else (text, "", str(number))
            self._word = asyncio.get_running_loop().create_future()
            hear(Piece(kind, text, data))  # type: ignore[arg-type]
            if kind in ("need", "want"):
                self.permitted.append(word := await self._word)
                if word and kind == "want":
                    hear(Piece("reached", word, "" if word.endswith("silent") else "1500"))
        return Ran()

    def say(self, text: str) -> None:
        """It asks nothing."""

    def permit(self, number: str, address: str = "") -> None:
        """The word on the last piece."""
        if self._word is not None and not self._word.done():
            self._word.set_result(address)

    def rest(self) -> None:
        """It keeps nothing."""


def _left(folder: Path, given: tuple[ProgramFile, ...]) -> list[ProgramFile]:
    """New and changed files."""
    known = {(one.name, one.data) for one in given}
    found = [
        ProgramFile(path.name, base64.b64encode(path.read_bytes()).decode())
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
    return [one for one in found if (one.name, one.data) not in known]
