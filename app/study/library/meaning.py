"""What vectors of passages belong to, which documents come first, and to whom the person lets their texts go.

    key_of(model)                               # names the set of vectors of this model, of exactly this file
    [one.id for one in in_turn(documents)]      # what was opened last comes first
    consent_from(record)                        # a record of the shelf "consents"; raises Damaged

Making vectors sends the text of each passage to the model. Where that is not on this device, each notebook is asked
about once for each server, documents without a notebook as one more; private ones never.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.core.shapes import Strictly, When, decode
from app.core.texts import Text
from app.core.values import Model
from app.study.library.documents import Document, Notebook

NO_NOTEBOOK = "none"  # as whose consent that of documents without a notebook is kept
OFF = "off"  # the choice of no model
LEAST = 0.25


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether texts of a notebook may be sent to a server, as the person has said. `id` is the notebook's."""

    id: str
    server: str = ""
    may: Strictly[bool] = False
    added_at: When = 0.0


def consent_from(record: object, lost: list[str] | None = None) -> Consent:
    """A consent from its stored record. Raises Damaged."""
    return decode(Consent, record, lost)


def key_of(model: Model) -> str:
    """The name of the set of vectors that a model makes. Another file, another length, or other words before the texts
    give another one: their vectors do not compare."""
    embeds = model.embeds
    digests = [file.sha256 for file in model.files if file.sha256]
    return json.dumps([model.id, digests, embeds.dimensions, embeds.pooling, embeds.document, embeds.query])


def least_of(model: Model) -> float:
    """How like a question a passage must be where nothing else speaks for it: a cosine, 0 where none is known.

    Of the model that comes along, over the 1,460 texts of CISI: of 40 questions about something else the most alike
    text is less so for three of four; of its own 76 questions one to the point is more so for all (.33 at least)."""
    return LEAST if model.is_bundled else 0.0


def server_of(model: Model) -> str:
    """Who gets the texts, as it is kept with a consent; the same in every language."""
    where = model.where
    name = "".join(str(value) for _, value in where.values) if isinstance(where, Text) else where
    return f"{model.ref.service or model.provider} {name}".strip()


def in_turn(documents: Iterable[Document]) -> list[Document]:
    """Those with words in them: what was opened or added last comes first."""
    known = (one for one in documents if one.has_text)
    return sorted(known, key=lambda one: (-max(one.opened_at, one.added_at), one.id))


def group_of(document: Document, notebooks: Mapping[str, Notebook]) -> str:
    """As whose texts those of a document are asked about."""
    return document.notebook if document.notebook in notebooks else NO_NOTEBOOK


class InNotebook(Protocol):
    """What lies in a notebook, "" for none."""

    @property
    def notebook(self) -> str:
        """Its id."""


def is_private(one: InNotebook, notebooks: Mapping[str, Notebook]) -> bool:
    """Whether nothing of a document, or of a card, may leave this device. Nobody knows it of a notebook that is not
    here: its record is damaged, or it was deleted while the document was."""
    notebook = notebooks.get(one.notebook)
    return notebook.is_private if notebook else bool(one.notebook)


def stays(id: str, documents: Mapping[str, Document], notebooks: Mapping[str, Notebook]) -> bool:
    """The same of a document by its id: nobody knows it of one that is not here."""
    document = documents.get(id)
    return document is None or is_private(document, notebooks)


def may_go(
    document: Document, notebooks: Mapping[str, Notebook], consents: Mapping[str, Consent], server: str
) -> bool | None:
    """Whether the texts of a document may be sent to a server; None where the person was not asked yet."""
    if is_private(document, notebooks):
        return False
    consent = consents.get(group_of(document, notebooks))
    return consent.may if consent and consent.server == server else None
