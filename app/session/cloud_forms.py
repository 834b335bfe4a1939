"""What a person types about services and servers, as the page sends it."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.cloud.services import Dialect


@dataclass(frozen=True, slots=True)
class KeyForm:
    """The key of the service `arg`, and whether to remember it."""

    arg: str
    key: str
    remember: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a service has sent the person back with, and what the page had kept for that."""

    code: str
    verifier: str


@dataclass(frozen=True, slots=True)
class ServerForm:
    """A server of the person's own; `stays` where it is ticked that it runs its models itself, on this computer."""

    address: str
    dialect: Dialect = "openai"
    key: str = ""
    stays: str = ""
