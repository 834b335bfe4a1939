"""What a device tells of itself while the app runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Battery:
    """How full it is, from 0 to 1, as far as the browser tells."""

    level: float
    is_charging: bool


@dataclass(frozen=True, slots=True)
class Space:
    """What the browser says of its storage for this site, in bytes; zeros where it does not tell."""

    quota_bytes: int = 0
    usage_bytes: int = 0
    is_persistent: bool = False
