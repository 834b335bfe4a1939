"""How much memory a model may take on this device, as far as anybody can say.

    room_bytes(facts, memory_gb=0)       # 8_000_000_000 on a laptop of 8 GB, 1_900_000_000 on a phone of 8 GB

A catalogue's `ram_bytes` is compared with it, for the advice and for the badges alike. 0 where neither the browser nor
the person tells a memory.
"""

from __future__ import annotations

from app.core.values import DeviceFacts

GB = 1_000_000_000
UNKNOWN_GB, UNKNOWN_PHONE_GB = 4.0, 2.0  # what is taken for granted where nobody tells
# A phone ends a page that takes much. Rules of thumb: a fifth of its memory and 300 MB, and never more than 2 GB.
PHONE_SHARE, PHONE_LEAST_BYTES, PHONE_MOST_BYTES = 0.2, 300_000_000, 2 * GB


def room_bytes(facts: DeviceFacts, memory_gb: float = 0.0) -> float:
    """Bytes; `memory_gb` is the person's own word, 0 without one."""
    there = (memory_gb or facts.memory_gb) * GB
    if not there or not facts.is_mobile:
        return there
    return min(PHONE_MOST_BYTES, there * PHONE_SHARE + PHONE_LEAST_BYTES)


def likely_room_bytes(facts: DeviceFacts, memory_gb: float = 0.0) -> float:
    """The same; where nobody tells, what any device of today has."""
    unknown = UNKNOWN_PHONE_GB if facts.is_mobile else UNKNOWN_GB
    return room_bytes(facts, memory_gb or facts.memory_gb or unknown)
