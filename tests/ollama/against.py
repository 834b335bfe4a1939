"""The contract's bench for a server at an address, in plain CPython."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from app.models.ollama.chat_templates import guess
from app.models.ollama.client import OllamaClient
from tests.contract.ollama_contract import OllamaBench
from tests.environment import ROOT
from tests.ollama.clock import WallClock
from tests.ollama.fetch import HttpFetch
from tests.ollama.gguf import read_gguf

TINY = ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf"


def bench_of(url: str, gguf: Path = TINY) -> OllamaBench:
    """A bench with a name that no model has yet."""
    with gguf.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return OllamaBench(OllamaClient(HttpFetch(), url), WallClock(), gguf, sha256, own_name(), *template_of(gguf))


def template_of(gguf: Path) -> tuple[str, tuple[str, ...]]:
    """The chat template that a file wants, and its stop words: by its own template, else by its architecture. ("", ())
    where nobody knows, and Ollama is to find it."""
    known = read_gguf(gguf).metadata
    names = (str(known.get(f"general.{field}") or "") for field in ("architecture", "name", "basename"))
    found = guess(str(known.get("tokenizer.chat_template") or ""), *names, gguf.name)
    return (found.template, found.stop) if found else ("", ())


def own_name() -> str:
    """How the names of the models begin that the contract makes."""
    return f"drleelm-contract-{secrets.token_hex(4)}"
