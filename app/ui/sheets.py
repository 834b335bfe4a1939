"""What the sheet over the page shows, by what the action `page:sheet` names.

draw(session, "model/gemma-3n-e2b")     # one row of SHEETS; None for what is unknown or gone
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.html import Html
from app.session import Session


def _model(session: Session, model_id: str) -> Html | None:
    from app.ui.parts.model_sheet import model_sheet

    return model_sheet(session, model_id)


#: by the word before the first slash; each takes what follows it
SHEETS: Mapping[str, Callable[[Session, str], Html | None]] = {"model": _model}


def draw(session: Session, what: str) -> Html | None:
    """The content of the sheet."""
    kind, _, rest = what.partition("/")
    make = SHEETS.get(kind)
    return make(session, rest) if make else None
