"""What an exported chat is here: a chat and its turns, under ids of its own, so that a second import adds no double.

    chat, turns = made(conversation, words, now)
    puts = await grown(store, chat, turns)          # what is not here yet; [] where all of it is

A program's tree has a node for each of its steps (thinking, a call, what came back, a sentence, the answer); here a
reply is one turn. So the nodes between two questions become one turn: what was said is its text, all else its thinking,
which is shown folded. Where a reply forks on the way, each version is a turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType

from app.core.places import SENT, Place
from app.core.ports import Record
from app.core.text import shorten
from app.core.texts import Text, Words
from app.study.archive.trees import mended
from app.study.attachments import Attachment
from app.study.chats import TITLE_LENGTH, Chat, ChatStore, Turn, Write, ids_in
from app.study.imports.conversation import Conversation, Node, Picture, cut, joined
from app.study.source import Source

#: by its id, what a program is called and to whom what is said to it goes
PROGRAMS: Mapping[str, tuple[str, str]] = {
    "chatgpt": ("ChatGPT", "OpenAI"),
    "claude": ("Claude", "Anthropic"),
    "openwebui": ("Open WebUI", "Open WebUI"),
}
MOST_COPIED = 200_000  # characters of a chat's replies that fork on the way, which each version has
_BLANK = asdict(Turn("", "", "", "assistant", ""))

Pictures = Mapping[str, Attachment]
_Group = tuple["_Group | None", Node]


def chat_id(conversation: Conversation) -> str:
    """The id that the chat has here, whenever it is imported."""
    return _id(conversation.program, conversation.id or _looks_of(conversation))


def made(
    conversation: Conversation, words: Words, now: float, pictures: Pictures = MappingProxyType({})
) -> tuple[Chat, list[Record]]:
    """A chat and its turns' records, parents first. `pictures` are those that come along, by their files."""
    id = chat_id(conversation)
    tree = _Tree(conversation, id, words, pictures)
    turns = tree.turns()
    created = conversation.created or min(filter(None, (node.created for node in conversation.nodes)), default=now)
    path = tree.path()
    first = next((str(turn["text"]) for turn in turns if turn["role"] == "user" and turn["text"]), "")
    chat = Chat(
        id,
        conversation.title or shorten(first, TITLE_LENGTH),
        created,
        conversation.updated or max((node.created for node in conversation.nodes), default=0.0) or created,
        path,
        tuple(str(turn["id"]) for turn in turns if not turn["parent"]),
        is_named=bool(conversation.title),
        is_pinned=conversation.is_pinned,
        source=Source(conversation.program, conversation.id, path[-1] if path else ""),
    )
    return chat, turns


async def grown(store: ChatStore, stored: Record, chat: Chat, turns: Sequence[Record]) -> list[Write]:
    """What an export adds to a chat that came from it before. What is here stays as it is: the title, each turn, and
    the branch on show where the person has gone another way since. Raises StorageError."""
    here = await store.whole(Chat(chat.id, path=ids_in(stored, "path"), roots=ids_in(stored, "roots")))
    new = {str(turn["id"]): dict(turn) for turn in turns if turn["id"] not in here}
    if not new:
        return []
    source = stored.get("source")
    tip = source.get("tip") if isinstance(source, Mapping) else None
    is_untouched = list(ids_in(stored, "path"))[-1:] == [tip]
    kept = stored.get("updated")
    record: Record = {
        **stored,
        "source": asdict(chat)["source"],
        "roots": [*ids_in(stored, "roots"), *(root for root in chat.roots if root in new)],
        "path": list(chat.path) if is_untouched else list(ids_in(stored, "path")),
        "updated": max(kept, chat.updated) if isinstance(kept, (int, float)) else chat.updated,
    }
    if not is_untouched:
        record["source"] = source
    after, all_turns = mended(record, {**here, **new})
    puts: list[Write] = [("turns", id, turn) for id, turn in all_turns.items() if turn != here.get(id)]
    return [*puts, ("chats", chat.id, after)]


def _id(*names: str) -> str:
    return sha256("\0".join(names).encode("utf-8", "replace")).hexdigest()[:16]


def _looks_of(conversation: Conversation) -> str:
    """What tells a chat without an id from others."""
    ids = " ".join(node.id for node in conversation.nodes)
    first = next((node.text for node in conversation.nodes if node.text), "")
    return f"{conversation.title} {conversation.created} {ids} {first}"


