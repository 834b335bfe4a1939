"""Asks every address of a catalogue whether it still holds what the catalogue says. Needs internet; part of no tier.

    python -m tests catalog                      # each address of static/catalog.toml: reachable, size, format
    python -m tests catalog --full               # download each file too, and compare its SHA-256
    python -m tests catalog FILE --token huggingface.co=hf_…

Prints what differs, and ends with status 1 if anything does. A file behind a sign-in differs only where a token was
given and was refused.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from email.message import Message
from pathlib import Path

from app.core.errors import AppError
from app.core.values import Model, ModelFile
from app.models.engines.choice import READERS
from app.models.formats.reading import read_any, read_facts
from app.models.store.catalog import read_catalog
from tests.environment import ROOT
from tests.words import english

SECONDS = 60
BLOCK = 1 << 20


def asked(url: str, headers: Mapping[str, str], method: str = "GET", most: int = BLOCK) -> tuple[int, Message, bytes]:
    """One request: status, headers, at most so many bytes of the body."""
    request = urllib.request.Request(url, headers=dict(headers), method=method)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:
            return reply.status, reply.headers, reply.read(most)
    except urllib.error.HTTPError as error:
        return error.code, error.headers, b""


def differences(model: Model, file: ModelFile, url: str, token: str = "", *, full: bool = False) -> list[str]:
    """What is not as the catalogue says about one source of a model's file; empty where everything is."""
    sign_in = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        status, headers, _ = asked(url, {"Range": "bytes=0-0", **sign_in})
        if status in (401, 403) and not token:
            print(f"    needs a sign-in (status {status}): give --token to look behind it")
            return []
        if status != 206:
            return [f"answers a Range request with status {status}"]
        size = int((headers.get("Content-Range") or "/0").rpartition("/")[2])
        wrong = [f"is {size:,} bytes, not {file.size_bytes:,}"] if file.size_bytes not in (0, size) else []
        print(f"    {size:,} bytes")
        wrong += _format_of(model, url, size, sign_in)
        if full:
            wrong += _hash_of(file, url, sign_in)
        return wrong
    except (OSError, ValueError) as error:
        return [f"cannot be read: {error}"]


def _format_of(model: Model, url: str, size: int, sign_in: Mapping[str, str]) -> list[str]:
    async def read(start: int, length: int) -> bytes:
        span = {"Range": f"bytes={start}-{min(start + length, size) - 1}"}
        return asked(url, {**span, **sign_in}, most=length)[2]

    try:
        facts = asyncio.run(read_any(read, size) if model.parts else read_facts(read, size))
    except AppError as error:
        return [english(error.message)]
    print(f"    {facts.format}, for {', '.join(READERS[facts.format])}")
    return [f"is {facts.format}, not {model.format}"] if model.format not in (None, facts.format) else []


def _hash_of(file: ModelFile, url: str, sign_in: Mapping[str, str]) -> list[str]:
    digest = hashlib.sha256()
    with urllib.request.urlopen(urllib.request.Request(url, headers=dict(sign_in)), timeout=SECONDS) as reply:
        while part := reply.read(BLOCK):
            digest.update(part)
    found = digest.hexdigest()
    print(f"    SHA-256 {found}")
    return [f"has the SHA-256 {found}, not {file.sha256}"] if file.sha256 and found != file.sha256 else []


def check(file: Path, tokens: Mapping[str, str], *, full: bool = False) -> int:
    """Every source of every row of a catalogue; the number of differences."""
    count = 0
    for model in read_catalog(file.read_text("utf-8")).models:
        print(model.name)
        for stored, source in [(one, source) for one in model.files for source in one.sources]:
            parts = urllib.parse.urlsplit(source.url)
            print(f"  {source.url}")
            if parts.scheme not in ("http", "https"):
                print("    comes with the site")
                continue
            for difference in differences(model, stored, source.url, tokens.get(parts.netloc, ""), full=full):
                print(f"    DIFFERS: {difference}")
                count += 1
    print(f"\n{count} differences" if count else "\nEverything is as the catalogue says.")
    return count


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests catalog", description=__doc__.split("\n")[0] if __doc__ else ""
    )
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "static" / "catalog.toml")
    parser.add_argument("--full", action="store_true", help="download every file and compare its hash")
    parser.add_argument("--token", action="append", default=[], metavar="HOST=TOKEN", help="for files behind a sign-in")
    options = parser.parse_args(arguments)
    tokens = dict(pair.split("=", 1) for pair in options.token)
    return 1 if check(options.file, tokens, full=options.full) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
