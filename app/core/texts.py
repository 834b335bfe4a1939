"""What a person reads, as a key and values: no room but `ui` knows the words.

    Text("store.no_space", model="Tiny", size=Size(3_038_117_888))     # en: "{model} needs {size}."
    Text("session.deleted", what=Text("session.chats", count=3))       # a text in a text
    Text("cloud.limits", names=("Groq", "Mistral"))                    # a list: the language joins it

The words are in app/ui/words/, one TOML file a feature and language; a key is "feature.name". Plural forms, numbers,
sizes, durations, dates and lists are written by the table's language, so a value is never formatted where a Text is
made. A plain str is a name, or words of somebody else (a server, a file): it is shown as it is in every language.

What is kept (a reply's notices and its error, why Automatic chose) is kept as the words that were shown. A chat is a
record of what was said at the time, as the replies beside it are: it stays readable in any language and in a version
that no longer has the key, an older version reads it too, and exports and backups need no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import NoReturn, TypeAlias


class Size(int):
    """Bytes: 3.0 GB."""


class Gigabytes(float):
    """Memory as a browser or a person tells it, with as many decimals as it has: 8 GB, 0.5 GB."""


class Seconds(float):
    """A duration: 1 min 15 s."""


class Moment(float):
    """A point in time in seconds since 1970, as its date and time."""


class Day(float):
    """The day of a point in time in seconds since 1970: 3 November 2026."""


class ShortTime(float):
    """The time of a point in time in seconds since 1970, to the minute: 14:05."""


class Weekday(float):
    """The day of the week of a point in time in seconds since 1970, in short: Thu."""


class ShortDay(float):
    """The day of a point in time in seconds since 1970, in short and without its year: 3 Nov."""


class TimeOfDay(float):
    """The time of a point in time in seconds since 1970, to the second: 14:05:09."""


class Percent(int):
    """A whole per cent: 33 %."""

    @classmethod
    def of(cls, part: float, whole: float) -> Percent:
        """Rounded down, so that 100 % is only said when it is true."""
        return cls(100 * part / whole if whole else 0)


class Score(float):
    """Between 0 and 1, with two decimals: 0.64."""


class Change(float):
    """How much is added or taken away, with its sign: +0.41."""


class Dollars(int):
    """Millionths of a dollar: $0.00125."""


class Speed(float):
    """Tokens per second: 12 tok/s."""


class Figure(float):
    """About three digits that count: 0.0123, 1.23, 12.3, 1,234; – where it is not known."""


class Tokens(int):
    """1 token, 2 tokens."""


class Plain(int):
    """A number without marks between thousands: a port, a status code, a year."""


Value: TypeAlias = "str | int | float | Text | Iterable[str | Text]"


class Text:
    """A key and its values. Frozen, hashable, equal to one of the same key and values."""

    __slots__ = ("_hash", "key", "values")

    key: str
    values: tuple[tuple[str, Value], ...]

    def __init__(self, key: str, /, **values: Value) -> None:
        frozen = tuple((name, _frozen(value)) for name, value in sorted(values.items()))
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", frozen)
        object.__setattr__(self, "_hash", hash((key, frozen)))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"A Text is frozen: {name} cannot be set.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return self._hash  # type: ignore[attr-defined, no-any-return]

    def __deepcopy__(self, memo: object) -> Text:
        return self

    def changed(self, change: Callable[[str], str]) -> Text:
        """The same with every plain str in it changed, as a key is taken out of a server's words."""
        return type(self)(self.key, **{name: _changed(value, change) for name, value in self.values})

    def __repr__(self) -> str:
        """For a log, or a box of details."""
        return f"{self.key}({', '.join(f'{name}={value!r}' for name, value in self.values)})"

    def __str__(self) -> NoReturn:
        """A Text in an f-string would show its key to a person: an error, so that a test finds it."""
        raise TypeError(f"{self!r} becomes words in app.ui.words only.")


#: A text; or a name, words of somebody else, words that were kept, which all stay as they are; "" is nothing.
TextOrWords: TypeAlias = Text | str
#: what `app.ui.words` does; composed into what must show or keep words
Words: TypeAlias = Callable[[TextOrWords], str]


def in_a_row(*sentences: TextOrWords) -> TextOrWords:
    """Whole sentences one after the other, as what happened and what to do; "" where there is none."""
    return _after_another(lambda before, then: Text("language.row", before=before, then=then), sentences)


def with_commas(*parts: TextOrWords) -> TextOrWords:
    """Parts side by side, which are no list that ends in "and"; "" where there is none."""
    return _after_another(lambda before, then: Text("language.commas", before=before, then=then), parts)


def with_semicolons(*parts: TextOrWords) -> TextOrWords:
    """Longer parts side by side; "" where there is none."""
    return _after_another(lambda before, then: Text("language.semicolons", before=before, then=then), parts)


def _after_another(
    join: Callable[[TextOrWords, TextOrWords], TextOrWords], parts: Iterable[TextOrWords]
) -> TextOrWords:
    told = [part for part in parts if part]
    return reduce(join, told) if told else ""


def of(name: str, message: TextOrWords) -> Text:
    """What happened to one of several: "Tiny: The download was interrupted."."""
    return Text("errors.of", name=name, message=message)


def as_words(record: Mapping[str, object], words: Words) -> dict[str, object]:
    """A record with each Text in it as words, ready to be kept."""
    return {name: _in_words(value, words) for name, value in record.items()}


def _in_words(value: object, words: Words) -> object:
    if isinstance(value, Text):
        return words(value)
    if isinstance(value, Mapping):
        return as_words(value, words)
    return [_in_words(item, words) for item in value] if isinstance(value, (list, tuple)) else value


def _frozen(value: Value) -> Value:
    return value if isinstance(value, (str, int, float, Text)) else tuple(value)


def _changed(value: Value, change: Callable[[str], str]) -> Value:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Text):
        return value.changed(change)
    if isinstance(value, (int, float)):
        return value
    return tuple(change(item) if isinstance(item, str) else item.changed(change) for item in value)
