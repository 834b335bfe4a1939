"""llama.cpp compiled for this machine (`xllamacpp`), on loopback: what our page is compared with by `native`.

with native(model, {"n_threads": 2, "n_batch": 32, …}) as url:
    reply = ask(url, messages, {"max_tokens": 64, "temperature": 0})
    reply["timings"]["predicted_per_second"]

It runs in a process of its own (`python -m tests.bench.native MODEL OPTIONS`): xllamacpp has no end to call.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.environment import ROOT

LIMIT_SECONDS = 180


@contextmanager
def native(model: Path, options: Mapping[str, Any]) -> Iterator[str]:
    """The address of a server that has loaded the model; it ends with the block, or with this process. The options are
    those of wllama: `n_threads`, `n_batch`, `n_ctx`, `n_parallel`, `n_gpu_layers`, and `embedding`, where it is to make
    vectors."""
    words = [sys.executable, "-m", "tests.bench.native", str(model), json.dumps(options)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if not url:
            raise RuntimeError("llama.cpp did not start")
        yield url
        process.stdin.close()


def ask(url: str, messages: Sequence[Mapping[str, str]], options: Mapping[str, Any]) -> dict[str, Any]:
    """One whole reply, with `usage` and llama.cpp's own `timings`."""
    body = json.dumps({"messages": messages, **options}).encode()
    request = urllib.request.Request(f"{url}/v1/chat/completions", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:
        reply: dict[str, Any] = json.load(answer)
    return reply


def about() -> str:
    """Which one it is."""
    return f"xllamacpp {version('xllamacpp')}"


def main(model: str, options: Mapping[str, Any]) -> None:
    """Serve, tell the address, and end with whoever started it."""
    from xllamacpp import CommonParams, Server  # type: ignore[import-untyped]  # only here: who starts it needs none

    params = CommonParams()
    params.model.path = model
    for name in ("n_ctx", "n_batch", "n_parallel", "n_gpu_layers"):
        setattr(params, name, options[name])
    params.embedding = options.get("embedding", False)
    params.n_ubatch = min(params.n_ubatch, params.n_batch)
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options["n_threads"]
    params.ui, params.verbosity = False, -1
    server = Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
