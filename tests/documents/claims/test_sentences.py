"""A reply as sentences."""

from __future__ import annotations

import pytest

from app.documents.claims.sentences import cut


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("It is green [1]. Really? [2, 3]", [("It is green.", (1,)), ("Really?", (2, 3))]),
        ("It is green. [1] It is old. [2]", [("It is green.", (1,)), ("It is old.", (2,))]),
        ("See Fig. 3 of Dr. Who, e.g. here [1]. Yes.", [("See Fig. 3 of Dr. Who, e.g. here.", (1,)), ("Yes.", ())]),
        ("It is 2.5 m long [1].", [("It is 2.5 m long.", (1,))]),
        ("1. Abrasion [1]\n2. Solution [2]", [("Abrasion", (1,)), ("Solution", (2,))]),
        ("Am 3. Mai war es so [1].", [("Am 3. Mai war es so.", (1,))]),
        ("Use `a. B` here [1].", [("Use `a. B` here.", (1,))]),
        ('He said "Go." Then he left [1].', [('He said "Go."', ()), ("Then he left.", (1,))]),
        ("它是绿色的[1]。真的吗？", [("它是绿色的。", (1,)), ("真的吗？", ())]),
        ("It is so.\n[1]", [("It is so.", (1,))]),
        ("Call `a[[0, 1]]` or a[2] [1].", [("Call `a[[0, 1]]` or a[2].", (1,))]),
        ("A `b[2]` [1], a `c[3]` too [2].", [("A `b[2]`, a `c[3]` too.", (1, 2))]),
        ("Here is the answer: It is green [1].", [("Here is the answer:", ()), ("It is green.", (1,))]),
        ("One thing is sure: It is green [1].", [("One thing is sure: It is green.", (1,))]),
        ("", []),
        (" \n [ ] ...", []),
    ],
)
def test_sentences_and_what_they_cite(reply: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(one.text, one.cites) for one in cut(reply)] == expected
