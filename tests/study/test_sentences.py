"""Sentences for a voice: where they end, and how long ones are parted."""

from __future__ import annotations

import pytest

from app.study.sentences import MOST, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paris. It is old! Is it?", ["Paris.", "It is old!", "Is it?"]),
        ("Dr. Lee wrote 3.5 pages, e.g. one. Why?", ["Dr. Lee wrote 3.5 pages, e.g. one.", "Why?"]),
        ("Am 3. Oktober, z. B. in Bonn. Ende", ["Am 3. Oktober, z. B. in Bonn.", "Ende"]),
        ("He said “Stop!” and left. So…", ["He said “Stop!”", "and left.", "So…"]),
        ("空は青い。なぜ？", ["空は青い。", "なぜ？"]),
        ("One\nTwo", ["One", "Two"]),
        ("See app.py. Then run.", ["See app.py.", "Then run."]),
        (" ... \n- \n", []),
        ("", []),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_long_sentence_is_parted_at_a_comma_and_keeps_every_word() -> None:
    long = "first clause, " * 20 + "end."
    parts = sentences(long)
    assert all(len(part) <= MOST for part in parts)
    assert " ".join(parts) == long
    assert all(part.endswith(",") for part in parts[:-1])
    assert "".join(sentences("x" * 400)) == "x" * 400
    assert max(map(len, sentences("空" * 200))) <= MOST // 3


def test_more_text_changes_none_but_the_last() -> None:
    whole = "It rains, and it pours, " * 12 + "at last. Then 2. Mai came. Dr. Who? Yes.\nA list"
    for at in range(len(whole)):
        before = sentences(whole[:at])[:-1]
        assert sentences(whole)[: len(before)] == before, whole[:at]
