"""What a model cannot do is said before anything is sent to it."""

from __future__ import annotations

from app.core.errors import NotSupported
from app.core.texts import Text
from app.core.values import Model, Request


def refuse_unsupported(model: Model, request: Request) -> None:
    """Raises NotSupported where the model is known to lack what a request needs."""
    can, cure = model.capabilities, Text("answering.choose_able")
    if can and not model.can_see and any(message.images for message in request.messages):
        raise NotSupported(Text("answering.no_pictures", model=model.name), cure)
    if can and "tools" not in can and request.tools:
        raise NotSupported(Text("answering.no_tools", model=model.name), cure)
