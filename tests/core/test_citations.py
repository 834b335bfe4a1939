"""Citations by number."""

from __future__ import annotations

import pytest

from app.core.citations import cites_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1–3] [2][5]", (1, 2, 3, 5)),
        ("[9-1]", (9, 1)),
        ("[1–999]", (1, 999)),  # a range is never endless
        ("[5–3] [1;2]", (5, 3, 1, 2)),
        ("[2 - 4][a]", (2, 3, 4)),
        ("It has a vitamin, C[1], and more[2].", (1, 2)),
        ("It is 5 m[1] deep and 3\u00a0h[2] away; so is a[3].", (1, 2)),  # units
        ("`a[[0, 1]]` copies it [1].", (1,)),  # code cites nothing
        ("``b[`2`]`` and a[3] and x[0, 1] are code [2].", (2,)),
        ("So:\n```\nprint(a[0])\n[7]\n```\n[1]", (1,)),
        ("A lone ` is none [3].", (3,)),
        ("```\n[7]", ()),
        ("", ()),
    ],
)
def test_what_a_text_cites(text: str, expected: tuple[int, ...]) -> None:
    assert cites_in(text) == expected
