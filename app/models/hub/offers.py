"""Which models a repository's files are, by their names: parts belong together, and a name tells how it was quantised.

    offers(files)[0]      # HubOffer("Qwen3-1.7B-Q4_K_M", (HubFile(…),), quantisation="Q4_K_M")

A name is the publisher's word and no more. What a file really is, its header tells before anything is downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.models.formats.kinds import SPLIT
from app.models.hub.answers import HubFile

MODEL = re.compile(r".+\.(gguf|litertlm|task)", re.IGNORECASE)
NO_MODEL = re.compile(r"imatrix", re.IGNORECASE)  # what llama.cpp quantises by; some publish it beside their models
PROJECTOR = "mmproj"  # llama.cpp names the part of a model that sees so (docs/multimodal.md)
#: llama.cpp's types (tools/quantize), with Unsloth's UD- before them, and how LiteRT files are named
TYPE = re.compile(
    r"(?<![a-z0-9])((?:UD-)?(?:I?Q\d(?:_(?:[01248]|K|X{0,2}[SML]|NL))*|TQ\d_\d|MXFP4(?:_MOE)?|BF16|FP?16|FP?32|F8)|INT[48])(?![a-z0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HubOffer:
    """One model, or the part of one that sees (`is_projector`). `files` are in their order; `is_whole` is False where
    some of its parts are not there. `quantisation` is as its name has it, "" where it says none."""

    name: str
    files: tuple[HubFile, ...]
    quantisation: str = ""
    is_projector: bool = False
    is_whole: bool = True

    @property
    def size_bytes(self) -> int:
        """All its files together."""
        return sum(file.size_bytes for file in self.files)

    @property
    def can_see_with_more(self) -> bool:
        """Whether a part that sees can be joined to it: llama.cpp's are for llama.cpp's models."""
        return not self.is_projector and self.files[0].path.lower().endswith(".gguf")


def is_model(name: str) -> bool:
    """Whether a file is offered, by its name."""
    return bool(MODEL.fullmatch(name)) and not NO_MODEL.search(name)


def offers(files: Iterable[HubFile]) -> tuple[HubOffer, ...]:
    """The models among a repository's files, small ones first, then what only sees."""
    whole: list[HubOffer] = []
    parts: dict[tuple[str, int], dict[int, HubFile]] = {}
    for file in files:
        if not is_model(file.name):
            continue
        if found := SPLIT.fullmatch(file.path):
            parts.setdefault((found["stem"], int(found["parts"])), {})[int(found["part"])] = file
        else:
            whole.append(_offer(file.path.rpartition(".")[0], (file,)))
    for (stem, count), by_number in parts.items():
        is_whole = sorted(by_number) == list(range(1, count + 1))
        whole.append(_offer(stem, tuple(by_number[number] for number in sorted(by_number)), is_whole=is_whole))
    return tuple(sorted(whole, key=lambda one: (one.is_projector, one.size_bytes, one.files[0].path)))


def _offer(stem: str, files: tuple[HubFile, ...], *, is_whole: bool = True) -> HubOffer:
    name = stem.rpartition("/")[2]
    return HubOffer(name, files, quantisation(name), PROJECTOR in name.lower(), is_whole)


def quantisation(name: str) -> str:
    """How a model was quantised, by its file's name: the last such word in it, "" where there is none.

    >>> quantisation("Qwen3-1.7B-q4_k_m"), quantisation("gemma-3n-E2B-it-int4-Web"), quantisation("SmolLM2")
    ('Q4_K_M', 'INT4', '')
    """
    found = TYPE.findall(name)
    return str(found[-1]).upper() if found else ""
