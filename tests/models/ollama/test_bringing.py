"""Bringing a GGUF file: what is checked, what is sent and in which order, and templates that write proper turns."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import struct
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import pytest

from app.core.errors import AppError, Corrupt, Interrupted, LoadFailed, ProviderError
from app.models.ollama.answers import Details, Step
from app.models.ollama.bringing import Bringing, Brought, Stage, command_line, suggested_name
from app.models.ollama.chat_templates import CHAT_TEMPLATES, ChatTemplate, guess
from app.models.ollama.client import OllamaClient
from app.models.ollama.library import BadName, valid_name
from tests.environment import ROOT
from tests.memory import FakeClock, MemoryBlobs, MemoryHasher, MemoryReply, ScriptedFetch, ticks
from tests.ollama.gguf import make_gguf
from tests.words import english, raises

TINY = (ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf").read_bytes()
CHATTING = Details(template="{{ .System }}{{ .Prompt }}", capabilities=("completion",), has_template=True)
PLAIN = Details(template="{{ .Prompt }}", capabilities=("completion",), has_template=False)
MADE = [Step("parsing GGUF"), Step("creating new layer sha256:" + "9" * 64), Step("writing manifest"), Step("success")]


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def gguf(**texts: str) -> bytes:
    """A small GGUF file with these texts in its header and one tensor of a few thousand bytes."""
    entries = b"".join(
        text(key.replace("__", ".")) + struct.pack("<I", 8) + text(value) for key, value in texts.items()
    )
    head = (
        b"GGUF"
        + struct.pack("<IQQ", 3, 1, len(texts))
        + entries
        + text("token_embd.weight")
        + struct.pack("<IQIQ", 1, 6000, 24, 0)
    )
    return head + bytes(-len(head) % 32) + bytes(range(1, 251)) * 24


class Server:
    """Stands for the client: it keeps blobs, and remembers the order of calls. `steps` is what create tells."""

    def __init__(self, details: Details = CHATTING, steps: Sequence[Step | AppError] = MADE) -> None:
        self.details, self.steps = details, steps
        self.blobs: dict[str, bytes] = {}
        self.calls: list[str] = []
        self.made: dict[str, Any] = {}
        self.gate: asyncio.Event | None = None

    async def has_blob(self, sha256: str) -> bool:
        """Whether it was sent before."""
        self.calls.append("has")
        return sha256 in self.blobs

    async def send_blob(self, sha256: str, handle: object) -> None:
        """Take it if it is what it says."""
        self.calls.append("send")
        if self.gate:
            await self.gate.wait()
        assert isinstance(handle, bytes)
        if hashlib.sha256(handle).hexdigest() != sha256:
            raise Corrupt()
        self.blobs[sha256] = handle

    async def create(
        self, name: str, files: Mapping[str, str], *, template: str = "", system: str = "", stop: Sequence[str] = ()
    ) -> AsyncGenerator[Step, None]:
        """Tell what is scripted."""
        self.calls.append("create")
        assert set(files.values()) <= {f"sha256:{blob}" for blob in self.blobs}
        self.made = {"name": name, "files": files, "template": template, "system": system, "stop": tuple(stop)}
        for step in self.steps:
            await asyncio.sleep(0)
            if isinstance(step, AppError):
                raise step
            yield step

    async def show(self, name: str) -> Details:
        """The scripted details."""
        self.calls.append("show")
        return self.details


class World:
    """A bringing with everything in memory; every stage is kept."""

    def __init__(self, server: Server) -> None:
        self.server, self.hasher, self.stages = server, MemoryHasher(), list[Stage]()
        client: OllamaClient = server  # type: ignore[assignment]
        blobs, clock = MemoryBlobs(), FakeClock(0.1)
        self.bringing = Bringing(client, blobs, self.hasher, clock, self.stages.append, slice_bytes=1000)

    def bring(self, data: bytes, name: str = "tiny", **options: Any) -> Brought:
        """Bring a file to its end."""
        return asyncio.run(self.bringing.bring(data, "Tiny Model-F16.gguf", name, **options))


def test_a_file_is_hashed_sent_made_and_looked_at_in_that_order() -> None:
    world = World(Server())
    brought = world.bring(TINY, system="Be brief.", stop=("<end>",))
    digest = hashlib.sha256(TINY).hexdigest()
    assert world.server.calls == ["has", "send", "create", "show"]
    assert world.server.blobs == {digest: TINY}
    assert (brought.sha256, brought.warning) == (digest, None)
    assert world.server.made == {
        "name": "tiny",
        "files": {"tiny-model-f16.gguf": f"sha256:{digest}"},
        "template": "",
        "system": "Be brief.",
        "stop": ("<end>",),
    }


def test_the_stages_go_forward_and_end_with_ready() -> None:
    world = World(Server())
    world.bring(TINY)
    phases = [stage.phase for stage in world.stages]
    assert list(dict.fromkeys(phases)) == ["hashing", "sending", "creating", "ready"]
    assert phases == sorted(phases, key=["hashing", "sending", "creating", "ready"].index)
    hashed = [stage.done_bytes for stage in world.stages if stage.phase == "hashing"]
    assert hashed == sorted(hashed)
    assert (hashed[0], hashed[-1]) == (0, len(TINY))
    assert len(hashed) == 2 + (len(TINY) - 1) // 1000
    assert any(stage.note == "creating new layer 999999999999" for stage in world.stages)


def test_a_file_that_ollama_has_is_not_sent_again_nor_hashed_where_its_hash_is_known() -> None:
    world = World(Server())
    first = world.bring(TINY)
    hashed = world.hasher.hashed
    world.bring(TINY, "other", sha256=first.sha256, template=CHAT_TEMPLATES["gemma"].template)
    assert world.server.calls == ["has", "send", "create", "show", "has", "create", "show"]
    assert world.hasher.hashed == hashed
    assert world.server.made["template"] == CHAT_TEMPLATES["gemma"].template


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "not a GGUF"), (b"PK\x03\x04" + bytes(5000), "not a GGUF"), (TINY[:9000], "cut short"), (b"GGUF", "damaged"),
     (gguf(general__architecture="clip"), "sees or hears")],
)  # fmt: skip
def test_what_is_no_model_is_found_before_anything_is_sent(data: bytes, said: str) -> None:
    world = World(Server())
    with raises(LoadFailed, said):
        world.bring(data)
    assert world.server.calls == []
    assert world.hasher.hashed == 0


def test_a_name_that_ollama_would_refuse_is_found_before_anything_is_hashed() -> None:
    world = World(Server())
    with pytest.raises(BadName):
        world.bring(TINY, "bad name!!")
    assert (world.hasher.hashed, world.server.calls) == (0, [])


@pytest.mark.parametrize("steps", [MADE[:-1], [], [MADE[0], ProviderError("The disk is full.")]])
def test_without_success_it_is_no_model(steps: list[Step | AppError]) -> None:
    world = World(Server(steps=steps))
    with pytest.raises((Interrupted, ProviderError)):
        world.bring(TINY)
    assert "show" not in world.server.calls
    assert world.stages[-1].phase == "creating"


def test_a_file_that_changes_while_it_is_sent_is_told() -> None:
    with pytest.raises(Corrupt):
        World(Server()).bring(TINY, sha256="0" * 64)


def test_stopping_it_stops_the_sending_and_makes_nothing() -> None:
    world = World(Server())

    async def story() -> None:
        world.server.gate = asyncio.Event()
        task = asyncio.ensure_future(world.bringing.bring(TINY, "a.gguf", "a"))
        while "send" not in world.server.calls:
            await ticks()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(story())
    assert (world.server.blobs, world.server.calls) == ({}, ["has", "send"])


def test_over_http_the_file_goes_by_reference_and_only_where_it_is_wanted() -> None:
    told = b"".join(b'{"status":"%s"}\n' % step.status.encode() for step in MADE)
    fetch = ScriptedFetch({})
    fetch.events += [MemoryReply(404), MemoryReply(201), MemoryReply(200, told), MemoryReply(200, b'{"template":"x"}')]
    bringing = Bringing(OllamaClient(fetch), MemoryBlobs(), MemoryHasher(), FakeClock())
    brought = asyncio.run(bringing.bring(TINY, "tiny.gguf", "tiny", stop=["<end>"]))
    blob = f"/api/blobs/sha256:{hashlib.sha256(TINY).hexdigest()}"
    paths = [(method, url.removeprefix("http://localhost:11434")) for url, method in fetch.asked]
    assert paths == [("HEAD", blob), ("POST", blob), ("POST", "/api/create"), ("POST", "/api/show")]
    assert fetch.bodies[1] is TINY
    assert json.loads(str(fetch.bodies[2])) == {
        "model": "tiny",
        "files": {"tiny.gguf": f"sha256:{brought.sha256}"},
        "parameters": {"stop": ["<end>"]},
        "stream": True,
    }


# -- templates


def test_a_model_that_only_continues_text_is_warned_of() -> None:
    brought = World(Server(PLAIN)).bring(gguf(general__architecture="gemma3"))
    assert "only continue text" in english(brought.warning or "")
    embedding = Details(template="{{ .Prompt }}", capabilities=("embedding",), has_template=False)
    assert World(Server(embedding)).bring(TINY).warning is None


def test_looking_suggests_a_name_and_a_template_only_where_the_file_has_none() -> None:
    world = World(Server())

    def look(data: bytes, name: str) -> tuple[str, str]:
        looked = asyncio.run(world.bringing.look(data, name))
        assert looked.size_bytes == len(data)
        return looked.name, looked.template.id if looked.template else ""

    assert look(TINY, "tiny-gemma3-f16.gguf") == ("tiny-gemma3:f16", "")
    assert look(gguf(general__architecture="llama", general__name="Meta Llama 3"), "x.gguf") == ("x", "llama3")
    assert look(gguf(general__architecture="qwen2"), "qwen.Q8_0.gguf") == ("qwen:q8_0", "chatml")
    assert look(gguf(general__architecture="llama"), "story.gguf") == ("story", "")
    with raises(LoadFailed, "a reranking model, which Ollama can't use"):
        tensors = ("token_embd.weight", "cls.weight")
        look(make_gguf({"general.architecture": "bert"}, 2048, tensors, bytes(range(1, 251))), "judge.gguf")
    assert world.server.calls == []


JINJA = {
    "chatml": "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>'}}{% endfor %}",
    "llama3": "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + content + '<|eot_id|>' }}",
    "llama2": "{{ bos_token + '[INST] <<SYS>>\\n' + system + '\\n<</SYS>>\\n\\n' + content + ' [/INST]' }}",
    "gemma": "{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}",
    "mistral": "{{ bos_token + '[INST] ' + message['content'] + ' [/INST]' }}",
    "phi3": "{{'<|user|>' + '\\n' + message['content'] + '<|end|>' + '\\n' + '<|assistant|>' + '\\n'}}",
    "zephyr": "{{ '<|user|>\\n' + message['content'] + eos_token }}{{ '<|assistant|>' }}",
    "granite": "{{ '<|start_of_role|>' + m['role'] + '<|end_of_role|>' + m['content'] + '<|end_of_text|>' }}",
    "alpaca": "{{ '### Instruction:\\n' + message['content'] + '\\n### Response:\\n' }}",
    "vicuna": "{{ 'USER: ' + message['content'] + ' ASSISTANT:' }}",
}


def test_a_files_own_template_tells_its_family_and_an_unknown_one_tells_nothing() -> None:
    assert JINJA.keys() == CHAT_TEMPLATES.keys()
    for id, jinja in JINJA.items():
        found = guess(jinja)
        assert found is not None
        assert found.id == id
    assert guess("{{ '<new_mark>' + content }}", "gemma3") is None  # the template decides, not the name
    assert guess("", "llama", "My own") is None


def rendered(template: ChatTemplate, system: str, prompt: str, response: str) -> str:
    """What Go's text/template makes of it, of the few forms that are used here."""
    values = {"System": system, "Prompt": prompt, "Response": response}
    out = re.sub(
        r"{{ if \.(\w+) }}((?:(?!{{ if ).)*?){{ end }}",
        lambda found: found[2] if values[found[1]] else "",
        template.template,
        flags=re.DOTALL,
    )
    return re.sub(r"{{ \.(\w+) }}", lambda found: values[found[1]], out)


