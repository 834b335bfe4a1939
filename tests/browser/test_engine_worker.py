"""The four engines in a real Chromium, driven by the app's own Python in a worker, with the tiny models."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from app.core.engine_errors import MISSING, TEMPLATE
from app.core.values import Message
from app.models.engines.templates import PICTURE, gemma_prompt, images_of
from static.js.build.embedder import make_embedder
from tests.browser.driver import LIMIT_MS, MODELS
from tests.browser.python_worker import PythonWorker, worker_folder
from tests.browser.thinking import THINKING, thinking_model
from tests.environment import ROOT
from tests.gguf_parts import names_of, split
from tests.mmproj import png, projector
from tests.ollama.gguf import with_template
from tests.small_embedder import ranking, wheel
from tests.words import english

CONTRACT = ROOT / "tests" / "contract" / "engine_contract.py"
VECTORS = ROOT / "tests" / "contract" / "vector_contract.py"
SCHEMAS = ROOT / "tests" / "contract" / "schema_contract.py"
FILES = {
    "wllama": "tiny-gemma3-f16.gguf",
    "litert-lm-cpu": "tiny-gemma3-cpu.litertlm",
    "litert-lm-gpu": "tiny-gemma3-gpu.litertlm",
    "mediapipe": "tiny-gemma3-web.task",
}

SMOLLM2 = "SmolLM2-135M-Instruct.Q4_1.gguf"
PARTS = names_of("tiny", 3)
PROJECTOR = "mmproj-tiny.gguf"

#: Chat templates that do not work.
TEMPLATES = {
    "unclosed": "{% for message in messages %}{{ message['content'] }",
    "unknown-tag": "{% frobnicate %}",
    "refuses": "{{ raise_exception('Conversation roles must alternate') }}",
    "unknown-filter": "{{ messages | nofilter }}",
    "wrong-type": "{{ messages + 1 }}",
}

PREPARE = """
import asyncio, js, time
from contextlib import aclosing
from dataclasses import replace
from app.browser.engines import engine_maker
from app.core.errors import DeviceLost
from app.core.values import EngineSettings, Message, Sampling
from app.models.engines.templates import gemma_prompt

settings = EngineSettings(context_length=256, sampling=Sampling(temperature=0, max_tokens=64, seed=1))

async def blob_of(name):
    return await (await js.fetch(BASE + "models/" + name)).blob()
"""

HELLO = """async with aclosing(engine.generate([Message("user", "Hello!")], settings)) as texts:
    text = "".join([piece.text async for piece in texts])
text"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The worker's page, under a sub-path, with models whose templates think or do not work."""
    folder = tmp_path_factory.mktemp("worker")
    with worker_folder(folder, SCHEMAS, VECTORS) as url:
        made = folder / "a" / "path" / "made"
        made.mkdir()
        for name in THINKING:
            thinking_model(made, name)
        for name, part in zip(PARTS, split((MODELS / FILES["wllama"]).read_bytes(), 3), strict=True):
            (made / name).write_bytes(part)
        make_embedder(wheel(folder), made / "vectors.gguf")
        ranking(folder, made / "judge.gguf")
        (made / PROJECTOR).write_bytes(projector())
        for name, template in TEMPLATES.items():
            (made / f"{name}.gguf").write_bytes(with_template(MODELS / FILES["wllama"], template))
        yield url


def worker_in(browser: Browser, address: str) -> Iterator[PythonWorker]:
    page = browser.new_page()
    page.set_default_timeout(LIMIT_MS)
    worker = PythonWorker(page, address)
    yield worker
    page.close()


@pytest.fixture(scope="module")
def gpu_worker(webgpu: Browser, address: str) -> Iterator[PythonWorker]:
    """Python in a worker, with WebGPU in software."""
    yield from worker_in(webgpu, address)


@pytest.fixture(scope="module")
def plain_worker(no_webgpu: Browser, address: str) -> Iterator[PythonWorker]:
    """Python in a worker, without WebGPU."""
    yield from worker_in(no_webgpu, address)


def checked(worker: PythonWorker, name: str, more: str = "") -> list[str]:
    """The checks of the contract that an engine has passed, all of them where `more` names none."""
    answer = worker.run(
        CONTRACT.read_text(encoding="utf-8").replace("from __future__ import annotations", "")
        + PREPARE
        + f"made, blob = engine_maker(BASE)({name!r}), await blob_of({FILES[name]!r})\n"
        + f"await check_engine(made, blob, settings, gemma_prompt{more})"
    )
    passed: list[str] = answer["value"]
    return passed


