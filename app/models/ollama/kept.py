"""What is kept of Ollama between visits, and how it comes back from storage.

kept = kept_from(record)
kept.address or DEFAULT_ADDRESS
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from app.core.shapes import When, decode
from app.net.addresses import BadAddress, read_address


def is_server(text: str) -> bool:
    """Whether a text is an address that could have been typed; "" stands for Ollama's own."""
    try:
        return not text or bool(read_address(text))
    except BadAddress:
        return False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept between visits: the address, those that have answered, when each model was last used, and the
    context length that the person has set for it, in tokens."""

    address: Annotated[str, is_server] = ""
    connected: tuple[str, ...] = ()
    used: Mapping[str, When] = field(default_factory=dict)
    num_ctx: Mapping[str, int] = field(default_factory=dict)


def kept_from(record: object, lost: list[str] | None = None) -> Kept:
    """What is kept, from its stored record; what of it cannot be read is named in `lost`. Raises Damaged."""
    return decode(Kept, record, lost)
