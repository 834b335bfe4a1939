"""The models of all catalogues as one list, in which nobody changes what is another's.

    merged(built_in, [Offer("school.example", models, is_kept=True), Offer("evil.example", others)])

Whoever comes first owns an id. A later row of that id, however its letters are written, gets an id and a name that say
where it is from. Only a catalogue that the person has added may give a further source to a model, and only where
both publish the same hash: then every byte is checked, whoever sends it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.core.values import Model, ModelFile, Source
from app.models.answering.automatic import AUTOMATIC
from app.models.store.stored import made_of, same_file

RESERVED = re.compile(rf"file-.*|url-.*|{AUTOMATIC.id}")  # no catalogue has the ids of what a person has brought


@dataclass(frozen=True, slots=True)
class Offer:
    """A catalogue's models and where they are from, in words; `is_kept` where the person has added it for good."""

    origin: str
    models: tuple[Model, ...]
    is_kept: bool = False


def merged(own: Iterable[Model], offers: Iterable[Offer], brought: Iterable[Model] = ()) -> list[Model]:
    """One list in this order: the app's `own` models, what kept catalogues offer, what the person has `brought` (by
    address, or stored long ago), what the others offer."""
    by_id = {_key(model.id): model for model in own}
    names = {_key(model.name) for model in by_id.values()}
    offers = tuple(offers)
    for offer in (offer for offer in offers if offer.is_kept):
        _add(by_id, names, offer)
    for model in brought:
        by_id.setdefault(_key(model.id), model)
    for offer in (offer for offer in offers if not offer.is_kept):
        _add(by_id, names, offer)
    return list(by_id.values())


def _add(by_id: dict[str, Model], names: set[str], offer: Offer) -> None:
    """Add a catalogue's rows, each at most once."""
    for model in offer.models:
        before = by_id.get(_key(model.id))
        is_one = before is not None and before.id == model.id
        if before is not None and is_one and _adds_nothing(before, model):
            continue
        if before is not None and is_one and offer.is_kept and is_proven(before, model):
            by_id[_key(before.id)] = with_sources(before, model)
            continue
        is_taken = before is not None or RESERVED.fullmatch(_key(model.id)) is not None
        if is_taken or _key(model.name) in names:
            model = replace(model, name=f"{model.name} ({offer.origin})")
        if is_taken:
            mark = " ".join(map(_mark, model.files))
            model = replace(model, id=f"{model.id[:100]}-{short(f'{model.size_bytes} {mark}')}")
        by_id.setdefault(_key(model.id), model)


def _mark(file: ModelFile) -> str:
    return file.sha256 or " ".join(file.chunk_sha256) or " ".join(source.url for source in file.sources)


def with_sources(known: Model, other: Model) -> Model:
    """A model whose files may come from where another catalogue says, too."""

    def both(ours: ModelFile, theirs: ModelFile) -> tuple[Source, ...]:
        return tuple(dict.fromkeys((*ours.sources, *theirs.sources)))

    pairs = zip(known.files, other.files, strict=True)
    return made_of(known, (replace(ours, sources=both(ours, theirs)) for ours, theirs in pairs))


def _adds_nothing(known: Model, other: Model) -> bool:
    """The same file from no other place."""
    is_same = known.size_bytes == other.size_bytes and same_file(known, other)
    return is_same and set(other.all_sources) <= set(known.all_sources)


def is_proven(known: Model, other: Model) -> bool:
    """Whether both publish the same hash of each file, of the whole or of all its chunks."""
    has_same_chunks = known.chunk_bytes == other.chunk_bytes

    def is_same(ours: ModelFile, theirs: ModelFile) -> bool:
        if (ours.size_bytes, ours.role) != (theirs.size_bytes, theirs.role):
            return False
        if ours.sha256 or theirs.sha256:
            return ours.sha256 == theirs.sha256
        return has_same_chunks and bool(ours.chunk_sha256) and ours.chunk_sha256 == theirs.chunk_sha256

    return len(known.files) == len(other.files) and all(map(is_same, known.files, other.files))


def _key(text: str) -> str:
    """What a person takes for the same word: characters that can't be seen make no other."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return " ".join(seen.casefold().split())


def short(text: str) -> str:
    """Twelve digits that stand for a longer text."""
    from hashlib import sha256  # here, because a page to which nothing was added starts faster without it

    return sha256(text.encode()).hexdigest()[:12]
