"""Which sites and which Host headers an Ollama lets in, as recorded (cors_01 to cors_18) and read in its source.

Origins.parse("https://user.github.io").allow("https://user.github.io")   # True
Origins.parse("").allow("https://user.github.io")                        # False: 403 with an empty body
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

SCHEMES = ("http://", "https://", "app://", "file://", "tauri://", "vscode-webview://", "vscode-file://")
LOOPBACK = ("localhost", "127.0.0.1", "0.0.0.0")
LOCAL_ENDINGS = (".localhost", ".local", ".internal")
#: Whatever the variable says, these are let in too: the loopback hosts at any port, and desktop apps.
DEFAULTS = (
    *(f"{scheme}://{host}{port}" for host in LOOPBACK for scheme in ("http", "https") for port in ("", ":*")),
    *(f"{scheme}*" for scheme in SCHEMES[2:]),
)


class BadOrigins(Exception):
    """A value of OLLAMA_ORIGINS at which the real server panics when it starts."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The patterns of OLLAMA_ORIGINS and the ones that are always there; at most one `*` in each."""

    patterns: tuple[str, ...] = DEFAULTS
    are_all: bool = False

    @classmethod
    def parse(cls, text: str) -> Origins:
        """The value of OLLAMA_ORIGINS. Quotes around it are dropped. Raises BadOrigins where the server would crash."""
        entries = [entry for entry in text.strip("\"' ").split(",") if entry]
        for entry in entries:
            if "*" not in entry and not entry.startswith(SCHEMES):
                raise BadOrigins(f"bad origin: origins must contain '*' or include {','.join(SCHEMES)}: {entry!r}")
            if entry.count("*") > 1:
                raise BadOrigins(f"only one * is allowed: {entry!r}")
        return cls((*entries, *DEFAULTS), "*" in entries)

    def allow(self, origin: str) -> bool:
        """True if a page of this origin may read the answers."""
        return self.are_all or any(_matches(pattern, origin) for pattern in self.patterns)


def _matches(pattern: str, origin: str) -> bool:
    before, star, after = pattern.partition("*")
    if not star:
        return origin == pattern
    return len(origin) >= len(before) + len(after) and origin.startswith(before) and origin.endswith(after)


def passes_guard(host: str) -> bool:
    """True if a server on loopback answers to this Host header: this machine's names, and private addresses."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") and ":" in host else host
    name = name.strip("[]").lower()
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name in ("", "localhost") or name.endswith(LOCAL_ENDINGS)
    return address.is_loopback or address.is_private or address.is_unspecified
