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


RUSSIAN = "Портовая контора ведёт журнал всех судов, прошедших мимо волнолома."
JAPANESE = "港湾事務所は防波堤を通過したすべての船の台帳をつけている。"
CHINESE = "港口办公室记录每一艘经过防波堤的船只。书记员把数字抄到第二本书里。"
TAIWANESE = "港口辦公室記錄每一艘經過防波堤的船隻。書記員把數字抄到第二本書裡。"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        *((encoding, RUSSIAN) for encoding in ("koi8-r", "cp1251", "cp866", "iso8859-5", "utf-16-le")),
        *((encoding, JAPANESE) for encoding in ("cp932", "euc_jp")),
        *(("gb18030", CHINESE), ("big5", TAIWANESE)),
        ("cp949", "항구 사무소는 방파제를 지나는 모든 배를 기록한다."),
        ("cp1253", "Το λιμεναρχείο κρατά βιβλίο για κάθε πλοίο που πέρασε."),
        ("cp1255", "משרד הנמל מנהל רישום של כל כלי שיט."),
        ("cp1256", "يحتفظ مكتب الميناء بسجل لكل سفينة تمر."),
        ("cp1250", "Biuro portowe prowadzi księgę; książka, źródło, łódź, miała."),
        *(("cp1252", one) for one in ("ÄÖÜ ÀÉÈ ÇÑ", "Müller, 5 m³, ¿qué?, cœur — “ok”", "ÀÁÂÃÄÅ ÈÉÊË ÌÍÎÏ ÒÓÔÕÖ ÙÚÛÜ")),
    ],
)
def test_an_encoding_that_is_not_named_is_guessed(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert reading_of(path).pages[0].text == text


def test_a_bad_byte_does_not_change_the_encoding_of_all_others(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("naïve " * 30).encode() + "é end".encode("cp1252"))
    assert reading_of(path).pages[0].text == "naïve " * 30 + "é end"


def test_form_feeds_end_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.\r\n\x0cTwo.\r\n\x0c\x0cFour.\r\n\x0c")
    assert [(page.number, page.text) for page in reading_of(path).pages] == [
        (1, "One."),
        (2, "Two."),
        (3, ""),
        (4, "Four."),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Old text.\r\nMore.\r\n\x1a", "Old text.\nMore."),
        (b"a bell\x07 in a log of some length\n" * 3, "\n".join(["a bell in a log of some length"] * 3)),
        (b"N\x08NA\x08AM\x08ME\x08E\n  ls", "NAME\n  ls"),
    ],
)
def test_a_few_signs_that_print_nothing_are_left_out(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert reading_of(path).pages[0].text == text
