"""What is attached in a chat, as files that a program can be given.

offered(turns, drafts, given)       # (Offered("3f2a…", "numbers.csv"), …), without those that it has already
file_for(offer, content)            # ProgramFile("numbers.csv", "MSwyLDM="), what `Program` takes
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.core.running import ProgramFile, last_line
from app.study.attachments import TEXT, Attachment, Draft
from app.study.chats import Turn

#: a picture is kept as the browser has written it anew, so its name may promise another kind
SUFFIXES = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}


@dataclass(frozen=True, slots=True)
class Offered:
    """An attachment by its id, and the name under which a program finds it."""

    id: str
    name: str
    is_text: bool = True


def offered(turns: Iterable[Turn], drafts: Sequence[Draft], given: Sequence[ProgramFile]) -> tuple[Offered, ...]:
    """What is attached to the chat's messages and to the one that is being written, the newest first, each once; what
    the program has already is left out. Of two files of one name the newer is numbered."""
    every = [one for turn in turns for one in turn.attachments] + [draft.attachment for draft in drafts]
    found, names = dict[str, Offered](), set[str]()
    for one in every:
        if one.id not in found:
            name = _free(_fitting(one), names)
            names.add(name)
            found[one.id] = Offered(one.id, name, one.kind == TEXT)
    has = {file.name for file in given}
    return tuple(one for one in reversed(found.values()) if one.name not in has)


def file_for(offer: Offered, content: str) -> ProgramFile:
    """The file with what is kept of it: a text, or the base64 of a picture."""
    data = base64.b64encode(content.encode("utf-8", "surrogatepass")).decode() if offer.is_text else content
    return ProgramFile(offer.name, data)


def missed_file(error: str) -> str:
    """The name of the file that a program has looked for in vain; "" where that is not what has ended it.

    >>> missed_file("FileNotFoundError: [Errno 44] No such file or directory: 'data/a.csv'")
    'a.csv'
    """
    last = last_line(error)
    if not last.startswith("FileNotFoundError"):
        return ""
    quote = last[-1:]
    path = last[:-1].rpartition(quote)[2] if quote in "'\"" else ""
    return PurePosixPath(path).name


def _fitting(one: Attachment) -> str:
    """Its name, without folders, with a suffix that says what is kept."""
    name = PurePosixPath(one.name.replace("\\", "/")).name or "file"
    suffixes = SUFFIXES.get(one.kind)
    if suffixes is None or name.lower().endswith(suffixes):
        return name
    return PurePosixPath(name).stem + suffixes[0]


def _free(name: str, taken: set[str]) -> str:
    path, number, found = PurePosixPath(name), 1, name
    while found in taken:
        number += 1
        found = f"{path.stem}-{number}{path.suffix}"
    return found
