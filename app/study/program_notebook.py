"""A program as a notebook of Jupyter's (https://nbformat.readthedocs.io, version 4.5), with what its run has left.

notebook("print(1)", shown)         # JSON; `shown` is None where this very code has not run
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from pathlib import PurePosixPath

from app.core.running import ProgramFile, Ran, last_line
from app.study.programs import RunShown

STREAMS: Mapping[str, str] = {"out": "stdout", "said": "stdout", "err": "stderr"}
PICTURES: Mapping[str, str] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
Output = dict[str, object]


def notebook(code: str, shown: RunShown | None) -> str:
    """A notebook of one cell: what it printed, its pictures, and the error that has ended it."""
    outputs = _outputs(shown) if shown and shown.ran else []
    cell: Output = {
        "cell_type": "code",
        "id": "program",
        "execution_count": 1 if shown and shown.ran else None,
        "metadata": {},
        "outputs": outputs,
        "source": code.rstrip().splitlines(keepends=True),
    }
    about: dict[str, object] = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    about["language_info"] = {"name": "python"}
    whole = {"cells": [cell], "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _outputs(shown: RunShown) -> list[Output]:
    found: list[Output] = []
    for line in shown.lines:
        name, text = STREAMS[line.kind], line.text.splitlines(keepends=True)
        if found and found[-1]["name"] == name:
            found[-1]["text"] = [*found[-1]["text"], *text]  # type: ignore[misc]
        else:
            found.append({"output_type": "stream", "name": name, "text": text})
    found += filter(None, map(_picture, shown.files))
    if shown.ran and shown.ran.error.strip():
        found.append(_error(shown.ran))
    return found


def _picture(file: ProgramFile) -> Output | None:
    """A picture as a cell shows it; None for other files."""
    kind = PICTURES.get(PurePosixPath(file.name).suffix.lower())
    if kind is None:
        return None
    data: str | list[str] = file.data
    if kind == "image/svg+xml":
        data = b64decode(file.data).decode("utf-8", "replace").splitlines(keepends=True)
    return {"output_type": "display_data", "data": {kind: data, "text/plain": [file.name]}, "metadata": {}}


def _error(ran: Ran) -> Output:
    name, _, told = last_line(ran.error).partition(": ")
    return {"output_type": "error", "ename": name, "evalue": told, "traceback": ran.error.strip().splitlines()}
