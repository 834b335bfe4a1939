"""Runs a person's program inside the wall, and tells what it does: what worker.js starts there.

    await run("print(6 * 7)", [], host)         # host.out("42\n")

The file goes into the worker as text (prepare.mjs); nothing of the app is beside it. A program's name is `main.py`, its
folder is emptied before each run, and what it leaves there, new or changed, is handed out.
"""

# ruff: noqa: PTH103, PTH113, PTH118, PTH119, PTH123, PTH202, SIM105, SIM115, T201 - contextlib and pathlib would slow each start
import ast
import asyncio
import atexit
import builtins
import gc
import importlib.util
import linecache
import os
import shutil
import sys
import time
import traceback
import types
import warnings

from pyodide.code import CodeRunner, find_imports
from pyodide.ffi import can_run_sync, run_sync, to_js

NAME = "main.py"
HOME = "/home/pyodide"
BACKEND = "wall_backend"  # what matplotlib draws with
MOST_FILES, MOST_BYTES = 20, 20_000_000  # of what a program leaves
APP = "app.zip"  # the app's program, which is in the memory that Python may have been started with


def _forget_app():
    """Python starts as if it had never seen the app."""
    for name, module in list(sys.modules.items()):
        if f"/{APP}/" in f"/{getattr(module, '__file__', '')}":
            del sys.modules[name]
    if APP in sys.path:
        sys.path.remove(APP)
        sys.path_importer_cache.pop(APP, None)


