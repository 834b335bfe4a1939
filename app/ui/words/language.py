"""One language: its tables, its plural forms, and how it writes numbers, sizes, durations and lists.

The marks and units are texts of its own table, en/language.toml. What a table cannot say, as the plural rule of Polish,
is a row of PLURALS: from a number to the name of its form, by the names of https://cldr.unicode.org (one, few, other).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from html import escape
from math import isfinite
from typing import TypeAlias

from app.core.html import Html
from app.core.texts import (
    Change,
    Day,
    Dollars,
    Figure,
    Gigabytes,
    Moment,
    Percent,
    Plain,
    Score,
    Seconds,
    ShortDay,
    ShortTime,
    Size,
    Speed,
    Text,
    TimeOfDay,
    Tokens,
    Value,
    Weekday,
)

Forms: TypeAlias = Mapping[str, str]  # of each plural form its words, and `by` which value
Table: TypeAlias = Mapping[str, str | Forms]  # of an entry's name its words, or its forms
Read = Callable[[str], Table]

PLACE = re.compile(r"\{(\w+)\}")


def one_or_other(number: float) -> str:
    """The plural form of most languages of western Europe."""
    return "one" if number == 1 else "other"


PLURALS: Mapping[str, Callable[[float], str]] = {"de": one_or_other, "en": one_or_other}


def plural_of(name: str) -> Callable[[float], str]:
    """The rule of a language; English's where it has none of its own."""
    return PLURALS.get(name, one_or_other)


def no_table(name: str) -> Table:
    """Where there are no tables. Raises FileNotFoundError."""
    raise FileNotFoundError(name)


class Language:
    """`read` gives the table of a feature; each is read once. What a table lacks is said by `instead`."""

    def __init__(self, name: str, read: Read, instead: Language | None = None) -> None:
        self.name, self._read, self._instead = name, read, instead
        self._tables: dict[str, Table] = {}

    def words(self, text: Text) -> str:
        """A text in words of this language. Raises KeyError where no table has it."""
        return self.filled(text.key, dict(text.values))

    def filled(self, key: str, values: Mapping[str, Value]) -> str:
        """The words of a key with its values. Raises KeyError where no table has it."""
        sentence = self._sentence(key, values)
        return PLACE.sub(lambda found: self.written(values[found[1]]), sentence) if values else sentence

    def rich(self, key: str, values: Mapping[str, Value | Html]) -> Html:
        """The same as HTML, with elements in it."""

        def filled(found: re.Match[str]) -> str:
            value = values[found[1]]
            return value if isinstance(value, Html) else escape(self.written(value))

        return Html(PLACE.sub(filled, escape(self._sentence(key, values))))

    def _sentence(self, key: str, values: Mapping[str, object]) -> str:
        feature, _, name = key.partition(".")
        table = self._table(feature)
        if self._instead and name not in table:
            return self._instead._sentence(key, values)
        entry = table[name]
        if isinstance(entry, str):
            return entry
        count = values[entry["by"]]
        if not isinstance(count, (int, float)):
            raise TypeError(f"{key} has forms by a number, not by {count!r}")
        return entry[plural_of(self.name)(count)]

    def _table(self, feature: str) -> Table:
        if feature not in self._tables:
            try:
                self._tables[feature] = self._read(f"{self.name}/{feature}")
            except OSError:
                if self._instead is None:
                    raise
                self._tables[feature] = {}
        return self._tables[feature]

    def written(self, value: Value) -> str:
        """A value as this language writes it."""
        if isinstance(value, str):
            return value
        if isinstance(value, Text):
            return self.words(value)
        if isinstance(value, (int, float)):
            return self._number(value)
        return self._list(value)

    def _number(self, value: float) -> str:
        if write := _KINDS.get(type(value)):
            return write(self, value)
        return self.digits(value, None if isinstance(value, float) else 0)

    def digits(self, value: float, decimals: int | None = 0) -> str:
        """A number with this language's marks; with as many decimals as it has where they are not told."""
        text = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,}"
        if (decimal := self._mark("decimal")) == "." and self._mark("group") == ",":
            return text
        return text.replace(",", "\0").replace(".", decimal).replace("\0", self._mark("group"))

    def _mark(self, name: str) -> str:
        return self._sentence(f"language.{name}", {})

    def unit(self, name: str, **values: Value) -> str:
        """A number with its unit."""
        return self.words(Text(f"language.{name}", **values))

    def _list(self, values: Iterable[str | Text]) -> str:
        parts = [self.written(value) for value in values]
        if len(parts) < 2:
            return "".join(parts)
        return self.unit("and", first=self._mark("comma").join(parts[:-1]), last=parts[-1])


