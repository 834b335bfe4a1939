"""What the page may call: the methods that are marked, each with what it takes. Nothing else can be reached.

    class Downloads:
        @action("models:download", ModelId)
        def download(self, model_id: ModelId) -> None: ...

        @action("models:check")                             # takes nothing
        async def check(self) -> None: ...

    found = actions_of(Downloads)["models:download"]
    found.call(downloads, "smollm2-135m")                   # reads the argument; raises BadMessage and runs nothing

The mark says once what an action takes: a text, a switch, a dataclass of a form's fields (read by `app.core.shapes`),
or something that was picked. A method therefore gets a value of its own type, and checks nothing again. Marking costs
a method one attribute; the list of a class is made when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NewType, TypeVar, overload

from app.core.errors import AppError
from app.core.shapes import Damaged, decode_as
from app.core.texts import Text

Owner = TypeVar("Owner")
Argument = TypeVar("Argument")
Result = TypeVar("Result")

ModelId = NewType("ModelId", str)
ChatId = NewType("ChatId", str)
TurnId = NewType("TurnId", str)


class BadMessage(AppError):
    """The page asked for something that is not there, or with an argument that does not fit: a bug, or not our page."""

    cure = Text("errors.bad_message_cure")


class ByReference:
    """Holds what only JavaScript understands. An adapter makes it; nothing that was sent as data becomes one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PickedFile:
    """One file: its name, the handle that reads it, a lasting link to it where the browser has given one, and the
    folders that it was picked with ("Course/Week 1")."""

    name: str
    handle: object
    link: object = None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Picked(ByReference):
    """What a person picked or dropped at once: at least one file."""

    files: tuple[PickedFile, ...]

    @property
    def first(self) -> PickedFile:
        """The only file, where one was asked for."""
        return self.files[0]


@dataclass(frozen=True, slots=True)
class ApiRequest(ByReference):
    """A request to the local API, as the service worker hands it on; `reply` takes the answer."""

    method: str
    path: str
    body: str
    reply: object


@dataclass(frozen=True, slots=True)
class Field:
    """A field of text, and what it is about."""

    arg: str
    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a field that the page keeps until it is written: the id of the `field`, and the number of this
    change (`app.core.commands.FieldKept`)."""

    arg: str
    value: str
    field: str
    number: int


@dataclass(frozen=True, slots=True)
class Switch:
    """A checkbox, and what it is about."""

    arg: str
    value: bool


@dataclass(frozen=True, slots=True)
class Action:
    """One marked method. `kind` is what it takes, None where it takes nothing."""

    name: str
    method: str
    kind: type | None

    def call(self, owner: object, raw: object) -> object:
        """Run it on its object with what the page has sent. Raises BadMessage where that does not fit."""
        method = getattr(owner, self.method)
        if self.kind is not None:
            return method(self._read(self.kind, raw))
        if raw not in ("", None):
            raise self._refuse(detail="it takes nothing")
        return method()

    def _read(self, kind: type, raw: object) -> object:
        if isinstance(raw, ByReference) and type(raw) is kind:
            return raw
        if isinstance(raw, ByReference) or ByReference in getattr(kind, "__mro__", ()):
            raise self._refuse(detail=f"it takes {getattr(kind, '__name__', kind)}")
        lost: list[str] = []
        try:
            found: object = decode_as(kind, raw, lost)
        except (Damaged, RecursionError) as error:
            raise self._refuse(detail=str(error)) from error
        if lost:
            raise self._refuse(detail=f"cannot be read: {', '.join(lost)}")
        return found

    def _refuse(self, *, detail: str) -> BadMessage:
        return BadMessage(Text("errors.bad_message", action=self.name), detail=f"{self.name}: {detail}")


@overload
def action(name: str) -> Callable[[Callable[[Owner], Result]], Callable[[Owner], Result]]: ...
@overload
def action(
    name: str, kind: type[Argument]
) -> Callable[[Callable[[Owner, Argument], Result]], Callable[[Owner, Argument], Result]]: ...
def action(name: str, kind: type | None = None) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Mark a method as an action that the page may call by `name`, with an argument of `kind` or with none."""

    def mark(method: Callable[..., Result]) -> Callable[..., Result]:
        method.__dict__["action"] = (name, kind)
        return method

    return mark


_known: dict[type, dict[str, Action]] = {}


def actions_of(owner: type) -> Mapping[str, Action]:
    """The actions of a class by their names, those that it inherits too."""
    if owner in _known:
        return _known[owner]
    found: dict[str, Action] = {}
    _known[owner] = found
    for base in owner.__mro__:
        for method, value in vars(base).items():
            if marked := getattr(value, "__dict__", {}).get("action"):
                found.setdefault(marked[0], Action(marked[0], method, marked[1]))
    return found
