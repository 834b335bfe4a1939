"""What the browser's own model says when it fails, as one of our errors.

    told = await page.ask(AskBuiltIn("load"))
    if told.error:
        raise built_in_error(told)

The names are those of the Prompt API's draft (https://webmachinelearning.github.io/prompt-api/, read in November 2026)
and, for a person who must click first, of the shared part of these APIs
(https://webmachinelearning.github.io/writing-assistance-apis/#supporting). They were not provoked in a browser that has
such a model: there is none here.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.commands import BuiltInTold
from app.core.errors import AppError, EngineError, Interrupted, NotSupported, TooLong
from app.core.texts import Text

#: why nothing can be done where the browser says that it is not available: it does not say why
UNAVAILABLE, UNAVAILABLE_CURE = Text("builtin.unavailable"), Text("builtin.unavailable_cure")
_BY_NAME: Mapping[str, tuple[type[AppError], Text, Text]] = {
    "NotSupportedError": (NotSupported, Text("builtin.refused"), Text("builtin.refused_cure")),
    "NotAllowedError": (EngineError, Text("builtin.not_allowed"), Text("builtin.not_allowed_cure")),
    "NetworkError": (Interrupted, Text("builtin.no_network"), Text("builtin.no_network_cure")),
}


def built_in_error(told: BuiltInTold) -> AppError:
    """The error for what was told."""
    detail = f"{told.error}: {told.message}"
    if told.error == "QuotaExceededError":
        return TooLong(limit=told.limit, detail=detail)
    kind, message, cure = _BY_NAME.get(told.error, (EngineError, Text("builtin.failed"), Text("builtin.failed_cure")))
    return kind(message, cure, detail=detail)


def unavailable() -> NotSupported:
    """The browser has such a model, but not on this device or not for this page."""
    return NotSupported(UNAVAILABLE, UNAVAILABLE_CURE)
