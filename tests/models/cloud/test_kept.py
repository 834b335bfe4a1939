"""What is kept of services beside their keys: it comes back as it was, and what cannot be read is left out."""

from __future__ import annotations

from app.core.places import Place
from app.core.values import Model
from app.models.cloud.kept import Kept, kept_from
from app.models.cloud.services import SERVICES, Own

HERE = Own("http://localhost:8080/v1", "openai", stays=True)
MINI = Model(
    "cloud:openai:gpt-5-mini",
    "Mini",
    context_length=400,
    capabilities=("tools",),
    where=SERVICES["openai"].where,
    place=Place.CLOUD,
)
TINY = Model("cloud:here-localhost-8080-v1-openai:tiny", "tiny", where=HERE.service.where, place=Place.COMPUTER)


def full() -> Kept:
    """A service and an own server, with a picked model each."""
    kept = Kept().with_service("openai").with_own(HERE)
    kept = kept.with_list("openai", [MINI], 7.0, [MINI.id])
    return kept.with_list(HERE.service.id, [TINY], 8.0, [TINY.id])


def again(kept: Kept) -> Kept:
    """After a reload."""
    return kept_from(kept.record(), kept.lists_record())


def test_it_comes_back_as_it_was() -> None:
    assert again(full()) == full()
    assert full().shown == (MINI, TINY)
    shown = full().record()["shown"]
    assert isinstance(shown, list)
    assert [one["id"] for one in shown] == [MINI.id, TINY.id]


def test_picks_last_as_long_as_the_service_has_the_model() -> None:
    other = Model("cloud:openai:other", "Other", where=SERVICES["openai"].where, place=Place.CLOUD)
    kept = full().with_list("openai", [MINI, other], 9.0, [other.id])
    assert kept.shown == (MINI, TINY), "picks are for the first list alone"
    assert kept.with_pick(other.id, is_on=True).shown == (MINI, other, TINY)
    assert kept.with_list("openai", [other], 10.0).picked == {TINY.id}


def test_without_its_key_a_service_is_not_shown_and_without_its_server_nothing_is_left() -> None:
    kept = full().without_service("openai")
    assert (kept.shown, kept.set_up) == ((TINY,), (HERE.service.id,))
    assert kept.with_service("openai").shown == (MINI, TINY)
    kept = full().without_own(HERE.service.id)
    assert kept.own == ()
    assert (set(kept.picked), list(kept.lists)) == ({MINI.id}, ["openai"])


def test_an_own_server_that_is_there_twice_is_as_it_was_first() -> None:
    twice = {"own": [{"address": HERE.address, "dialect": "openai"}, {"address": HERE.address, "stays": True}]}
    assert kept_from(twice, {}).own == (Own(HERE.address),)


def test_what_cannot_be_read_is_left_out() -> None:
    record = {
        "own": [
            {"address": "no address"},
            {"address": "http://far.example"},
            {"address": HERE.address, "dialect": "x"},
        ],
        "services": [{"id": "nobody"}, {}],
        "picked": [{}],
    }
    lists = {"lists": [{"id": "nobody", "models": []}, {"id": "openai", "models": [{"id": "cloud:groq:m"}, {}]}]}
    kept = kept_from(record, lists)
    assert (kept.own, kept.services, kept.shown) == ((), (), ())
    assert kept.lists["openai"].models == ()
    assert kept_from({}, {}) == Kept()
