"""Which passages a model is given: the best, once each, with their neighbours, never more than there is room for."""

from __future__ import annotations

import random

from app.core.documents import Hit, PageText, Passage, Reading
from app.core.text import estimate_tokens
from app.documents.passages import cut
from app.study.library.giving import AROUND_TOKENS, LEAST, Room, given

WORDS = "moon tide sea water rises falls twice spring neap shore mill turns every day harbour basin".split()  # noqa: SIM905
LARGE = Room(100_000, 6)


def text(seed: int, sentences: int) -> str:
    dice = random.Random(seed)
    return " ".join(f"{' '.join(dice.choices(WORDS, k=12)).capitalize()} {seed}-{at}.\n" for at in range(sentences))


def document(name: str, *pages: str) -> tuple[Reading, list[Passage]]:
    reading = Reading("pdf", "", "en", tuple(PageText(at, page, f"p{at}") for at, page in enumerate(pages, 1)))
    return reading, cut(name, reading)


def hit(passage: Passage, score: float = 1.0) -> Hit:
    return Hit(passage.document, passage.number, passage.page, "", passage.start, passage.end, "", (), score)


def test_the_best_come_first_each_with_what_stands_around_it_as_the_page_has_it() -> None:
    reading, passages = document("a", text(1, 60), text(2, 60))
    best, second = passages[2], passages[-1]
    made = given([hit(best), hit(second)], passages, {"a": "Tides.pdf"}, LARGE)
    assert [one.number for one in made] == [1, 2]
    first = made[0]
    assert (first.start, first.end) == (passages[1].start, passages[3].end)
    assert (first.name, first.page, first.label) == ("Tides.pdf", 1, "p1")
    for one in made:
        assert one.text == reading.pages[one.page - 1].text[one.start : one.end]


def test_neighbours_that_were_found_both_are_one_passage_and_pages_are_not_joined() -> None:
    _, passages = document("a", text(1, 30), text(2, 8))
    on_first = [one for one in passages if one.page == 1]
    made = given([hit(on_first[1]), hit(on_first[0]), hit(passages[-1])], passages, {"a": "A"}, LARGE)
    assert [one.page for one in made] == [1, 2]
    assert made[0].start == on_first[0].start


def test_what_says_the_same_comes_once_and_what_is_weak_or_gone_not_at_all() -> None:
    _, old = document("old", text(1, 8))
    _, new = document("new", text(1, 8))
    _, other = document("other", text(5, 8))
    _, gone = document("gone", text(6, 8))
    hits = [hit(gone[0], 9.0), hit(new[0], 9.0), hit(old[0], 9.0), hit(other[0], 1.0)]
    made = given(hits, [*old, *new, *other, *gone], {"old": "O", "new": "N", "other": "T"}, LARGE)
    assert [one.document for one in made] == ["new"]


def test_there_is_never_more_than_there_is_room_for_and_two_are_given_where_that_can_be() -> None:
    sources = [document(str(at), text(at, 30)) for at in range(6)]
    passages = [one for _, some in sources for one in some]
    names = {str(at): f"{at}.pdf" for at in range(6)}
    hits = [hit(some[0]) for _, some in sources]
    for tokens in range(0, 6000, 37):
        made = given(hits, passages, names, Room(tokens, 5))
        assert sum(AROUND_TOKENS + estimate_tokens(one.text) for one in made) <= tokens
        if tokens >= 700:
            assert len(made) >= LEAST
        for one in made:
            page = sources[int(one.document)][0].pages[0].text
            assert one.text == page[one.start : one.end] != ""
    assert len(given(hits, passages, names, Room(6000, 5))) == 5
    assert given([], passages, names, LARGE) == ()
