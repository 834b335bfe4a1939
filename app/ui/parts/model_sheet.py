"""Everything about one model, in the sheet over the page."""

from __future__ import annotations

from app.core.html import Html
from app.session import Session


def model_sheet(session: Session, model_id: str) -> Html | None:
    """The sheet of a model of this browser or of Ollama; None where it is gone."""
    return None
