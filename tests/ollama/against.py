"""The contract's bench for a server at an address, in plain CPython."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from app.models.ollama.client import OllamaClient
from tests.contract.ollama_contract import OllamaBench
from tests.environment import ROOT
from tests.ollama.clock import WallClock
from tests.ollama.fetch import HttpFetch

TINY = ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf"


def bench_of(url: str, gguf: Path = TINY) -> OllamaBench:
    """A bench with a name that no model has yet."""
    with gguf.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return OllamaBench(OllamaClient(HttpFetch(), url), WallClock(), gguf, sha256, own_name())


def own_name() -> str:
    """How the names of the models begin that the contract makes."""
    return f"drleelm-contract-{secrets.token_hex(4)}"
