"""The stand-in answers every recorded request as the real Ollama 0.32.15 did: status, headers, shape, error texts.

The recorded files are not here, so their digests stand for those of small files made for the purpose.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.ollama.gguf import make_gguf
from tests.ollama.recordings import Recording, names, recording
from tests.ollama.stand_in import StandIn

GEMMA_DIGEST = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
SMOLLM_DIGEST = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
GEMMA = make_gguf(
    {
        "general.architecture": "gemma3",
        "general.name": "gemma",
        "general.file_type": 15,
        "general.description": "as long as the header of a real model, so that the answer comes in chunks " * 30,
        "gemma3.context_length": 32_768,
        "gemma3.embedding_length": 640,
    },
    weights=2000,
)
SMOLLM = make_gguf(
    {
        "general.architecture": "llama",
        "llama.context_length": 2048,
        "llama.embedding_length": 576,
        "tokenizer.chat_template": "{% for message in messages %}{{'<|im_start|>' + message['role']}}{% endfor %}",
    }
)
#: What a recording refers to by a file's name.
FILES = {
    "19_create_with_template": json.dumps(
        {
            "model": "gemma3:270m",
            "files": {"gemma.gguf": f"sha256:{GEMMA_DIGEST}"},
            "template": "<start_of_turn>user\n{{ .Prompt }}<end_of_turn>\n<start_of_turn>model\n",
            "parameters": {"stop": ["<end_of_turn>"]},
        }
    ),
    "74_ctx_overflow": json.dumps(
        {
            "model": "smollm2:135m",
            "messages": [{"role": "user", "content": "word" * 906}],
            "truncate": False,
            "options": {"num_ctx": 256},
        }
    ),
}
#: The server has nothing yet when these are asked.
EMPTY = ("01", "02", "03", "04", "05", "06", "07", "08", "11", "12", "29", "63")
#: What differs on purpose: only a part of the recorded list.
SHORTER = ("52_recommendations",)
#: Keys that depend on the model's file.
OWN_KEYS = ("model_info", "license", "system", "parameters", "tensors")
HEADERS = ("content-type", "allow", "vary", "transfer-encoding", "content-length")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def ours(text: str) -> str:
    """The recorded digests as those of our files."""
    return text.replace(GEMMA_DIGEST, digest(GEMMA)).replace(SMOLLM_DIGEST, digest(SMOLLM))


def ask(server: StandIn, method: str, path: str, body: str | bytes, headers: Mapping[str, str]) -> tuple[Any, bytes]:
    """One request with exactly these headers; the reply and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        raw = body.encode() if isinstance(body, str) else body
        for name, value in {**headers, **({"Content-Length": str(len(raw))} if raw else {})}.items():
            connection.putheader(name, value)
        connection.endheaders(raw or None)
        reply = connection.getresponse()
        return reply, reply.read()
    finally:
        connection.close()


def prepare(server: StandIn, name: str) -> None:
    """Bring the server into the state in which the recording was made."""
    if name.startswith(EMPTY):
        return
    for model, content in (("gemma3-270m", GEMMA), ("gemma3:270m", GEMMA), ("smollm2:135m", SMOLLM)):
        sha256 = f"sha256:{digest(content)}"
        ask(server, "POST", f"/api/blobs/{sha256}", content, {})
        if name not in ("13_create_ok", "71_create_smollm2"):
            body = json.dumps({"model": model, "files": {"m.gguf": sha256}})
            ask(server, "POST", "/api/create", body, {})
    if name.startswith(("14", "21", "50")):
        for model in ("gemma3:270m", "smollm2:135m"):
            ask(server, "DELETE", "/api/delete", json.dumps({"model": model}), {})
    if name.startswith("21"):
        ask(server, "POST", "/api/generate", '{"model":"gemma3-270m"}', {})
    if name.startswith("36"):
        ask(server, "POST", "/api/copy", '{"source":"gemma3-270m","destination":"mycopy:v1"}', {})
    server.faults.is_offline = name.startswith(("30", "31"))
    offer = server.offer("http://127.0.0.1:21500/library/gemma:latest", (20_000_000,))
    server.shelf.pulled[offer.layers[0][0]] = 5_000_000  # the pull of 62 was cut


