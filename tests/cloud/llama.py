"""A real llama.cpp server on loopback with the tiny model: what a person has who gives an address of their own.

with llama() as (url, endless_url):
    own_service(f"{url}/v1")            # chats, and ends as the model ends
    own_service(f"{endless_url}/v1")    # never ends before its limit or its context length, so that it can be stopped

It answers CORS itself. It runs in a process of its own (`python -m tests.cloud.llama`), as it has no end to call.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.environment import ROOT

TINY = ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf"
NAME = "tiny"
SHORT, LONG = 256, 16384  # tokens of context; the model was trained with 1024, and more takes seconds to fill


@contextmanager
def llama() -> Iterator[tuple[str, str]]:
    """Two servers; they end with the block, or with this process."""
    words = [sys.executable, "-m", "tests.cloud.llama"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url, endless_url = json.loads(process.stdout.readline())
        yield url, endless_url
        process.stdin.close()


def main() -> None:
    """Serve, tell the addresses, and end with whoever started it."""
    from xllamacpp import CommonParams, Server  # type: ignore[import-untyped]  # only here: who starts it needs none

    servers = []
    for length, is_endless in ((SHORT, False), (LONG, True)):
        params = CommonParams()
        params.model.path, params.model_alias = str(TINY), {NAME}
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
