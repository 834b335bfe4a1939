"""A persona: instructions with a name, by which a model answers in a chat.

instructions("Answer in short sentences.", persona)     # what a model is told before the chat's words
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.shapes import When

MOST_NAME, MOST_ABOUT, MOST_INSTRUCTIONS = 80, 200, 8_000  # characters


@dataclass(frozen=True, slots=True)
class Persona:
    """`about` says in a line what it does. `updated` is when the person last changed it, seconds since 1970; 0 for one
    that came along or is a catalogue's."""

    id: str
    name: str
    instructions: str
    about: str = ""
    updated: When = 0.0


def instructions(general: str, persona: Persona | None) -> str:
    """What holds for every chat, then what the persona adds; "" for neither."""
    both = (general.strip(), persona.instructions.strip() if persona else "")
    return "\n\n".join(filter(None, both))