def shape(value: Any) -> Any:
    """A JSON value without its contents: keys and types; lists by their first element."""
    if isinstance(value, dict):
        return {key: ... if key in OWN_KEYS else shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def told(lines: list[dict[str, Any]]) -> list[Any]:
    """What a stream told, one entry for lines of one kind that follow each other. Of a status the words count."""
    entries: list[Any] = []
    for line in lines:
        words = re.sub(r"sha256:\w+|(?<=pulling )[0-9a-f]{12}", "…", str(line.get("status", "")))
        # whether an uploaded file may be used as it is depends on the file
        entry = (words.replace("using existing", "creating new"), shape(line))
        if not entries or entries[-1] != entry:
            entries.append(entry)
    return entries


def check_headers(expected: Recording, got: http.client.HTTPResponse) -> None:
    """The same headers with the same values, lengths and dates aside."""
    assert {key for key, _ in expected.headers} == {key.lower() for key, _ in got.getheaders()}
    for name in {key for key, _ in expected.headers} - {"date", "content-length"}:
        assert got.headers.get_all(name) == expected.all(name), name


def check_body(expected: Recording, raw: bytes) -> None:
    """Errors and plain texts to the letter, JSON by its shape."""
    text = raw.decode().rstrip("\n")
    kind = expected.all("content-type")
    if expected.status >= 400 or not expected.reply or "json" not in "".join(kind):
        if "event-stream" not in "".join(kind):
            assert text == ours(expected.reply)
        return
    lines = [json.loads(line) for line in text.splitlines()]
    if expected.name.startswith("11"):
        assert lines[-1]["error"].endswith("no such file or directory")
    assert told(lines) == told(expected.lines)
    if expected.lines[-1].get("error") and not expected.name.startswith("11"):
        assert lines[-1] == expected.lines[-1]
    if "done_reason" in expected.lines[-1]:
        assert lines[-1]["done_reason"] == expected.lines[-1]["done_reason"]


@pytest.mark.parametrize("name", names())
def test_the_stand_in_answers_as_recorded(server: StandIn, name: str) -> None:
    expected = recording(name)
    prepare(server, name)
    if name.startswith(("20", "22", "25", "70", "23", "77")):
        server.talk.text = server.talk.answers["What is the capital of France? Answer in one sentence."] = "word " * 99
    body: str | bytes = ours(FILES.get(name, expected.body))
    if name.startswith("08"):
        body = GEMMA
    sent = {key: value.replace("127.0.0.1:11434", f"127.0.0.1:{server.port}") for key, value in expected.sent}
    reply, raw = ask(server, expected.method, ours(expected.path), "" if body == "@/dev/null" else body, sent)
    assert reply.status == expected.status
    check_headers(expected, reply)
    if name not in SHORTER:
        check_body(expected, raw)


def test_the_recorded_stream_of_server_sent_events_has_the_same_events(server: StandIn) -> None:
    expected = recording("73_v1_stream")
    prepare(server, expected.name)
    _, raw = ask(server, "POST", expected.path, expected.body, {})
    events = [line.removeprefix("data: ") for line in raw.decode().splitlines() if line]
    theirs = [line.removeprefix("data: ") for line in expected.reply.splitlines() if line]
    assert events[-1] == theirs[-1] == "[DONE]"
    assert shape(json.loads(events[-2])) == shape(json.loads(theirs[-2]))


def test_a_crash_in_the_middle_ends_the_stream_as_recorded(server: StandIn) -> None:
    expected = recording("75_midstream_crash")
    server.install("smollm2:135m")
    server.faults.crash_after = 3
    body = json.dumps({"model": "smollm2:135m", "messages": [{"role": "user", "content": "Tell me a story."}]})
    reply, raw = ask(server, "POST", "/api/chat", body, {})
    assert reply.status == expected.status
    check_headers(expected, reply)
    lines = [json.loads(line) for line in raw.decode().splitlines()]
    assert told(lines) == told(expected.lines)
    assert lines[-1] == expected.lines[-1]


def test_there_is_a_recording_of_every_kind() -> None:
    assert len(names()) > 70
    assert Path(__file__).parent.parent.joinpath("fixtures", "ollama", "abort.ndjson").is_file()
