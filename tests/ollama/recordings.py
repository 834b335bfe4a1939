"""The recordings of a real Ollama 0.32.15 (tests/fixtures/ollama), read as requests and replies.

one = recording("40_chat_404"); one.method, one.path, one.body; one.status, one.headers, one.reply
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "ollama"
ADDRESS = re.compile(r"http://127\.0\.0\.1:1143\d(/\S*)$")
METHOD = re.compile(r" -X (\w+)")
HEADER = re.compile(r" -H (?=[A-Z][\w-]*: )")
MARKS = re.compile(r" (?=-(?:H|d|X|T|I|-data-binary) ?)")
END = re.compile(r"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Recording:
    """One request (empty where only the reply was recorded) and the reply; headers with lower-case names."""

    name: str
    method: str
    path: str
    sent: tuple[tuple[str, str], ...]
    body: str
    status: int
    headers: tuple[tuple[str, str], ...]
    reply: str

    def all(self, name: str) -> list[str]:
        """Every value of a header of the reply."""
        return [value for key, value in self.headers if key == name]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON of the reply, one object or several lines."""
        return [json.loads(line) for line in self.reply.splitlines() if line.strip()]


def names() -> list[str]:
    """The recordings that hold a whole request."""
    return sorted(path.stem for path in FOLDER.glob("*.txt") if path.read_text("utf-8").startswith("$ curl"))


def recording(name: str) -> Recording:
    """One recording by its file's name without the ending."""
    text = (FOLDER / f"{name}.txt").read_text("utf-8").replace("\r\n", "\n")
    command = ""
    if text.startswith("$ curl"):
        command, _, text = text.partition("\n")
        text = text.lstrip("\n")
    head, _, reply = text.partition("\n\n")
    while " 100 " in head.splitlines()[0]:
        head, _, reply = reply.partition("\n\n")
    status, *rows = head.splitlines()
    headers = tuple((key.lower(), value) for key, _, value in (row.partition(": ") for row in rows))
    return Recording(name, *_request(command), int(status.split()[1]), headers, reply.rstrip("\n"))


def _request(command: str) -> tuple[str, str, tuple[tuple[str, str], ...], str]:
    """Method, path, headers and body of a curl command as it was noted: without quotes."""
    words = command.removeprefix("$ curl")
    found = ADDRESS.search(words)
    if found is None:
        return "", "", (), ""
    words = words[: found.start()].rstrip()
    words, _, body = words.partition(" -d ") if " -d " in words else words.partition(" --data-binary ")
    named = METHOD.search(words)
    is_head, is_upload = " -I" in words, " -T " in words
    method = named[1] if named else "HEAD" if is_head else "POST" if body or is_upload else "GET"
    parts = HEADER.split(METHOD.sub("", words))[1:]
    sent = [part.partition(" -T ")[0].strip().partition(": ") for part in parts]
    return method, found[1], tuple((key, value) for key, _, value in sent), body
