"""A model's events as OpenAI's chunks, read back by OpenAI's own types; stop words; lists."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

import pytest
from openai.types import CreateEmbeddingResponse
from openai.types import Model as TheirModel
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from app.api.openai_in import ChatAsked
from app.api.openai_out import Completion, StopWords, embedding_list, model_entry, model_list, sse
from app.core.values import (
    Delta,
    Done,
    Event,
    Loading,
    LoadPhase,
    Message,
    Model,
    Notice,
    Request,
    Reread,
    Thought,
    ToolCall,
    Usage,
)
from tests.words import english

QUESTION = Request((Message("user", "What is the capital of France?"),))
DONE = Done(Usage(9, 3, counted=True))


def made(*events: Event, **asked: Any) -> tuple[list[ChatCompletionChunk], ChatCompletion]:
    """The chunks and the whole, as OpenAI's own types take them (`strict` knows no other words)."""
    growing = Completion(ChatAsked("m", QUESTION, **asked), "chatcmpl-1", 1_770_000_000, english)
    chunks = [chunk for event in events for chunk in growing.take(event)] + growing.finish()
    whole = ChatCompletion.model_validate(growing.whole(), strict=True)
    return [ChatCompletionChunk.model_validate(chunk, strict=True) for chunk in chunks], whole


def text_of(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def test_a_text_comes_in_chunks_and_as_a_whole() -> None:
    chunks, whole = made(Loading("Tiny", LoadPhase.READING), Notice("Waiting …"), Delta("Par"), Delta("is."), DONE)
    assert [chunk.choices[0].delta.role for chunk in chunks] == ["assistant", None, None, None]
    assert text_of(chunks) == whole.choices[0].message.content == "Paris."
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None, None, None, "stop"]
    assert whole.choices[0].finish_reason == "stop"
    assert whole.usage is not None
    assert (whole.usage.prompt_tokens, whole.usage.completion_tokens, whole.usage.total_tokens) == (9, 3, 12)
    assert {chunk.id for chunk in chunks} == {whole.id}


def test_usage_ends_a_stream_only_where_it_was_asked_for() -> None:
    chunks, _ = made(Delta("Paris."), DONE, has_usage=True)
    assert [chunk.usage for chunk in chunks[:-1]] == [None, None, None]
    assert chunks[-1].choices == []
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.total_tokens == 12
    chunks, _ = made(Delta("Paris."), DONE)
    assert chunks[-1].choices


@pytest.mark.parametrize(("reason", "told"), [("end", "stop"), ("length", "length"), ("padding", "length")])
def test_why_an_answer_ended_is_told(reason: Any, told: str) -> None:
    chunks, whole = made(Delta("Paris."), Done(stop_reason=reason))
    assert (chunks[-1].choices[0].finish_reason, whole.choices[0].finish_reason) == (told, told)


def test_an_empty_answer_is_an_answer() -> None:
    chunks, whole = made(DONE)
    assert (text_of(chunks), whole.choices[0].message.content) == ("", "")
    assert chunks[0].choices[0].delta.role == "assistant"


def test_calls_of_tools_are_told() -> None:
    chunks, whole = made(ToolCall("add", {"a": 1}, "c1"), ToolCall("sub", {}), DONE)
    calls = whole.choices[0].message.tool_calls or []
    assert [(call.id, call.type) for call in calls] == [("c1", "function"), ("call_1", "function")]
    assert whole.choices[0].message.content is None
    assert whole.choices[0].finish_reason == "tool_calls"
    pieces = [call for chunk in chunks for call in chunk.choices[0].delta.tool_calls or []]
    assert [(call.index, call.function and call.function.arguments) for call in pieces] == [(0, '{"a": 1}'), (1, "{}")]


def test_thoughts_and_lasting_notices_stand_beside_the_text() -> None:
    chunks, whole = made(Thought("Hm."), Notice("Two messages were left out.", True), Delta("Paris."), DONE)
    assert whole.choices[0].message.model_extra == {"reasoning_content": "Hm.", "reasoning": "Hm."}
    assert (whole.model_extra or {})["notices"] == ["Two messages were left out."]
    assert (chunks[-1].model_extra or {})["notices"] == ["Two messages were left out."]
    assert chunks[1].choices[0].delta.model_extra == {"reasoning_content": "Hm.", "reasoning": "Hm."}


def test_words_that_were_thinking_are_no_part_of_the_answer() -> None:
    """Fault U1: a template opened the thinking, which only the closing tag told."""
    _, whole = made(Delta("Easy."), Reread(thinking="Easy."), Delta("Paris."), DONE)
    assert whole.choices[0].message.content == "Paris."
    assert (whole.choices[0].message.model_extra or {})["reasoning_content"] == "Easy."
    chunks, whole = made(Thought("Paris."), Reread(text="Paris."), DONE, stop=("X",))
    assert text_of(chunks) == whole.choices[0].message.content == "Paris."
    assert not whole.choices[0].message.model_extra


def test_tokens_of_the_thinking_are_told_where_they_are_known() -> None:
    _, whole = made(Delta("Paris."), Done(Usage(9, 3, True, thinking_tokens=2)))
    assert whole.usage is not None
    details = whole.usage.completion_tokens_details
    assert details is not None
    assert details.reasoning_tokens == 2


def received(value: object) -> Any:
    """A value as a client reads it."""
    return json.loads(json.dumps(value))


def test_an_answer_ends_at_a_stop_word_however_it_is_cut() -> None:
    growing = Completion(ChatAsked("m", QUESTION, stop=("END",)), "x", 0, english)
    texts = ("One E", "ight E", "N", "D more")
    shown = [chunk for text in texts for chunk in growing.take(Delta(text))]
    assert growing.is_over
    growing.finish()
    whole = received(growing.whole())
    assert whole["choices"][0]["message"]["content"] == "One Eight "
    assert "".join(received(chunk)["choices"][0]["delta"].get("content", "") for chunk in shown) == "One Eight "
    assert whole["usage"]["completion_tokens"] > 0, "what was never counted is estimated"


@pytest.mark.parametrize("text", ["a E", "a EN", "EENN", "", "ENDLICH"])
def test_the_beginning_of_a_stop_word_is_no_stop_word(text: str) -> None:
    words = StopWords(("ENDE", "FIN"))
    assert "".join(words.take(letter) for letter in text) + words.rest() == text
    assert not words.is_met


def test_the_first_of_several_stop_words_ends_it() -> None:
    words = StopWords(("b", "a"))
    assert (words.take("xab"), words.is_met, words.take("more")) == ("x", True, "")


def test_models_and_vectors_are_listed() -> None:
    listed = model_list([model_entry(Model("tiny", "Tiny")), model_entry(Model("ollama:x:1b", "x:1b"))])
    [here, there] = [TheirModel.model_validate(entry, strict=True) for entry in received(listed)["data"]]
    assert (here.id, here.owned_by, there.owned_by) == ("tiny", "browser", "ollama")
    vectors = [(0.5, -1.25), (0.0, 2.0)]
    plain = CreateEmbeddingResponse.model_validate(embedding_list("m", vectors, 4, is_base64=False))
    assert [tuple(item.embedding) for item in plain.data] == vectors
    packed = received(embedding_list("m", vectors, 4, is_base64=True))["data"]
    assert struct.unpack("<2f", base64.b64decode(packed[0]["embedding"])) == vectors[0]


def test_an_event_of_a_stream_is_one_line() -> None:
    assert sse({"text": "a\nb é"}) == 'data: {"text":"a\\nb é"}\n\n'
