"""Text in any encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.truth import reading_of, truth

WORDS = "Relatório — «três»"


@pytest.mark.parametrize(
    ("name", "encoding"), [("relatorio-cp1252.txt", "cp1252"), ("relatorio-utf16le-bom.txt", "utf-16")]
)
def test_the_words_are_those_of_the_truth(tmp_path: Path, name: str, encoding: str) -> None:
    wanted = truth(name).pages[0]
    path = tmp_path / name
    path.write_bytes(wanted.replace("\n", "\r\n").encode(encoding))
    reading = reading_of(path)
    assert [page.text for page in reading.pages] == [wanted]
    assert reading.headings == ()


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("cp1252", b""),
    ],
)
def test_each_encoding_is_found_out(tmp_path: Path, encoding: str, mark: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + f"{WORDS}\r\nend".encode(encoding))
    assert reading_of(path).pages[0].text == f"{WORDS}\nend"


def test_code_keeps_its_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("def a():\n\treturn  1\n")
    assert reading_of(path).pages[0].text == "def a():\n\treturn  1"
