"""What a model file's header tells, and the reader that all formats share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.core.errors import LoadFailed
from app.core.values import FileFormat

Read = Callable[[int, int], Awaitable[bytes]]  # (start, size in bytes) -> those bytes, fewer at the end of the file


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the header tells. `context_length` in tokens, `expected_size` in bytes; 0 where the file does not say.
    `chat_template` is the Jinja text of a GGUF file, "" in the other formats."""

    format: FileFormat
    context_length: int = 0
    has_template: bool = False
    architecture: str = ""
    title: str = ""
    expected_size: int = 0
    chat_template: str = ""


def fail(message: str, detail: str = "") -> LoadFailed:
    """A damaged file: trying the same bytes again makes no sense."""
    cure = "Get the file again from where it came from, then import it once more."
    return LoadFailed(message, cure, again=False, detail=detail)