#: Every load compiles LiteRT's shaders in software; what it does without them, it does on the processor, too.
LONG = {"litert-lm-gpu"}


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.slow if name in LONG else ()) for name in FILES])
def test_each_engine_keeps_the_contract_and_the_console_quiet(gpu_worker: PythonWorker, name: str) -> None:
    assert "check_unloads" in checked(gpu_worker, name)
    assert gpu_worker.problems == []


def test_litert_answers_stops_and_answers_again_on_webgpu(gpu_worker: PythonWorker) -> None:
    """The rest of its contract is among the long tests, and here for its sibling on the processor."""
    assert checked(gpu_worker, "litert-lm-gpu", ", (check_streams, check_stops)") == ["check_streams", "check_stops"]
    assert gpu_worker.problems == []


@pytest.mark.parametrize("build", ["", "older/"])
def test_llama_keeps_the_contract_of_vectors_and_scores_in_both_of_its_builds(
    plain_worker: PythonWorker, build: str
) -> None:
    answer = plain_worker.run(f"""{PREPARE}
from tests.contract.vector_contract import check_scores, check_vectors
async def made(name):
    return [await (await js.fetch(BASE + "made/" + name)).blob()]
settings = EngineSettings(context_length=64)
engine = engine_maker(BASE + {build!r})("wllama")
rows = await check_vectors(engine, await made("vectors.gguf"), settings, "light " * 70)
await check_scores(engine, await made("judge.gguf"), settings)
len(rows[0])""")
    assert answer == {"value": 32}
    assert plain_worker.problems == []


def test_a_model_in_three_parts_answers(plain_worker: PythonWorker) -> None:
    answer = plain_worker.run(f"""{PREPARE}
async def part(name):
    return await (await js.fetch(BASE + "made/" + name)).blob()
engine = engine_maker(BASE)("wllama")
await engine.load([await part(name) for name in {PARTS!r}], settings)
{HELLO}
await engine.unload()
text""")
    assert answer == {"value": "Hello! How can I help you today?"}
    assert plain_worker.problems == []


def test_llama_reads_pictures_with_a_part_that_sees(plain_worker: PythonWorker) -> None:
    """Four tokens of a picture, and its two marks in Gemma's words, come to the words of the question."""
    answer = plain_worker.run(f"""{PREPARE}
part = await (await js.fetch(BASE + "made/{PROJECTOR}")).blob()
engine = engine_maker(BASE)("wllama")
await engine.load([await blob_of({FILES["wllama"]!r}), part], replace(settings, pictures=1))
told = []
for images in ((), ({png((200, 0, 0))!r},), ({png((200, 0, 0))!r}, {png((0, 0, 200))!r})):
    async with aclosing(engine.generate([Message("user", "Hello!", images)], settings)) as pieces:
        text = "".join([piece.text async for piece in pieces])
    told.append([bool(text), engine.last_counts.prompt_tokens])
await engine.unload()
told""")
    assert "value" in answer, answer
    (has_words, plain), (has_seen, one), (has_seen_two, two) = answer["value"]
    assert (has_words, has_seen, has_seen_two) == (True, True, True)
    assert two - one == one - plain >= 4
    assert plain_worker.problems == []


#: Plays MediaPipe's package: says what it is given.
PLAYED = """
const size = part => typeof part === 'string' ? part : `${part.imageSource.width}x${part.imageSource.height}`;
const device = { lost: new Promise(() => {}), addEventListener() {} };
export const FilesetResolver = { forGenAiTasks: async () => ({}) };
export class LlmInference {
  static createWebGpuDevice = async () => device;
  static createFromOptions = async (_, options) => Object.assign(new LlmInference(), { options });
  sizeInTokens = () => 1;
  cancelProcessing() {}
  async generateResponse(prompt, listen) {
    const given = typeof prompt === 'string' ? prompt : prompt.map(size);
    const text = JSON.stringify([this.options.maxNumImages ?? 0, given]);
    listen(text, false);
    return text;
  }
}
"""


