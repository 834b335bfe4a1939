"""Values from records: each field is checked for its type, its range and its meaning before anything uses it.

    @dataclass(frozen=True)
    class Pull:
        name: str                                   # needed: without it the record is Damaged
        done: int = 0                               # 0 to 2**53
        share: Share = 0.3                          # Annotated[float, within(0, 1)]
        is_private: Strictly[bool] = False          # what cannot be read counts as True

    decode(Pull, {"name": "a", "done": -1}, lost)   # Pull("a"), and lost == ["done"]

A record may come from a file, from another version, or from a disk that has forgotten half of it. A field that is not
what it should be has its default and is named in `lost`; fields that a dataclass does not know are passed over, because
a later version may have written them.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Annotated, Literal, TypeVar, Union, get_args, get_origin
from urllib.parse import urlsplit

from app.core.reading import is_plain
from app.core.texts import Text

T = TypeVar("T")
#: value, where it stands, what was lost -> the value as the field has it
Read = Callable[[object, str, list[str]], object]

MOST = 2**53  # the largest number that counts exactly everywhere, in JavaScript too
LAST_DAY = 253_370_764_800  # in the year 9999, after which no calendar of Python's goes


class Damaged(ValueError):
    """A record, or a needed part of it, is not what it should be. The message names the field."""


def within(low: float, high: float) -> Callable[[float], bool]:
    """A range for `Annotated`; it stands in place of the usual one, 0 to `MOST`."""

    def is_within(value: float) -> bool:
        return bool(low <= value <= high)

    is_within.__dict__["is_range"] = True
    return is_within


#: seconds since 1970
When = Annotated[float, within(0, LAST_DAY)]
#: a part of a whole
Share = Annotated[float, within(0, 1)]


def is_address(text: object) -> bool:
    """Whether a text can be taken for a web address, whole or relative: its parts can be told apart."""
    try:
        return isinstance(text, str) and urlsplit(text).port != 0 and text.isprintable()
    except ValueError:
        return False


#: where something is on the web
Address = Annotated[str, is_address]


class Strict:
    """Marks a switch that counts as on where it cannot be read: what somebody may have wanted private stays so."""


Strictly = Annotated[T, Strict]


class ByPlace:
    """Marks a list whose items count by their places: where one cannot be read, none can. Of every other list the good
    items are read, and the others are named in `lost`."""


InPlace = Annotated[T, ByPlace]


def decode(kind: type[T], record: object, lost: list[str] | None = None, at: str = "") -> T:
    """A dataclass from a record. `lost` takes the names of fields that could not be read and have their defaults.
    Raises Damaged where a needed field is missing or wrong, or the record is no object."""
    if not isinstance(record, Mapping):
        raise Damaged(f"{at or 'the record'} is no object")
    lost = [] if lost is None else lost
    found: dict[str, object] = {}
    for name, read, is_needed, otherwise in _fields_of(typing.cast(type, kind)):
        if name not in record:
            if is_needed:
                raise Damaged(f"{at}{name} is missing")
            continue
        try:
            found[name] = read(record[name], f"{at}{name}", lost)
        except (Damaged, RecursionError) as error:
            if is_needed:
                raise Damaged(str(error)) from error
            lost.append(f"{at}{name}")
            if otherwise is not None:
                found[name] = otherwise
    return kind(**found)


def decode_as(kind: type[T], value: object, lost: list[str] | None = None, at: str = "") -> T:
    """The same of anything that a field may hold: a text, a switch, a list. Raises Damaged."""
    return typing.cast(T, _reader(typing.cast(typing.Any, kind))(value, at or "value", [] if lost is None else lost))


def decode_each(kind: type[T], records: object, lost: list[str] | None = None, at: str = "") -> tuple[T, ...]:
    """Dataclasses from a list of records; those that are damaged are left out and named in `lost`."""
    return each(records, lambda one, where, mine: decode(kind, one, mine, f"{where}."), lost, at)


def each(
    records: object, read: Callable[[object, str, list[str]], T], lost: list[str] | None = None, at: str = ""
) -> tuple[T, ...]:
    """What `read` makes of each item of a list; items for which it raises Damaged are left out and named in `lost`."""
    lost = [] if lost is None else lost
    if not isinstance(records, (list, tuple)):
        lost.append(at or "list")
        return ()
    found = []
    for place, one in enumerate(records):
        try:
            found.append(read(one, f"{at}[{place}]", lost))
        except (Damaged, RecursionError):
            lost.append(f"{at}[{place}]")
    return tuple(found)


def is_number(value: object, high: float = MOST) -> typing.TypeGuard[float]:
    """Whether a value is a number of JSON from 0 on, and no switch."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= high


