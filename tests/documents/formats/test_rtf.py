"""Rich text: words in any code page, headings by style, what is no text left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.documents import Heading, Reading, UnreadableDocument
from app.documents.files import File, finish
from app.documents.reading import read

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Calibri;}{\f1\fcharset204 Arial;}}"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s7 heading 2;}}"


def reading_of(folder: Path, text: str) -> Reading:
    path = folder / "a.rtf"
    path.write_bytes(text.encode("latin-1"))
    return finish(read(File(path), "a.rtf"))


def text_of(folder: Path, text: str) -> str:
    return reading_of(folder, HEAD + text + "}").pages[0].text


def test_paragraphs_headings_and_the_title(tmp_path: Path) -> None:
    info = r"{\info{\title Tides \u8211? a course}{\author Nobody}}"
    body = r"\pard\s1 The estuary\par\pard\s7 Flood\par\pard It fills {\b twice} a day.\line And ebbs.\par"
    found = reading_of(tmp_path, HEAD + STYLES + info + body + "}")
    assert (found.kind, found.title) == ("rtf", "Tides – a course")
    assert found.pages[0].text == "The estuary\nFlood\nIt fills twice a day.\nAnd ebbs."
    assert found.headings == (Heading(1, "The estuary", 1, 0), Heading(2, "Flood", 1, 12))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (r"caf\'e9 \u8364?5 na\u239\'efve", "café €5 naïve"),
        (r"{\f1 \'cc\'e8\'f0}", "Мир"),
        (r"\u-10179?\u-8704? {\uc2 \u960 ab}c", "😀 πc"),
        (r"\ldblquote a\rdblquote \emdash \{b\}\~c", "“a”—{b} c"),
        ("caf\xe9", "café"),
        (r"one{\*\bkmkstart x}{\pict 89504e47} two{\v hidden}", "one two"),
        (r"{\field{\*\fldinst HYPERLINK}{\fldrslt a link}}", "a link"),
        (r"\trowd a\cell b\cell\row c\par", "a b\nc"),
        ("{\\pict\\bin5 }{}}a} after", "after"),
    ],
)
def test_words(tmp_path: Path, written: str, read_as: str) -> None:
    assert text_of(tmp_path, written) == read_as


def test_odd_files_end_in_words_or_in_what_was_read(tmp_path: Path) -> None:
    assert reading_of(tmp_path, r"{\rtf1 cut in the {\b mid").pages[0].text == "cut in the mid"
    assert reading_of(tmp_path, r"{\rtf1 a}}}} b").pages[0].text == "a b"
    assert not reading_of(tmp_path, r"{\rtf1 {\pict 00}}").has_text
    with pytest.raises(UnreadableDocument):
        reading_of(tmp_path, r"{\rtf1 " + "{" * 5000)
