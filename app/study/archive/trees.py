"""Chats as whole trees: every branch of them, in an order that can be read.

    tree = tree_of(chat_record, turn_records)
    tree.shown                        # the turns of the branch on show, oldest first
    for branch in tree.branches(): ...  # that branch, then each other one from where it leaves those before it

Whoever is whose parent is the one truth about a tree: `mended` makes everything else follow from it, so that what was
merged, or came from outside, can always be walked through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.ports import Json, Record
from app.core.shapes import is_number
from app.study.chats import Chat, Turn, chat_from, ids_in, turn_from


@dataclass(frozen=True, slots=True)
class Tree:
    """A chat with all its turns by id."""

    chat: Chat
    turns: Mapping[str, Turn]

    @property
    def shown(self) -> list[Turn]:
        """The branch on show."""
        return [self.turns[id] for id in self.chat.path if id in self.turns]

    def versions(self, turn: Turn) -> tuple[str, ...]:
        """The turn and its siblings, oldest first."""
        parent = self.turns.get(turn.parent)
        return tuple(id for id in (parent.children if parent else self.chat.roots) if id in self.turns)

    def branches(self) -> list[list[Turn]]:
        """Every turn once: the branch on show, then each other version with the newest of what follows it."""
        branches = [self.shown]
        seen = set(self.chat.path)
        for branch in branches:  # which grows meanwhile
            for turn in branch:
                for id in self.versions(turn):
                    if id not in seen:
                        branches.append(self._down_from(self.turns[id]))
                        seen.update(item.id for item in branches[-1])
        return [branch for branch in branches if branch]

    def _down_from(self, turn: Turn) -> list[Turn]:
        branch = [turn]
        while children := [id for id in branch[-1].children if id in self.turns]:
            branch.append(self.turns[children[-1]])
        return branch


def tree_of(chat: Json, turns: Iterable[Json]) -> Tree:
    """A tree from stored records; what does not hang together in them does in the tree."""
    record, whole = mended(dict(chat), {str(turn["id"]): dict(turn) for turn in turns})
    return Tree(chat_from(record), {id: turn_from(turn) for id, turn in whole.items()})


def mended(chat: Record, turns: Mapping[str, Record]) -> tuple[Record, dict[str, Record]]:
    """The records of a tree that hangs together: roots, children and the branch on show follow from each turn's parent.

    The order in which siblings are listed is kept, those that are not listed follow by age. A turn whose parent is not
    there becomes a first question; turns in a circle, which nothing leads to, are left out, and one without a name.
    """
    turns = {id: turn for id, turn in turns.items() if id}  # "" is what stands above first questions
    parents = {id: _parent(turn, turns) for id, turn in turns.items()}
    below = {"": list(ids_in(chat, "roots"))}
    below.update((id, list(ids_in(turn, "children"))) for id, turn in turns.items())
    for id in sorted(turns, key=lambda id: age(turns[id])):
        below[parents[id]].append(id)
    for parent, children in below.items():
        below[parent] = [id for id in dict.fromkeys(children) if parents.get(id) == parent]
    reached = list(below[""])
    for id in reached:  # which grows meanwhile
        reached += below[id]
    whole = {id: {**turns[id], "parent": parents[id], "children": below[id]} for id in reached}
    return {**chat, "roots": below[""], "path": _path(list(ids_in(chat, "path")), below)}, whole


def _parent(turn: Json, turns: Mapping[str, Record]) -> str:
    parent = turn.get("parent")
    return parent if isinstance(parent, str) and parent in turns else ""


def age(turn: Json) -> float:
    """When a turn's record says that it was made, in seconds since 1970; 0 where it does not."""
    created = turn.get("created")
    return created if is_number(created) else 0.0


def _path(wanted: list[str], below: Mapping[str, list[str]]) -> list[str]:
    """The branch on show as far as it is one, and from there on the newest of each generation."""
    path: list[str] = []
    for id in wanted:
        if id not in below[path[-1] if path else ""]:
            break
        path.append(id)
    while (not path or path != wanted) and below[path[-1] if path else ""]:
        path.append(below[path[-1] if path else ""][-1])
    return path