def _size(language: Language, value: float) -> str:
    """Bytes in decimal units, as shops and disks print them."""
    if round(value) == 1:
        return language.unit("byte")
    for unit in ("bytes", "kilobytes", "megabytes"):
        if value < 999.5:
            return language.unit(unit, n=language.digits(value))
        value /= 1000
    return language.unit("gigabytes", n=language.digits(value, 1))


def _memory(language: Language, value: float) -> str:
    """Gigabytes, with six digits that count at most."""
    told = float(f"{value:g}")
    return language.unit("gigabytes", n=language.digits(int(told) if told.is_integer() else told, None))


def _figure(language: Language, value: float) -> str:
    """About three digits, and never in powers of ten for what people measure."""
    if not isfinite(value):
        return "–"
    size = abs(value)
    if size >= 9.995:
        return language.digits(value, 0 if size >= 99.95 else 1)
    return language.digits(value, 2) if size >= 0.995 or not size else language.digits(float(f"{value:.3g}"), None)


def _duration(language: Language, value: float) -> str:
    """Seconds, then minutes, then hours."""
    if value < 9.95:
        return language.unit("seconds", n=language.digits(value, 1))
    whole = round(value)
    if whole < 60:
        return language.unit("seconds", n=language.digits(whole))
    if whole < 3600:
        return language.unit("minutes", minutes=whole // 60, seconds=whole % 60)
    return language.unit("hours", hours=whole // 3600, minutes=whole % 3600 // 60)


def _dollars(language: Language, value: float) -> str:
    """Whole cents from a dollar on, below that as exact as they are."""
    amount = abs(int(value))
    if amount >= 1_000_000:
        digits = language.digits((amount + 5000) // 10_000 / 100, 2)
    else:
        decimals = max(2, len(f"{amount:06}".rstrip("0")))
        digits = language.digits(amount / 1_000_000, decimals)
    return ("−" if value < 0 else "") + language.unit("dollars", n=digits)


def _speed(language: Language, value: float) -> str:
    """With a decimal only where it says something."""
    return language.unit("speed", n=language.digits(value, 0 if value >= 9.5 else 1))


def _day(language: Language, value: float) -> str:
    """A day of this place."""
    when = time.localtime(value)
    months = language.unit("months").split()
    return language.unit("day", day=when.tm_mday, month=months[when.tm_mon - 1], year=Plain(when.tm_year))


def _weekday(language: Language, value: float) -> str:
    return language.unit("weekdays").split()[time.localtime(value).tm_wday]


def _short_day(language: Language, value: float) -> str:
    when = time.localtime(value)
    months = language.unit("short_months").split()
    return language.unit("short_day", day=when.tm_mday, month=months[when.tm_mon - 1])


def _change(language: Language, value: float) -> str:
    """With a minus as long as the plus."""
    return ("−" if value < 0 else "+") + language.digits(abs(value), 2)


def _moment(language: Language, value: float) -> str:
    """A day and a time of this place."""
    when = time.localtime(value)
    return language.unit("moment", day=_day(language, value), time=f"{when.tm_hour:02}:{when.tm_min:02}")


_KINDS: Mapping[type, Callable[[Language, float], str]] = {
    Size: _size,
    Gigabytes: _memory,
    Figure: _figure,
    Seconds: _duration,
    Score: lambda language, value: language.digits(value, 2),
    Change: _change,
    Dollars: _dollars,
    Speed: _speed,
    Day: _day,
    TimeOfDay: lambda language, value: time.strftime("%H:%M:%S", time.localtime(value)),
    ShortTime: lambda language, value: time.strftime("%H:%M", time.localtime(value)),
    Weekday: _weekday,
    ShortDay: _short_day,
    Moment: _moment,
    Percent: lambda language, value: language.unit("percent", n=language.digits(value)),
    Tokens: lambda language, value: language.unit("tokens", n=int(value)),
    Plain: lambda language, value: str(int(value)),
}
