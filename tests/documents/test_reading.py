"""What a file is decides its content, and what cannot be read says so in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.documents import UnreadableDocument
from tests.documents.truth import reading_of
from tests.words import raises

PAGE = "<!doctype html><title>T</title><p>Tides"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("notes.txt", "# Not a heading", "text"),
        ("notes.md", "# A heading", "markdown"),
        ("tides.py", "print('tides')", "text"),
        ("notes.txt", PAGE, "html"),
        ("page", "\ufeff <!-- saved -->\n<html><body>Tides", "html"),
        ("page.htm", "<p>Tides", "html"),
    ],
)
def test_content_goes_before_the_name(tmp_path: Path, name: str, content: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert reading_of(path).kind == kind


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "kind of file"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kind of file"),
        ("a.txt", b"\x00\x01\x02\x03 not text", "kind of file"),
    ],
)
def test_what_is_no_document_says_so(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with raises(UnreadableDocument, words):
        reading_of(path)
