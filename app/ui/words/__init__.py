"""Texts become words here and nowhere else, by the tables of one language.

    use("en", read)                             # once, at the start: read("en/store") gives a feature's table
    words(Text("store.no_space", size=Size(3)))
    words(Size(3))                              # a value that stands by itself
    t("chat.send")                              # what a view says itself
    rich("setup.read_more", link=h("a", …))     # a sentence with elements in it

A table is read when its first text is shown. An entry is a sentence with {names} of values, or a table with its plural
forms, chosen by the value that `by` names:

    stored = "{model} needs {size}."
    models = { by = "count", one = "{count} model", other = "{count} models" }
"""

from __future__ import annotations

from app.core.html import Html
from app.core.texts import Value
from app.ui.words.language import Language, Read

_language: list[Language] = []


def use(name: str, read: Read) -> None:
    """Speak a language from now on; `read` gives the table of a feature by "name/feature"."""
    _language[:] = [Language(name, read)]


def words(value: Value) -> str:
    """A text in words, or a value by itself: `words(Size(3))` is "3 bytes"."""
    return value if isinstance(value, str) else _language[0].written(value)


def t(key: str, /, **values: Value) -> str:
    """The words of a key."""
    return _language[0].filled(key, values)


def rich(key: str, /, **values: Value | Html) -> Html:
    """The words of a key as HTML: values that are `Html` stand in it as they are, everything else is escaped."""
    return _language[0].rich(key, values)