def test_mediapipe_gets_pictures_where_they_stand_in_the_prompt(plain_worker: PythonWorker) -> None:
    """Of MediaPipe's models only large ones see: none was asked, its package is played."""
    route = "**/genai_bundle.mjs"
    plain_worker.page.context.route(route, lambda call: call.fulfill(body=PLAYED, content_type="text/javascript"))
    messages = [Message("user", "Red?", (png((200, 0, 0)),)), Message("assistant", "Yes."), Message("user", "And?")]
    prompt, images = gemma_prompt(messages), images_of(messages)
    answer = plain_worker.run(f"""{PREPARE}
engine = engine_maker(BASE)("mediapipe")
told = []
for pictures, message in ((4, Message("user", {prompt!r}, {images!r})), (0, Message("user", "Hi"))):
    await engine.load([await blob_of({FILES["mediapipe"]!r})], replace(settings, pictures=pictures))
    async with aclosing(engine.generate([message], settings)) as pieces:
        told.append("".join([piece.text async for piece in pieces]))
await engine.unload()
told""")
    plain_worker.page.context.unroute(route)
    before, after = prompt.split(PICTURE)
    assert [json.loads(told) for told in answer["value"]] == [[4, [before, "16x16", after]], [0, "Hi"]]
    assert plain_worker.problems == []


@pytest.mark.parametrize("name", ["wllama", "litert-lm-cpu"])
def test_two_engines_answer_without_webgpu(plain_worker: PythonWorker, name: str) -> None:
    answer = plain_worker.run(f"""{PREPARE}
engine = engine_maker(BASE)({name!r})
await engine.load([await blob_of({FILES[name]!r})], settings)
async with aclosing(engine.generate([Message("user", "Hello!")], replace(settings, think=True))) as pieces:
    text = "".join([piece.text async for piece in pieces])
await engine.unload()
text""")
    assert answer == {"value": "Hello! How can I help you today?"}, "a model that cannot think is told to in vain"
    assert plain_worker.problems == []


def test_llama_says_that_it_did_without_a_graphics_processor_that_lacks_f16(gpu_worker: PythonWorker) -> None:
    """It is asked for one, finds none that it can use, and runs on the processor without a word but in its log."""
    answer = gpu_worker.run(f"""{PREPARE}
engine = engine_maker(BASE)("wllama")
await engine.load([await blob_of({FILES["wllama"]!r})], replace(settings, on_gpu=True))
used = engine.used
{HELLO}
await engine.unload()
[text, used.on_gpu, used.threads > 0]""")
    assert answer == {"value": ["Hello! How can I help you today?", False, True]}
    assert gpu_worker.problems == []


@pytest.mark.parametrize(
    ("template", "think", "wanted"),
    [
        ("opens", True, "Thought"),
        ("opens", False, "Thought"),  # as DeepSeek R1, which cannot do without
        ("asks", None, "Thought"),
        ("asks", True, "Thought"),
        ("asks", False, "Delta"),
    ],
)
def test_a_gguf_that_thinks_does_so_apart_and_as_it_is_told(
    plain_worker: PythonWorker, template: str, think: bool | None, wanted: str
) -> None:
    """Fault E1: its words were dropped. Of untrained thinking the tiny model makes noise, but answers as ever."""
    answer = plain_worker.run(f"""{PREPARE}
engine = engine_maker(BASE)("wllama")
await engine.load([await (await js.fetch(BASE + "made/{template}.gguf")).blob()], settings)
question = [Message("user", "What is the capital of France?")]
async with aclosing(engine.generate(question, replace(settings, think={think}))) as pieces:
    found = [piece async for piece in pieces]
counts = engine.last_counts
await engine.unload()
["".join(piece.text for piece in found), sorted({{type(piece).__name__ for piece in found}}), counts.reply_tokens,
 counts.tokens_per_second, counts.read_per_second]""")
    text, kinds, tokens, *speeds = answer["value"]
    assert kinds == [wanted]
    assert (text == "The capital of France is Paris.") == (wanted == "Delta"), text
    assert tokens > 5
    assert min(speeds) > 0, "llama.cpp's own"
    assert plain_worker.problems == []


HOLDING = """
from dataclasses import asdict
from app.browser.clock import SystemClock
from app.core.errors import BadAnswer
from app.core.texts import Text
from app.core.values import DeviceFacts, Model
from app.models.answering.dispatch import LocalModelProvider
from app.models.engines.browser_engine import BrowserModelEngine
from app.models.engines.gpu import Plan
from tests.contract.schema_contract import check_bad_schemas, check_cut, check_schemas, quiz, refused

class Plain:
    async def facts(self):
        return DeviceFacts()

    async def plan(self, model, facts):
        return Plan(Text("gpu.not_for_this"))

async def opened(model):
    return [await blob_of(model.name)]

engines = BrowserModelEngine(opened, engine_maker(BASE), Plain(), SystemClock(), Plain())
provider = LocalModelProvider(engines)
"""


