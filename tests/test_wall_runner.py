"""What runs programs inside the wall leaves nothing of one to the next; it runs on CPython here (wall/runner.py).

Pyodide's modules have stand-ins, and what the runner tells the page goes to a list.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.environment import ROOT
from tests.plots import STAND_IN

RUNNER = ROOT / "static" / "js" / "wall" / "runner.py"
#: runs each program of a list in turn, and gives for each [error, printed, [file names]]
CHILD = """
import ast, asyncio, inspect, io, json, os, sys, types
runner, home, programs = json.loads(sys.argv.pop())
class CodeRunner:
    def __init__(self, source, *, filename, flags):
        self.made, self.ast = (filename, "exec", flags), ast.parse(source, filename)
    def compile(self):
        self.code = compile(self.ast, *self.made)
        return self
    async def run_async(self, names):
        value = eval(self.code, names)
        return await value if inspect.isawaitable(value) else None
class Host:
    flush = staticmethod(lambda: None)
    again = staticmethod(lambda: Host.files.append("again"))
    answers = ["Ada", "41"]
    async def ask(prompt):
        Host.files.append(f"ask {prompt}")
        return Host.answers[sum(one.startswith("ask") for one in Host.files) - 1]
    files = []
    file = staticmethod(lambda name, data: Host.files.append(name))
    lack = staticmethod(lambda name: Host.files.append(f"lack {name}"))
    async def fetch_packages(names):
        Host.files.append("need " + " ".join(names))
code, ffi = types.ModuleType("pyodide.code"), types.ModuleType("pyodide.ffi")
code.CodeRunner = CodeRunner
def find_imports(source):
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import)]
    return sorted({alias.name.partition(".")[0] for node in found for alias in node.names})
code.find_imports = find_imports
ffi.can_run_sync, ffi.run_sync, ffi.to_js = lambda: False, None, lambda value: value
sys.modules.update({"pyodide": types.ModuleType("pyodide"), "pyodide.code": code, "pyodide.ffi": ffi})
told = os.dup(1)
names = {"__name__": "wall"}
exec(compile(runner, "runner.py", "exec"), names)
names["HOME"] = home
async def main():
    found = []
    for number, program in enumerate(programs):
        printed = f"{home}-{number}"
        to = os.open(printed, os.O_CREAT | os.O_WRONLY)
        os.dup2(to, 1)
        Host.files = []
        error, _ = await names["run"](program, [], Host)
        await asyncio.sleep(0.05)
        with open(printed) as file:
            found.append([error.strip().splitlines()[-1] if error else "", file.read(), Host.files])
    os.write(told, json.dumps(found).encode())
asyncio.run(main())
"""


def _ran(folder: Path, *programs: str) -> Any:
    given = json.dumps([RUNNER.read_text("utf-8"), str(folder / "home"), programs])
    words = [sys.executable, "-c", CHILD, given]
    done = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8", cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_streams_are_whole_again_whatever_a_program_did_to_them(tmp_path: Path) -> None:
    for spoils in (
        "import io, sys\nsys.stdout = io.StringIO()",
        "import sys\nsys.stdout.close()",
        "import sys\nsys.stdout.detach()",
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer)",
        "import sys\nsys.stdout = sys.stderr = sys.stdin = None",
        "import builtins\ndel builtins.print",
    ):
        assert _ran(tmp_path, f"print('one')\n{spoils}", "print('two')") == [["", "one\n", []], ["", "two\n", []]], (
            spoils
        )


def test_what_a_program_wrote_through_a_stream_of_its_own_is_printed(tmp_path: Path) -> None:
    wraps = "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint('ü')"
    assert _ran(tmp_path, wraps, "print('two')") == [["", "ü\n", []], ["", "two\n", []]]


def test_paths_arguments_and_depth_are_those_of_the_first_run(tmp_path: Path) -> None:
    spoils = "import sys\nsys.path.clear()\nsys.argv = None\nsys.setrecursionlimit(10**6)"
    reads = "import sys\nprint(len(sys.path) > 0, sys.argv is not None, sys.getrecursionlimit() < 10**6)"
    assert _ran(tmp_path, spoils, reads)[1] == ["", "True True True\n", []]


def test_logs_warnings_variables_and_names_are_those_of_the_first_run(tmp_path: Path) -> None:
    basic = "import logging, sys\nlogging.basicConfig(level={}, stream=sys.stdout, format='%(message)s')"
    log = f"{basic}\nlogging.debug('seen')"
    logger = """import logging, sys
one = logging.getLogger('a')
one.addHandler(logging.StreamHandler(sys.stdout))
one.error('once')"""
    captures = """import logging, sys, warnings
