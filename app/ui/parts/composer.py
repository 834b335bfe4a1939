"""Around the message field: what an empty chat offers, what is queued, how full the model's context is.

context(session)      # the ring, from 10 % of what the model can read: a button "Context: 34 % used"
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.core.commands import Attached, Waiting, Writing
from app.core.html import Html, h, join
from app.core.persona import Persona, instructions
from app.core.text import estimate_tokens
from app.core.texts import Percent, Size, Text
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.state import EDITED, Queued
from app.study.asked import tokens_of
from app.study.summary import TO_COME, standing
from app.study.tutored import is_tutor
from app.ui.icons import Icon, icon
from app.ui.parts.controls import icon_button
from app.ui.parts.progress import progress
from app.ui.words import t, words

NOTHING_ATTACHED = h("div", id="attached")
SHOWN_FROM, TIGHT_FROM = 10, 80  # % of the model's context
RADIUS = 7  # of the ring, in its own units
#: what may be begun with: an icon, a title, what it does, and the words it writes; "…" in them is to be filled in
STARTERS: tuple[tuple[Icon, Text, Text, Text], ...] = (
    ("lightbulb", Text("composer.explain"), Text("composer.explain_how"), Text("composer.explain_words")),
    ("sigma", Text("composer.proof"), Text("composer.proof_how"), Text("composer.proof_words")),
)


def placeholder(session: Session) -> str:
    """What stands in the empty message field."""
    chat = session.state.chat()
    if is_tutor(chat.persona) and any(turn.tutor and turn.tutor.is_open for turn in session.state.turns()[-1:]):
        return t("tutor.attempt_here")
    if chat.path:
        return t("composer.follow_up")
    return t("composer.ask") if chat.scope is None else t("scope.open")


def writing(session: Session) -> Writing:
    """Whose message the field holds."""
    chat = session.state.chat()
    return Writing(chat.id, bool(chat.path), chat.is_private)


def attached(session: Session) -> Attached:
    """What is attached to messages that are not sent yet, but for private chats, of which nothing is kept."""
    state, kept = session.state, dict[str, tuple[str, ...]]()
    queued = {id: tuple(draft for item in items for draft in item.drafts) for id, items in state.queued().items()}
    for key in dict.fromkeys((*queued, *state.attached())):
        drafts = (*queued.get(key, ()), *state.attached().get(key, ()))
        if drafts and key != " " and not key.startswith(EDITED) and not session.privacy.is_private(key):
            kept[key] = tuple(draft.id for draft in drafts)
    return Attached(tuple(kept.items()))


def attachments(session: Session) -> Html:
    """What is attached to the message, imported with the first of it."""
    drafts = session.state.attached().get(session.state.draft_key(session.state.chat()), ())
    if not drafts and not session.state.attaching():
        return NOTHING_ATTACHED
    from app.ui.parts.attached import attached_list

    return attached_list(session, drafts)


def scope(session: Session) -> Html:
    """Which documents the chat is about, imported with the first of them; else the way to choose some."""
    chat = session.state.chat()
    if chat.scope is None and not chat.notebook:
        return h("div", scope_button(), id="scope")
    from app.ui.parts.scope import scope_chip

    return scope_chip(session, chat)


def scope_button() -> Html:
    """Opens the sheet in which documents are chosen."""
    return icon_button("library", t("scope.open"), "click:page:sheet", "scope", id="scope-open")


def waiting(session: Session) -> Waiting:
    """What is queued, but for private chats: nothing of them is kept."""
    queued = session.state.queued().items()
    kept = ((id, tuple(item.text for item in items)) for id, items in queued if not session.privacy.is_private(id))
    return Waiting(tuple(kept))


def empty(session: Session) -> Html:
    """What an empty chat says: the question, ways to begin, and the included model where it is not here yet."""
    if session.state.turns() or session.state.chat().path:
        return h("div", id="empty", class_="empty", hidden=True)
    model = session.state.chosen()
    row = next((item for item in session.state.rows() if item.model.id == model.id), None)
    is_demo = session.state.visit.is_demo
    return h(
        "div",
        h("h2", t("composer.greeting")),
        _who(_persona(session)),
        _up_to_it(session),
        h("div", *_starters(), class_="starters"),
        h("p", t("composer.demo")) if is_demo else None,
        offer(model, row) if row and not is_demo else None,
        _better(session, row) if row else None,
        id="empty",
        class_="empty",
    )


def _persona(session: Session) -> Persona | None:
    """Who will answer in the open chat."""
    if session.state.chat().persona is None:
        return None
    from app.ui.parts.options import persona_of

    return persona_of(session, session.state.chat())


def _who(persona: Persona | None) -> Html | None:
    return h("p", " · ".join(filter(None, (persona.name, persona.about))), dir="auto") if persona else None


def _up_to_it(session: Session) -> Html | None:
    """Whether the model is good enough for a tutored chat, in one."""
    if not is_tutor(session.state.chat().persona):
        return None
    from app.ui.parts.tutor import up_to_it

    return up_to_it(session, session.state.chat())


def _starters() -> list[Html]:
    """What writes words into the message field, and what leads elsewhere: in the order in which they are shown."""
    explain, proof = (
        _starter(f"starter-{number}", sign, title, how, data_write=words(writes))
        for number, (sign, title, how, writes) in enumerate(STARTERS)
    )
    quiz = Text("composer.quiz"), Text("composer.quiz_how")
    documents = Text("scope.start"), Text("scope.start_how")
    return [
        explain,
        _starter("starter-quiz", "list-checks", *quiz, data_on="click:page:visit", data_arg="#/cards/quiz"),
        proof,
        _starter("starter-documents", "file-text", *documents, data_on="click:page:sheet", data_arg="scope"),
    ]


def _starter(id: str, sign: Icon, title: Text, how: Text, **does: str) -> Html:
    label = join(icon(sign), h("strong", words(title)), h("span", words(how)))
    return h("button", label, type="button", id=id, **does)


def offer(model: Model, row: Row) -> Html | None:
    """The included model: its download, or how far that is."""
    if row.is_ready or not model.is_bundled:
        return None
    if row.is_busy:
        return h("div", progress(row, "offer"), class_="offer")
    is_paused = row.status == Status.PAUSED
    download = h(
        "button",
        t("composer.resume") if is_paused else t("composer.download"),
        type="button",
        data_on="click:models:download",
        data_arg=model.id,
        id="offer",
        class_="primary",
    )
    title = h("strong", t("composer.get", model=model.name))
    about = h("span", t("composer.get_about", size=Size(model.size_bytes)))
    return h("div", icon("laptop"), h("div", title, about), download, class_="offer")


def _better(session: Session, row: Row) -> Html | None:
    """A model that this device could answer better with than with the included one, until it was declined."""
    is_asked = session.state.settings().setup in ("later", "done") and not session.state.setup()
    if not (row.model.is_bundled and row.is_ready and is_asked and session.state.facts()):
        return None
    from app.ui.parts.better import better_card

    return better_card(session)


def queue(session: Session) -> Html:
    """The messages that are asked next, in their order."""
    waiting = session.state.queued().get(session.state.chat().id, ())
    return h("ul", *map(_queued, waiting), id="queue", aria_label=t("composer.queued_messages"), hidden=not waiting)


def _queued(item: Queued) -> Html:
    buttons = (
        h("button", label, type="button", class_="quiet", data_on=f"click:{action}", data_arg=item.id)
        for label, action in (
            (t("composer.edit"), "chat:edit-queued"),
            (t("composer.cancel"), "chat:unqueue"),
        )
    )
    line = h("div", h("small", t("composer.queued")), *buttons)
    names = h("small", ", ".join(draft.attachment.name for draft in item.drafts)) if item.drafts else None
    return h("li", h("p", item.text, dir="auto"), names, line, id=f"queued-{item.id}")


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens of a chat, and how many the model can read."""

    tokens: int
    limit: int

    @property
    def share(self) -> Percent:
        """How full the context is."""
        return Percent(min(100, math.ceil(100 * self.tokens / self.limit)))


