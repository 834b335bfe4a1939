"""llmock on loopback, with CORS as services have it: a page may read every header, or only those that all may.

with mocks(3, exposes=False) as urls:
    url, slow_url = urls[0]             # of the first of three pairs: a fast one, and a slow one with a small quota

It runs in a process of its own (`python -m tests.cloud.mock`): FastAPI builds its schemas at their first use, and not
safely in several threads where warnings are errors.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from llmock.chaos import StreamChaos
from llmock.ratelimit import LimitSettings
from llmock.testing import LLMockServer
from starlette.middleware.cors import CORSMiddleware

from tests.environment import ROOT

TOKENS_A_MINUTE = 6000
PACE_MS = 40  # so that a client can hang up before the last word is sent
EXPOSED = ("retry-after", "retry-after-ms")


@contextmanager
def mocks(count: int, *, exposes: bool) -> Iterator[list[tuple[str, str]]]:
    """So many pairs of servers; they end with the block, or with this process."""
    words = [sys.executable, "-m", "tests.cloud.mock", str(count), "exposes" if exposes else "hides"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield [(fast, slow) for fast, slow in json.loads(process.stdout.readline())]
        process.stdin.close()


def _mock(*, is_slow: bool, exposes: bool) -> LLMockServer:
    server = LLMockServer()
    if is_slow:
        server.state.limiter.configure(LimitSettings(tpm=TOKENS_A_MINUTE))
        server.state.stream_chaos = StreamChaos(chunk_delay_ms=PACE_MS)
    server.app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=EXPOSED if exposes else (),
    )
    return server


def main() -> None:
    """Serve, tell the addresses, and end with whoever started it."""
    count, word = sys.argv[1:]
    with ExitStack() as stack:
        kinds = (False, True) * int(count)
        servers = [_mock(is_slow=is_slow, exposes=word == "exposes") for is_slow in kinds]
        urls = [stack.enter_context(server).url for server in servers]
        sys.stdout.write(json.dumps(list(zip(urls[::2], urls[1::2], strict=True))) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
