"""Pulls of the stand-in: layers one after another, resumed from the byte where they were cut."""

from __future__ import annotations

import dataclasses

from tests.ollama.exchange import PLAIN_JSON, Answer, Call, Cut, Lines, Refusal, whole
from tests.ollama.shelf import full_name, stamp
from tests.ollama.world import Offer

REGISTRY = "registry.ollama.ai"
OFFLINE = (
    'pull model manifest: Get "https://{host}/v2/{path}/manifests/{tag}": '
    "dial tcp: lookup {host} on 192.0.2.53:53: no such host"
)
NO_TLS = (
    'pull model manifest: Get "https://{host}/v2/{path}/manifests/{tag}": '
    "tls: first record does not look like a TLS handshake"
)


class _Ended(Exception):
    """A fault: the stream just ends."""


def pull(call: Call) -> Answer | Lines:
    """Fetch a model; with `stream: false` only its end is told."""
    body = call.json()
    given = body.get("model") or body.get("name") or ""
    if not full_name(given):
        raise Refusal(400, "invalid model name")
    lines = _lines(call, given, bool(body.get("insecure")))
    if body.get("stream", True):
        return lines
    last = list(lines)[-1]
    if "error" in last:
        raise Refusal(500, last["error"], PLAIN_JSON)
    return whole(last)


def _lines(call: Call, given: str, is_insecure: bool) -> Lines:
    yield {"status": "pulling manifest"}
    world, name = call.world, full_name(given)
    if given.startswith("http://") and not is_insecure:
        yield {"error": _address(NO_TLS, name)}
        return
    if world.faults.is_offline:
        yield {"error": _address(OFFLINE, name)}
        return
    offer = world.library.get(name)
    if offer is None:
        yield {"error": "pull model manifest: file does not exist"}
        return
    try:
        yield from _layers(call, offer)
    except _Ended:
        return
    yield {"status": "verifying sha256 digest"}
    yield {"status": "writing manifest"}
    world.shelf.add(dataclasses.replace(offer.kept, modified_at=stamp()))
    yield {"status": "success"}


def _address(text: str, name: str) -> str:
    path, _, tag = name.rpartition(":")
    host, _, rest = path.rpartition("/") if "/" not in path else path.partition("/")
    host = host if "." in host else ""
    return text.format(host=host or REGISTRY, path=rest if host else f"library/{path}", tag=tag)


def _layers(call: Call, offer: Offer) -> Lines:
    """One layer after another; of each the bytes that have come are kept, whatever happens."""
    world, come = call.world, 0
    pulling, faults = world.pulling, world.faults
    for digest, size in offer.layers:
        line = {"status": f"pulling {digest.removeprefix('sha256:')[:12]}", "digest": digest, "total": size}
        done = world.shelf.pulled.setdefault(digest, 0)
        if done in (0, size):
            yield {**line, "completed": size} if done else line
        while done < size:
            if faults.cut_pull_after is not None and come >= faults.cut_pull_after:
                faults.cut_pull_after = None
                raise _Ended if faults.ends_cleanly else Cut
            if pulling.hold_after is not None and come >= pulling.hold_after:
                call.hold(world.released.is_set)
            step = min(pulling.step_bytes, size - done)
            call.pause(step / pulling.bytes_per_second if pulling.bytes_per_second else 0.0)
            done = world.shelf.pulled[digest] = min(size, done + step)
            come += step
            yield {**line, "completed": done}