def test_an_answer_by_a_schema_keeps_to_it_or_is_refused(plain_worker: PythonWorker) -> None:
    """llama.cpp is held to it; LiteRT-LM is asked, and asked once more: the tiny model has learned no JSON."""
    answer = plain_worker.run(f"""{PREPARE}{HOLDING}
held = Model("a", {FILES["wllama"]!r}, format="gguf", context_length=1024)
told = await check_schemas(provider, held, 1, 600)
await check_cut(provider, held)
await check_bad_schemas(provider, held)
asked = Model("b", {FILES["litert-lm-cpu"]!r}, format="litertlm-cpu", context_length=256)
error = await refused(BadAnswer, provider, asked, quiz("light", 24, 1, dict(type="object")))
await engines.unload()
[told.shown, "{{" in error.detail]""")
    assert answer == {"value": [1, False]}
    assert plain_worker.problems == []


def tell(message: ConsoleMessage) -> None:
    """What the worker's Python prints, as it comes."""
    sys.stderr.write(f"{message.text}\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "tokens"),
    [(FILES["wllama"], 600), (f"../static/vendor/models/{SMOLLM2}", 300)],
    ids=["tiny", "smollm2"],
)
def test_many_answers_by_a_schema_are_valid_or_refused(plain_worker: PythonWorker, name: str, tokens: int) -> None:
    """Fifty of each: `SCHEMA_REPLIES=50`, with `-s` for the figures. A token of the tiny model is about a letter."""
    replies = int(os.environ.get("SCHEMA_REPLIES", "5"))
    plain_worker.page.on("console", tell)
    answer = plain_worker.run(f"""{PREPARE}{HOLDING}
model = Model("a", {name!r}, format="gguf", context_length=1024)
told = await check_schemas(provider, model, {replies}, {tokens}, told=print)
await engines.unload()
asdict(told)""")
    plain_worker.page.remove_listener("console", tell)
    assert "value" in answer, answer
    told = answer["value"]
    sys.stderr.write(f"{name}: {told}\n")
    assert told["shown"], "the schema is one that a small model can fill"
    assert told["other"] == 0, "held to it, nothing else comes"  # too slow is also refused, and the machine's affair
    assert plain_worker.problems == []


@pytest.mark.parametrize("name", ["wllama", "litert-lm-cpu"])
def test_a_missing_file_of_the_engine_itself_is_told_as_such(plain_worker: PythonWorker, name: str) -> None:
    """Fault B3: it was told as an incomplete model."""
    answer = plain_worker.run(f"""{PREPARE}
await engine_maker(BASE + "no-wasm/")({name!r}).load([await blob_of({FILES[name]!r})], settings)""")
    assert (answer["error"], answer["message"]) == ("LoadFailed", english(MISSING))
    assert ".wasm" in answer["detail"]
    plain_worker.problems.clear()  # the browser itself reports the missing file


def test_a_template_that_does_not_work_is_told_as_such(plain_worker: PythonWorker) -> None:
    """Fault E4: it was told as a damaged file."""
    told = {}
    for kind in TEMPLATES:
        answer = plain_worker.run(f"""{PREPARE}
engine = engine_maker(BASE)("wllama")
await engine.load([await (await js.fetch(BASE + "made/{kind}.gguf")).blob()], settings)
{HELLO}""")
        told[kind] = answer.get("message", answer)
    assert told == dict.fromkeys(TEMPLATES, english(TEMPLATE))
    assert plain_worker.problems == []


@pytest.mark.parametrize("name", ["mediapipe", "litert-lm-gpu"])
def test_an_engine_that_needs_webgpu_says_so(plain_worker: PythonWorker, name: str) -> None:
    answer = plain_worker.run(
        f"{PREPARE}\nawait engine_maker(BASE)({name!r}).load([await blob_of({FILES[name]!r})], settings)"
    )
    assert answer["error"] == "NotSupported"
    assert "WebGPU" in answer["message"]
    assert plain_worker.problems == []


BAD = {
    "empty": "js.Blob.new()",
    "cut": "blob.slice(0, blob.size // 2)",
    "zeros": "js.Blob.new(js.Array.of(js.Uint8Array.new(1 << 20)))",
    "zeros behind a header": "js.Blob.new(js.Array.of(blob.slice(0, 4096), js.Uint8Array.new(1 << 20)))",
}


