"""Uses the byte code that set-up has made of what dataclasses write about themselves.

    use_compiled(data)                        # before the modules with the dataclasses are imported

Each dataclass writes its methods as text, and Python compiles that text wherever the class is imported: a third of the
time that importing this app takes (Pyodide 314: 70 of 210 ms). The text has not changed since set-up, so its byte code
is kept beside the modules (static/js/build/compile.py), as theirs is. Text that is not there is compiled as always.
"""

from __future__ import annotations

import dataclasses
import marshal
from types import CodeType


def use_compiled(data: bytes) -> None:
    """Run what `data` holds, byte code by its source text (marshalled by this version of Python), in place of text."""
    known: dict[str, CodeType] = marshal.loads(data)

    def run(text: str, *scope: dict[str, object]) -> None:
        exec(known.get(text, text), *scope)

    dataclasses.exec = run  # type: ignore[attr-defined]
