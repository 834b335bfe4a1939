"""Files that hold no model the app can use, said in words before anything is copied.

refuse(facts, "mmproj-model-f16.gguf")            # raises LoadFailed: "This is the part of a model that sees …"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.core.errors import LoadFailed
from app.models.formats.facts import FileFacts, FileKind

SPLIT = re.compile(r"(?P<stem>.+)-(?P<part>\d{5})-of-(?P<parts>\d{5})\.gguf", re.IGNORECASE)
PIECE = re.compile(r".+\.gguf[-._]((split|part)[-._]?[a-z0-9]+([-._]?of[-._]?\d+)?|\d{1,3}|a[a-z])", re.IGNORECASE)
MOST_NAMED = 8
CHOOSE = "Choose a model made for chatting."
OWN_FILE = "Choose the model's own file, which usually lies beside this one."
JOIN = "Get the model as one file, or join its parts first (llama-gguf-split --merge)."

# Kind by kind: what the file is, and what to do. `{architecture}` is the name that the file gives.
WORDS: Mapping[FileKind, tuple[str, str]] = {
    "reranker": ("This is a reranker or classifier ({architecture}): it rates texts and can't chat.", CHOOSE),
    "decision": ("This model ({architecture}) picks one of several answers: it can't chat.", CHOOSE),
    "diffusion": ("This is a diffusion language model ({architecture}), which can't chat here.", CHOOSE),
    "encoder": ("This is a T5 model ({architecture}), for translating or encoding text: it can't chat.", CHOOSE),
    "image": ("This model makes or changes pictures ({architecture}): it can't chat.", CHOOSE),
    "speech": ("This model is for speech or sound ({architecture}): it can't chat.", CHOOSE),
    "projector": ("This is the part of a model that sees or hears (mmproj). It can't chat by itself.", OWN_FILE),
    "adapter": (
        "This is an adapter (LoRA), a small change to another model. It can't chat by itself.",
        "Choose a complete model, or one that the adapter was merged into.",
    ),
    "control-vector": ("This is a control vector, which steers another model. It can't chat by itself.", OWN_FILE),
    "draft": ("This is a draft model ({architecture}), which only speeds up another model.", OWN_FILE),
    "imatrix": ("This is an importance matrix (imatrix) for compressing a model, not a model.", OWN_FILE),
    "vocabulary": ("This file holds only a vocabulary, no model.", OWN_FILE),
    "incomplete": ("This file holds only a part of a model: its first layers are missing.", OWN_FILE),
    "other": ("This GGUF file holds no language model.", CHOOSE),
}


def refuse(facts: FileFacts, name: str = "", others: Sequence[str] = ()) -> None:
    """Return where the file is a whole model for chats or embeddings. `others` are names of files picked together with
    it. Raises LoadFailed."""
    if facts.parts:
        raise LoadFailed(part_words(facts, name, others), JOIN, again=False)
    if facts.kind in WORDS:
        message, cure = WORDS[facts.kind]
        shown = facts.architecture[:40] or "GGUF"
        raise LoadFailed(message.format(architecture=shown), cure, again=False, detail=facts.title)


def refuse_unknown(facts: FileFacts) -> None:
    """The browser's llama.cpp knows a fixed list of architectures. Raises LoadFailed for others."""
    if facts.is_known:
        return
    if not facts.architecture:
        raise LoadFailed("This GGUF file doesn't say which kind of model it holds.", CHOOSE, again=False)
    words = f"This model's architecture ({facts.architecture[:40]}) can't run in the browser."
    raise LoadFailed(words, "Choose another model, or import this one into Ollama, which may know it.", again=False)


def refuse_piece(name: str, *, has_header: bool) -> None:
    """A piece of a file that was cut by size has no header, but for the first. Raises LoadFailed, judging by the
    name."""
    if PIECE.fullmatch(name) or (not has_header and SPLIT.fullmatch(name)):
        words = "This is one piece of a model file that was cut into several."
        raise LoadFailed(words, "Join all its pieces into one .gguf file first, in their order.", again=False)


def part_words(facts: FileFacts, name: str, others: Sequence[str] = ()) -> str:
    """Which part it is, and the names of the others.

    >>> part_words(FileFacts("gguf", part=1, parts=3), "big-00001-of-00003.gguf")
    'This is part 1 of 3. The model also needs big-00002-of-00003.gguf and big-00003-of-00003.gguf.'
    """
    named = SPLIT.fullmatch(name)
    stem = named["stem"] if named and int(named["parts"]) == facts.parts else "…"
    rest = [_part_name(stem, part, facts.parts) for part in range(1, facts.parts + 1) if part != facts.part]
    here = f"This is part {facts.part} of {facts.parts}."
    if set(rest) <= set(others):
        return f"{here} Models in several parts can't be used yet, even with all parts at hand."
    if len(rest) > MOST_NAMED:
        return f"{here} The model also needs the other {len(rest)}, from {rest[0]} to {rest[-1]}."
    listed = ", ".join(rest[:-1]) + f" and {rest[-1]}" if len(rest) > 1 else rest[0]
    return f"{here} The model also needs {listed}."


def _part_name(stem: str, part: int, parts: int) -> str:
    return f"{stem}-{part:05d}-of-{parts:05d}.gguf"
