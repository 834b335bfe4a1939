"""What of matplotlib the wall uses, for tests: the real one is compiled, and lies in Pyodide's distribution alone."""

from __future__ import annotations

import base64
import struct
import zlib


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x20\x60\xc0"))
        + chunk(b"IEND", b"")
    )


#: its files, by path
STAND_IN = {
    "matplotlib/__init__.py": """
def use(backend):
    from matplotlib import pyplot
    pyplot.switch_backend(backend)
def rcdefaults(): pass
""",
    "matplotlib/_pylab_helpers.py": """
class Gcf:
    figs = []
    get_all_fig_managers = classmethod(lambda cls: list(cls.figs))
    destroy_all = classmethod(lambda cls: cls.figs.clear())
""",
    "matplotlib/backends/__init__.py": "",
    "matplotlib/backends/backend_agg.py": "class FigureCanvasAgg: pass",
    "matplotlib/backend_bases.py": "class FigureManagerBase: pass",
    "matplotlib/pyplot.py": f"""
import base64, importlib, io, os, types
from matplotlib._pylab_helpers import Gcf
PNG = base64.b64decode({base64.b64encode(png()).decode()!r})
def switch_backend(name):
    global backend
    backend = importlib.import_module(name.removeprefix("module://")) if name != "Agg" else None
switch_backend(os.environ["MPLBACKEND"])
def figure():
    figure = types.SimpleNamespace(savefig=lambda to, format, dpi: to.write(PNG))
    Gcf.figs.append(types.SimpleNamespace(num=len(Gcf.figs) + 1, canvas=types.SimpleNamespace(figure=figure)))
def plot(values):
    if not Gcf.figs: figure()
close = lambda which: Gcf.figs.clear()
def savefig(name):
    with open(name, "w") as file:
        file.write('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>')
get_fignums = lambda: [one.num for one in Gcf.figs]
show = lambda **how: backend and backend.show(**how)
""",
}