@pytest.mark.slow  # 20 starts of an engine; the quick tier has test_models.py for bad files
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_a_clear_error_and_the_next_one_loads(gpu_worker: PythonWorker, name: str, bad: str) -> None:
    source = f"{PREPARE}\nblob = await blob_of({FILES[name]!r})\nengine = engine_maker(BASE)({name!r})\n"
    answer = gpu_worker.run(f"{source}await engine.load([{BAD[bad]}], settings)")
    assert answer.get("error") == "LoadFailed", answer
    assert answer["cure"]
    if bad == "cut":
        again = gpu_worker.run(f"{source}await engine.load([blob], settings)\nawait engine.unload()\n'loaded'")
        assert again == {"value": "loaded"}
    assert gpu_worker.problems == []


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("litert-lm-gpu", "tiny-gemma3-cpu.litertlm"),
        ("litert-lm-cpu", "tiny-gemma3-gpu.litertlm"),
        ("mediapipe", "tiny-gemma3-cpu.litertlm"),
        ("wllama", "tiny-gemma3-gpu.litertlm"),
    ],
)
def test_a_model_for_the_other_engine_is_a_clear_error(gpu_worker: PythonWorker, name: str, file: str) -> None:
    answer = gpu_worker.run(f"{PREPARE}\nawait engine_maker(BASE)({name!r}).load([await blob_of({file!r})], settings)")
    assert answer["error"] == "LoadFailed"


@pytest.mark.parametrize("name", FILES)
def test_too_long_a_message_is_told_as_such(gpu_worker: PythonWorker, name: str) -> None:
    answer = gpu_worker.run(f"""{PREPARE}
engine = engine_maker(BASE)({name!r})
await engine.load([await blob_of({FILES[name]!r})], settings)
try:
    async with aclosing(engine.generate([Message("user", "What is the capital of France? " * 60)], settings)) as texts:
        text = [text async for text in texts]
finally:
    await engine.unload()
text""")
    assert answer["error"] == "TooLong"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mediapipe", "litert-lm-gpu"])
@pytest.mark.parametrize("when", ["between two replies", "in the middle of a reply"])
def test_a_lost_device_is_told_and_the_model_can_be_loaded_anew(gpu_worker: PythonWorker, name: str, when: str) -> None:
    prompt = gemma_prompt([Message("user", "Count to ten.")]) if name == "mediapipe" else "Count to ten."
    answer = gpu_worker.run(f"""{PREPARE}
engine = engine_maker(BASE + "lossy/")({name!r})
blob = await blob_of({FILES[name]!r})
await engine.load([blob], settings)
channel = js.BroadcastChannel.new("lose")
if {when.startswith("between")}:
    channel.postMessage(1)
    await asyncio.sleep(1)
async def ask():
    async with aclosing(engine.generate([Message("user", {prompt!r})], settings)) as texts:
        async for text in texts:
            if not error:
                channel.postMessage(1)
error = None
try:
    await ask()
except DeviceLost as caught:
    error = type(caught).__name__
await engine.unload()
channel.close()
engine = engine_maker(BASE)({name!r})
await engine.load([blob], settings)
await engine.unload()
error""")
    assert answer == {"value": "DeviceLost"}


def test_a_missing_engine_is_told_within_seconds(gpu_worker: PythonWorker) -> None:
    answer = gpu_worker.run(f"""{PREPARE}
await engine_maker(BASE + "nowhere/")("wllama").load([await blob_of({FILES["wllama"]!r})], settings)""")
    assert answer["error"] == "LoadFailed"
    assert "downloaded" in answer["message"]
    gpu_worker.problems.clear()  # the browser itself reports the missing file


def test_the_folders_carry_the_versions_that_are_pinned(gpu_worker: PythonWorker) -> None:
    pinned = json.loads(Path(ROOT / "static" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    folders = gpu_worker.run(
        "from app.browser.engines import LITERT_LM, MEDIAPIPE, WLLAMA, WLLAMA_COMPAT\n"
        "[LITERT_LM, MEDIAPIPE, WLLAMA, WLLAMA_COMPAT]"
    )
    packages = {
        "litert-lm": "@litert-lm/core",
        "mediapipe": "@mediapipe/tasks-genai",
        "wllama": "@wllama/wllama",
        "wllama-compat": "@wllama/wllama-compat",
    }
    for folder in folders["value"]:
        found = re.fullmatch(r"(.+)-([\d.]+)", folder)
        assert found
        assert pinned[packages[found[1]]] == found[2]
