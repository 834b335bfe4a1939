"""What every librarian must do with vectors, as plain functions: they run in CPython and, sent as text, in the
browser's Python worker against the one whose vectors lie in the browser.

    await check_meaning(librarian, again)       # again() gives the librarian of the next visit
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.core.documents import Hit, Librarian, Near, PageText, Reading

KEY, OTHER = "small abc", "large def"
ALL = ["tides", "light"]


def reading(*pages: str) -> Reading:
    """A document with a passage on each page."""
    return Reading("markdown", "", "en", tuple(PageText(number, text) for number, text in enumerate(pages, 1)))


def places(hits: tuple[Hit, ...]) -> list[tuple[str, int]]:
    """Where something was found."""
    return [(hit.document, hit.passage) for hit in hits]


async def check_meaning(librarian: Librarian, again: Callable[[], Librarian]) -> None:
    """Vectors are made in batches, found by, kept between visits, and gone with their document."""
    await librarian.keep("tides", "Tides", "en", reading("The moon raises the sea.", "Spring tides are high."))
    await librarian.keep("light", "Light", "en", reading("Plants make sugar."))
    await _make(librarian)
    await _find(librarian)
    await librarian.drop(["nobody"])  # which writes the index at once
    librarian.rest()
    later = again()
    await _keep(later)
    await _change(later)


async def _make(librarian: Librarian) -> None:
    first = await librarian.lacking(KEY, ALL, 2)
    assert [(one.document, one.number) for one in first.passages] == [("tides", 0), ("tides", 1)]
    assert first.passages[0].text == "Tides\nThe moon raises the sea."
    assert (first.made, first.total, first.languages) == (0, 3, (("en", 3),))
    assert first.bytes_left == sum(len(one.text) for one in first.passages) + len("Light\nPlants make sugar.")
    await librarian.keep_vectors(KEY, first.passages[:1], [[0.0, 3.0, 0.1]])
    second = await librarian.lacking(KEY, ALL, 9)
    assert [(one.document, one.number) for one in second.passages] == [("tides", 1), ("light", 0)]
    await librarian.keep_vectors(KEY, second.passages, [[1.0, 1.0, 0.0], [0.0, -0.5, 0.5]])
    assert (await librarian.lacking(KEY, ALL, 9)).passages == ()
    assert (await librarian.lacking(OTHER, ALL, 9)).made == 0, "a set is of one model"
    await librarian.keep_vectors(OTHER, first.passages, [[1.0, 0.0], [0.0, 1.0]])


async def _find(librarian: Librarian) -> None:
    near = Near(KEY, (0.0, 1.0, 0.0))
    found = await librarian.find("gravity", None, 9, near)
    assert places(found) == [("tides", 0), ("tides", 1)], "by what is meant alone, and nothing that means the opposite"
    assert found[0].snippet == "The moon raises the sea."
    assert found[0].score > found[1].score
    both = await librarian.find("sugar", None, 9, near)
    assert places(both)[0] == ("light", 0), "both rankings have it"
    assert [both[0].snippet[start:end] for start, end in both[0].marks] == ["sugar"]
    assert places(await librarian.find("sugar", None, 1, Near(KEY, (0.0, 1.0, 0.0), alone=True))) == [("tides", 0)]
    assert places(await librarian.find("gravity", ["light"], 9, Near(KEY, (0.0, 0.0, 1.0)))) == [("light", 0)]
    assert places(await librarian.find('"spring tides"', None, 9, near)) == [("tides", 1)], "in quotes: word for word"
    far = Near(KEY, (0.0, 0.7, 0.7), least=0.9)
    assert places(await librarian.find("gravity", ["tides"], 9, far)) == [], "near by want of something nearer"
    assert places(await librarian.find("sea", ["tides"], 9, far)) == [("tides", 0), ("tides", 1)], "words are found"
    assert places(await librarian.find("gravity", ["tides"], 9, replace(far, alone=True))) == []
    assert places(await librarian.find("gravity", ["tides"], 9, replace(far, least=0.6))) == [("tides", 0)]
    assert places(await librarian.find("gravity", ["tides"], 9, Near(KEY, (0.0, 7.0, 7.0), least=0.9))) == []
    assert await librarian.find("gravity", None, 9, Near("nobody's", (1.0,))) == ()
    assert await librarian.find("gravity", None, 9, Near(KEY, (1.0, 0.0))) == (), "of another length"
    assert places(await librarian.find("gravity", None, 9, Near(OTHER, (0.0, 1.0)))) == [("tides", 1)]


async def _keep(later: Librarian) -> None:
    kept = await later.lacking(KEY, ALL, 9)
    assert (kept.passages, kept.made) == ((), 3), "nothing is made twice"
    assert places(await later.find("gravity", None, 1, Near(KEY, (0.0, 1.0, 0.0)))) == [("tides", 0)]


async def _change(later: Librarian) -> None:
    before = await later.lacking(OTHER, ["light"], 1)
    await later.keep("light", "Light", "en", reading("Something else."))
    await later.keep_vectors(OTHER, before.passages, [[0.0, 1.0]])
    assert (await later.lacking(OTHER, ["light"], 1)).made == 0, "it says something else now"
    changed = await later.lacking(KEY, ALL, 9)
    assert [one.text for one in changed.passages] == ["Light\nSomething else."]
    assert places(await later.find("gravity", None, 9, Near(KEY, (0.0, 1.0, 0.0)))) == [("tides", 0), ("tides", 1)]
    await later.drop(["tides", "light"])
    await later.keep("tides", "Tides", "en", reading("The moon raises the sea.", "Spring tides are high."))
    assert (await later.lacking(KEY, ALL, 9)).made == 0, "vectors go with their document"
