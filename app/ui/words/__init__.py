"""Texts become words here and nowhere else, by the tables of one language.

    use("de", read)                             # once, at the start: read("de/store") gives a feature's table
    speak("en", "de")                           # later: the first that there is, and everything is painted anew
    languages()                                 # {"de": "Deutsch", "en": "English"}: one for each folder here
    words(Text("store.no_space", size=Size(3)))
    words(Size(3))                              # a value that stands by itself
    t("chat.send")                              # what a view says itself
    rich("setup.read_more", link=h("a", …))     # a sentence with elements in it

A table is read when its first text is shown. An entry is a sentence with {names} of values, or a table with its plural
forms, chosen by the value that `by` names:

    stored = "{model} needs {size}."
    models = { by = "count", one = "{count} model", other = "{count} models" }

A new language is one folder: copy en/ to its code (fr, pt-BR) and translate. Its own name, its direction and how it
writes numbers are in its language.toml; a plural rule other than English's is a row of PLURALS (language.py). What a
folder lacks is shown in English. Words are read as a signal, so an effect paints its words anew in another language.
"""

from __future__ import annotations

from app.core.html import Html
from app.core.signals import Signal
from app.core.texts import Value
from app.ui.words.language import Language, Read, no_table

ENGLISH = "en"
tables: list[Read] = [no_table]
current = Signal(Language(ENGLISH, no_table))


def use(name: str, read: Read) -> None:
    """Speak a language from now on; `read` gives the table of a feature by "name/feature", and by "languages" the name
    and direction of each language by its code."""
    tables[:] = [read]
    _set(name)


def languages() -> dict[str, str]:
    """What each language calls itself, by its code."""
    return {
        code: str(about["name"]) for code, about in sorted(tables[0]("languages").items()) if not isinstance(about, str)
    }


def speak(*wanted: str) -> None:
    """Speak the first of these languages that there is; English where there is none of them."""
    known = languages()
    name = next((name for name in wanted if name in known), ENGLISH)
    if name != current().name:
        _set(name)


def language() -> str:
    """The code of the language that is spoken."""
    return current().name


def direction() -> str:
    """ "ltr" or "rtl": where its lines begin."""
    return t("language.direction")


def _set(name: str) -> None:
    english = Language(ENGLISH, tables[0])
    current.set(english if name == ENGLISH else Language(name, tables[0], english))


def words(value: Value) -> str:
    """A text in words, or a value by itself: `words(Size(3))` is "3 bytes"."""
    return value if isinstance(value, str) else current().written(value)


def t(key: str, /, **values: Value) -> str:
    """The words of a key."""
    return current().filled(key, values)


def rich(key: str, /, **values: Value | Html) -> Html:
    """The words of a key as HTML: values that are `Html` stand in it as they are, everything else is escaped."""
    return current().rich(key, values)
