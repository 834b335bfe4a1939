"""A real llama.cpp server on loopback with the tiny model: what a person has who gives an address of their own.

with llamas() as servers:
    own_service(f"{servers.url}/v1")            # chats, and ends as the model ends
    own_service(f"{servers.endless_url}/v1")    # never ends before its limit or its context length: something to stop
    own_service(f"{servers.locked_url}/v1")     # wants a key
    servers.kill()                              # in the middle of a word

They answer CORS themselves, in a process of their own (`python -m tests.cloud.llama`): they have no end to call.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.environment import ROOT

TINY = ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf"
NAME = "tiny"
KEY = "sk-of-ones-own-0123456789"
SHORT, LONG = 256, 16384  # tokens of context; the model was trained with 1024, and more takes seconds to fill


@dataclass(frozen=True, slots=True)
class Llamas:
    """The servers' addresses, without a path."""

    url: str
    endless_url: str
    locked_url: str
    kill: Callable[[], None]

    @property
    def urls(self) -> tuple[str, str, str]:
        """All three."""
        return self.url, self.endless_url, self.locked_url


@contextmanager
def llamas() -> Iterator[Llamas]:
    """Three servers; they end with the block, or with this process."""
    words = [sys.executable, "-m", "tests.cloud.llama"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url, endless_url, locked_url = json.loads(process.stdout.readline())
        yield Llamas(url, endless_url, locked_url, process.kill)
        process.stdin.close()


def main() -> None:
    """Serve, tell the addresses, and end with whoever started it."""
    from xllamacpp import CommonParams, Server  # type: ignore[import-untyped]  # only here: who starts it needs none

    servers = []
    for length, is_endless, keys in ((SHORT, False, []), (LONG, True, []), (SHORT, False, [KEY])):
        params = CommonParams()
        params.model.path, params.model_alias = str(TINY), {NAME}
        params.api_keys = keys
        params.n_ctx, params.n_parallel = length, 1
        params.sampling.ignore_eos = is_endless
        params.endpoint_metrics = params.endpoint_slots = True
        params.cpuparams.n_threads = 1
        params.warmup = params.ui = False
        params.verbosity = -1
        servers.append(Server(params))
    sys.stdout.write(json.dumps([server.listening_address for server in servers]) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
