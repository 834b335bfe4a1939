"""What an import changes: records that are missing here come in, nothing is ever there twice, nothing is lost.

    merged = merge(mine, theirs)                # both {shelf: {key: record}}; raises BadBackup
    await records.write(merged.puts)            # one transaction
    merged.chats                                # Tally(new=3, changed=1, same=12)

The rules for a key that both have:
- the same content is passed over;
- a chat keeps all the branches of both sides, and is otherwise what the side was that changed it last (`updated`);
- a document stays as it is here, in its notebook; what says something else comes under another key (`without_twins`);
- of any other record the one with the later time of its own wins, and the file's where records have no time: whoever
  imports a file wants what is in it. Lists of things with ids in it (catalogues, models) keep the things of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from app.core.errors import BadBackup
from app.core.places import ModelRef
from app.core.ports import Json, Record, Shelves
from app.core.reading import rows
from app.core.shapes import Damaged, is_number
from app.core.texts import Text
from app.study.archive.backup import newer
from app.study.archive.trees import age, mended
from app.study.attachments import files_of
from app.study.chats import chat_from, ids_in, turn_from
from app.study.library.best import MOST_TYPED
from app.study.shelves import LEFT_OUT

#: where records of any shelf keep their time, in seconds since 1970
TIMES = ("updated", "time", "when", "at", "added_at", "created", "started")

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Puts = list[tuple[str, str, Json]]
#: whether a record of that shelf and key can be read whole; raises Damaged where nothing of it can
Check = Callable[[str, str, Record], bool]


@dataclass(slots=True)
class Tally:
    """How many things were new, changed by the import, or here already."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def add(self, before: object, after: object) -> bool:
        """Count one; True where it must be written."""
        if before == after:
            self.same += 1
        elif before:
            self.changed += 1
        else:
            self.new += 1
        return before != after

    def add_one(self, *, is_new: bool, is_changed: bool) -> None:
        """Count one that was looked at elsewhere."""
        self.new += is_new
        self.changed += is_changed and not is_new
        self.same += not (is_new or is_changed)


@dataclass(slots=True)
class Merged:
    """What to write, and what a person is told about it."""

    puts: Puts = field(default_factory=list)
    chats: Tally = field(default_factory=Tally)
    others: Tally = field(default_factory=Tally)


def merge(mine: Shelves, theirs: Shelves, is_whole: Check = lambda shelf, key, record: True) -> Merged:
    """What importing `theirs` changes. `checks` say by (shelf, key), or (shelf, "") for a whole shelf, whether a record
    is one that the app can read.

    Raises BadBackup for records that the app cannot read, and for shelves that only a newer version has.
    """
    if unknown := sorted(theirs.keys() - mine.keys()):
        raise newer(detail=f"shelves: {', '.join(unknown)}")
    merged = Merged()
    _merge_chats(mine, theirs, merged)
    _merge_files(mine, theirs, merged, is_whole)
    for shelf in theirs.keys() - {"chats", "turns", "files"} - LEFT_OUT:
        for key, record in theirs[shelf].items():
            _check(is_whole, shelf, key, record)
            before = mine[shelf].get(key)
            after = record if before is None else _both(shelf, key, before, record)
            if merged.others.add(before, after):
                merged.puts.append((shelf, key, after))
    return merged


def _check(is_whole: Check, shelf: str, key: str, record: Record) -> None:
    try:
        is_good = is_whole(shelf, key, record)
    except Damaged:
        is_good = False
    if not is_good:
        raise _odd(shelf, key)


def _merge_chats(mine: Shelves, theirs: Shelves, merged: Merged) -> None:
    chats, turns = theirs.get("chats", {}), theirs.get("turns", {})
    _check_chats(chats, turns)
    my_turns, their_turns = _by_chat(mine["turns"]), _by_chat(turns)
    for id, theirs_chat in chats.items():
        before = (mine["chats"].get(id), my_turns.get(id, {}))
        there = (theirs_chat, their_turns.get(id, {}))
        if any(turn in mine["turns"] and turn not in before[1] for turn in there[1]):
            raise _odd("turns", id)
        if before == there:
            merged.chats.same += 1
            continue
        after = mended(*(_united(before[0], before[1], *there) if before[0] else there))
        after[0]["leave"] = (before[0] or {}).get("leave", "")  # a file never says that words may leave
        if not _is_here(after[0].get("model_id")):
            after[0]["model_id"] = (before[0] or {}).get("model_id")
        if before[0] and after[0].get("scope") != before[0].get("scope"):
            after[0]["scope"] = before[0].get("scope")  # nor which documents go to a model
        if merged.chats.add(before if before[0] else None, after):
            merged.puts += [("turns", key, turn) for key, turn in after[1].items() if before[1].get(key) != turn]
            merged.puts.append(("chats", id, after[0]))


