"""What a model cannot do is said before anything is sent to it."""

from __future__ import annotations

from app.core.errors import NotSupported
from app.core.texts import Text
from app.core.values import Model, Request


def refuse_unsupported(model: Model, request: Request) -> None:
    """Raises NotSupported where the model of a server or a service is known to lack what a request needs; of some
    nothing is known."""
    can = model.capabilities
    if can:
        refuse_pictures(model, request)
    if can and "tools" not in can and request.tools:
        raise NotSupported(Text("answering.no_tools", model=model.name), Text("answering.choose_able"))


def refuse_pictures(model: Model, request: Request) -> None:
    """Raises NotSupported where a request brings pictures to a model that does not take them, as far as is known."""
    if not model.can_see and has_pictures(request):
        raise no_pictures(model)


def has_pictures(request: Request) -> bool:
    """Whether a request brings pictures."""
    return any(message.images for message in request.messages)


def no_pictures(model: Model) -> NotSupported:
    """Why a request with pictures is refused."""
    return NotSupported(Text("answering.no_pictures", model=model.name), Text("answering.choose_able"))