def test_every_template_writes_system_question_and_answer_in_order_and_nothing_of_its_own_language() -> None:
    for template in CHAT_TEMPLATES.values():
        first, later = rendered(template, "SYS", "ASK", "SAY"), rendered(template, "", "ASK", "SAY")
        assert first.index("SYS") < first.index("ASK") < first.index("SAY"), template.id
        assert "SYS" not in later
        assert not re.search(r"{{|}}", first + later), template.id
        assert template.template.count("{{ if ") == template.template.count("{{ end }}"), template.id
        assert template.template.count("{{ .Response }}") == 1, template.id
        assert any(word in first.partition("SAY")[2] or word in first.partition("SAY")[0] for word in template.stop)


def test_the_well_known_templates_are_written_to_the_letter() -> None:
    chatml = "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n"
    assert rendered(CHAT_TEMPLATES["chatml"], "S", "Q", "A") == chatml
    gemma = "<start_of_turn>user\nS\n\nQ<end_of_turn>\n<start_of_turn>model\nA<end_of_turn>\n"
    assert rendered(CHAT_TEMPLATES["gemma"], "S", "Q", "A") == gemma
    turns = ["<|start_header_id|>user<|end_header_id|>\n\nQ", "<|start_header_id|>assistant<|end_header_id|>\n\nA", ""]
    llama3 = "<|eot_id|>".join(turns)
    assert rendered(CHAT_TEMPLATES["llama3"], "", "Q", "A") == llama3


# -- names


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("SmolLM2-135M-Instruct-Q4_K_M.gguf", "smollm2-135m-instruct:q4_k_m"),
        ("model.Q8_0.GGUF", "model:q8_0"),
        ("my model (2).gguf", "my-model-2"),
        ("C:\\models\\Llama-3.2-1B-IQ3_XS.gguf", "llama-3.2-1b:iq3_xs"),
        ("folder/bge-m3-f16.gguf", "bge-m3:f16"),
        ("Ünï…cödé.gguf", "n-c-d"),
        (".gguf", "imported"),
        ("a..b.gguf", "a.b"),
        ("---.gguf", "imported"),
        ("x" * 300 + ".gguf", "x" * 80),
    ],
)
def test_a_name_is_suggested_that_ollama_takes(file: str, name: str) -> None:
    assert suggested_name(file) == name
    assert valid_name(name) == name


def test_the_same_by_hand_is_two_lines() -> None:
    assert command_line("tiny.gguf", "tiny") == ("echo FROM ./tiny.gguf > Modelfile", "ollama create tiny -f Modelfile")
    assert command_line("a; rm -rf ~.gguf", "a")[0] == "echo FROM ./model.gguf > Modelfile"
