"""What is attached: to the message that is being written, to a question, and one of them large.

attached_list(session, drafts)      # in the composer, with what the chosen model cannot do with it
attached_to(turn)                   # above a question
file_sheet(session)                 # what a click on one opens
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.html import Html, h, join
from app.core.texts import Percent, Size, Text
from app.core.values import Model
from app.session import Session
from app.study.asked import cut, left_out, rooms
from app.study.attachments import Attachment, Draft, data_url
from app.study.chats import Turn
from app.ui.icons import icon
from app.ui.model_choice import choosing
from app.ui.parts.controls import icon_button
from app.ui.parts.sheet import sheet
from app.ui.words import t, words


def attached_list(session: Session, drafts: Sequence[Draft]) -> Html:
    """The attachments of the message, each with the way to look at it and to take it away."""
    items = [_item(one) for one in drafts]
    busy = h("p", t("attach.reading"), class_="note") if session.state.attaching() else None
    shown = h("ul", *items, aria_label=t("attach.attached")) if items else None
    return h("div", shown, busy, *_warnings(session, drafts), id="attached")


def edited_list(session: Session, turn_id: str) -> Html:
    """The attachments of a question that is edited, and the way to attach more."""
    state = session.state
    drafts = state.attached().get(state.edit_key, ())
    kept = [_kept(turn_id, one) for one in state.edited()]
    items = [*kept, *map(_item, drafts)]
    shown = h("ul", *items, aria_label=t("attach.attached")) if items else None
    busy = h("p", t("attach.reading"), class_="note") if state.attaching() else None
    return h("div", shown, busy, *_warnings(session, drafts), id=f"files-{turn_id}", class_="edited")


def _kept(turn_id: str, one: Attachment) -> Html:
    remove = icon_button("x", t("attach.remove", name=one.name), "click:attach:unkeep", one.id)
    return h("li", _face(one, f"{turn_id}/{one.id}"), remove, id=f"kept-{one.id}")


def _item(draft: Draft) -> Html:
    one = draft.attachment
    remove = icon_button("x", t("attach.remove", name=one.name), "click:attach:remove", draft.id)
    return h("li", _face(one, f"/{draft.id}"), remove, id=f"draft-{draft.id}")


def _face(one: Attachment, place: str) -> Html:
    """A picture, or a text's name and size: a button that opens it."""
    label = t("attach.open", name=one.name)
    on = {"data_on": "click:attach:show", "data_arg": place}
    if one.is_picture:
        image = h("img", src=data_url(one, ""), alt="", width=one.width or None, height=one.height or None)
        return h("button", image, type="button", class_="picture", aria_label=label, title=one.name, **on)
    about = t("attach.text_about", size=Size(one.size_bytes), tokens=one.tokens)
    told = h("span", h("strong", one.name), h("small", about))
    return h("button", icon("file-text"), told, type="button", class_="text", title=label, **on)


def attached_to(turn: Turn) -> Html:
    """The attachments of a question."""
    items = (h("li", _face(one, f"{turn.id}/{one.id}")) for one in turn.attachments)
    return h("ul", *items, class_="attachments", aria_label=t("attach.attached"), id=f"a-{turn.id}")


def file_sheet(session: Session) -> Html | None:
    """One attachment, as large as there is room."""
    looked = session.attach.looked()
    if looked is None:
        return None
    one, content = looked.attachment, looked.content
    gone = None if content else h("p", t("attach.not_here"))
    if one.is_picture:
        about = t("attach.picture_about", width=one.width, height=one.height)
        image = h("img", src=data_url(one, content), alt=one.name, class_="looked")
        return sheet(one.name, gone, image, h("p", about, " · ", words(Size(one.size_bytes))))
    about = t("attach.text_about", size=Size(one.size_bytes), tokens=one.tokens)
    text = h("pre", content, class_="looked", dir="auto", tabindex="0", role="region", aria_label=one.name)
    return sheet(one.name, gone, h("p", about), text if content else None)


# -- what the chosen model cannot do with it


def _warnings(session: Session, drafts: Sequence[Draft]) -> list[Html]:
    model, found = session.state.chosen(), list[Html]()
    if any(one.attachment.is_picture for one in drafts) and (blind := _blind(session, model)):
        found.append(blind)
    return [*found, *_too_long(session, model, drafts)]


def _blind(session: Session, model: Model) -> Html | None:
    """That the model cannot see, and one that can; None where it can, or nothing is known of it."""
    seeing = seeing_models(session)
    if model.provider == "automatic":
        if seeing:
            return None
        told = t("attach.blind_automatic")
    elif session.state.reading(model).sees is False:
        told = t("attach.blind", model=model.name)
    else:
        return None
    if seeing:
        choose = {"data_on": f"click:{choosing(session)}", "data_arg": seeing[0].id}
        way = h("button", t("attach.use", model=seeing[0].name), type="button", id="use-seeing", **choose)
    else:
        way = h("a", t("attach.get"), href="#/models", role="button", id="get-seeing")
    return h("p", icon("info"), h("span", told), way, class_="warn", role="status")


def seeing_models(session: Session) -> list[Model]:
    """The models that can be asked now and can see, those on this device first; in a private chat only those."""
    state = session.state
    here = [model for model in state.shelf.ready() if model.can_see]
    if state.chat().is_private:
        return [model for model in here if not model.leaves_device]
    away = [model for model in state.shelf.leaving() if model.can_see and not session.switching.why_not(model)]
    return [*here, *away]


def _too_long(session: Session, model: Model, drafts: Sequence[Draft]) -> list[Html]:
    """Which texts the model will get only a part of."""
    limit = session.state.reading(model).limit
    texts = [one for one in drafts if not one.attachment.is_picture]
    shares: list[tuple[str, Percent]] = []
    for one, room in zip(texts, rooms([one.content for one in texts], limit), strict=True):
        if (part := cut(one.content, room)) != one.content:
            shares.append((one.attachment.name, left_out(one.content, part)))
    told = (words(Text("attach.will_cut", name=name, model=model.name, share=share)) for name, share in shares)
    return [h("p", join(icon("info"), h("span", line)), class_="warn") for line in told]
