"""What stands in the documents of tests/fixtures/documents, written by hand when they were made.

    for page, wanted in zip(reading.pages, truth("tides-pandoc.docx").pages, strict=True):
        assert same(page.text) == same(wanted)

Texts are compared after NFKC, without soft hyphens, with every blank a space.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from app.core.documents import Reading
from app.documents.files import File, finish
from app.documents.reading import read
from tests.environment import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "documents"


def same(text: str) -> str:
    """A text as it is compared."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u2010", "-").replace("\u2011", "-")
    return " ".join(plain.split())


@dataclass(frozen=True)
class Truth:
    """Of one document."""

    pages: tuple[str, ...] = ()
    headings: tuple[tuple[int, str, int], ...] = ()  # level, text, page
    about: dict[str, object] = field(default_factory=dict)


@functools.cache
def truth(name: str) -> Truth:
    """What stands in a document."""
    about = next(one for one in json.loads((FOLDER / "truth.json").read_text("utf-8"))["docs"] if one["file"] == name)
    pages = tuple(page["text"] for page in about.get("pages") or ())
    headings = tuple((one["level"], one["text"], one.get("page", 0)) for one in about.get("headings") or ())
    return Truth(pages, headings, about)


def reading_of(file: Path | str, name: str = "") -> Reading:
    """What is read in a document of the folder, or in a file."""
    path = FOLDER / file
    return finish(read(File(path), name or path.name))


def headings_of(reading: Reading) -> list[tuple[int, str, int]]:
    """Level, text and page of each heading, whose place was looked at."""
    for one in reading.headings:
        text = reading.pages[one.page - 1].text[one.start :]
        assert same(text).startswith(same(one.text)), (one, text[:80])
    return [(one.level, one.text, one.page) for one in reading.headings]


def assert_true(name: str, reading: Reading) -> None:
    """The pages hold the text that they should, and behind it nothing but footnotes, notes and formulas."""
    wanted = truth(name)
    about = wanted.about.get("pages")
    assert isinstance(about, list)
    for page, text, more in zip(reading.pages, wanted.pages, about, strict=True):
        found = same(page.text)
        for line in text.split("\n"):
            assert same(line) in found, line
        behind = [*more.get("footnotes", ()), more.get("notes", "")]
        for one in behind:
            assert same(one) in found, one
        rest = len(found) - len(same(text)) - sum(len(same(one)) + 1 for one in behind if one)
        formulas = more.get("equations_latex") or more.get("equations") or ()
        assert rest <= sum(len(one) + 1 for one in formulas), found
        for one in formulas:
            assert one.replace(" ", "") in found.replace(" ", "")
    assert tuple(headings_of(reading)) == wanted.headings
    every = " ".join(page.text for page in reading.pages)
    assert not [one for one in _texts(wanted, "must_not_contain") + _texts(wanted, "header_footer") if one in every]
    assert [every.count(one) for one in _texts(wanted, "once_only")] == [1] * len(_texts(wanted, "once_only"))


def _texts(wanted: Truth, name: str) -> list[str]:
    found = wanted.about.get(name, [])
    return [str(one) for one in found] if isinstance(found, list) else []
