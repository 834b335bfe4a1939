"""The contract against a real server, from CPython and from the page.

    python -m tests ollama --url http://127.0.0.1:11434 --gguf FILE
    python -m tests ollama --stand-in                   the same against the stand-in

The models it makes are called drleelm-contract-…, and it deletes them; it changes no other one.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import ExitStack
from pathlib import Path

from app.core.errors import AppError
from tests.contract.ollama_contract import CHECKS, check_ollama, told
from tests.ollama.against import TINY, bench_of
from tests.ollama.in_browser import in_browser
from tests.ollama.stand_in import StandIn

REAL = "http://127.0.0.1:11434"


def say(text: str) -> None:
    """A line for the person."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def in_cpython(url: str, gguf: Path) -> list[str]:
    """The client and the provider, without a browser."""
    bench = bench_of(url, gguf)
    say(f"Ollama {await bench.client.version()} at {url}, with {gguf.name}")
    return await check_ollama(bench, lambda name: say(f"  {name.removeprefix('check_').replace('_', ' ')}: fine"))


def part(name: str, passed: list[str], count: int = 0) -> str:
    """What ran of a part, in plain words."""
    if not passed:
        return f"{name}: nothing ran"
    return f"{name}: {len(passed)} of {count or len(passed)} checks ran, all fine"


def main() -> int:
    """Run both parts; the exit status is 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests ollama", usage=__doc__)
    parser.add_argument("--url", default=REAL)
    parser.add_argument("--gguf", type=Path, default=TINY, help="a small model that chats")
    parser.add_argument("--stand-in", action="store_true", help="against the stand-in of the tests")
    parser.add_argument("--no-browser", action="store_true", help="the CPython part only")
    options = parser.parse_args()
    summary = []
    with ExitStack() as stack:
        url = stack.enter_context(StandIn()).url if options.stand_in else options.url
        try:
            summary.append(part("in CPython", asyncio.run(in_cpython(url, options.gguf)), len(CHECKS)))
            passed = [] if options.no_browser else in_browser(url, options.gguf)
            summary.append(part("in the browser", passed))
        except AssertionError as error:
            say(f"failed: {error}")
            return 1
        except AppError as error:
            say(f"failed: {told(error)}")
            return 1
    say("\n".join(summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
