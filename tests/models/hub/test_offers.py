"""Names of files tell which belong together and how they were quantised; so do names as publishers really give them."""

from __future__ import annotations

import pytest

from app.models.hub.answers import HubFile
from app.models.hub.offers import HubOffer, offers, quantisation


def file(path: str, size: int = 10) -> HubFile:
    return HubFile(path, size, "0" * 64)


#: names that publishers have given (the rows of the catalogue, and what is beside them)
@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("LFM2.5-350M-Q4_K_M", "Q4_K_M"),
        ("gemma-3-270m-it-qat-Q4_0", "Q4_0"),
        ("smollm2-360m-instruct-q8_0", "Q8_0"),
        ("nomic-embed-text-v1.5.Q8_0", "Q8_0"),
        ("Qwen3.5-4B-UD-Q4_K_XL", "UD-Q4_K_XL"),
        ("model-IQ3_XXS", "IQ3_XXS"),
        ("model-TQ1_0", "TQ1_0"),
        ("model-BF16", "BF16"),
        ("tiny-gemma3-f16", "F16"),
        ("gpt-oss-20b-mxfp4", "MXFP4"),
        ("gemma-3n-E2B-it-int4-Web", "INT4"),
        ("gemma3-270m-it-q4_0-web", "Q4_0"),
        ("Gemma3-1B-IT_multi-prefill-seq_q4_ekv2048", "Q4"),
        *(("SmolLM3", ""), ("Qwen3-0.6B", ""), ("gemma-4-E2B-it-web", ""), ("iq4u", "")),
    ],
)
def test_the_quantisation_is_read_from_the_name(name: str, type: str) -> None:
    assert quantisation(name) == type


def test_small_models_come_first_and_what_only_sees_comes_last() -> None:
    big, small, sees = file("m-Q8_0.gguf", 8), file("sub/m-Q4_K_M.gguf", 4), file("mmproj-m-f16.gguf", 1)
    others = [file(name) for name in ("README.md", "model.safetensors", "m.imatrix.gguf", "config.json")]
    assert offers([sees, *others, big, small]) == (
        HubOffer("m-Q4_K_M", (small,), "Q4_K_M"),
        HubOffer("m-Q8_0", (big,), "Q8_0"),
        HubOffer("mmproj-m-f16", (sees,), "F16", is_projector=True),
    )


def test_the_parts_of_a_model_are_one() -> None:
    parts = [file(f"Q4_K_M/m-Q4_K_M-{number:05d}-of-00003.gguf", number) for number in (2, 3, 1)]
    [whole] = offers(parts)
    assert whole == HubOffer("m-Q4_K_M", (parts[2], parts[0], parts[1]), "Q4_K_M")
    assert (whole.size_bytes, whole.is_whole) == (6, True)
    [broken] = offers(parts[:2])
    assert not broken.is_whole


def test_litert_files_are_models_too() -> None:
    found = offers([file("gemma-4-E2B-it-web.litertlm"), file("gemma3-270m-it-q4_0-web.task"), file("x.tflite")])
    assert [one.name for one in found] == ["gemma-4-E2B-it-web", "gemma3-270m-it-q4_0-web"]
