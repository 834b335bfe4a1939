"""A provider over one service: what is asked again and what is not, silence, stopping, keys, conversations too long."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace

import pytest

from app.core.errors import (
    AppError,
    BadAnswer,
    BadKey,
    BadRequest,
    Interrupted,
    ModelMissing,
    NeedsKey,
    NoQuota,
    NoReply,
    NotSupported,
    OfflineModeOn,
    Overloaded,
    RateLimited,
    ServiceFailed,
    TooLong,
    Unreachable,
)
from app.core.values import Delta, Message, Request, Sampling
from tests.memory import Answer, MemoryReply
from tests.models.cloud.streams import ASKED, CLAUDE, GEMINI, KEY, PARIS, World, cut, line, refused, say, stream
from tests.models.fakes import notices_of, text_of
from tests.words import english

BUSY = {"error": {"message": "Too many requests."}}


def answers(*statuses: int) -> list[Answer]:
    return [refused(status, BUSY) for status in statuses]


@pytest.mark.parametrize(("status", "tries"), [(408, 2), (500, 2), (502, 2), (504, 2), (429, 1), (503, 1), (529, 1)])
def test_what_may_be_over_soon_is_asked_again_the_busy_once_and_the_broken_twice(status: int, tries: int) -> None:
    world = World("openai", *answers(*[status] * tries), stream(*PARIS))
    before = world.clock.time
    assert text_of(world.events()) == "Paris."
    assert len(world.sent) == tries + 1
    assert world.sent[0] == world.sent[-1]
    assert world.clock.time - before >= tries


def test_why_a_service_is_asked_again_is_told_at_once() -> None:
    """Fault S10."""
    events = World("openai", *answers(500, 500), stream(*PARIS)).events()
    assert notices_of(events) == ["OpenAI returned an error (500). Trying again …"] * 2


@pytest.mark.parametrize(
    ("status", "kind", "sent"),
    [(429, RateLimited, 2), (500, ServiceFailed, 3), (529, Overloaded, 2), (408, NoReply, 3)],
)
def test_one_or_two_more_tries_are_enough(status: int, kind: type[AppError], sent: int) -> None:
    world = World("openai", *answers(*[status] * 4))
    world.error(kind)
    assert len(world.sent) == sent


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422])
def test_what_the_same_request_would_meet_again_is_not_asked_again(status: int) -> None:
    world = World("openai", *answers(status), stream(*PARIS))
    with pytest.raises(AppError):
        world.events()
    assert len(world.sent) == 1


def test_an_account_without_credit_is_not_asked_again() -> None:
    bad = refused(429, {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}})
    world = World("openai", bad, stream(*PARIS))
    world.error(NoQuota)
    assert len(world.sent) == 1


def test_a_pause_that_was_asked_for_is_kept_to() -> None:
    world = World("openai", refused(429, BUSY, {"retry-after": "1"}), stream(*PARIS))
    before = world.clock.time
    world.events()
    assert world.clock.time - before >= 1.0


def test_a_long_pause_is_not_waited_for_and_the_service_is_left_alone_until_it_is_over() -> None:
    world = World("openai", refused(429, BUSY, {"retry-after": "30"}), stream(*PARIS))
    assert world.error(RateLimited).retry_after == 30.0
    again = world.error(RateLimited)
    assert 29.0 < again.retry_after < 30.0
    assert len(world.sent) == 1
    world.clock.time += 31.0
    assert text_of(world.events()) == "Paris."
    assert not world.health.is_blocked


def test_a_service_that_no_page_reaches_is_told_as_that_and_not_as_a_pause() -> None:
    failed = Interrupted(detail=f"TypeError: Failed to fetch (Bearer {KEY})")
    world = World("groq", failed, failed, failed)
    error = world.error(Unreachable)
    assert "browser can't reach" in english(error.message)
    assert len(world.sent) == 3


def test_a_connection_that_fails_once_is_tried_again() -> None:
    assert text_of(World("openai", Interrupted(), stream(*PARIS)).events()) == "Paris."


@pytest.mark.parametrize("broken", [stream(), cut(), stream("{"), stream(say(""))])
def test_a_reply_of_which_nobody_has_seen_a_word_is_asked_for_again(broken: MemoryReply) -> None:
    world = World("openai", broken, stream(*PARIS))
    assert text_of(world.events()) == "Paris."
    assert len(world.sent) == 2


def test_a_reply_that_has_begun_is_never_asked_for_again() -> None:
    for broken, kind in ((cut(say("The")), Interrupted), (stream(say("The"), "{"), BadAnswer)):
        world = World("openai", broken, stream(*PARIS))
        world.error(kind)
        assert text_of(world.told) == "The"
        assert len(world.sent) == 1
        assert not world.health.is_blocked


def test_a_service_that_falls_silent_is_given_up() -> None:
    silent = [MemoryReply(200, stalls=True, chunks=[b"x"]) for _ in range(3)]
    world = World("openai", *silent, first_seconds=0.01)
    world.error(NoReply)
    assert all(reply.is_closed for reply in silent)
    held = MemoryReply(200, chunks=[line(say("The")), b"x"], gate=asyncio.Semaphore(1))
    world = World("openai", held, stall_seconds=0.01)
    assert "stopped responding" in english(world.error(NoReply).message)
    assert text_of(world.told) == "The"


def test_a_service_that_takes_no_request_in_time_is_given_up() -> None:
    world = World("openai", first_seconds=0.01)
    world.fetch.gate = asyncio.Semaphore(0)
    world.error(NoReply)


def test_closing_the_reply_ends_the_request() -> None:
    reply = stream(*PARIS)
    world = World("openai", reply)

    async def body() -> None:
        async with aclosing(world.provider.reply(world.model, ASKED)) as events:
            async for event in events:
                assert event == Delta("Par")
                return

    asyncio.run(body())
    assert reply.is_closed
    assert not world.health.is_blocked


def test_cancelling_while_a_pause_is_waited_for_ends_everything() -> None:
    world = World("openai", *answers(429), stream(*PARIS))

    async def body() -> None:
        waits = asyncio.Event()

        async def forever(seconds: float) -> None:
            waits.set()
            await asyncio.Event().wait()

        async def collect() -> None:
            async for _ in world.provider.reply(world.model, ASKED):
                pass

        world.clock.sleep = forever  # type: ignore[method-assign]
        asked = asyncio.ensure_future(collect())
        await waits.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    asyncio.run(body())
    assert len(world.fetch.asked) == 1
    assert not world.health.is_blocked


def test_without_a_key_nothing_is_sent() -> None:
    world = World("openai", key="")
    world.error(NeedsKey)
    assert world.fetch.asked == []


def test_a_key_that_no_header_takes_is_refused_without_being_told() -> None:
    for key in ("sk-ключ-000000", "sk-two words", "sk-line\nbreak"):
        world = World("openai", key=key)
        assert key not in english(world.error(BadKey).message)
        assert world.fetch.asked == []


def test_a_server_of_ones_own_needs_no_key() -> None:
    world = World("own", stream(*PARIS), key="")
    world.events()
    assert world.fetch.sent == [{"Content-Type": "application/json"}]
    assert world.urls == ["http://localhost:8080/v1/chat/completions"]


def test_a_server_of_ones_own_that_wants_a_key_after_all_says_so() -> None:
    world = World("own", refused(401, {"error": {"message": "Invalid API Key"}}), key="")
    assert english(world.error(NeedsKey).message) == "localhost:8080 needs an API key."


def test_a_key_that_a_service_repeats_is_in_no_error() -> None:
    body = {"error": {"message": f"Incorrect API key provided: {KEY}.", "code": "invalid_api_key"}}
    assert "[key]" in World("openai", refused(401, body)).error(BadKey).detail
    echoed = {"error": {"message": f"model {KEY} not found"}}
    world = World("openai", refused(404, echoed))
    world.error(ModelMissing)


def test_offline_mode_is_passed_on_as_it_is() -> None:
    world = World("openai", OfflineModeOn())
    world.error(OfflineModeOn)
    assert not world.health.is_blocked


def test_what_the_model_cannot_do_is_said_before_anything_is_sent() -> None:
    world = World("groq")
    model = replace(world.model, capabilities=("completion",))
    world.error(NotSupported, Request((Message("user", "Look", images=("x",)),)), model)
    world.error(NotSupported, replace(ASKED, tools=({"name": "x"},)), model)
    assert world.fetch.asked == []


LONG = Request(tuple(Message("user" if i % 2 == 0 else "assistant", "word " * 400) for i in range(21)), Sampling())


def test_the_oldest_turns_go_where_the_length_is_known() -> None:
    world = World("openai", stream(*PARIS))
    events = world.events(LONG, replace(world.model, context_length=6000))
    assert "left out" in notices_of(events)[0]
    assert len(world.sent[0]["messages"]) < 21


def test_the_oldest_turns_go_where_the_service_says_that_it_is_too_long() -> None:
    body = {"error": {"message": "maximum context length is 8000 tokens", "code": "context_length_exceeded"}}
    world = World("openai", refused(400, body), stream(*PARIS))
    events = world.events(LONG)
    assert text_of(events) == "Paris."
    assert len(world.sent[1]["messages"]) < len(world.sent[0]["messages"]) == 21


KEEP = "Trying to keep the first 6547 tokens when context the overflows. The context length is only 4096 tokens."


@pytest.mark.parametrize(
    ("service", "refusal", "answer"),
    [
        ("xai", refused(400, {"error": "maximum prompt length is 131072 but the request contains 136973"}), PARIS),
        ("own", refused(400, {"error": {"message": "n_keep: 13055 >= n_ctx: 4096"}}), PARIS),
        ("own", refused(500, {"error": "input length exceeds the context length"}), PARIS),
        ("own", stream(("error", {"error": {"message": KEEP}})), PARIS),
        ("own", stream({"error": KEEP}), PARIS),
        (
            "anthropic",
            stream(("error", {"type": "error", "error": {"message": "prompt is too long: 9 tokens > 8 maximum"}})),
            CLAUDE,
        ),
        (
            "gemini",
            refused(400, {"error": {"status": "INVALID_ARGUMENT", "message": "input token count is 9, up to 8 only"}}),
            GEMINI,
        ),
    ],
)
def test_the_oldest_turns_go_whatever_the_words_are_and_it_is_said(
    service: str, refusal: MemoryReply, answer: tuple[object, ...]
) -> None:
    """Fault S3."""
    world = World(service, refusal, stream(*answer))
    talk = Request(tuple(Message("user" if i % 2 == 0 else "assistant", "ab") for i in range(21)), Sampling())
    events = world.events(talk)
    assert text_of(events) == "Paris."
    assert ["left out" in words for words in notices_of(events)] == [True]
    assert len(str(world.sent[1])) < len(str(world.sent[0]))


def test_where_nobody_tells_how_much_is_too_much_turns_go_until_it_fits() -> None:
    """Fault S3."""
    words = {"error": "Input is too long for requested model."}
    world = World("own", *[refused(400, words) for _ in range(3)], stream(*PARIS))
    events = world.events(LONG)
    assert text_of(events) == "Paris."
    assert len(notices_of(events)) == 1
    lengths = [len(sent["messages"]) for sent in world.sent]
    assert lengths == sorted(set(lengths), reverse=True)


def test_a_reply_that_shares_its_context_with_the_question_is_asked_for_shorter() -> None:
    """Fault S3."""
    words = "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (1000 in the "
    world = World("own", refused(400, {"message": f"{words}messages, 4000 in the completion)."}), stream(*PARIS))
    world.events(Request((Message("user", "Hi"),), Sampling(max_tokens=4000)))
    assert [sent["max_tokens"] for sent in world.sent] == [4000, 1024]


@pytest.mark.parametrize(
    ("service", "words", "place"),
    [
        ("openai", "max_tokens is too large: 8192. This model supports at most 4096 completion tokens.", "openai"),
        ("own", "max_tokens: 8192 > 4096, which is the maximum allowed number of output tokens", "max_tokens"),
        ("anthropic", "max_tokens: 8192 > 4096, which is the maximum allowed number of output tokens", "max_tokens"),
        ("gemini", "maxOutputTokens value of 8192 but the supported range is up to 4096", "gemini"),
    ],
)
def test_a_reply_longer_than_the_model_writes_is_asked_for_shorter_from_then_on(
    service: str, words: str, place: str
) -> None:
    """Fault S6: the number was wrong, not the name of the setting."""
    answer = {"anthropic": CLAUDE, "gemini": GEMINI}.get(service, PARIS)
    refusal = refused(400, {"error": {"message": words, "param": "max_tokens"}})
    world = World(service, refusal, stream(*answer), stream(*answer))
    asked = Request((Message("user", "Hi"),), Sampling(max_tokens=8192))
    world.events(asked)
    world.events(asked)
    names = {"openai": "max_completion_tokens", "gemini": "maxOutputTokens"}
    found = [sent.get("generationConfig", sent)[names.get(place, place)] for sent in world.sent]
    assert found == [8192, 4096, 4096]


def test_a_reply_that_is_too_long_by_nobody_knows_how_much_is_said() -> None:
    """Fault S6."""
    refusal = refused(400, {"error": {"message": "max_tokens is too large", "param": "max_tokens"}})
    error = World("own", refusal).error(BadRequest)
    assert "reply length" in english(error.message)
    assert "Settings" in english(error.cure)


def test_a_question_that_is_too_long_by_itself_is_told() -> None:
    body = {"error": {"message": "maximum context length is 10 tokens", "code": "context_length_exceeded"}}
    assert World("openai", refused(400, body), refused(400, body)).error(TooLong).limit == 10
    World("openai", *[refused(413, "big") for _ in range(4)]).error(TooLong, LONG)


def test_settings_that_are_refused_one_after_the_other_come_to_an_end() -> None:
    names = ("temperature", "top_p", "max_completion_tokens", "max_tokens", "stream_options")
    world = World("openai", *[refused(400, {"error": {"message": "no", "param": name}}) for name in names])
    world.error(BadRequest)
    assert len(world.sent) == 4
