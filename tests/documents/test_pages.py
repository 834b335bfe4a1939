"""Blocks become pages with headings at their places, within limits."""

from __future__ import annotations

import pytest

from app.core.documents import Heading, Note, PageText
from app.documents import pages as limits
from app.documents.pages import Full, Pages, in_line, plain, tongue


def test_blocks_headings_and_pages_stand_where_they_were_added() -> None:
    pages = Pages()
    pages.add("First.")
    pages.heading(2, "A \n heading")
    pages.turn()
    pages.label("iv")
    pages.heading(9, "Deep")
    pages.add("   ")
    reading = pages.reading("docx", " The  title ", "pt-PT")
    assert reading.pages == (PageText(1, "First.\nA \n heading"), PageText(2, "Deep", "iv"))
    assert reading.headings == (Heading(2, "A heading", 1, 7), Heading(6, "Deep", 2, 0))
    assert (reading.title, reading.language, reading.has_text, reading.notes) == ("The title", "pt", True, ())


def test_a_document_without_words_says_so() -> None:
    reading = Pages().reading("odt")
    assert (reading.has_text, reading.notes, reading.pages) == (False, (Note("empty"),), (PageText(1, ""),))


def test_what_is_longer_than_is_read_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 2)
    pages = Pages()
    pages.add("one")
    pages.turn()
    pages.add("two")
    with pytest.raises(Full):
        pages.turn()
    pages.cut()
    reading = pages.reading("docx")
    assert [page.text for page in reading.pages] == ["one", "two"]
    assert reading.notes == (Note("cut", 2),)
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 5)
    with pytest.raises(Full):
        Pages().add("longer")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("o\ufb03ce", "office"), ("soft\u00adhyphen", "softhyphen"), ("cafe\u0301", "café"), ("x² ≤ 3½", "x² ≤ 3½")],
)
def test_only_what_setting_needs_is_changed(given: str, kept: str) -> None:
    assert plain(given) == kept


def test_blanks_run_together() -> None:
    assert in_line("\n a\u00a0 b \t\n\n c\u200b \n") == "a b\n\nc"


@pytest.mark.parametrize(
    ("given", "kept"), [("de", "de"), ("en-GB", "en"), ("und", ""), ("", ""), ("english", ""), ("DE_at", "de")]
)
def test_a_language_is_told_by_its_first_part(given: str, kept: str) -> None:
    assert tongue(given) == kept
