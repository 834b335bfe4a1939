"""A model in several files: parts of one GGUF file, and the part that sees (a projector, llama.cpp's mmproj).

    facts = await read_model([Readable(read, size_bytes, "big-00001-of-00003.gguf"), …])

The parts stand in their order, the projector behind them. The first part holds what the model says of itself; which
tensors there are is known of all together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.errors import LoadFailed
from app.core.texts import Text
from app.models.formats.facts import FileFacts, Read
from app.models.formats.gguf import read_gguf_parts
from app.models.formats.kinds import refuse
from app.models.formats.reading import check_whole, read_any


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that can be read: `read(start, size)` gives bytes, `name` is the file's own."""

    read: Read
    size_bytes: int
    name: str = ""


async def read_model(files: Sequence[Readable]) -> FileFacts:
    """What the files are together. Raises LoadFailed with a sentence about what they are instead of a model for chats
    or embeddings."""
    found = [(file, await read_any(file.read, file.size_bytes, file.name)) for file in files]
    weights = [(file, facts) for file, facts in found if facts.kind != "projector"] or found
    if len(found) - len(weights) > 1:
        raise LoadFailed(Text("formats.projectors"), Text("formats.projectors_cure"), again=False)
    first, facts = weights[0]
    if facts.parts and len(weights) == facts.parts:
        facts = await _joined(weights)
    elif len(weights) > max(1, facts.parts):
        raise LoadFailed(Text("formats.not_one_model"), Text("formats.not_one_model_cure"), again=False)
    refuse(facts, first.name, [file.name for file in files])
    for file, its_facts in found:
        await check_whole(file.read, file.size_bytes, its_facts)
    return replace(facts, sees=any(its_facts.sees for _, its_facts in found))


async def _joined(parts: Sequence[tuple[Readable, FileFacts]]) -> FileFacts:
    """The facts of the model that these parts are, once their order and their number are right. Raises LoadFailed."""
    places = [(facts.part, facts.parts) for _, facts in parts]
    if places != [(number, len(parts)) for number in range(1, len(parts) + 1)]:
        raise LoadFailed(Text("formats.not_one_model"), Text("formats.not_one_model_cure"), again=False)
    kind = await read_gguf_parts([(file.read, file.size_bytes) for file, _ in parts])
    return replace(parts[0][1], kind=kind, part=0, parts=0)
