"""WrapperProvider: the base of every Provider that wraps another one.

class Loud(WrapperProvider):
    def reply(self, model, request):
        return self.wrapped.reply(model, shouted(request))

It forwards everything; a wrapper overrides what it changes, and all else of the port stays the wrapped one's.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from app.core.ports import Provider
from app.core.values import Event, Model, Request


class WrapperProvider:
    """Answers as the provider that it wraps."""

    def __init__(self, wrapped: Provider) -> None:
        self.wrapped = wrapped

    def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer. Raises what the wrapped provider raises."""
        return self.wrapped.reply(model, request)
