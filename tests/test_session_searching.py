"""How passages are found: by words, and by what is meant where that can be."""

from __future__ import annotations

from app.session.searching import Searched
from tests.test_session_library import World, library


@library
async def test_words_are_found_in_all_documents_or_in_the_chosen_ones(world: World) -> None:
    await world.add(tides_txt=b"High water\fThe flood tide runs in.", moon_txt=b"The flood tide follows the moon.")
    tides, moon = world.one("tides.txt"), world.one("moon.txt")
    search = world.session.searching.search
    found = await search("flood tide", None, 5)
    assert ({hit.document for hit in found.hits}, found.kind) == ({tides.id, moon.id}, "keyword")
    assert [hit.document for hit in (await search("flood tide", (moon.id,), 5)).hits] == [moon.id]
    assert await search("flood tide", (), 5) == Searched(())
    assert await search("  ", None, 5) == Searched(())