def used(session: Session) -> Used | None:
    """How much of the model's context the open chat takes; None where the model does not tell what it can read."""
    model = session.state.reader()
    if model is None:
        return None
    limit = session.state.reading(model).limit
    chat = session.state.chat()
    summary = standing(chat.summary, (*chat.path, TO_COME))
    drafts = session.state.attached().get(session.state.draft_key(chat), ())
    attached = sum(draft.attachment.tokens for draft in drafts)
    told = _told(session, summary.at if summary else 0.0)
    return Used(told + tokens_of(session.state.turns(), summary) + attached, limit) if limit else None


def _told(session: Session, since: float) -> int:
    """Tokens of what the model is told before the chat, as far as its last reply `since` a summary was made has
    not counted them already."""
    counted = (turn for turn in reversed(session.state.turns()) if turn.usage.prompt_tokens and turn.created >= since)
    last = next(counted, None)
    general, persona = session.state.settings().system_prompt, _persona(session)
    before = estimate_tokens(instructions(general, last.persona)) if last else 0
    return estimate_tokens(instructions(general, persona)) - before


def context(session: Session) -> Html:
    """The ring: what it opens is in `app.ui.parts.contents`."""
    found = used(session)
    chat = session.state.chat()
    if found is None or (found.share < SHOWN_FROM and not standing(chat.summary, (*chat.path, TO_COME))):
        return h("div", id="context")
    label = t("composer.context", share=found.share)
    button = icon_button(
        _ring(found.share),
        label,
        "click:context:open",
        aria_haspopup="dialog",
        data_tight=found.share >= TIGHT_FROM,
    )
    return h("div", button, id="context")


def _ring(share: int) -> Html:
    around = 2 * math.pi * RADIUS
    sizes = {"cx": "9", "cy": "9", "r": str(RADIUS)}
    part = h("circle", **sizes, class_="part", stroke_dasharray=f"{around * share / 100:.1f} {around:.1f}")
    return h("svg", h("circle", **sizes), part, class_="icon ring", viewBox="0 0 18 18", aria_hidden="true")
