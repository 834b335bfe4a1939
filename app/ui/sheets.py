"""What the sheet over the page shows, by what the action `page:sheet` names.

draw(session, prose, "model/gemma-3n-e2b")      # one row of SHEETS; None for what is unknown or gone
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.html import Html
from app.core.places import ModelRef
from app.session import Session
from app.ui.prose import Prose


def _model(session: Session, _prose: Prose, model_id: str) -> Html | None:
    if ModelRef.parse(model_id).provider == "ollama":
        from app.ui.parts.ollama_sheet import ollama_sheet

        return ollama_sheet(session, model_id)
    if ModelRef.parse(model_id).is_built_in:
        from app.ui.parts.built_in import built_in_sheet

        return built_in_sheet(session)
    from app.ui.parts.model_sheet import model_sheet

    return model_sheet(session, model_id)


def _add(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.pages.models import add_sheet

    return add_sheet(session)


def _file(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.attached import file_sheet

    return file_sheet(session)


def _document(session: Session, _prose: Prose, id: str) -> Html | None:
    from app.ui.parts.documents import document_sheet

    return document_sheet(session, id)


def _notebook(session: Session, _prose: Prose, chat_id: str) -> Html | None:
    from app.ui.parts.notebooks import chat_sheet

    return chat_sheet(session, chat_id)


def _meaning(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.meaning import meaning_sheet

    return meaning_sheet(session)


def _chat(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.options import options_sheet

    return options_sheet(session)


def _persona(session: Session, _prose: Prose, id: str) -> Html | None:
    from app.ui.parts.personas import persona_sheet

    return persona_sheet(session, id)


def _context(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.contents import contents_sheet

    return contents_sheet(session)


def _best(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.best_search import best_sheet

    return best_sheet(session)


def _scope(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.scope import scope_sheet

    return scope_sheet(session)


def _writing(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.writing import writing_sheet

    return writing_sheet(session)


def _statement(session: Session, _prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.statement import statement_sheet

    return statement_sheet(session)


def _explain(session: Session, prose: Prose, _what: str) -> Html | None:
    from app.ui.parts.explain import explain_sheet

    return explain_sheet(session, prose)


#: by the word before the first slash; each takes what follows it
SHEETS: Mapping[str, Callable[[Session, Prose, str], Html | None]] = {
    "model": _model,
    "add": _add,
    "file": _file,
    "document": _document,
    "notebook": _notebook,
    "meaning": _meaning,
    "chat": _chat,
    "persona": _persona,
    "context": _context,
    "best": _best,
    "scope": _scope,
    "writing": _writing,
    "statement": _statement,
    "explain": _explain,
}


def draw(session: Session, prose: Prose, what: str) -> Html | None:
    """The content of the sheet."""
    kind, _, rest = what.partition("/")
    make = SHEETS.get(kind)
    return make(session, prose, rest) if make else None
