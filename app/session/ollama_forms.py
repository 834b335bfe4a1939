"""What a person types about Ollama, as the page sends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressForm:
    """The server's address, as it was typed."""

    address: str


@dataclass(frozen=True, slots=True)
class PullForm:
    """A model's name, as it was typed."""

    name: str


@dataclass(frozen=True, slots=True)
class NameForm:
    """A further name for the model `arg`."""

    arg: str
    name: str


@dataclass(frozen=True, slots=True)
class ImportForm:
    """What to make of a picked file. `template` is the id of a known one, `text` one of the person's own."""

    name: str
    template: str = ""
    text: str = ""
    stop: str = ""
    system: str = ""
