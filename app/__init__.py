"""DrLeeLM: a study companion whose models, chats and files stay on the student's own machine."""

from contextlib import suppress
from typing import Any

from app.core.compiled import use_compiled

VERSION = "0.1.0"


def packed(name: str) -> bytes:
    """A file that set-up puts beside these modules in app.zip. Raises OSError where they are not packed (in tests)."""
    loader: Any = __spec__.loader
    data: bytes = loader.get_data(f"{__path__[0]}/{name}")
    return data


with suppress(OSError):
    use_compiled(packed("dataclasses.bin"))
