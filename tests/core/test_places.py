"""Where words go is data: what leaves is told by the place, and no stored record can hide that words left."""

from dataclasses import asdict

import pytest

from app.core.places import Carries, Place, Purpose, as_purpose, place_of_record
from app.core.values import Message, Model, Request
from app.study.chats import Turn, turn_from


def test_what_leaves_follows_from_the_place_and_never_from_the_words_for_it() -> None:
    assert [place.leaves_device for place in Place] == [False, False, True, True]
    assert not Model("a", "A", where="sent to A").leaves_device
    assert Model("a", "A", where="stays in this browser", place=Place.NETWORK).leaves_device
    assert [Place.NETWORK.is_within(farthest) for farthest in Place] == [False, False, True, True]
    assert Request((Message("user", "x"),), farthest=Place.COMPUTER).stays_here


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({"where": "stays in this browser", "model_id": "tiny"}, Place.BROWSER),
        ({"where": "", "model_id": ""}, Place.BROWSER),
        ({"where": "stays on this computer", "model_id": "ollama:llama3.2:1b"}, Place.COMPUTER),
        ({"where": "stays on this computer", "model_id": "cloud:here-localhost-8080-v1-openai:tiny"}, Place.COMPUTER),
        ({"where": "sent to 192.168.1.5:11434", "model_id": "ollama:llama3.2:1b"}, Place.CLOUD),
        ({"where": "sent to OpenAI", "model_id": "cloud:openai:gpt-5-mini"}, Place.CLOUD),
        ({"where": "sent to 192.168.1.5:11434", "model_id": "ollama:x", "place": "network"}, Place.NETWORK),
    ],
)
def test_a_turn_from_before_places_were_kept_is_read_by_its_words(record: dict[str, str], place: Place) -> None:
    """The version before wrote `where` alone."""
    before = {key: value for key, value in asdict(Turn("t", "c", "", "assistant", "Hi")).items() if key != "place"}
    assert turn_from({**before, **record}).place == place


@pytest.mark.parametrize(
    "lie",
    [
        {"place": "browser", "where": "stays in this browser", "model_id": "cloud:openai:gpt-5-mini"},
        {"place": "computer", "where": "sent to OpenAI", "model_id": "x"},
        {"place": "moon", "where": "sent to OpenAI", "model_id": "x"},
        {"place": ["browser"], "where": "stays here", "model_id": "cloud:own-far.example-v1-openai:m"},
        {"place": "browser", "where": "", "model_id": "ollama:gpt-oss:120b-cloud"},
    ],
)
def test_a_record_cannot_make_words_that_left_look_as_if_they_stayed(lie: dict[str, object]) -> None:
    turn = turn_from({**asdict(Turn("t", "c", "", "assistant", "Hi")), **lie})
    assert turn.place.leaves_device
    assert turn.where.startswith("sent to"), "it is shown under the reply"


def test_a_turn_keeps_its_place_through_storage() -> None:
    for place in Place:
        assert place_of_record(place.value, "", "ollama:x" if place == Place.COMPUTER else "x") == place


def test_a_request_without_a_purpose_is_a_bug() -> None:
    assert as_purpose(Purpose.TITLE) is Purpose.TITLE
    for bad in ("a question", None, Carries.WORDS):
        with pytest.raises(TypeError, match="needs a Purpose"):
            as_purpose(bad)
    assert len({purpose.label for purpose in Purpose}) == len(Purpose)