def _merge_files(mine: Shelves, theirs: Shelves, merged: Merged, is_whole: Check) -> None:
    """What is attached to their turns; their names are the hashes of their contents, so that none is there twice. It
    comes in with its chats and counts with them."""
    for key, record in files_of(theirs, theirs.get("turns", {}).values()).items():
        _check(is_whole, "files", key, record)
        if record.get("id") != key:
            raise _odd("files", key)
        if key not in mine.get("files", {}):
            merged.puts.append(("files", key, record))


def _is_here(model_id: object) -> bool:
    """Whether a chat has a model of its own that answers in this browser."""
    return bool(model_id) and ModelRef.parse(str(model_id)).provider == "browser"


def _check_chats(chats: Mapping[str, Record], turns: Mapping[str, Record]) -> None:
    for key, chat in chats.items():
        if chat.get("id") != key or not _ID.fullmatch(key) or not _fits(chat_from, chat):
            raise _odd("chats", key)
    for key, turn in turns.items():
        if turn.get("id") != key or not _ID.fullmatch(key) or not _fits(turn_from, turn):
            raise _odd("turns", key)


def _fits(read: Callable[[Record, list[str]], object], record: Record) -> bool:
    lost: list[str] = []
    try:
        return read(record, lost) is not None and not lost
    except Damaged:
        return False


def _by_chat(turns: Mapping[str, Record]) -> dict[str, dict[str, Record]]:
    found: dict[str, dict[str, Record]] = {}
    for key, turn in turns.items():
        found.setdefault(str(turn["chat_id"]), {})[key] = turn
    return found


def _united(
    my_chat: Record, my_turns: Mapping[str, Record], their_chat: Record, their_turns: Mapping[str, Record]
) -> tuple[Record, dict[str, Record]]:
    """A chat that both have: the words of the side that changed it last, the branches of both."""
    sides = [(their_chat, their_turns), (my_chat, my_turns)]
    if _when(my_chat) <= _when(their_chat):
        sides.reverse()
    (old_chat, old_turns), (new_chat, new_turns) = sides
    turns = {**old_turns, **new_turns}
    for id in old_turns.keys() & new_turns.keys():
        turns[id] = {**new_turns[id], "children": _in_order(old_turns[id], new_turns[id], "children", turns)}
    is_private = bool(old_chat.get("is_private") or new_chat.get("is_private"))  # once so, always so
    chat = {**new_chat, **({"is_private": True} if is_private else {})}
    return {**chat, "roots": _in_order(old_chat, new_chat, "roots", turns)}, turns


def _in_order(old: Record, new: Record, name: str, turns: Mapping[str, Record]) -> list[str]:
    """The siblings of both sides by age; those of the same age as they were listed."""
    both = dict.fromkeys((*ids_in(old, name), *ids_in(new, name)))
    return sorted((id for id in both if id in turns), key=lambda id: age(turns[id]))


def _both(shelf: str, key: str, mine: Record, theirs: Record) -> Record:
    """What becomes of a record that both have."""
    if shelf == "documents":
        return mine
    if shelf == "writings":
        return _farther(mine, theirs)
    if (shelf, key) == ("settings", "search"):  # questions that the person has typed have no ids
        own = rows(mine.get("questions"))
        known = {one.get("question") for one in own}
        more = [one for one in rows(theirs.get("questions")) if one.get("question") not in known]
        return {**mine, "questions": [*more, *own][-MOST_TYPED:]}
    return _combined(mine, theirs)


def _farther(mine: Record, theirs: Record) -> Record:
    """How a note was written, as far as that went: a note that is here keeps what its numbers cite."""
    stays = {"stays": True} if mine.get("stays") is True else {}  # no file takes that away
    return {**theirs, **stays} if _written(theirs) > _written(mine) else mine


def _written(writing: Record) -> tuple[bool, float]:
    read = writing.get("read")
    return writing.get("state") == "done", float(read) if is_number(read) else 0.0


def _combined(mine: Record, theirs: Record) -> Record:
    older, later = (theirs, mine) if _when(mine) > _when(theirs) else (mine, theirs)
    lists = {name: _items(older.get(name), value) for name, value in later.items() if _has_ids(value)}
    is_private = {"is_private": True} if mine.get("is_private") is True else {}  # no file takes that away
    return {**later, **lists, **is_private}


def _items(old: object, new: list[Record]) -> list[Record]:
    """The things of two lists, each once: the later one by its own time, the second list's where there is none."""
    found = {item["id"]: item for item in old} if _has_ids(old) else {}
    for item in new:
        if item["id"] not in found or _when(found[item["id"]]) <= _when(item):
            found[item["id"]] = item
    return list(found.values())


def _has_ids(value: object) -> TypeGuard[list[Record]]:
    return isinstance(value, list) and all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in value)


def _when(record: Mapping[str, object]) -> float:
    times: Iterable[object] = (record.get(name) for name in TIMES)
    return next((float(time) for time in times if is_number(time)), 0.0)


def _odd(shelf: str, key: str) -> BadBackup:
    words = Text("archive.never_written")
    return BadBackup(words, Text("archive.other_copy_only"), detail=f"{shelf}/{key}")
