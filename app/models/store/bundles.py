"""What was picked at once, sorted into models: the parts of one file go together, and so does what sees with its model.

    for bundle in await bundles_of(files, readable):
        await importer.copy(bundle, described)

Nothing is refused here: what is no model is a bundle of its own, and whoever brings it in says what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.core.actions import PickedFile
from app.core.errors import AppError
from app.core.values import ModelFile
from app.models.formats.facts import FileFacts
from app.models.formats.kinds import SPLIT
from app.models.formats.reading import read_any
from app.models.formats.several import Readable


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of one model, in their order; the last `projectors` of them see."""

    files: tuple[PickedFile, ...]
    projectors: int = 0

    @property
    def name(self) -> str:
        """What the files are called: a part's name without its number."""
        return stem_of(self.files[0].name)

    def described(self, sizes: Sequence[int]) -> tuple[ModelFile, ...]:
        """Its files as those of a model."""
        weights = len(self.files) - self.projectors
        return tuple(
            ModelFile(size_bytes=size, role="weights" if number < weights else "projector")
            for number, size in enumerate(sizes)
        )


def stem_of(name: str) -> str:
    """A file's name without its ending, and without the number of a part."""
    found = SPLIT.fullmatch(name)
    return found["stem"] if found else name.rsplit(".", 1)[0]


async def bundles_of(files: Sequence[PickedFile], readable: Callable[[PickedFile], Readable]) -> list[Bundle]:
    """The models among picked files. Raises StorageError."""
    if len(files) == 1:  # whatever it is, nothing can belong to it: whoever brings it in reads its header
        return [Bundle((files[0],))]
    split: dict[tuple[str, int], list[tuple[int, PickedFile]]] = {}
    whole: list[Bundle] = []
    projectors: list[PickedFile] = []
    for file in files:
        facts = await _facts(readable(file))
        if facts is not None and facts.parts:
            split.setdefault((stem_of(file.name), facts.parts), []).append((facts.part, file))
        elif facts is not None and facts.kind == "projector":
            projectors.append(file)
        else:
            whole.append(Bundle((file,)))
    whole += [Bundle(tuple(file for _, file in sorted(parts, key=lambda one: one[0]))) for parts in split.values()]
    if projectors and len(whole) == 1:
        return [replace(whole[0], files=(*whole[0].files, *projectors), projectors=len(projectors))]
    return [*whole, *(Bundle((file,)) for file in projectors)]


async def _facts(file: Readable) -> FileFacts | None:
    """What a file is; None where it is nothing that the app knows."""
    try:
        return await read_any(file.read, file.size_bytes, file.name)
    except AppError:
        return None
