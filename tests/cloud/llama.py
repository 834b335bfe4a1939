"""A real llama.cpp server with the tiny model, in a process of its own: what a person runs as a server of their own.

with llama_server() as url:                 # "http://127.0.0.1:41873", the key is KEY
with llama_server(is_endless=True) as url:  # its replies go on until somebody stops them

It is the server of the package xllamacpp, which is llama.cpp's own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.environment import ROOT

KEY = "sk-llama-0123456789abcdef"
MODEL = ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf"
CONTEXT_LENGTH = 1024  # what the model was trained for; the server takes no more


@contextmanager
def llama_server(*, is_endless: bool = False) -> Iterator[str]:
    """The server's address; it ends with the block, or with this process."""
    words = [sys.executable, "-m", "tests.cloud.llama", *(["endless"] if is_endless else [])]
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=quiet, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def main() -> None:
    """Serve, tell the address, and end with whoever started it."""
    import xllamacpp  # type: ignore[import-untyped]

    params = xllamacpp.CommonParams()
    params.model.path = str(MODEL)
    params.model_alias = {"tiny"}
    params.hostnames, params.port, params.api_keys = ["127.0.0.1"], 0, [KEY]
    params.n_ctx, params.n_parallel, params.warmup = CONTEXT_LENGTH, 1, False
    params.sampling.ignore_eos = "endless" in sys.argv
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
