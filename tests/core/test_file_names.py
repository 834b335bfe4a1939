"""Names of saved files: what every system takes (fault U14: `…formulas..md`)."""

from __future__ import annotations

import pytest

from app.core.file_names import LONGEST, MOST_BYTES, download_name


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
