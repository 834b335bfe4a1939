"""Names of saved files: what every system takes (fault U14: `…formulas..md`)."""

from __future__ import annotations

import pytest

from app.core.file_names import LONGEST, MOST_BYTES, download_name, plain_name


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("Explain photosynthesis with formulas.", "Explain photosynthesis with formulas.md"),
        ("Explain photosynthesis with formulas...", "Explain photosynthesis with formulas.md"),
        ("Explain photosynthesis with…", "Explain photosynthesis with.md"),
        ("Wait... what?", "Wait… what.md"),
        ("a/b\\c: <d> | e*?", "a b c d e.md"),
        ("two\nlines\tand  blanks", "two lines and blanks.md"),
        (".hidden", "hidden.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ("CON", "CON_.md"),
        ("nul.txt", "nul.txt_.md"),
        ("Console", "Console.md"),
        ("\u202egnp.exe", "gnp.exe.md"),
        ("", "DrLeeLM.md"),
        ("???", "DrLeeLM.md"),
        ("重要なこと", "重要なこと.md"),
        ("U\u0308bung", "Übung.md"),
        ("\ud800broken", "broken.md"),
    ],
)
def test_a_name_is_one_that_every_system_takes(name: str, tidy: str) -> None:
    assert download_name(name, "md") == tidy


def test_a_long_name_is_cut_between_words_and_within_the_bytes_of_a_file_system() -> None:
    cut = download_name("word " * 60, "html")
    assert len(cut) <= LONGEST + 5
    assert cut.endswith("word.html")
    assert len(download_name("字" * 300, "md").encode()) <= MOST_BYTES + 3


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a/b/numbers.csv", "numbers.csv"),
        ("data.tar.gz", "data.tar.gz"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\u202e\x00b.csv", "ab.csv"),
        ('<img src=x onerror="1">.svg', "img src=x onerror= 1.svg"),
        ("Makefile", "Makefile"),
        (".env", "env"),
        ("a.\u202etxt", "a.txt"),
        ("con.txt", "con_.txt"),
        ("..", "DrLeeLM"),
        ("\udcff.txt", "DrLeeLM.txt"),
    ],
)
def test_a_file_that_somebody_else_has_named_keeps_its_ending(name: str, plain: str) -> None:
    assert plain_name(name) == plain
