"""Files that hold no model the app can use, said in words before anything is copied.

refuse(facts, "mmproj-model-f16.gguf")            # raises LoadFailed: "This is the part of a model that sees …"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from app.core.errors import LoadFailed
from app.core.texts import Text
from app.models.formats.facts import FileFacts, FileKind

SPLIT = re.compile(r"(?P<stem>.+)-(?P<part>\d{5})-of-(?P<parts>\d{5})\.gguf", re.IGNORECASE)
PIECE = re.compile(r".+\.gguf[-._]((split|part)[-._]?[a-z0-9]+([-._]?of[-._]?\d+)?|\d{1,3}|a[a-z])", re.IGNORECASE)
MOST_NAMED = 8
CHOOSE = Text("formats.choose")
OWN_FILE = Text("formats.own_file")
JOIN = Text("formats.join")

# Kind by kind: what the file is, by the name that it gives for its architecture, and what to do.
WORDS: Mapping[FileKind, tuple[Callable[[str], Text], Text]] = {
    "classifier": (lambda name: Text("formats.classifier", architecture=name), CHOOSE),
    "decision": (lambda name: Text("formats.decision", architecture=name), CHOOSE),
    "diffusion": (lambda name: Text("formats.diffusion", architecture=name), CHOOSE),
    "encoder": (lambda name: Text("formats.encoder", architecture=name), CHOOSE),
    "image": (lambda name: Text("formats.image", architecture=name), CHOOSE),
    "speech": (lambda name: Text("formats.speech", architecture=name), CHOOSE),
    "projector": (lambda name: Text("formats.projector"), Text("formats.projector_cure")),
    "adapter": (
        lambda name: Text("formats.adapter"),
        Text("formats.complete_model"),
    ),
    "control-vector": (lambda name: Text("formats.control_vector"), OWN_FILE),
    "draft": (lambda name: Text("formats.draft", architecture=name), OWN_FILE),
    "imatrix": (lambda name: Text("formats.imatrix"), OWN_FILE),
    "vocabulary": (lambda name: Text("formats.vocabulary"), OWN_FILE),
    "incomplete": (lambda name: Text("formats.incomplete"), OWN_FILE),
    "other": (lambda name: Text("formats.other"), CHOOSE),
}


def refuse(facts: FileFacts, name: str = "", others: Sequence[str] = ()) -> None:
    """Return where the file is a whole model for chats, embeddings or ranking. `others` are names of files picked
    together with it. Raises LoadFailed."""
    if facts.parts:
        raise LoadFailed(part_words(facts, name, others), JOIN, again=False)
    if facts.kind in WORDS:
        message, cure = WORDS[facts.kind]
        shown = facts.architecture[:40] or "GGUF"
        raise LoadFailed(message(shown), cure, again=False, detail=facts.title)


def refuse_unknown(facts: FileFacts) -> None:
    """The browser's llama.cpp knows a fixed list of architectures. Raises LoadFailed for others."""
    if facts.is_known:
        return
    if not facts.architecture:
        raise LoadFailed(Text("formats.no_kind"), CHOOSE, again=False)
    words = Text("formats.architecture", architecture=facts.architecture[:40])
    raise LoadFailed(words, Text("formats.unknown_cure"), again=False)


def refuse_piece(name: str, *, has_header: bool) -> None:
    """A piece of a file that was cut by size has no header, but for the first. Raises LoadFailed, judging by the
    name."""
    if PIECE.fullmatch(name) or (not has_header and SPLIT.fullmatch(name)):
        words = Text("formats.piece")
        raise LoadFailed(words, Text("formats.piece_cure"), again=False)


def part_words(facts: FileFacts, name: str, others: Sequence[str] = ()) -> Text:
    """Which part it is, and the names of the others."""
    named = SPLIT.fullmatch(name)
    stem = named["stem"] if named and int(named["parts"]) == facts.parts else "…"
    names = [part_name(stem, part, facts.parts) for part in range(1, facts.parts + 1) if part != facts.part]
    rest = [one for one in names if one not in others]
    here = Text("formats.part", part=facts.part, parts=facts.parts)
    if len(rest) > MOST_NAMED:
        return Text("formats.needs_parts", here=here, count=len(rest), first=rest[0], last=rest[-1])
    return Text("formats.needs_named", here=here, parts=rest)


def part_name(stem: str, part: int, parts: int, ending: str = ".gguf") -> str:
    """What llama.cpp calls a part: `SPLIT` the other way round."""
    return f"{stem}-{part:05d}-of-{parts:05d}{ending}"