logging.basicConfig(stream=sys.stdout, format='%(name)s')
logging.captureWarnings(True)
warnings.warn('x')"""
    pairs = (
        (log.format(40), log.format(10), "seen\n"),
        (logger, logger, "once\n"),
        ("import logging\nlogging.disable(50)", logger, "once\n"),
        (f"{logger}\nimport logging.config\nlogging.config.dictConfig({{'version': 1}})", logger, "once\n"),
        (captures, captures, "py.warnings\n"),
        (
            "import warnings\nwarnings.simplefilter('error')",
            "import warnings\nwarnings.warn('x')\nprint('warned')",
            "warned\n",
        ),
        ("import os\nos.environ['KEY'] = 'x'", "import os\nprint(os.environ.get('KEY'))", "None\n"),
        ("import builtins\nbuiltins.told = 1", "print('told' in dir(__builtins__))", "False\n"),
        ("import sys\nsys.settrace(lambda *_: print('traced'))", "def f(): pass\nf()\nprint('end')", "end\n"),
    )
    for number, (spoils, reads, printed) in enumerate(pairs):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        assert _ran(folder, spoils, reads)[1] == ["", printed, []], spoils


def test_what_is_left_for_the_end_is_done_there(tmp_path: Path) -> None:
    source = (
        "import atexit\natexit.register(print, 'last')\n@atexit.register\ndef end(): print('first')\nprint('begun')"
    )
    source += "\natexit.register(input)\natexit.unregister(input)"
    fails = "import atexit\natexit.register(print, 'still')\natexit.register(lambda: 1 / 0)"
    ends = "import atexit\natexit.register(print, 'still')\n{}"
    assert _ran(tmp_path, source, "print('next')", fails, ends.format("1 / 0"), ends.format("raise SystemExit(2)")) == [
        ["", "begun\nfirst\nlast\n", []],
        ["", "next\n", []],
        *[["ZeroDivisionError: division by zero", "still\n", []]] * 2,
        ["SystemExit: 2", "still\n", []],
    ]


def test_a_link_that_leads_nowhere_or_has_no_end_is_left_out(tmp_path: Path) -> None:
    source = """import os
os.symlink('nowhere', 'a')
os.symlink('/dev/zero', 'b')
open('c', 'w').write('kept')"""
    assert _ran(tmp_path, source) == [["", "", ["c"]]]


def test_no_task_of_a_program_goes_on_after_its_end(tmp_path: Path) -> None:
    source = """import asyncio
async def on():
    while True:
        print('on')
        await asyncio.sleep(0.01)
kept = asyncio.create_task(on())
await asyncio.sleep(0)"""
    [[error, printed, _], [_, other, _]] = _ran(
        tmp_path, source, "import asyncio\nawait asyncio.sleep(0.05)\nprint('two')"
    )
    assert (error, set(printed.split()), other) == ("", {"on"}, "two\n")


def test_what_a_program_imports_and_is_not_here_is_asked_for_before_it_runs(tmp_path: Path) -> None:
    hidden = "print('on')\n__import__('not_here.part')"
    missed = "ModuleNotFoundError: No module named "
    assert _ran(tmp_path, "import json, absent.part", hidden, hidden) == [
        [f"{missed}'absent'", "", ["need absent", "lack absent"]],
        [f"{missed}'not_here'", "on\n", ["lack not_here"]],
        [f"{missed}'not_here'", "on\n", ["need not_here", "lack not_here"]],
    ]


def test_what_another_program_has_missed_is_not_asked_for(tmp_path: Path) -> None:
    """What a module misses that a program imports is, though: no line of the program names it."""
    writes = "open('part.py', 'w').write('import dee' + 'per')"
    part = f"{writes}\nimport importlib\nimportlib.invalidate_caches()\nimport part"
    missed = "ModuleNotFoundError: No module named 'deeper'"
    by_part = f"import sys; sys.path.insert(0, '.'); exec({part!r})"
    assert _ran(tmp_path, "import absent", "import json", by_part, "import json", f"{by_part}; import json") == [
        ["ModuleNotFoundError: No module named 'absent'", "", ["need absent", "lack absent"]],
        ["", "", []],
        [missed, "", ["lack deeper", "part.py"]],
        ["", "", []],
        [missed, "", ["need deeper", "lack deeper", "part.py"]],
    ]


ASKS = """
import random
drawn = random.random()
print(f"drawn {drawn}")
name = input("Name? ")
while True:
    try:
        number = int(input())
        break
    except:
        print("no number")
open("out.txt", "w").write(name)
print(name, number + 1)
"""


def test_where_nothing_can_be_paused_a_program_starts_over_with_the_answers_so_far(tmp_path: Path) -> None:
    """As in a browser without JSPI. What it had printed before is taken back, and chance falls as it did."""
    [[error, printed, told]] = _ran(tmp_path, ASKS)
    assert (error, told) == ("", ["ask Name? ", "again", "ask ", "again", "out.txt"])
    drawn = [line for line in printed.splitlines() if line.startswith("drawn")]
    assert len(drawn) == 3
    assert len(set(drawn)) == 1
    assert "no number" not in printed
    assert printed.splitlines()[-3:] == ["Name? Ada", "41", "Ada 42"]


def test_every_figure_is_handed_out_once_whatever_it_is_drawn_with(tmp_path: Path) -> None:
    for path, text in STAND_IN.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text)
    start = f"import sys\nsys.path.insert(0, {str(tmp_path / 'site')!r})\nfrom matplotlib import pyplot as plt, use\n"
    programs = (
        "plt.plot([1])\nplt.show()\nplt.plot([2])\nplt.show()",
        "plt.plot([1])\nplt.show(block=False)\nplt.plot([2])\nplt.show(block=False)\nprint('on')",
        "use('Agg')\nplt.plot([1])\nplt.show()",
        "plt.plot([1])\nplt.show()\nplt.figure()\n1 / 0",
        "plt.figure()\nplt.figure()\nplt.savefig('a.svg')",
        "print(plt.get_fignums())",
    )
    one, two = "figure-1.png", "figure-2.png"
    error = "ZeroDivisionError: division by zero"
    assert _ran(tmp_path, *(start + one for one in programs)) == [
        ["", "", [one, two]],
        ["", "on\n", [one]],
        ["", "", [one]],
        [error, "", [one, two]],
        ["", "", [one, two, "a.svg"]],
        ["", "[]\n", []],
    ]
