"""Fault E2, E5: GGUF files that cannot chat are told in words, by their headers."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Mapping, Sequence

import pytest

from app.core.embeds import UNTOLD, Embeds
from app.core.errors import LoadFailed
from app.core.values import Model
from app.models.formats.facts import FileFacts, as_told
from app.models.formats.kinds import refuse_unknown
from app.models.formats.reading import read_facts
from tests.ollama.gguf import Value, make_gguf
from tests.words import english, raises

CHAT: Mapping[str, Value] = {"general.architecture": "qwen3", "qwen3.context_length": 4096, "qwen3.block_count": 1}
LAYERS = ("token_embd.weight", "blk.0.attn_q.weight")
BERT: Mapping[str, Value] = {"general.architecture": "bert", "bert.pooling_type": 1}


def gguf(metadata: Mapping[str, Value], tensors: Sequence[str] = LAYERS) -> bytes:
    return make_gguf(metadata, 2048, tensors, bytes(range(1, 251)))


def tags(*names: str) -> bytes:
    """A list of texts as a header has it."""
    words = b"".join(struct.pack("<Q", len(name)) + name.encode() for name in names)
    return struct.pack("<IIQ", 9, 8, len(names)) + words


def facts_of(data: bytes, name: str = "") -> FileFacts:
    async def read(start: int, size: int) -> bytes:
        return data[start : start + size]

    return asyncio.run(read_facts(read, len(data), name))


@pytest.mark.parametrize(
    "more",
    [
        {"general.type": "model", "qwen3.pooling_type": 0},
        {"qwen3.pooling_type": -1},
        {"qwen3.pooling_type": struct.pack("<II", 4, 0xFFFF_FFFF)},
        {"general.name": "Embedded Systems Tutor 7B"},
        {"general.name": "Golden Retriever 7B"},
        {"general.name": "Stellar Potts 7B", "general.basename": "minicpm-e5"},
        {"general.tags": tags("pytorch", "conversational", "mteb")},
        {"general.name": "GritLM 7B", "general.tags": tags("text-generation", "sentence-transformers")},
        {"general.tags": "feature-extraction"},
        {"general.tags": tags(*["x" * 200] * 300)},
        {"general.tags": tags("x" * 200, "chat")},
        {"general.tags": struct.pack("<IIQI", 9, 4, 1, 7)},
    ],
)
def test_a_model_for_chats_is_one(more: Mapping[str, Value]) -> None:
    facts = facts_of(gguf({**CHAT, **more}))
    assert (facts.kind, facts.context_length, facts.is_known) == ("chat", 4096, True)


def test_a_picture_tower_beside_the_language_model_changes_nothing() -> None:
    assert facts_of(gguf(CHAT, (*LAYERS, "v.blk.0.attn_q.weight", "mm.input_projection.weight"))).kind == "chat"


@pytest.mark.parametrize(
    "metadata",
    [
        BERT,
        {"general.architecture": "nomic-bert-moe"},
        {"general.architecture": "jina-bert-v3", "general.type": "model"},
        {"general.architecture": "gemma-embedding", "gemma-embedding.pooling_type": 1},
        {**CHAT, "qwen3.pooling_type": 3},
        {**CHAT, "qwen3.pooling_type": 2},
        {**CHAT, "general.name": "Qwen3 Embedding 0.6B"},
        {"general.architecture": "qwen2vl", "general.basename": "jina-embeddings-v4"},
        {**CHAT, "general.tags": tags("mteb", "sentence-transformers")},
        {**CHAT, "general.tags": tags("x" * 200, "Feature-Extraction")},
        {**CHAT, "general.name": "gte-Qwen2-1.5B-instruct"},
        {**CHAT, "general.name": "E5 Mistral 7B Instruct"},
        {**CHAT, "general.name": "NV-Embed-v2"},
        {**CHAT, "general.name": "Bge En Icl"},
        {**CHAT, "general.name": "Stella_En_1.5B_v5"},
        {**CHAT, "general.name": "LFM2 ColBERT 350M"},
        {**CHAT, "general.name": "Colqwen2 V1.0"},
        {**CHAT, "general.name": "Inf Retriever V1"},
    ],
)
def test_an_embedding_model_is_one(metadata: Mapping[str, Value]) -> None:
    assert facts_of(gguf(metadata)).kind == "embedding"


@pytest.mark.parametrize("head", ["cls.weight", "cls.output.weight"])
@pytest.mark.parametrize("more", [{}, {"bert.pooling_type": 4}])
def test_an_encoder_with_a_head_is_a_reranker_that_makes_no_vectors(head: str, more: Mapping[str, Value]) -> None:
    facts = facts_of(gguf({**BERT, **more, "bert.embedding_length": 384, "bert.block_count": 2}, (*LAYERS, head)))
    assert (facts.kind, facts.embeds, facts.cache_bytes) == ("rerank", UNTOLD, 0)
    told = as_told(Model("judge", "Judge", "embedding"), facts)
    assert (told.kind, told.capabilities) == ("rerank", ("rerank",))
    assert (told.can_rank, told.can_embed, told.can_chat) == (True, False, False)


@pytest.mark.parametrize(
    ("metadata", "tensors", "words"),
    [
        ({"general.type": "mmproj", "general.architecture": "clip"}, ("v.blk.0.attn_q.weight",), "sees or hears"),
        ({"general.architecture": "clip"}, ("v.blk.0.attn_q.weight",), "sees or hears"),
        ({"general.name": "x"}, ("mm.0.weight", "v.blk.0.ln1.weight"), "sees or hears"),
        ({"general.type": "imatrix"}, ("blk.0.attn_q.weight.in_sum2",), "importance matrix"),
        ({"imatrix.chunk_count": 5}, ("blk.0.attn_q.weight.in_sum2",), "importance matrix"),
        ({"general.type": "adapter", "general.architecture": "llama"}, ("blk.0.q.lora_a",), "LoRA"),
        ({"general.architecture": "llama"}, ("blk.0.attn_q.weight.lora_a",), "LoRA"),
        ({"general.architecture": "controlvector"}, ("direction.1",), "control vector"),
        ({**CHAT, "general.type": "vocab"}, (), "only a vocabulary"),
        (CHAT, (), "only a vocabulary"),
        ({**BERT, "bert.pooling_type": 4}, LAYERS, "reranker"),
        ({**BERT, "general.name": "Some Reranker"}, LAYERS, "reranker"),
        ({**CHAT, "qwen3.pooling_type": 4}, LAYERS, "reranker"),
        ({**CHAT, "general.name": "Qwen3-Reranker-0.6B"}, LAYERS, "reranker"),
        (CHAT, (*LAYERS, "cls.output.weight"), "classifier"),
        ({**CHAT, "general.tags": tags("text-ranking")}, LAYERS, "reranker"),
        (BERT, (), "only a vocabulary"),
        ({"general.architecture": "t5"}, (), "only a vocabulary"),
        ({**CHAT, "general.tags": tags("text-to-speech")}, LAYERS, "speech"),
        ({**CHAT, "general.name": "OuteTTS 0.2 500M"}, LAYERS, "speech"),
        ({**CHAT, "general.name": "Orpheus 3b 0.1 Ft"}, LAYERS, "speech"),
        ({**CHAT, "adapter.type": "lora"}, ("blk.0.attn_q.weight",), "LoRA"),
        (CHAT, (*LAYERS, "fc.weight"), "draft"),
        (CHAT, ("medusa.0.0.linear.weight",), "draft"),
        ({}, ("encoder.conv1.weight",), "no language model"),
        ({"general.architecture": "new-pictures"}, ("blocks.0.self_attn.q.weight",), "no language model"),
        ({"general.architecture": "flux"}, ("double_blocks.0.weight",), r"pictures \(flux\)"),
        ({"general.architecture": "sdxl"}, ("input_blocks.0.weight",), "pictures"),
        ({}, ("model.diffusion_model.input_blocks.0.weight",), "pictures"),
        ({"general.architecture": "whisper"}, ("encoder.conv1.weight",), "speech"),
        ({"general.architecture": "wavtokenizer-dec"}, LAYERS, "speech"),
        ({"general.architecture": "qwen3tts"}, LAYERS, "speech"),
        ({"general.architecture": "t5encoder"}, ("enc.blk.0.attn_q.weight",), "T5"),
        ({"general.architecture": "t5"}, (*LAYERS, "dec.blk.0.attn_q.weight"), "T5"),
        ({"general.architecture": "llada"}, LAYERS, "diffusion"),
        ({"general.architecture": "eagle3"}, LAYERS, "draft"),
        ({"general.architecture": "gemma4-assistant"}, LAYERS, "draft"),
        ({"general.architecture": "clef"}, LAYERS, "one of several answers"),
        (CHAT, ("blk.0.attn_q.weight",), "only a part of a model"),
        (CHAT, ("token_embd.weight", "blk.28.nextn.eh_proj.weight"), "only a part of a model"),
    ],
)
def test_a_file_that_cannot_chat_is_called_by_its_name(
    metadata: Mapping[str, Value], tensors: Sequence[str], words: str
) -> None:
    with raises(LoadFailed, words) as caught:
        facts_of(gguf(metadata, tensors))
    assert english(caught.value.cure)
    assert not caught.value.again
    assert "Get the file again" not in english(caught.value.cure)


def test_an_architecture_that_the_browser_does_not_know_is_told_only_to_the_browser() -> None:
    facts = facts_of(gguf({"general.architecture": "next-year"}))
    assert (facts.kind, facts.is_known) == ("chat", False)
    with raises(LoadFailed, r"\(next-year\) can't run in the browser"):
        refuse_unknown(facts)
    with raises(LoadFailed, "doesn't say which kind"):
        refuse_unknown(facts_of(gguf({"general.name": "x"})))
    refuse_unknown(facts_of(gguf(CHAT)))


FIRST, SECOND, THIRD = (f"big-Q4_K_M-0000{part}-of-00003.gguf" for part in (1, 2, 3))
SPLIT: Mapping[str, Value] = {"split.no": 0, "split.count": 3, "split.tensors.count": 300}


def test_a_part_names_the_others() -> None:
    with pytest.raises(LoadFailed) as caught:
        facts_of(gguf({**CHAT, **SPLIT}), FIRST)
    assert english(caught.value.message) == f"This is part 1 of 3. The model also needs {SECOND} and {THIRD}."
    assert "Get the file again" not in english(caught.value.cure)
    with raises(LoadFailed, f"part 2 of 3. The model also needs {FIRST} and {THIRD}"):
        facts_of(gguf({**SPLIT, "split.no": 1}, ("blk.7.attn_q.weight",)), SECOND)


def test_a_part_without_weights_is_no_vocabulary() -> None:
    with raises(LoadFailed, "part 1 of 3"):
        facts_of(gguf({**CHAT, **SPLIT}, ()), FIRST)


def test_a_part_is_known_by_its_header_whatever_it_is_called() -> None:
    with raises(LoadFailed, r"part 1 of 3. The model also needs …-00002-of-00003.gguf and …-00003-of-"):
        facts_of(gguf({**CHAT, **SPLIT}), "model.gguf")
    with raises(LoadFailed, "Join all its pieces"):
        raise_cure(lambda: facts_of(gguf(CHAT), "big.Q4_K_M.gguf-split-a"))


@pytest.mark.parametrize(
    "name",
    ["x-00002-of-00003.gguf", "x.gguf.part1of2", "x.gguf-split-b", "x.gguf.002", "x.gguf.ab", "x.gguf.part-1-of-2"],
)
def test_a_piece_without_a_header_is_known_by_its_name(name: str) -> None:
    async def read(start: int, size: int) -> bytes:
        return bytes(range(256))[start : start + size]

    with raises(LoadFailed, "one piece of a model file"):
        asyncio.run(read_facts(read, 256, name))


def test_many_parts_are_told_as_a_range() -> None:
    with raises(LoadFailed, r"the other 90, from x-00002-of-00091.gguf to x-00091-of-00091.gguf"):
        facts_of(gguf({**CHAT, "split.count": 91, "split.no": 0}), "x-00001-of-00091.gguf")


def test_one_part_of_one_is_a_whole_model() -> None:
    assert facts_of(gguf({**CHAT, "split.count": 1, "split.no": 0}), "x-00001-of-00001.gguf").kind == "chat"


def raise_cure(body: object) -> None:
    """Run a body; its error's cure becomes the message."""
    try:
        body()  # type: ignore[operator]
    except LoadFailed as error:
        raise LoadFailed(error.cure) from error


def test_what_an_embedding_models_file_tells_of_its_vectors_is_read() -> None:
    told = {**BERT, "bert.embedding_length": 384, "general.name": "Nomic Embed Text v1.5"}
    facts = facts_of(gguf(told))
    assert facts.embeds == Embeds(384, "mean")
    model = as_told(Model("m", "M", embeds=Embeds(document="passage: ")), facts)
    assert model.can_embed
    assert model.capabilities == ("embedding",)
    assert model.embeds == Embeds(384, "mean", "search_query: ", "passage: "), "a catalogue's own word counts"
    assert facts_of(gguf({"general.architecture": "bert"})).embeds == UNTOLD
    assert facts_of(gguf({**CHAT, "qwen3.embedding_length": 1024})).embeds == UNTOLD
