"""Where Ollama listens: reading the address a person types, and how far away it is from the page.

    read_address("192.168.1.20")                  # "http://192.168.1.20:11434"
    distance("http://192.168.1.20:11434")         # "local"

A browser asks for its permission where a page wants something nearer to the person than the page itself is: the three
distances are those of the Local Network Access specification.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Literal
from urllib.parse import urlsplit

from app.core.errors import AppError
from app.core.texts import Plain, Text

Distance = Literal["loopback", "local", "public"]
PORT = 11434
HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.ASCII)
ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[a-z0-9_.\[\]:-]+", re.ASCII)
# What other programs want at the end of the address, and the endpoints that are copied with it.
ENDING = re.compile(
    r"(/api(/(chat|generate|tags|ps|show|pull|version|create|copy|delete|embed|embeddings|status|me))?"
    r"|/v1(/(chat/completions|chat|completions|models|embeddings|responses|messages))?)$",
    re.IGNORECASE,
)
# With one slash or three, with another sign for the colon or none, twice.
SCHEME = re.compile(r"^(?:http(s?)\s*[:;]*\s*[/\\]+[:\s]*)+(?=[^/\\:])", re.IGNORECASE)
AROUND = " \t\r\n\"'`“”„‘’«»"  # what comes along when an address is copied out of a text
ALLOWED_HOSTS = ("localhost", "127.0.0.1", "0.0.0.0")
ALLOWED_SCHEMES = ("app", "file", "tauri", "vscode-webview", "vscode-file")
# Names that a home's, an office's or a private network's own servers know and no public one does.
LOCAL_ENDINGS = (
    *(".local", ".internal", ".lan", ".home", ".home.arpa", ".localdomain", ".intranet", ".private", ".corp"),
    *(".fritz.box", ".ts.net", ".beta.tailscale.net"),
)
ROUTERS = ("fritz.box",)
# Public names that lead to whatever number stands in them, or to the computer that asks: for those who write servers.
LEADING_BACK = (
    *(".nip.io", ".sslip.io", ".xip.io", ".traefik.me", ".localtest.me", ".local.gd", ".lvh.me", ".vcap.me"),
    *(".lacolhost.com", ".localho.st", ".plex.direct", ".1u.ms", ".rbndr.us"),
)
SHARED = ipaddress.ip_network("100.64.0.0/10")  # between a provider and its customers; Tailscale uses it
NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")  # browsers read such a name as a number: 2130706433 is 127.0.0.1


class BadAddress(AppError):
    """What was typed is no address."""

    message = Text("net.bad_address")
    cure = Text("net.bad_address_cure", port=Plain(PORT))
    again = False


def read_address(text: str) -> str:
    """The address as the client wants it: scheme, host and port, no slash at its end. Raises BadAddress.

    A missing port means what it means to Ollama itself: 11434 without a scheme, else the scheme's own
    (envconfig.Host in its source). `0.0.0.0` is where a server listens, not where a browser finds it.
    """
    text = spelled(text)
    text = f"[{text}]" if ":" in text and _ip(text) and not text.startswith("[") else text
    has_scheme = "://" in text
    try:
        parts = urlsplit(text if has_scheme else f"http://{text}")
        host, port = _host(text if has_scheme else f"http://{text}"), parts.port
    except ValueError as error:
        raise BadAddress(detail=str(error)) from error
    if parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc or port == 0:
        raise BadAddress(detail=text)
    if not _ip(host) and (not HOST.fullmatch(host) or NUMERIC.fullmatch(host) or host in ("http", "https")):
        raise BadAddress(detail=text)
    if host in ("0.0.0.0", "::"):
        host = "localhost"
    if port is None and not has_scheme:
        port = PORT
    return f"{parts.scheme}://{_written(host)}{f':{port}' if port else ''}{_path(parts.path)}"


def spelled(text: str) -> str:
    """The address without the usual slips around its scheme.

    >>> spelled("http:/192.168.1.20")
    'http://192.168.1.20'
    """
    text = text.strip(AROUND).replace("\uff1a", ":")
    return SCHEME.sub(lambda found: f"http{found[1].lower()}://", text)


def distance(url: str) -> Distance:
    """How far away a server or a page is. A name says nothing sure: it counts as public, unless it is a name that only
    a home or an office network knows."""
    host = _host(url)
    if host == "localhost" or host.endswith(".localhost"):
        return "loopback"
    address = _ip(host)
    if address is not None:
        return _distance_of(address)
    is_own = host.endswith(LOCAL_ENDINGS) or host in ROUTERS or (host and "." not in host)
    return "local" if is_own and not NUMERIC.fullmatch(host) else "public"


def _distance_of(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Distance:
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback or address.is_unspecified:
        return "loopback"
    return "local" if address.is_private or address.is_link_local or address in SHARED else "public"


def leads_back(host: str) -> bool:
    """Whether a public name is known to lead to this computer, or to any number that its owner has written into it."""
    return f".{host.lower().removesuffix('.')}".endswith(LEADING_BACK)


def is_known_nearby(url: str) -> bool:
    """Whether the address by itself shows that it is in the local network: a private number, or a `.local` name. Those
    Chromium reaches over http from an https page, after asking (its developer tools' own issue text says so)."""
    host = _host(url)
    return (_ip(host) is not None and distance(url) == "local") or host.endswith(".local")


def port_of(url: str) -> int:
    """The port, also where the address does not name it."""
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def is_always_allowed(origin: str) -> bool:
    """Whether Ollama lets a page in without being told: these it allows whatever `OLLAMA_ORIGINS` says
    (envconfig.AllowedOrigins in its source)."""
    parts = urlsplit(origin)
    if parts.scheme in ("http", "https"):
        return parts.hostname in ALLOWED_HOSTS
    return parts.scheme in ALLOWED_SCHEMES


def can_be_allowed(origin: str) -> bool:
    """Whether `OLLAMA_ORIGINS` can name this page: "null", the origin of a file, would crash the server."""
    return ORIGIN.fullmatch(origin) is not None


def _host(url: str) -> str:
    """The name or number in an address; the full stop that may end it says nothing."""
    return (urlsplit(url).hostname or "").lower().removesuffix(".")


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _path(path: str) -> str:
    path = path.rstrip("/")
    while ENDING.search(path):
        path = ENDING.sub("", path).rstrip("/")
    return path
