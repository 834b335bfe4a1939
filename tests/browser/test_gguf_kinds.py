"""Fault E2: a GGUF file that cannot chat is told in words, and what answers goes on answering."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.models.formats.architectures import KNOWN
from tests.browser.driver import MODELS, App
from tests.environment import ROOT
from tests.ollama.gguf import make_gguf
from tests.small_embedder import ranking

WEIGHTS = bytes(range(1, 251))


@pytest.mark.warm
def test_models_for_vectors_and_for_scores_are_kept_and_a_projector_refused_and_the_chat_model_stays(
    app: App, tmp_path: Path
) -> None:
    embedding, projector = tmp_path / "bge-small.gguf", tmp_path / "mmproj-f16.gguf"
    embedding.write_bytes(make_gguf({"general.architecture": "bert", "bert.pooling_type": 2}, 2048, fill=WEIGHTS))
    projector.write_bytes(make_gguf({"general.type": "mmproj"}, 2048, ("v.blk.0.ln1.weight",), WEIGHTS))
    app.open()
    chat_model = app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    expect(chat_model.get_by_role("button", name="Active")).to_be_visible()
    app.page.locator("#model-file").set_input_files([embedding])
    article = app.page.get_by_role("article", name="bge-small")
    expect(article).to_contain_text("Embedding model")
    expect(app.details(article).get_by_role("button", name="Verify")).to_be_visible()
    app.close_sheet()
    expect(article.get_by_role("button", name="Use")).to_have_count(0)
    expect(app.page.get_by_role("status").filter(has_text="The chat model stays the same")).to_be_visible()
    ranking(tmp_path, tmp_path / "judge.gguf")
    app.page.locator("#model-file").set_input_files([tmp_path / "judge.gguf"])
    judge = app.page.get_by_role("article", name="judge")
    expect(judge).to_contain_text("Reranking model")
    expect(app.details(judge)).to_contain_text("sorts found texts by how well they answer a question")
    app.close_sheet()
    expect(judge.get_by_role("button", name="Use")).to_have_count(0)
    app.page.locator("#model-file").set_input_files([projector])
    expect(
        app.page.get_by_role("alert").filter(has_text="mmproj-f16.gguf: This is the part of a model")
    ).to_be_visible()
    expect(app.page.get_by_role("article", name="mmproj-f16")).to_have_count(0)
    expect(chat_model.get_by_role("button", name="Active")).to_be_visible()
    app.reload()
    expect(article).to_contain_text("Embedding model")
    expect(judge).to_contain_text("Reranking model")
    expect(chat_model.get_by_role("button", name="Active")).to_be_visible()
    app.go("Chat")
    expect(app.model).to_contain_text("tiny-gemma3-f16")
    expect(app.open_models().filter(has_text=re.compile("bge-small|judge"))).to_have_count(0)


def test_the_known_architectures_are_those_of_the_engine() -> None:
    """The table is read out of the program: a new version of wllama fails here until its names are taken over."""
    version = json.loads((ROOT / "static" / "package.json").read_text("utf-8"))["dependencies"]["@wllama/wllama"]
    program = (ROOT / "static" / "vendor" / f"wllama-{version}" / "wllama.wasm").read_bytes()
    assert architectures(program) == KNOWN


def architectures(program: bytes) -> set[str]:
    """llama.cpp's names of architectures, from the pairs of number and address with which its table is filled."""
    entry = rb"%s\x00{4}(.{8})"
    begin = re.compile(b"".join(entry % re.escape(struct.pack("<I", number)) for number in range(3)), re.DOTALL)
    for found in begin.finditer(program):
        clip, llama, llama4 = (struct.unpack("<Q", address)[0] for address in found.groups())
        for place in re.finditer(rb"llama4\x00", program):
            base = llama4 - place.start()  # where the program's texts lie in memory, less where they lie in the file
            if (text_at(program, clip - base), text_at(program, llama - base)) == ("clip", "llama"):
                places = range(found.start() + 8, len(program), 16)
                names = (text_at(program, struct.unpack_from("<Q", program, place)[0] - base) for place in places)
                return set(iter(names.__next__, "(unknown)"))
    return set()


def text_at(program: bytes, place: int) -> str:
    return program[place : program.find(b"\0", place)].decode("utf-8", "replace") if 0 <= place < len(program) else ""
