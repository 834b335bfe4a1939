"""Where words go is data: what leaves is told by the place, and no stored record can hide that words left."""

from dataclasses import asdict

import pytest

from app.core.places import (
    Carries,
    ModelRef,
    Place,
    Purpose,
    as_purpose,
    in_records,
    is_own_service,
    is_service_here,
    of_records,
    own_service_id,
    place_of_record,
    sent_to,
    told_of_record,
)
from app.core.texts import TextOrWords
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


@pytest.mark.parametrize(
    ("id", "ref", "place", "can_leave", "can_leave_afar"),
    [
        ("tiny", ModelRef("browser", "tiny"), Place.BROWSER, False, False),
        ("automatic", ModelRef("automatic", "automatic"), Place.BROWSER, True, True),
        ("ollama:llama3.2:1b", ModelRef("ollama", "llama3.2:1b"), Place.COMPUTER, False, True),
        ("ollama:gpt-oss:120b-cloud", ModelRef("ollama", "gpt-oss:120b-cloud"), Place.CLOUD, True, True),
        ("cloud:openai:gpt-5-mini", ModelRef("cloud", "gpt-5-mini", "openai"), Place.CLOUD, True, True),
        ("cloud:openrouter:x/y:free", ModelRef("cloud", "x/y:free", "openrouter"), Place.CLOUD, True, True),
        (
            "cloud:here-localhost-8080:m:q",
            ModelRef("cloud", "m:q", "here-localhost-8080"),
            Place.COMPUTER,
            False,
            False,
        ),
        ("cloud:own-localhost-8080:m", ModelRef("cloud", "m", "own-localhost-8080"), Place.CLOUD, True, True),
        ("cloud:nobody", ModelRef("cloud", "", "nobody"), Place.CLOUD, True, True),
        ("", ModelRef("browser", ""), Place.BROWSER, False, False),
    ],
)
def test_an_id_is_taken_apart_and_put_together_again(
    id: str, ref: ModelRef, place: Place, can_leave: bool, can_leave_afar: bool
) -> None:
    assert ModelRef.parse(id) == ref
    assert str(ref) == id
    assert ref.place() == place
    assert ref.can_leave() == can_leave
    assert ref.can_leave(Place.NETWORK) == can_leave_afar, "with Ollama on another computer"


def test_the_farther_of_what_is_told_and_what_an_id_says_counts() -> None:
    assert [ModelRef.parse("tiny").place(told) for told in Place] == list(Place)
    assert {ModelRef.parse("cloud:openai:m").place(told) for told in Place if told != Place.NETWORK} == {Place.CLOUD}
    assert ModelRef.parse("cloud:own-192.168.1.5:m").place(Place.NETWORK) == Place.NETWORK
    assert ModelRef.parse("cloud:here-x:m").place(Place.CLOUD) == Place.CLOUD


@pytest.mark.parametrize("is_here", [True, False])
def test_a_server_of_ones_own_says_by_its_id_whether_it_is_on_this_computer(is_here: bool) -> None:
    id = own_service_id("localhost-8080", is_here=is_here)
    assert is_own_service(id)
    assert is_service_here(id) == is_here
    assert ModelRef("cloud", "m", id).is_here == is_here
    assert not is_own_service("openai")


def test_a_record_says_in_any_language_that_words_left() -> None:
    def german(text: TextOrWords) -> str:
        return text if isinstance(text, str) else f"an {dict(text.values).get('name', '')} gesendet"

    kept = in_records(german)(sent_to("OpenAI"))
    assert kept == "sent to OpenAI" == told_of_record(Place.CLOUD, kept), "data, as in every version before"
    assert of_records(kept) == sent_to("OpenAI"), "and shown in the page's language again"
    assert of_records("bleibt hier") == "bleibt hier" == in_records(german)("bleibt hier")
    assert told_of_record(Place.CLOUD, "bleibt hier") == "sent to another computer"
