"""Where a person does what helps after an error."""

from __future__ import annotations

from typing import Literal

#: a page, or a section of Settings
CurePage = Literal[
    "models",
    "settings",
    "settings/privacy",
    "settings/chat",
    "settings/automatic",
    "settings/connections",
    "settings/usage",
]