@dataclass(slots=True)
class _Tree:
    """A chat's nodes on their way to be turns."""

    conversation: Conversation
    chat_id: str
    words: Words
    pictures: Pictures
    _nodes: dict[str, Node] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)
    _made: dict[str, Record] = field(default_factory=dict)
    _turn_of: dict[str, str] = field(default_factory=dict)
    _questions: dict[str, Node] = field(default_factory=dict)
    _copied: int = 0

    def __post_init__(self) -> None:
        for node in self.conversation.nodes:
            self._nodes.setdefault(node.id, node)
        self._parents = {id: self._above(node) for id, node in self._nodes.items()}
        self._cut_circles()

    def _above(self, node: Node) -> str:
        return node.parent if node.parent in self._nodes and node.parent != node.id else ""

    @property
    def _tip(self) -> str:
        """The node that the branch on show ends with: the file's own word, else the newest of those without others
        below them, the last one of these."""
        if self.conversation.tip in self._nodes:
            return self.conversation.tip
        above = {node.parent for node in self._nodes.values()}
        ends = [node for node in self._nodes.values() if node.id not in above] or list(self._nodes.values())
        newest = max(enumerate(ends), key=lambda one: (one[1].created, one[0]), default=None)
        return newest[1].id if newest else ""

    def _cut_circles(self) -> None:
        """Nodes that are above themselves: the branch on show is walked up first, and begins where it would repeat."""
        known: set[str] = set()
        for start in filter(None, (self._tip, *self._nodes)):
            walked: set[str] = set()
            at, below = start, ""
            while at and at not in known:
                if at in walked:
                    self._parents[below] = ""
                    break
                walked.add(at)
                at, below = self._parents[at], at
            known |= walked

    def turns(self) -> list[Record]:
        """The records, parents first."""
        below: dict[str, list[Node]] = {}
        for id, node in self._nodes.items():
            below.setdefault(self._parents[id], []).append(node)
        waiting: list[tuple[Node, str, _Group | None]] = [(node, "", None) for node in reversed(_sorted(below, ""))]
        while waiting:
            node, parent, group = waiting.pop()
            if node.role == "user":
                parent, group = self._question(node, self._flush(parent, group)), None
            elif node.role == "assistant":
                group = (group, node)
            children = _sorted(below, node.id)
            if not children or (group and all(child.role == "user" for child in children)):
                parent, group = self._flush(parent, group), None
            for place in reversed(range(len(children))):
                is_last = place == len(children) - 1
                waiting.append((children[place], parent, group if is_last or self._may_copy(group) else None))
        self._link()
        return list(self._made.values())

    def _may_copy(self, group: _Group | None) -> bool:
        if self._copied < MOST_COPIED:
            self._copied += sum(100 + len(node.text) + len(node.aside) for node in _in_order(group))
        return self._copied < MOST_COPIED

    def _question(self, node: Node, parent: str) -> str:
        id = self._add(node, parent, role="user", text=node.text, group=[node])
        self._questions[id] = node
        return id

    def _flush(self, parent: str, group: _Group | None) -> str:
        """The turn of a reply, below which others go on."""
        nodes = list(_in_order(group))
        if not nodes:
            return parent
        named = next((node for node in reversed(nodes) if node.text), nodes[-1])
        text = joined(*(node.text for node in nodes))
        aside = joined(*(node.aside for node in nodes))
        return self._add(named, parent, role="assistant", text=text, group=nodes, thinking=aside)

    def _add(self, node: Node, parent: str, *, role: str, text: str, group: Sequence[Node], thinking: str = "") -> str:
        id = _id(self.chat_id, node.id)
        for one in group:
            self._turn_of.setdefault(one.id, id)
        if id in self._made:
            return id
        record = {**_BLANK, "id": id, "chat_id": self.chat_id, "parent": parent, "role": role, "text": cut(text)}
        before = self._made.get(parent, {"created": self.conversation.created})
        record["created"] = next((one.created for one in group if one.created), before["created"])
        record["attachments"] = [asdict(one) for one in self._attached(node)] if role == "user" else []
        if role == "assistant":
            record.update(self._as_reply(group, thinking, parent), stop_reason="end" if text else "stopped")
        self._made[id] = record
        return id

    def _as_reply(self, group: Sequence[Node], thinking: str, question: str) -> Record:
        program, company = PROGRAMS[self.conversation.program]
        model = next((node.model for node in reversed(group) if node.model), "")
        is_own = self.conversation.program == "openwebui"
        asked = [self._questions[question]] if question in self._questions else []
        return {
            "thinking": cut(thinking),
            "model_name": (model or program) if is_own else f"{program} {model}".strip(),
            "place": Place.CLOUD.value,  # wherever that was, the words have left this browser
            "where": f"{SENT}{company}",
            "notices": self._notices(asked, group),
        }

    def _notices(self, *groups: Sequence[Node]) -> list[str]:
        """What a question and its reply had beside their words."""
        nodes = [node for group in groups for node in group]
        pictures = [picture for node in nodes for picture in node.pictures if not self._comes(node, picture)]
        names = [picture.name or self.words(Text("imports.picture")) for picture in pictures]
        names += [name or self.words(Text("imports.file")) for node in nodes for name in node.files]
        return [self.words(Text("imports.not_brought", names=tuple(names)))] if names else []

    def _comes(self, node: Node, picture: Picture) -> bool:
        return node.role == "user" and picture.file in self.pictures

    def _attached(self, node: Node) -> list[Attachment]:
        """The pictures of a question, each once; under the names that they have in it."""
        files = {picture.file: picture.name for picture in node.pictures if self._comes(node, picture)}
        found = [replace(self.pictures[file], name=name or self.pictures[file].name) for file, name in files.items()]
        return list({one.id: one for one in found}.values())

    def _link(self) -> None:
        children: dict[str, list[str]] = {}
        for id, turn in self._made.items():
            children.setdefault(str(turn["parent"]), []).append(id)
        for id, turn in self._made.items():
            turn["children"] = children.get(id, [])

    def path(self) -> tuple[str, ...]:
        """The branch on show, once there are turns."""
        at = self._tip
        while at and not self._turn_of.get(at):
            at = self._parents[at]
        found = [self._turn_of[at]] if at else []
        while found and (parent := str(self._made[found[-1]]["parent"])):
            found.append(parent)
        if not found and self._made:  # the tip is where nothing was said: any branch is better than none
            found = [next(reversed(self._made))]
            while parent := str(self._made[found[-1]]["parent"]):
                found.append(parent)
        return tuple(reversed(found))


def _sorted(below: Mapping[str, list[Node]], id: str) -> list[Node]:
    """Siblings by age; as the file lists them where it does not say."""
    nodes = below.get(id, [])
    return sorted(nodes, key=lambda node: node.created) if all(node.created for node in nodes) else nodes


def _in_order(group: _Group | None) -> Iterator[Node]:
    """The nodes of a reply, the first one first."""
    nodes: list[Node] = []
    while group:
        nodes.append(group[1])
        group = group[0]
    return reversed(nodes)
