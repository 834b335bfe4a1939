"""What the page shows of a cloud service, and what it sends about one."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import AppError
from app.core.texts import Text
from app.core.values import Model
from app.models.cloud.services import Dialect


@dataclass(frozen=True, slots=True)
class Standing:
    """One service as the page shows it. `models` are all that it listed at `listed_at` (seconds since 1970, 0: never),
    `picked` the ids of those in the dropdown. `paused` says until when and why it is not asked, None where it may."""

    id: str
    name: str
    note: Text | None
    key_url: str
    needs_key: bool
    is_own: bool
    dialect: str
    address: str
    is_set_up: bool = False
    last4: str = ""
    is_remembered: bool = False
    is_busy: bool = False
    problem: AppError | None = None
    models: tuple[Model, ...] = ()
    listed_at: float = 0.0
    picked: frozenset[str] = frozenset()
    paused: Text | None = None


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
