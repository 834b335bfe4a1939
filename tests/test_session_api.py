"""The local API's part of the session: who answers what, with which status, and what ends an answer early."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from app.core.actions import ApiRequest, ModelId
from app.core.errors import DeviceLost, Interrupted, NotSupported
from app.core.vectors import ToRank
from tests.memory import FakeClock, MemoryReply, picked, ticks
from tests.models.formats.test_kinds import BERT, LAYERS, gguf
from tests.models.scripted import letters
from tests.test_session import World, play
from tests.test_session_ollama import ADDRESS, SAID, asked, gone, there
from tests.words import english, raises

HELLO: dict[str, Any] = {"model": "default", "messages": [{"role": "user", "content": "Hello!"}]}


class MemoryAnswer:
    """The `Answer` port, kept."""

    def __init__(self) -> None:
        self.status, self.type, self.body, self.failure = 0, "", "", ""
        self.is_complete = False
        self.stop: Callable[[], Any] = lambda: None

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        assert self.status == 0, "a second head"
        self.status, self.type = status, headers["Content-Type"].partition(";")[0]

    def text(self, text: str) -> None:
        assert self.status
        self.body += text

    def end(self) -> None:
        self.is_complete = True

    def fail(self, message: str) -> None:
        assert not self.is_complete
        self.failure = message

    def on_stop(self, stop: Callable[[], Any]) -> None:
        self.stop = stop

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str]:
        """Status and code."""
        return self.status, self.json["error"]["code"]

    @property
    def events(self) -> list[Any]:
        """The values of a stream of events that has its end."""
        *values, end = [event.removeprefix("data: ") for event in self.body.split("\n\n")[:-1]]
        assert end == "[DONE]"
        return [json.loads(value) for value in values]

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.body.splitlines()]


def request(answer: MemoryAnswer, method: str, path: str, body: object = None) -> ApiRequest:
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    return ApiRequest(method, path, text, answer)


async def ask(world: World, method: str, path: str, body: object = None) -> MemoryAnswer:
    """One request, to its end."""
    answer = MemoryAnswer()
    await world.act("api:request", request(answer, method, path, body))
    assert answer.is_complete or answer.failure
    return answer


def later(world: World) -> None:
    """Two days go by; a use is noted once a day."""
    assert isinstance(world.session.clock, FakeClock)
    world.session.clock.time += 2 * 86_400


def switched_on(scene: Callable[[World], Any], *answers: Any) -> None:
    """Play a scene in which the person has switched the API on; Ollama is not there unless the scene says so."""

    async def whole(world: World) -> None:
        gone(world)
        await world.act("settings:api", True)
        await scene(world)

    play(whole, *answers)


def test_it_is_off_until_it_is_switched_on_also_by_another_tab() -> None:
    async def scene(world: World) -> None:
        gone(world)
        assert (await ask(world, "GET", "v1/models")).error == (403, "api_off")
        await world.act("settings:api", True)
        assert (await ask(world, "GET", "v1/models")).status == 200
        [kept] = await world.records.get("settings", ["settings"])
        await world.records.write([("settings", "settings", {**(kept or {}), "is_api_on": False})])
        assert (await ask(world, "GET", "v1/models")).error == (403, "api_off")

    play(scene)


def test_thinking_is_never_in_the_content_and_never_sent_back() -> None:
    """Fault U1."""

    async def scene(world: World) -> None:
        earlier = {"role": "assistant", "content": "<think>So.</think>Lyon."}
        asked = {**HELLO, "messages": [*HELLO["messages"], earlier, {"role": "user", "content": "Really?"}]}
        whole = (await ask(world, "POST", "v1/chat/completions", asked)).json["choices"][0]["message"]
        assert (whole["content"], whole["reasoning_content"]) == ("Paris.", "Easy.")
        assert [message.content for message in world.engine.asked[-1]] == ["Hello!", "Lyon.", "Really?"]
        stream = await ask(world, "POST", "v1/chat/completions", {**HELLO, "stream": True})
        deltas = [chunk["choices"][0]["delta"] for chunk in stream.events]
        assert "".join(delta.get("content") or "" for delta in deltas) == "Paris."
        assert "".join(delta.get("reasoning_content") or "" for delta in deltas) == "Easy."

    switched_on(scene, "<think>Easy.</think>Paris.", "<think>Easy.</think>Paris.")


def test_paths_and_methods_that_are_not_there_are_told_apart() -> None:
    async def scene(world: World) -> None:
        assert (await ask(world, "GET", "v1/audio")).error == (404, "unknown_url")
        assert (await ask(world, "GET", "v1/chat/completions")).error == (405, "method_not_allowed")
        assert (await ask(world, "POST", "v1/models")).error == (405, "method_not_allowed")
        assert (await ask(world, "POST", "v1/chat/completions", "{")).error == (400, "invalid_json")

    switched_on(scene)


def test_a_model_of_this_browsers_answers_as_a_whole_and_in_a_stream() -> None:
    async def scene(world: World) -> None:
        whole = await ask(world, "POST", "v1/chat/completions", HELLO)
        assert (whole.status, whole.type) == (200, "application/json")
        assert whole.json["choices"][0]["message"]["content"] == "Hello there."
        assert whole.json["model"] == "tiny"
        stream = await ask(world, "POST", "v1/chat/completions", {**HELLO, "stream": True})
        assert (stream.status, stream.type) == (200, "text/event-stream")
        words = [chunk["choices"][0]["delta"].get("content") for chunk in stream.events]
        assert "".join(word or "" for word in words) == "One two three."
        assert world.session.state.turns() == (), "nothing of it is in the chats"

    switched_on(scene, "Hello there.", "One two three.")


def test_a_stop_word_stops_the_model() -> None:
    async def scene(world: World) -> None:
        answer = await ask(world, "POST", "v1/chat/completions", {**HELLO, "stop": "three"})
        assert answer.json["choices"][0]["message"]["content"] == "One two "
        assert world.engine.was_stopped

    switched_on(scene, "One two three four five.")


def test_neighbours_of_one_role_reach_a_browser_model_as_one_message() -> None:
    async def scene(world: World) -> None:
        messages = [{"role": "user", "content": "One."}, {"role": "user", "content": "Two."}]
        await ask(world, "POST", "v1/chat/completions", {**HELLO, "messages": messages})
        assert [message.content for message in world.engine.asked[-1]] == ["One.\n\nTwo."]

    switched_on(scene, "Yes.")


def test_a_model_that_fails_is_a_status_before_the_first_word_and_a_last_event_after_it() -> None:
    async def scene(world: World) -> None:
        for body in (HELLO, {**HELLO, "stream": True}):
            assert (await ask(world, "POST", "v1/chat/completions", body)).error == (500, "local_model_failed")
        there(world)
        world.fetch.rules[ADDRESS + "/api/chat"] = lambda start, end: MemoryReply(200, json.dumps(SAID[0]).encode())
        named = {**HELLO, "model": "chatty:1b", "stream": True}
        cut = await ask(world, "POST", "v1/chat/completions", named)
        assert cut.status == 200
        assert json.loads(cut.body.split("data: ")[-1])["error"]["code"] == "interrupted"
        whole = await ask(world, "POST", "v1/chat/completions", {**named, "stream": False})
        assert (whole.status, whole.is_complete) == (200, False)
        assert "stopped while answering" in whole.failure
        assert world.notices == []

    switched_on(scene, DeviceLost(), DeviceLost())


def test_whoever_reads_no_further_stops_the_model() -> None:
    async def scene(world: World) -> None:
        answer = MemoryAnswer()
        await world.begin("api:request", request(answer, "POST", "v1/chat/completions", {**HELLO, "stream": True}), 2)
        assert "two" in answer.body
        answer.stop()
        await world.session.jobs.join()
        assert world.engine.was_stopped
        assert world.session.state.answers_with() == {}

    switched_on(scene, "One two three four.")


def test_a_model_that_is_unloaded_ends_its_answer() -> None:
    async def scene(world: World) -> None:
        answer = MemoryAnswer()
        await world.begin("api:request", request(answer, "POST", "v1/chat/completions", {**HELLO, "stream": True}), 1)
        world.session.act("models:unload", "tiny")
        await world.session.jobs.join()
        assert answer.failure
        assert world.engine.is_unloaded

    switched_on(scene, "One two three four.")


def test_a_model_that_is_not_here_is_not_found() -> None:
    async def scene(world: World) -> None:
        for name in ("gpt-9", "../x", "ollama"):
            answer = await ask(world, "POST", "v1/chat/completions", {**HELLO, "model": name})
            assert answer.error == (404, "model_not_found")
            assert (await ask(world, "GET", f"v1/models/{name}")).error == (404, "model_not_found")
        assert (await ask(world, "GET", "v1/models/tiny")).json["owned_by"] == "browser"
        answer = await ask(world, "POST", "v1/chat/completions", {**HELLO, "model": "ollama:chatty:1b"})
        assert answer.error == (503, "ollama_unreachable")

    switched_on(scene)


def test_an_embedding_model_of_this_browser_makes_vectors_and_never_chats() -> None:
    """Fault E2: it would be loaded as if it could chat."""

    async def scene(world: World) -> None:
        await world.act("models:import", picked("bge.gguf", gguf({**BERT, "bert.context_length": 512})))
        [model] = [row.model for row in world.session.state.rows() if row.model.kind == "embedding"]
        assert [one["id"] for one in (await ask(world, "GET", "v1/models")).json["data"]] == ["tiny", model.id]
        assert (await ask(world, "GET", f"v1/models/{model.id}")).json["id"] == model.id
        answer = await ask(world, "POST", "v1/chat/completions", {**HELLO, "model": model.id})
        assert answer.status == 400
        assert "embedding model" in answer.json["error"]["message"]
        later(world)
        for name in (model.id, "default"):
            answer = await ask(world, "POST", "v1/embeddings", {"model": name, "input": ["light", "Rome"]})
            assert answer.json["model"] == model.id
            assert [one["embedding"] for one in answer.json["data"]] == [letters("light"), letters("Rome")]
            assert answer.json["usage"]["prompt_tokens"] == 2
        assert model.id in world.session.state.settings().used, "it is no model that nobody uses"
        answer = await ask(world, "POST", "v1/embeddings", {"model": model.id, "input": "word " * 600})
        assert answer.error == (400, "context_length_exceeded")
        answer = await ask(world, "POST", "v1/embeddings", {"model": "tiny", "input": "light"})
        assert answer.error == (400, "not_supported")

    switched_on(scene)


def test_a_reranking_model_is_listed_and_neither_chats_nor_makes_vectors() -> None:
    async def scene(world: World) -> None:
        await world.act("models:import", picked("judge.gguf", gguf(BERT, (*LAYERS, "cls.weight"))))
        [model] = [row.model for row in world.session.state.rows() if row.model.kind == "rerank"]
        [notice] = [one for one in world.session.state.notices() if one.id.startswith("imported-")]
        assert "A reranking model sorts found texts" in english(notice.cure)
        assert world.session.state.chosen().id == "tiny"
        with raises(NotSupported, "reranking model"):
            await world.session.models.choose(ModelId(model.id))
        assert model.id not in {one.id for one in world.session.state.shelf.of("browser")}
        assert [one["id"] for one in (await ask(world, "GET", "v1/models")).json["data"]] == ["tiny"]
        for path, body in (("v1/chat/completions", HELLO), ("v1/embeddings", {"input": "light"})):
            assert (await ask(world, "POST", path, {**body, "model": model.id})).status == 400
        later(world)
        scores = await world.session.embedders.rank(model, ToRank("light", ("light", "Rome")))
        assert len(scores) == 2
        await ticks()
        assert model.id in world.session.state.settings().used

    switched_on(scene)


def test_ollamas_models_answer_by_either_name_and_those_of_its_cloud_never() -> None:
    async def scene(world: World) -> None:
        there(world)
        tags = [
            {"name": "chatty:1b", "digest": "d", "size": 5, "capabilities": ["completion"]},
            {"name": "giant:cloud", "digest": "e", "size": 5},
            {"name": "far:1b", "digest": "f", "size": 5, "remote_host": "https://ollama.example"},
        ]
        body = json.dumps({"models": tags}).encode()
        world.fetch.rules[ADDRESS + "/api/tags"] = lambda start, end: MemoryReply(200, body)
        listed = (await ask(world, "GET", "v1/models")).json["data"]
        assert [one["id"] for one in listed] == ["tiny", "ollama:chatty:1b"]
        for name in ("chatty:1b", "ollama:chatty:1b"):
            answer = await ask(world, "POST", "v1/chat/completions", {**HELLO, "model": name})
            assert answer.json["choices"][0]["message"]["content"] == "Paris."
            assert answer.json["model"] == "ollama:chatty:1b"
        for name in ("giant:cloud", "far:1b"):
            answer = await ask(world, "POST", "v1/chat/completions", {**HELLO, "model": name})
            assert answer.error == (404, "model_not_found")

    switched_on(scene)


def form_of(schema: object) -> dict[str, Any]:
    """The question for an answer by a JSON schema."""
    return {**HELLO, "response_format": {"type": "json_schema", "json_schema": {"name": "it", "schema": schema}}}


def test_a_browser_model_answers_by_a_json_schema_or_with_an_error() -> None:
    schema = {"type": "object", "properties": {"city": {"enum": ["Paris", "Rome"]}}, "required": ["city"]}

    async def scene(world: World) -> None:
        asked, path = form_of(schema), "v1/chat/completions"
        answer = await ask(world, "POST", path, asked)
        assert answer.json["choices"][0]["message"]["content"] == '{"city": "Paris"}'
        stream = await ask(world, "POST", path, {**asked, "stream": True})
        deltas = [chunk["choices"][0]["delta"] for chunk in stream.events]
        assert [delta["content"] for delta in deltas if delta.get("content")] == ['{"city": "Rome"}']
        refused = await ask(world, "POST", path, {**asked, "stream": True})
        assert refused.error == (500, "local_model_failed")
        assert "city is none of" in refused.json["error"]["message"]
        bad = await ask(world, "POST", path, form_of({"type": "object", "properties": {"a": {"type": "text"}}}))
        assert bad.error == (400, "invalid_schema")
        assert "properties.a.type" in bad.json["error"]["message"]

    switched_on(scene, '{"city": "Paris"}', '{"city": "Rome"}', *['{"city": "Lyon"}'] * 2)


def test_what_a_browser_model_cannot_do_is_refused_by_its_name() -> None:
    async def scene(world: World) -> None:
        tool = {"type": "function", "function": {"name": "add"}}
        answer = await ask(world, "POST", "v1/chat/completions", {**HELLO, "tools": [tool]})
        assert (answer.status, answer.json["error"]["param"]) == (400, "tools")
        answer = await ask(world, "POST", "v1/embeddings", {"model": "tiny", "input": "light"})
        assert (answer.status, answer.json["error"]["param"]) == (400, "model")

    switched_on(scene)


def test_vectors_come_from_ollama_in_both_forms() -> None:
    async def scene(world: World) -> None:
        there(world)
        tags = json.dumps({"models": [{"name": "finder:1b", "digest": "f", "capabilities": ["embedding"]}]}).encode()
        made = json.dumps({"model": "finder:1b", "embeddings": [[0.5, 1.0]], "prompt_eval_count": 3}).encode()
        world.fetch.rules[ADDRESS + "/api/tags"] = lambda start, end: MemoryReply(200, tags)
        world.fetch.rules[ADDRESS + "/api/embed"] = lambda start, end: MemoryReply(200, made)
        body = {"model": "finder:1b", "input": "light"}
        plain = (await ask(world, "POST", "v1/embeddings", body)).json
        assert plain["data"][0]["embedding"] == [0.5, 1.0]
        assert plain["usage"]["prompt_tokens"] == 3
        packed = (await ask(world, "POST", "v1/embeddings", {**body, "encoding_format": "base64"})).json
        assert packed["data"][0]["embedding"] == "AAAAPwAAgD8="
        short = await ask(world, "POST", "v1/embeddings", {**body, "input": ["a", "b"]})
        assert short.status == 500, "one vector for two texts is no answer"

    switched_on(scene)


def test_the_models_of_this_browser_and_of_ollama_are_listed() -> None:
    async def scene(world: World) -> None:
        [here] = (await ask(world, "GET", "api/local-models/browser")).json["models"]
        assert (here["id"], here["status"], here["is_active"]) == ("tiny", "Not downloaded", True)
        absent = (await ask(world, "GET", "api/local-models/ollama")).json
        assert (absent["status"], absent["models"]) == ("Not running", [])
        there(world)
        present = (await ask(world, "GET", "api/local-models/ollama")).json
        assert (present["status"], present["version"]) == ("Running", "0.32.15")
        assert [(one["name"], one["status"]) for one in present["models"]] == [
            ("chatty:1b", "Ready"),
            ("listed:1b", "Not downloaded"),
        ]

    switched_on(scene)


def test_a_pull_tells_its_progress_and_its_end() -> None:
    async def scene(world: World) -> None:
        there(world)
        steps = [{"status": "pulling a", "digest": "a", "total": 9, "completed": 9}, {"status": "success"}]
        lines = b"".join(json.dumps(step).encode() + b"\n" for step in steps)
        world.fetch.rules[ADDRESS + "/api/pull"] = lambda start, end: MemoryReply(200, lines)
        answer = await ask(world, "POST", "api/local-models/ollama/pull", {"model": "new:1b"})
        assert (answer.status, answer.type) == (200, "application/x-ndjson")
        assert answer.lines[-1] == {"status": "success"}
        whole = await ask(world, "POST", "api/local-models/ollama/pull", {"model": "new:1b", "stream": False})
        assert whole.lines == [{"status": "success"}]

    switched_on(scene)


def test_a_pull_that_cannot_be_is_refused_in_words() -> None:
    async def scene(world: World) -> None:
        path = "api/local-models/ollama/pull"
        assert (await ask(world, "POST", path, {"model": "new:1b"})).error == (503, "ollama_unreachable")
        there(world)
        bad = await ask(world, "POST", path, {"model": "no name at all!"})
        assert (bad.status, bad.json["error"]["param"]) == (400, "model")
        assert (await ask(world, "POST", path, {})).status == 400
        told = b'{"error": "pull model manifest: file does not exist"}'
        world.fetch.rules[ADDRESS + "/api/pull"] = lambda start, end: MemoryReply(500, told)
        assert (await ask(world, "POST", path, {"model": "nothing:9b"})).error == (404, "model_not_found")
        world.fetch.rules[ADDRESS + "/api/pull"] = lambda start, end: Interrupted(detail="cut")
        assert (await ask(world, "POST", path, {"model": "new:1b"})).status == 503

    switched_on(scene)


def test_a_model_of_ollamas_is_deleted_by_name() -> None:
    async def scene(world: World) -> None:
        there(world)
        world.fetch.rules[ADDRESS + "/api/delete"] = lambda start, end: MemoryReply(200, b"")
        await world.act("models:choose", "ollama:chatty:1b")
        assert (await ask(world, "DELETE", "api/local-models/ollama/none:1b")).error == (404, "model_not_found")
        assert "/api/delete" not in asked(world)
        gone_now = await ask(world, "DELETE", "api/local-models/ollama/chatty%3A1b")
        assert gone_now.json == {"model": "chatty:1b", "deleted": True}
        assert "/api/delete" in asked(world)
        assert world.session.state.settings().model_id == ""

    switched_on(scene)


def test_requests_wait_for_one_another_and_for_the_chat() -> None:
    async def scene(world: World) -> None:
        first, second = MemoryAnswer(), MemoryAnswer()
        await world.begin("api:request", request(first, "POST", "v1/chat/completions", HELLO), 1)
        world.session.act("api:request", request(second, "POST", "v1/chat/completions", HELLO))
        await ticks(100)
        assert (first.is_complete, second.is_complete) == (False, False)
        await world.more()
        said = [answer.json["choices"][0]["message"]["content"] for answer in (first, second)]
        assert said == ["One two.", "Three four."]

    switched_on(scene, "One two.", "Three four.")