@lru_cache(maxsize=256)
def _fields_of(kind: type) -> tuple[tuple[str, Read, bool, object], ...]:
    """(name, how it is read, whether it is needed, what it is where it cannot be read) of each field."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(
        (
            field.name,
            _reader(hints[field.name]),
            field.default is MISSING and field.default_factory is MISSING,
            True if Strict in getattr(hints[field.name], "__metadata__", ()) else None,
        )
        for field in fields(kind)
    )


@lru_cache(maxsize=512)
def _reader(hint: object) -> Read:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _checked(args[0], args[1:])
    if origin in (Union, types.UnionType):
        return _either([_reader(one) for one in args])
    if origin is Literal:
        return _one_of(args)
    if origin is tuple:
        return _list(_reader(args[0])) if args[1:] == (...,) else _row([_reader(one) for one in args])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(_reader(args[1]))
    if isinstance(hint, typing.NewType):
        return _reader(hint.__supertype__)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _member(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value, at, lost: value if isinstance(value, hint) else decode(hint, value, lost, f"{at}.")
    if hint is Text:
        return _keyed
    return _SIMPLE.get(hint, _any)


def _checked(hint: object, checks: tuple[object, ...]) -> Read:
    tests = [check for check in checks if check not in (Strict, ByPlace) and callable(check)]
    has_range = any(getattr(check, "is_range", False) for check in tests)
    read = _SIGNED.get(hint, _reader(hint)) if has_range else _reader(hint)
    if ByPlace in checks:
        read = _list_in_place(_reader(get_args(hint)[0]))

    def checked(value: object, at: str, lost: list[str]) -> object:
        made = read(value, at, lost)
        if not all(test(made) for test in tests):
            raise Damaged(f"{at} is out of range")
        return made

    return checked


def _either(readers: list[Read]) -> Read:
    def either(value: object, at: str, lost: list[str]) -> object:
        for read in readers[:-1]:
            try:
                return read(value, at, lost)
            except Damaged:
                continue
        return readers[-1](value, at, lost)

    return either


def _keyed(value: object, at: str, _: list[str]) -> Text:
    """What is kept are words; a Text is in what was not kept yet."""
    if not isinstance(value, Text):
        raise Damaged(f"{at} is no text with a key")
    return value


def _one_of(choices: tuple[object, ...]) -> Read:
    def one_of(value: object, at: str, _: list[str]) -> object:
        if not isinstance(value, str) or value not in choices:
            raise Damaged(f"{at} is none of {', '.join(map(str, choices))}")
        return value

    return one_of


def _member(kind: type[Enum]) -> Read:
    def member(value: object, at: str, _: list[str]) -> object:
        try:
            return kind(value)
        except (ValueError, TypeError) as error:
            raise Damaged(f"{at} is none of {kind.__name__}") from error

    return member


def _list(read: Read) -> Read:
    def items(value: object, at: str, lost: list[str]) -> tuple[object, ...]:
        if not isinstance(value, (list, tuple)):
            raise Damaged(f"{at} is no list")
        return each(value, read, lost, at)

    return items


def _list_in_place(read: Read) -> Read:
    def items(value: object, at: str, lost: list[str]) -> tuple[object, ...]:
        if not isinstance(value, (list, tuple)):
            raise Damaged(f"{at} is no list")
        return tuple([read(one, at, lost) for one in value])

    return items


def _row(readers: list[Read]) -> Read:
    def row(value: object, at: str, lost: list[str]) -> tuple[object, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != len(readers):
            raise Damaged(f"{at} is no row of {len(readers)}")
        return tuple([read(one, at, lost) for read, one in zip(readers, value, strict=True)])

    return row


def _mapping(read: Read) -> Read:
    def mapping(value: object, at: str, lost: list[str]) -> dict[str, object]:
        if not isinstance(value, Mapping):
            raise Damaged(f"{at} is no object")
        found = {}
        for name, one in value.items():
            try:
                found[str(name)] = read(one, f"{at}.{name}", lost)
            except Damaged:  # costs that one only
                lost.append(f"{at}.{name}")
        return found

    return mapping


def _any(value: object, at: str, _: list[str]) -> object:
    if not is_plain(value):
        raise Damaged(f"{at} is no plain data")
    return value


def _text(value: object, at: str, _: list[str]) -> str:
    if not isinstance(value, str):
        raise Damaged(f"{at} is no text")
    return value


def _switch(value: object, at: str, _: list[str]) -> bool:
    if not isinstance(value, bool):
        raise Damaged(f"{at} is neither true nor false")
    return value


def _none(value: object, at: str, _: list[str]) -> None:
    if value is not None:
        raise Damaged(f"{at} is not null")


def _number(low: float, kind: type) -> Read:
    def number(value: object, at: str, _: list[str]) -> object:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= MOST:
            raise Damaged(f"{at} is no number from {low:g} to {MOST:g}")
        if kind is int and value != int(value):
            raise Damaged(f"{at} is no whole number")
        return kind(value)

    return number


_SIMPLE: dict[object, Read] = {
    str: _text,
    bool: _switch,
    int: _number(0, int),
    float: _number(0, float),
    type(None): _none,
}
_SIGNED: dict[object, Read] = {int: _number(-MOST, int), float: _number(-MOST, float)}
