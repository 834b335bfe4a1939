"""How notes were written, when a backup brings that in."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from app.study.archive.merging import merge
from app.study.cited import Cited
from app.study.library.carrying import brought, without_twins
from app.study.shelves import is_whole
from app.study.writing.record import Writing, writing_from

PASSAGE = Cited(1, "d", "Tides.pdf", 2, 0, 9, "The ebb.")
DONE = Writing("n", "Tides", documents=("d",), state="done", read=9, total=9, passages=(PASSAGE,), kept=4, sha256="0b")


def record(writing: Writing) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(writing)))  # type: ignore[no-any-return]


def both(mine: Writing, theirs: Writing) -> Writing:
    shelves: Any = {name: {} for name in ("chats", "turns", "files")}
    merged = merge(
        {**shelves, "writings": {mine.id: record(mine)}}, {"writings": {theirs.id: record(theirs)}}, is_whole
    )
    return writing_from(merged.puts[0][2]) if merged.puts else mine


def test_what_was_being_written_waits_for_the_person() -> None:
    theirs: Any = {"writings": {"n": record(replace(DONE, state="making")), "o": record(replace(DONE, id="o"))}}
    came = brought(theirs, {})["writings"]
    assert {id: one["state"] for id, one in came.items()} == {"n": "stopped", "o": "done"}


def test_it_names_its_documents_by_their_ids_here() -> None:
    mine: Any = {"documents": {"mine": {"id": "mine", "sha256": "0a"}}}
    theirs: Any = {
        "documents": {"d": {"id": "d", "sha256": "0a"}},
        "writings": {"n": record(DONE), "odd": {"id": "odd", "documents": 7, "passages": [8]}},
    }
    came = without_twins(theirs, mine)["writings"]
    assert writing_from(came["n"]) == replace(DONE, documents=("mine",), passages=(replace(PASSAGE, document="mine"),))
    assert came["odd"] == {"id": "odd", "documents": 7, "passages": [8]}


def test_it_follows_a_note_that_comes_in_beside_the_one_that_is_here() -> None:
    mine: Any = {"documents": {"n": {"id": "n", "sha256": "0c", "notebook": "b"}}}
    theirs: Any = {"documents": {"n": {"id": "n", "sha256": "0b"}}, "writings": {"n": record(DONE)}}
    came = without_twins(theirs, mine)
    [note] = came["documents"]
    assert note != "n"
    assert {id: one["id"] for id, one in came["writings"].items()} == {note: note}
    assert is_whole("writings", note, came["writings"][note])


def test_what_was_written_farther_counts_whichever_side_has_it() -> None:
    half = replace(DONE, state="stopped", read=4, passages=(), kept=0)
    assert both(DONE, half) == DONE
    assert both(half, DONE) == DONE
    assert both(half, replace(half, read=6)).read == 6
    assert both(replace(half, read=6), half).read == 6
    assert both(replace(half, stays=True), DONE).stays