_forget_app()
_BUILTINS = dict(vars(builtins))
_sleep = time.sleep
_STREAMS = {"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}
_PATH, _ARGV, _DEPTH = list(sys.path), list(sys.argv), sys.getrecursionlimit()
_ENVIRON, _at_exit, _not_at_exit = dict(os.environ), atexit.register, atexit.unregister
_LACKED = {}  # modules that programs have missed, each with what that program imports
_urllib_reaches = False
END_SECONDS = 1.0  # what still runs after a program may take to end
_SHOW = """
from matplotlib._pylab_helpers import Gcf
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backend_bases import FigureManagerBase

class FigureManager(FigureManagerBase):
    def show(self): pass

class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager

count = 0

def show(*args, block=None, **kwargs):
    global count
    if block is False:
        return
    import io
    for manager in Gcf.get_all_fig_managers():
        data, count = io.BytesIO(), count + 1
        manager.canvas.figure.savefig(data, format="png", dpi=110)
        hand_out(f"figure-{count}.png", data.getvalue())
    Gcf.destroy_all()
"""  # what is shown and not waited for, as by plt.pause(), is handed out at the end, once


class Unanswered(BaseException):
    """`input()` where the browser cannot pause a program: it ends here, and runs again once there is an answer."""


class _Replay:
    """The answers so far of a program that starts over after each, and the chance that it meets again each time."""

    def __init__(self):
        self.answers, self.used, self.asks, self.seed = [], 0, None, os.urandom(16)

    def begin(self):
        """The next attempt."""
        self.used, self.asks = 0, None
        if not can_run_sync():
            import random  # noqa: F401
        if "random" in sys.modules:
            sys.modules["random"].seed(self.seed)

    def input(self, prompt):
        """The next answer, echoed as a terminal does."""
        if self.asks is not None or self.used == len(self.answers):
            self.asks = prompt if self.asks is None else self.asks
            raise Unanswered
        answer, self.used = self.answers[self.used], self.used + 1
        print(f"{prompt}{answer}")
        return answer


async def run(source, files, host):
    """Run a program beside these files, as (name, bytes); gives ["", 0], or what went wrong and in which line."""
    given = {os.path.basename(name): bytes(data) for name, data in files}
    replay = _Replay()
    while True:
        replay.begin()
        main = _prepared(source, given, host, replay)
        await _bring_packages(source, host)
        with warnings.catch_warnings():
            told = await _run(source, main, host)
            if replay.asks is None:
                left = _exit(main)
                told = told if told[0] else left
            await _end_tasks()
        main.__dict__.clear()  # where memory ran out, this frees it
        gc.collect()
        _flush()
        _restore()
        if replay.asks is None:
            break
        replay.answers.append(str(await host.ask(replay.asks)))
        host.again()
    _show_figures()
    _flush()
    _hand_out(given, host)
    return told


async def _end_tasks():
    """Nothing of a program goes on after its end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others, timeout=END_SECONDS)


def _flush():
    """The streams may be the program's own by now, and do anything."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # noqa: BLE001, S110 - what it kept for itself is lost
            pass


def _restore():
    """What of `sys` a program may have changed is as at the start, and what it closed is open."""
    for number, (name, stream) in enumerate(_STREAMS.items()):
        setattr(sys, name, stream)  # first: the program's own goes, and may close what both write to
        if not _is_open(stream):
            mode, buffering = ("w", 1) if number else ("r", -1)
            _STREAMS[name] = open(number, mode, buffering, encoding="utf-8", closefd=False)
        setattr(sys, name, _STREAMS[name])
        setattr(sys, f"__{name}__", _STREAMS[name])
    sys.path, sys.argv = list(_PATH), list(_ARGV)
    sys.setrecursionlimit(_DEPTH)
    sys.settrace(None)
    sys.setprofile(None)
    if os.environ != _ENVIRON:
        os.environ.clear()
        os.environ.update(_ENVIRON)
    if "logging" in sys.modules:
        _restore_logging(sys.modules["logging"])


def _restore_logging(logging):
    """A program that is run again sets up its log as if it were the first time."""
    logging.root.setLevel(logging.WARNING)
    logging.disable(logging.NOTSET)
    logging.captureWarnings(False)
    for logger in (logging.root, *logging.root.manager.loggerDict.values()):
        logger.disabled = False  # as `logging.config` leaves those that it is not told of
        for handler in list(getattr(logger, "handlers", ())):
            if type(handler) is not logging.NullHandler:  # what packages have
                logger.removeHandler(handler)


def _exit(main):
    """What it has left to be done at its end; gives ["", 0], or what went wrong with that."""
    told, left = ["", 0], main.__dict__.get("__at_exit__", ())
    for act, args, words in reversed(left):
        try:
            act(*args, **words)
        except BaseException as error:  # noqa: BLE001 - as Python does: the others have their turn
            told = [_told(error), _line(error)]
    return told


def _leave_for_exit(main):
    """Only what the program itself registers: packages stay, and so does what they have to do at Python's own end."""

    def register(act, *args, **words):
        if sys._getframe(1).f_globals is not main.__dict__:
            return _at_exit(act, *args, **words)
        main.__dict__.setdefault("__at_exit__", []).append((act, args, words))
        return act

    def unregister(act):
        main.__dict__["__at_exit__"] = [one for one in main.__dict__.get("__at_exit__", ()) if one[0] != act]
        _not_at_exit(act)

    atexit.register, atexit.unregister = register, unregister


def _is_open(stream):
    try:
        return not stream.closed
    except ValueError:  # it has lost what it wrote to
        return False


async def _bring_packages(source, host):
    """Fetch what it imports and is not here, as far as the person allows it."""
    imports = find_imports(source)
    lacked = [name for name, others in _LACKED.items() if name in source or (others and others <= set(imports))]
    missing = [name for name in dict.fromkeys([*imports, *lacked]) if not _is_here(name)]
    if missing:
        await host.fetch_packages(to_js(missing))
        importlib.invalidate_caches()
    if missing or "urllib" in imports:
        _let_urllib_reach(host)


def _is_here(name):
    try:
        return name in sys.modules or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _let_urllib_reach(host):
    """urllib asks the page as everything does; pyodide-http brings it that far, and waits as a browser cannot."""
    global _urllib_reaches
    if _urllib_reaches or not _is_here("pyodide_http"):
        return
    import pyodide_http._urllib as patched
    from pyodide_http._core import Response

    def send(request):
        if not can_run_sync():
            raise OSError("this browser can't pause a program: write await pyodide.http.pyfetch(url) instead")
        headers = to_js(list(request.headers.items()))
        status, headers, body = run_sync(host.fetch(request.method, request.url, headers, to_js(request.body)))
        return Response(status, dict(headers), bytes(body))

    patched.send = send
    patched.patch()
    _urllib_reaches = True


async def _run(source, main, host):
    try:
        runner = CodeRunner(source, filename=NAME, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if not can_run_sync():
            _let_through(runner.ast)
        value = await runner.compile().run_async(main.__dict__)
        if value is not None:
            print(repr(value))
        return ["", 0]
    except SystemExit as ended:
        return [f"SystemExit: {ended.code}" if ended.code else "", 0]
    except MemoryError as error:  # there is none left for a long tale
        return ["MemoryError", _line(error)]
    except BaseException as error:  # noqa: BLE001 - whatever it is, the person reads it
        if isinstance(error, ModuleNotFoundError) and error.name:
            name = error.name.partition(".")[0]
            _LACKED[name] = set(find_imports(source))  # one that no import shows is asked for when it runs again
            host.lack(name)
        return [_told(error), _line(error)]


def _let_through(tree):
    """What catches everything does not catch that an answer is missing."""
    builtins.Unanswered = Unanswered
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and node.handlers:
            name = ast.Name("Unanswered", ast.Load())
            handler = ast.ExceptHandler(name, None, [ast.Raise()])
            node.handlers.insert(0, ast.fix_missing_locations(ast.copy_location(handler, node.handlers[0])))


def _prepared(source, given, host, replay):
    """The world as at the first run: an empty module, an empty folder with the files, the builtins as they were."""
    builtins.__dict__.update(_BUILTINS)
    for name in builtins.__dict__.keys() - _BUILTINS.keys():
        del builtins.__dict__[name]
    _restore()
    os.chdir("/")
    shutil.rmtree(HOME, ignore_errors=True)
    os.makedirs(HOME, exist_ok=True)
    os.chdir(HOME)
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(HOME):
            del sys.modules[name]
    for name, data in given.items():
        with open(name, "wb") as file:
            file.write(data)
    lines = source.splitlines(keepends=True)
    linecache.cache[NAME] = (len(source), None, lines, NAME)
    builtins.input = lambda prompt="": _asked(str(prompt), host, replay)
    time.sleep = lambda seconds: (host.flush(), _sleep(seconds))[1]  # what was printed is read meanwhile
    os.environ["MPLBACKEND"] = f"module://{BACKEND}"
    backend = sys.modules[BACKEND] = _Lazy(BACKEND)
    backend.hand_out = lambda name, data: host.file(name, to_js(data))
    _reset_figures()
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__file__ = NAME
    _leave_for_exit(main)
    return main


class _Lazy(types.ModuleType):
    """The module that shows matplotlib's figures: made when matplotlib first looks into it."""

    def __getattr__(self, name):
        if name.startswith("__") or "FigureCanvas" in vars(self):
            raise AttributeError(name)
        exec(_SHOW, vars(self))
        return getattr(self, name)


def _asked(prompt, host, replay):
    sys.stdout.flush()
    return str(run_sync(host.ask(prompt))) if can_run_sync() else replay.input(prompt)


def _reset_figures():
    """Figures, styles and the way of drawing are none of an earlier program's."""
    figures = sys.modules.get("matplotlib.pyplot")
    if figures is not None:
        try:
            figures.close("all")
            sys.modules["matplotlib"].rcdefaults()
            figures.switch_backend(os.environ["MPLBACKEND"])
        except Exception:  # noqa: BLE001, S110 - what an earlier program has made of it
            pass


def _show_figures():
    """What was not shown, also where a program draws with another backend."""
    figures = sys.modules.get("matplotlib.pyplot")
    if figures is not None:
        try:
            if figures.get_fignums():
                sys.modules[BACKEND].show()
        except Exception:  # noqa: BLE001 - a figure that cannot be drawn is told of like any other fault
            traceback.print_exc()


def _hand_out(given, host):
    left, found = MOST_BYTES, 0
    for folder, _, names in os.walk(HOME):
        for name in sorted(names):
            path = os.path.join(folder, name)
            told_as = os.path.relpath(path, HOME)
            if "__pycache__" in told_as or found == MOST_FILES:
                continue
            try:
                size = os.path.getsize(path)
                if size > left or not os.path.isfile(path):  # what is no file may have no end
                    continue
                with open(path, "rb") as file:
                    data = file.read()
            except OSError:  # a link that leads nowhere
                continue
            if given.get(told_as) != data:
                found, left = found + 1, left - size
                host.file(told_as, to_js(data))


def _told(error):
    """The traceback, from the first line of the program on."""
    if isinstance(error, ModuleNotFoundError):
        error.__notes__ = []  # Pyodide's advice, which is not how it goes here
    told = traceback.TracebackException.from_exception(error)
    frames = list(told.stack)
    first = next((n for n, frame in enumerate(frames) if frame.filename == NAME), len(frames))
    told.stack = traceback.StackSummary.from_list(frames[first:])
    return "".join(told.format())


def _line(error):
    """The last line of the program that was reached; 0 where it is not known."""
    if isinstance(error, SyntaxError) and error.filename == NAME:
        return error.lineno or 0
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == NAME]
    return (lines[-1] if lines else 0) or 0
