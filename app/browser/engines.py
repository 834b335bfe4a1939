"""The four engines behind the `Engine` port, each in a worker of its own that Python starts.

    make_engine = engine_maker(base)       # base: the page's own address, ends with "/"
    engine = make_engine("wllama")
"""

from __future__ import annotations

from app.core.ports import EngineMaker


def engine_maker(base: str) -> EngineMaker:
    """A maker of engines whose workers start at `base + "static/js/engine.js"`."""
    raise NotImplementedError
