"""Documents' files in a backup, beside their records: as base64, so that one JSON file holds everything.

    packed = await pack(records, files, blobs)      # Packed({"3f2a": {"content": "JVBERi0…"}}, ("Atlas.pdf",))
    await bring_files(packed.shelf, records, files) # and their documents wait to be read

A browser writes and reads such a file in one piece, so the smallest files come first, and what is too much is left out
and told. What was read in them is in no backup: a document whose file comes in is read again.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.document_files import DocumentFiles
from app.core.errors import StorageError
from app.core.ports import Blobs, Record, Records, Shelves
from app.core.reading import rows, texts
from app.study.cited import written_from
from app.study.library.documents import Document, document_from

SHELF = "document-files"  # of backups only
MOST_BYTES = 48_000_000  # of all files together


@dataclass(frozen=True, slots=True)
class Packed:
    """A shelf of files by the ids of their documents, and the names of those that are not in it."""

    shelf: dict[str, Record]
    left_out: tuple[str, ...] = ()


async def pack(records: Mapping[str, Record], files: DocumentFiles, blobs: Blobs) -> Packed:
    """The files of these documents, the smallest ones first, as far as there is room."""
    shelf, left_out, used = dict[str, Record](), list[str](), 0
    for document in sorted(map(document_from, records.values()), key=lambda one: one.size_bytes):
        if used + document.size_bytes > MOST_BYTES:
            left_out.append(document.name)
            continue
        try:
            handle = await files.file(document.id)
            data = await blobs.head(handle, 0, blobs.size(handle))
        except StorageError:  # it is not here any more, and its row says so
            left_out.append(document.name)
            continue
        used += len(data)
        shelf[document.id] = {"content": b64encode(data).decode("ascii")}
    return Packed(shelf, tuple(left_out))


def brought(theirs: Shelves, mine: Shelves) -> Shelves:
    """What is brought in as it may come in: what follows, in its order."""
    came = at_rest(with_own_scopes(theirs, mine))
    return dict(kept_private(without_twins(came, mine), mine))


def without_twins(theirs: Shelves, mine: Shelves) -> Shelves:
    """What is brought in, without documents whose content is here under another id; chats name them by that. A note
    that says something else than the one of its id here comes in beside that, in the notebook where it lies here."""
    documents, own = theirs.get("documents", {}), mine.get("documents", {})
    here = {str(record.get("sha256")): id for id, record in own.items()}
    known = {id: here.get(str(one.get("sha256")), _free(id, one, own)) for id, one in documents.items()}
    if all(id == new for id, new in known.items()):
        return theirs
    beside = {id: new for id, new in known.items() if id in own and new not in own}
    came = {
        **{id: one for id, one in documents.items() if known[id] == id},
        **{new: {**documents[id], "id": new, "notebook": own[id].get("notebook", "")} for id, new in beside.items()},
    }
    packed = {SHELF: {beside.get(id, id): one for id, one in theirs[SHELF].items()}} if SHELF in theirs else {}
    return {
        **theirs,
        **packed,
        "documents": came,
        "chats": {id: _renamed(one, known) for id, one in theirs.get("chats", {}).items()},
        "turns": {id: _renamed(one, known) for id, one in theirs.get("turns", {}).items()},
        "quizzes": {id: _with_places(one, known) for id, one in theirs.get("quizzes", {}).items()},
        "notes": {id: _with_document(one, known) for id, one in theirs.get("notes", {}).items()},
        "writings": dict(_written(id, one, known) for id, one in theirs.get("writings", {}).items()),
    }


def _free(id: str, record: Record, own: Mapping[str, Record]) -> str:
    """The id by which a document comes in: another one, always the same, where there is other content under its own."""
    return hashlib.sha256(f"{id} {record.get('sha256')}".encode()).hexdigest()[:12] if id in own else id


def with_own_scopes(theirs: Shelves, mine: Shelves) -> Shelves:
    """The same, with chats that name no document here but such as came with them: nobody's file has the others given to
    a model."""
    came = {str(one.get("sha256")) for one in theirs.get("documents", {}).values()}
    others = [one for one in mine.get("documents", {}).values() if str(one.get("sha256")) not in came]
    chats = {id: _without_others(one, others) for id, one in theirs.get("chats", {}).items()}
    return {**theirs, "chats": chats} if chats else theirs


def _without_others(chat: Record, others: Sequence[Record]) -> Record:
    scope = chat.get("scope")
    if not isinstance(scope, Mapping):
        return chat
    notebook, documents = scope.get("notebook"), texts(scope.get("documents"))
    is_named = any(
        (not notebook or one.get("notebook") == notebook) and (not documents or one.get("id") in documents)
        for one in others
    )
    return {**chat, "scope": None} if is_named else chat


def _renamed(record: Record, known: Mapping[str, str]) -> Record:
    """A chat or a turn whose scope and sources name documents by their ids here."""
    scope, sources = record.get("scope"), record.get("sources")
    if isinstance(scope, Mapping):
        record = {
            **record,
            "scope": {**scope, "documents": [known.get(id, id) for id in texts(scope.get("documents"))]},
        }
    if isinstance(sources, Mapping):
        passages = rows(sources.get("passages"))
        ids = ({**one, "document": known.get(str(one.get("document")), one.get("document"))} for one in passages)
        record = {**record, "sources": {**sources, "passages": list(ids)}}
    tutor = record.get("tutor")
    if isinstance(tutor, Mapping) and tutor.get("documents"):
        ids_here = [known.get(id, id) for id in texts(tutor.get("documents"))]
        record = {**record, "tutor": {**tutor, "documents": ids_here}}
    return record


def _with_places(quiz: Record, known: Mapping[str, str]) -> Record:
    """A quiz whose places and questions name documents by their ids here; what is no list of such stays as it is."""
    lists = {name: found for name in ("spots", "questions") if isinstance(found := quiz.get(name), list)}
    return {**quiz, **{name: [_named_here(one, known) for one in items] for name, items in lists.items()}}


def _named_here(item: object, known: Mapping[str, str]) -> object:
    if not isinstance(item, Mapping) or str(item.get("document")) not in known:
        return item
    return {**item, "document": known[str(item["document"])]}


def _with_document(note: Record, known: Mapping[str, str]) -> Record:
    """A note for cards whose source is named by its id here."""
    source = note.get("source")
    return {**note, "source": _named_here(source, known)} if source else note


def _written(id: str, writing: Record, known: Mapping[str, str]) -> tuple[str, Record]:
    """How a note was written, under the id that the note has here; its documents and passages by their ids here."""
    new, names, passages = known.get(id, id), writing.get("documents"), writing.get("passages")
    changed: dict[str, object] = {"id": new} if new != id else {}
    if isinstance(names, list):
        changed["documents"] = [known.get(one, one) if isinstance(one, str) else one for one in names]
    if isinstance(passages, list):
        changed["passages"] = [_named_here(one, known) for one in passages]
    return new, {**writing, **changed}


def at_rest(theirs: Shelves) -> Shelves:
    """The same, with quizzes and notes that are made no further until the person says so: nobody's file has a model
    asked."""
    resting = {shelf: _at_rest(theirs[shelf]) for shelf in ("quizzes", "writings") if theirs.get(shelf)}
    return {**theirs, **resting} if resting else theirs


def _at_rest(records: Mapping[str, Record]) -> dict[str, Record]:
    return {
        id: {**one, "state": "stopped"} if one.get("state", "making") == "making" else one
        for id, one in records.items()
    }


def kept_private(theirs: Shelves, mine: Shelves) -> Shelves:
    """The same, with chats private that have a reply from a document which is in a private notebook, here or there: a
    backup from before it was says nothing of that."""
    notebooks = [item for shelves in (theirs, mine) for item in shelves.get("notebooks", {}).items()]
    private = {id for id, one in notebooks if one.get("is_private") is True}
    documents = {**theirs.get("documents", {}), **mine.get("documents", {})}
    stay = {id for id, one in documents.items() if one.get("notebook") in private}
    chats = {str(turn.get("chat_id")) for turn in theirs.get("turns", {}).values() if stay & written_from(turn)}
    marked = {id: {**one, "is_private": True} if id in chats else one for id, one in theirs.get("chats", {}).items()}
    return {**theirs, "chats": marked} if chats else theirs


async def bring_files(shelf: Mapping[str, Record], records: Records, files: DocumentFiles) -> None:
    """Bring in the files of documents whose records are here, which wait to be read from then on: another page may have
    looked for them too early. Raises StorageError."""
    came = await unpack(shelf, (await records.snapshot())["documents"], files)
    found = [one for one in await records.get("documents", came) if one]
    await records.write([("documents", str(one["id"]), {**one, "status": "waiting", "problem": ""}) for one in found])


async def unpack(shelf: Mapping[str, Record], records: Mapping[str, Record], files: DocumentFiles) -> list[str]:
    """Keep the files of documents that have a record and no file here that can be read; of those whose content is what
    their record says. Returns their ids. Raises StorageError."""
    came = list[str]()
    for id, record in shelf.items():
        data = _content(record)
        if id not in records or data is None or await has_file(files, id):
            continue
        document: Document = document_from(records[id])
        if hashlib.sha256(data).hexdigest() == document.sha256:
            await files.keep_bytes(id, data)
            came.append(id)
    return came


async def has_file(files: DocumentFiles, id: str) -> bool:
    """Whether a document's file is here and can be read. Whoever asks for one leaves an empty place, so names of places
    do not tell."""
    try:
        await files.file(id)
    except StorageError:
        return False
    return True


def _content(record: Record) -> bytes | None:
    try:
        return b64decode(str(record.get("content", "")), validate=True)
    except ValueError:
        return None
