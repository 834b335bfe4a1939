"""The record of a study note that is being written: numbers, rounds of the summary, what is left out, who wrote."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from app.core.places import Place
from app.core.shapes import Damaged
from app.study.chats import Turn
from app.study.cited import Cited
from app.study.writing.record import (
    MOST_LEFT_OUT,
    MOST_SHORT,
    Point,
    Writing,
    asked,
    done,
    left_out,
    oldest_unfinished,
    read_on,
    shares,
    summed_on,
    with_points,
    writing_from,
)


def passages(*pages: int) -> list[Cited]:
    return [Cited(at, "d", "Tides.pdf", page, 0, 9, f"Page {page}.") for at, page in enumerate(pages, 1)]


def test_a_passage_has_one_number_however_often_it_is_cited() -> None:
    writing = Writing("n", documents=("d",), total=3)
    writing = with_points(writing, [Point("B.", (2,)), Point("A.", (1, 2))], passages(7, 8))
    assert [one.passages for one in writing.points] == [(2,), (1, 2)]
    writing = with_points(writing, [Point("C.", (1,)), Point("D.", (2,))], passages(8, 9))
    assert [(one.number, one.page) for one in writing.passages] == [(1, 7), (2, 8), (3, 9)]
    assert [one.passages for one in writing.points[2:]] == [(2,), (3,)]
    assert writing.cited(3) == Cited(3, "d", "Tides.pdf", 9, 0, 9, "Page 9.")
    assert writing.cited(0) is writing.cited(4) is None


def test_what_is_said_already_does_not_come_twice_and_cites_nothing() -> None:
    writing = with_points(Writing("n"), [Point("The tide!", (1,)), Point("the TIDE", (2,))], passages(7, 8))
    assert [one.text for one in writing.points] == ["The tide!"]
    assert len(writing.passages) == 1
    terms = with_points(Writing("n"), [Point("x", (1,), "Ebb"), Point("y", (1,), "ebb")], passages(7))
    assert [one.text for one in terms.points] == ["x"]
    heads = with_points(
        Writing("n"), [Point("Summary", (1,), level=2), Point("Summary", (2,), level=2)], passages(1, 2)
    )
    assert len(heads.points) == 2, "two chapters may have the same heading"


def test_steps_lead_to_the_end() -> None:
    writing = Writing("n", "Tides", "summary", ("a", "b"), model="M", total=12)
    assert writing.next_step == "read"
    writing = read_on(writing, 5, is_over=False)
    assert (writing.document, writing.passage, writing.read) == (0, 5, 5)
    writing = read_on(writing, 3, is_over=True)
    assert (writing.document, writing.passage, writing.read) == (1, 0, 8)
    writing = read_on(writing, 4, is_over=True)
    assert writing.next_step == "end", "there is nothing to sum up"
    writing = replace(writing, points=(Point("A.", (1,)),))
    assert writing.next_step == "sum"
    assert replace(writing, form="glossary").next_step == replace(writing, model="").next_step == "end"
    assert summed_on(writing, 1, []).next_step == "end"


def test_a_summary_that_is_too_long_is_summed_up_in_turn_and_ends() -> None:
    points = tuple(Point(f"P{at}.", (1,)) for at in range(100))
    writing, steps = Writing("n", form="summary", model="M", points=points), 0
    while writing.next_step == "sum":
        group = writing.summed_up[writing.summed : writing.summed + 6]
        writing = summed_on(writing, len(group), group[:3])
        steps += 1
    assert len(writing.short) <= MOST_SHORT
    assert steps < 40
    stubborn = Writing("n", form="summary", model="M", points=points[:20])
    while stubborn.next_step == "sum":
        stubborn = summed_on(stubborn, 1, [stubborn.summed_up[stubborn.summed]])
    assert len(stubborn.short) == 20, "what gets no shorter is no reason to go on for ever"


def test_what_is_left_out_is_counted_and_kept_as_far_as_there_is_room() -> None:
    writing = left_out(Writing("n"), [Point("X.", (3,))])
    assert (writing.left_out, writing.dropped) == ((Point("X."),), 1)
    many = left_out(writing, [Point(str(at)) for at in range(MOST_LEFT_OUT)])
    assert (len(many.left_out), many.dropped) == (MOST_LEFT_OUT, MOST_LEFT_OUT + 1)


def test_who_wrote_is_counted_by_model_and_place() -> None:
    here = Turn("", "", "", "assistant", "two words", model_name="A", where="on this device")
    there = replace(here, text="one", where="sent to B", place=Place.CLOUD)
    writing = asked(asked(Writing("n"), [here, there]), [here])
    assert [(one.where, one.replies, one.words) for one in writing.by] == [
        ("on this device", 2, 4),
        ("sent to B", 1, 1),
    ]
    assert writing.by[1].place is Place.CLOUD


def test_a_note_that_is_there_keeps_its_sources_and_its_counts() -> None:
    writing = with_points(Writing("n", model="M"), [Point("A.", (1,))], passages(7))
    writing = done(left_out(writing, [Point("B.")]), "ab", 9.0)
    assert (writing.state, writing.points, writing.kept, writing.sha256, writing.done_at) == ("done", (), 1, "ab", 9.0)
    assert len(writing.passages) == 1
    assert shares([writing, Writing("o", points=(Point("C."),))]) == {"M": (1, 2)}


def test_the_oldest_that_somebody_waits_for_is_next() -> None:
    some = [Writing("c", made_at=3), Writing("b", made_at=2), Writing("a", made_at=1, state="stopped")]
    assert oldest_unfinished(some) == some[1]
    assert oldest_unfinished(some[2:]) is None


def test_a_record_is_read_as_it_was_kept_and_one_of_a_version_that_knew_less() -> None:
    writing = left_out(with_points(Writing("n", documents=("d",)), [Point("A.", (1,))], passages(7)), [Point("B.")])
    assert writing_from(asdict(writing)) == writing
    assert writing_from({"id": "n"}) == Writing("n")
    assert writing_from({"id": "n", "stays": "?"}).stays, "what somebody may have wanted private stays so"
    with pytest.raises(Damaged):
        writing_from({"name": "no id"})
