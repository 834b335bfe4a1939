"""What of a reply is read aloud: no marks, no citations, code and formulas only told of; each sentence once."""

from __future__ import annotations

import pytest

from app.ui.spoken import SpokenText


def whole(text: str) -> list[str]:
    spoken = SpokenText()
    return spoken.push(text) + spoken.end()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Sky\n\nIt is **blue**, *very* ~~green~~. `x = 1` holds.",
            ["Sky", "It is blue, very green.", "x = 1 holds."],
        ),
        ("See [the docs](https://a.example/b?c=d) or https://b.example/long/path.", ["See the docs or b.example."]),
        ("Blue [1], [2, 3] light [^4] scatters 【5†file】.", ["Blue, light scatters."]),
        ("```python\na = 1\nb = 2\n```\nDone.", ["Code, 2 lines.", "Done."]),
        ("So $x = 5$ and $\\frac{1}{2}$.\n\n$$\n\\int x\n$$", ["So x = 5 and formula.", "A formula."]),
        ("1. Mix. Stir.\n2. Bake.\n\n- [x] eaten\n- left", ["1. Mix.", "Stir.", "2. Bake.", "eaten", "left"]),
        ("3. Go\n4. Stop\n", ["3. Go", "4. Stop"]),
        ("| City | Land |\n|---|---|\n| Bonn | DE |", ["City, Land.", "Bonn, DE."]),
        ("Fine 👍🏽 at 20 °C — H<sub>2</sub>O!", ["Fine at 20 °C — H2O!"]),
        ("> Quoted. ![A cat](https://c.example/cat.png)", ["Quoted.", "A cat"]),
        ("---\n\n", []),
        ("5 * 3 = 15, *really*.", ["5 * 3 = 15, really."]),
    ],
)
def test_markdown_is_said_as_a_person_would(text: str, expected: list[str]) -> None:
    assert whole(text) == expected


REPLY = """# The sky

It is **blue. Very** blue [1]. See [the
docs. Now](https://a.example/x.y) and `a. b`. The formula $a. b$ holds, e.g. here.

1. Mix it. Well.
2. Bake. ```x```

| a. b | c |
|---|---|
| 1. | 2 |

```
print("Hi. There.")
```

The end. Really"""


@pytest.mark.parametrize("step", [1, 3, 17, 1000])
def test_a_growing_reply_gives_each_sentence_once_and_the_same_as_a_whole_one(step: int) -> None:
    spoken, said = SpokenText(), list[str]()
    for at in range(0, len(REPLY), step):
        said += spoken.push(REPLY[at : at + step])
    assert said + spoken.end() == whole(REPLY)


def test_a_sentence_is_given_out_as_soon_as_the_next_one_begins() -> None:
    spoken = SpokenText()
    assert spoken.push("Paris. It") == ["Paris."]
    assert spoken.push(" is") == []
    assert spoken.push(" old. ") == []
    assert spoken.push("And `co") == ["It is old."]
    assert spoken.push("de`.") == []
    assert spoken.end() == ["And code."]
