"""What the stand-in keeps, suffers and tells: models and memory, pulls that go on, faults, and who hung up."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from contextlib import suppress
from typing import Any

import pytest

from app.core.errors import Interrupted
from tests.ollama.fetch import HttpFetch
from tests.ollama.gguf import make_gguf
from tests.ollama.stand_in import StandIn

Line = dict[str, Any]


def lines_of(server: StandIn, path: str, body: Line, method: str = "POST", most: int = 0) -> list[Line]:
    """The JSON lines of a reply; after `most` of them the client hangs up, and a cut ends them."""

    async def run() -> list[Line]:
        reply = await HttpFetch()(server.url + path, method=method, body=json.dumps(body) if body else None)
        raw = b""
        with suppress(Interrupted):
            async for part in reply.aiter_bytes():
                raw += part
                if most and raw.count(b"\n") >= most:
                    break
        reply.close()
        return [json.loads(line) for line in raw.decode().split("\n") if line.endswith("}")]

    return asyncio.run(run())


def ask(server: StandIn, path: str, **body: Any) -> list[Line]:
    return lines_of(server, path, body)


def chat(server: StandIn, **more: Any) -> list[Line]:
    return ask(server, "/api/chat", model="tiny", messages=[{"role": "user", "content": "Hi"}], **more)


def running(server: StandIn) -> list[str]:
    return [row["name"] for row in lines_of(server, "/api/ps", {}, "GET")[0]["models"]]


def test_a_model_stays_in_memory_until_it_is_unloaded(server: StandIn) -> None:
    server.install("tiny")
    assert running(server) == []
    chat(server)
    assert running(server) == ["tiny:latest"]
    assert ask(server, "/api/chat", model="tiny", messages=[], keep_alive=0)[0]["done_reason"] == "unload"
    assert running(server) == []
    chat(server, keep_alive="0s")
    assert running(server) == []


def test_a_model_that_is_answering_is_not_unloaded_before_its_client_leaves(server: StandIn) -> None:
    server.install("tiny")
    server.talk.hold_after = 2

    async def run() -> None:
        body = json.dumps({"model": "tiny", "messages": [{"role": "user", "content": "Hi"}]})
        reply = await HttpFetch()(server.url + "/api/chat", method="POST", body=body)
        await asyncio.to_thread(server.until, lambda: server.log[0].lines == 2)
        unload = json.dumps({"model": "tiny", "messages": [], "keep_alive": 0})
        await (await HttpFetch()(server.url + "/api/chat", method="POST", body=unload)).handle()
        assert server.running == ["tiny:latest"]
        reply.close()
        await asyncio.to_thread(server.until, lambda: server.running == [])

    asyncio.run(run())
    assert server.log[0].hung_up
    assert not server.log[1].hung_up


def test_a_held_reply_goes_on_when_it_is_released(server: StandIn) -> None:
    server.install("tiny")
    server.talk.hold_after = 1
    server.release()
    assert chat(server)[-1]["done"]


def test_the_last_line_tells_the_speed_that_was_set(server: StandIn) -> None:
    server.install("tiny")
    server.talk.text, server.talk.tokens_per_second = "one two three", 25.0
    first, second = chat(server)[-1], chat(server)[-1]
    assert (first["eval_count"], first["done_reason"]) == (4, "stop")
    assert first["eval_count"] / first["eval_duration"] * 1e9 == pytest.approx(25.0)
    assert first["load_duration"] == 1_500_000_000
    assert second["load_duration"] < 10_000_000
    assert chat(server, options={"num_predict": 2})[-1]["done_reason"] == "length"


def test_a_thinking_model_thinks_unless_told_not_to(server: StandIn) -> None:
    server.install("tiny", capabilities=("completion", "thinking"))
    assert "thinking" in chat(server)[0]["message"]
    assert not any("thinking" in line["message"] for line in chat(server, think=False))


def test_a_model_with_tools_calls_one_and_then_answers(server: StandIn) -> None:
    server.install("tiny", capabilities=("completion", "tools"))
    schema = {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}
    tools = [{"type": "function", "function": {"name": "weather", "parameters": schema}}]
    [call] = chat(server, tools=tools)[0]["message"]["tool_calls"]
    assert call["function"] == {"index": 0, "name": "weather", "arguments": {"city": "city", "days": 1}}
    messages = [{"role": "user", "content": "Hi"}, {"role": "tool", "content": "18 degrees"}]
    assert ask(server, "/api/chat", model="tiny", messages=messages, tools=tools)[0]["message"]["content"] == "I"


def test_a_schema_is_kept_to(server: StandIn) -> None:
    server.install("tiny")
    schema = {"type": "object", "properties": {"cards": {"type": "array", "items": {"type": "string"}, "minItems": 2}}}
    text = chat(server, format=schema, stream=False)[0]["message"]["content"]
    assert json.loads(text) == {"cards": ["cards", "cards"]}
    server.talk.text = '{"cards": ["a", "b"]}'
    assert chat(server, format=schema, stream=False)[0]["message"]["content"] == server.talk.text


def likeness(one: list[float], other: list[float]) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def test_vectors_are_units_and_near_for_texts_that_share_words(server: StandIn) -> None:
    server.install("embed", capabilities=("embedding",), embedding_length=384)
    texts = ["cats chase mice", "cats chase birds", "stock market prices"]
    [answer] = ask(server, "/api/embed", model="embed", input=texts)
    cat, other_cat, market = answer["embeddings"]
    assert [len(one) for one in answer["embeddings"]] == [384] * 3
    assert math.fsum(number * number for number in cat) == pytest.approx(1.0)
    assert likeness(cat, other_cat) > likeness(cat, market) + 0.3
    assert ask(server, "/api/embed", model="embed", input=texts[0])[0]["embeddings"] == [cat]
    assert len(ask(server, "/api/embed", model="embed", input="a", dimensions=64)[0]["embeddings"][0]) == 64


def statuses(lines: list[Line]) -> list[str]:
    return [line.get("status") or "error" for line in lines]


def test_a_pull_tells_of_every_layer_and_installs_at_its_end(server: StandIn) -> None:
    offer = server.offer("new:1b", (4_000_000, 300))
    lines = ask(server, "/api/pull", model="new:1b")
    ends = ["verifying sha256 digest", "writing manifest", "success"]
    assert statuses(lines)[-3:] == ends
    assert "completed" not in lines[1]
    last = {line["digest"]: line.get("completed", 0) for line in lines if "digest" in line}
    assert last == dict(offer.layers)
    assert list(server.shelf.models) == ["new:1b"]
    again = ask(server, "/api/pull", model="new:1b")
    assert [line["completed"] for line in again if "digest" in line] == [4_000_000, 300]


@pytest.mark.parametrize("way", ["the client leaves", "the line breaks", "the stream just ends"])
def test_a_pull_goes_on_from_where_it_was_cut(server: StandIn, way: str) -> None:
    server.offer("new:1b", (9_000_000, 300))
    if way == "the client leaves":
        server.pulling.hold_after = 3_000_000
    else:
        server.faults.cut_pull_after, server.faults.ends_cleanly = 3_000_000, way == "the stream just ends"
    lines = lines_of(server, "/api/pull", {"model": "new:1b"}, most=4 if way == "the client leaves" else 0)
    assert "success" not in statuses(lines)
    assert server.shelf.models == {}
    server.until(lambda: server.log[0].has_ended)
    assert server.log[0].hung_up == (way == "the client leaves")
    server.pulling.hold_after = None
    lines = ask(server, "/api/pull", model="new:1b")
    assert lines[1]["completed"] > 3_000_000
    assert statuses(lines)[-1] == "success"


def test_the_library_that_cannot_be_reached_is_an_error_in_the_stream(server: StandIn) -> None:
    assert "file does not exist" in ask(server, "/api/pull", model="nosuch")[-1]["error"]
    server.faults.is_offline = True
    assert "no such host" in ask(server, "/api/pull", model="hf.co/user/repo:Q4_K_M")[-1]["error"]


def test_a_pulls_blob_goes_when_the_last_model_made_of_it_does(server: StandIn) -> None:
    server.offer("new:1b", (1_000, 300))
    ask(server, "/api/pull", model="new:1b")
    ask(server, "/api/copy", source="new:1b", destination="mine")
    lines_of(server, "/api/delete", {"model": "new:1b"}, "DELETE")
    assert len(server.shelf.pulled) == 2
    lines_of(server, "/api/delete", {"model": "mine"}, "DELETE")
    assert server.shelf.pulled == {}


def test_a_file_becomes_a_model_with_what_its_header_says(server: StandIn) -> None:
    content = make_gguf(
        {
            "general.architecture": "bert",
            "bert.pooling_type": 1,
            "bert.context_length": 256,
            "bert.embedding_length": 64,
        }
    )
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    server.shelf.path(digest).write_bytes(content)
    assert statuses(ask(server, "/api/create", model="mine", files={"a.gguf": digest}))[-1] == "success"
    [shown] = ask(server, "/api/show", model="mine")
    assert shown["capabilities"] == ["embedding"]
    assert shown["model_info"]["bert.context_length"] == 256
    assert shown["template"] == "{{ .Prompt }}"
    server.shelf.path(digest).write_bytes(b"not a model at all, but a text")
    assert ask(server, "/api/create", model="other", files={"a.gguf": digest})[-1] == {"error": "invalid file magic"}
    assert list(server.shelf.models) == ["mine:latest"]


def test_parameters_and_a_system_prompt_are_shown_as_they_were_given(server: StandIn) -> None:
    server.install("tiny")
    made = ask(
        server,
        "/api/create",
        **{
            "model": "mine",
            "from": "tiny",
            "system": "Be brief.",
            "parameters": {"stop": ["<end>", "###"], "top_k": 4},
        },
    )
    assert statuses(made)[-1] == "success"
    [shown] = ask(server, "/api/show", model="mine")
    assert shown["system"] == "Be brief."
    assert [line.split() for line in shown["parameters"].splitlines()] == [
        ["stop", '"<end>"'],
        ["stop", '"###"'],
        ["top_k", "4"],
    ]


def test_what_is_in_memory_has_the_name_that_loaded_it_until_it_is_idle(server: StandIn) -> None:
    """As a real Ollama does it (faults O2 and O3)."""
    server.num_ctx = 2048
    server.install("tiny")
    ask(server, "/api/copy", source="tiny", destination="other")
    chat(server)
    ask(server, "/api/chat", model="other", messages=[{"role": "user", "content": "Hi"}])
    assert server.running == ["tiny:latest"]
    [row] = lines_of(server, "/api/ps", {}, "GET")[0]["models"]
    assert row["context_length"] == 2048
    ask(server, "/api/chat", model="other", messages=[], options={"num_ctx": 1024})
    assert server.running == ["other:latest"], "another length loads the weights anew"
    server.idle()
    assert server.running == []
    chat(server)
    ask(server, "/api/chat", model="other", messages=[], keep_alive=0)
    assert server.running == [], "unloaded by either name"


def test_the_faults_have_the_words_of_the_real_server(server: StandIn) -> None:
    server.install("tiny")
    server.faults.busy = 1
    assert chat(server)[0]["error"].startswith("server busy")
    server.faults.out_of_memory = True
    assert "out-of-memory" in chat(server)[0]["error"]
    server.faults.out_of_memory, server.faults.crash_on_load = False, True
    assert chat(server)[0]["error"].startswith("llama-server process has terminated")
    server.faults.crash_on_load, server.faults.cut_reply_after = False, 2
    assert not chat(server)[-1]["done"]
    assert chat(server)[-1]["done"]
    server.faults.version = "0.3.0"
    assert lines_of(server, "/api/version", {}, "GET") == [{"version": "0.3.0"}]


def test_another_program_on_the_port_answers_with_a_page(server: StandIn) -> None:
    server.faults.other_program = True

    async def run() -> None:
        reply = await HttpFetch()(server.url + "/api/version")
        assert (reply.status, reply.headers["content-type"]) == (200, "text/html")
        reply.close()

    asyncio.run(run())


def test_lines_can_be_cut_anywhere(server: StandIn) -> None:
    server.install("tiny")
    server.chunk_bytes = 7
    server.talk.text = "Zürich – 東京"
    assert "".join(line["message"]["content"] for line in chat(server)) == server.talk.text


def test_a_server_that_is_quit_and_started_again_keeps_its_models(server: StandIn) -> None:
    server.install("tiny")
    chat(server)
    port = server.port
    server.stop()
    with pytest.raises(Interrupted):
        chat(server)
    server.start()
    assert server.port == port
    assert running(server) == []
    assert chat(server)[-1]["done"]
