"""Models per feature, in Settings: a row for each of `app.study.features.FEATURES`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.texts import Percent, Text, in_a_row
from app.models.answering.automatic import AUTOMATIC
from app.study.features import CHAT, FEATURES, Choice, Feature
from app.ui.model_choice import options
from app.ui.parts.setting import card, field, heading, select
from app.ui.words import t, words

if TYPE_CHECKING:
    from app.session import Session

SHARES = tuple(range(0, 101, 10))


def features_section(session: Session) -> Html:
    """Every feature with the model that answers for it."""
    return join(
        heading(t("settings.features")),
        card(*(feature_row(session, feature) for feature in FEATURES)),
    )


def feature_row(session: Session, feature: Feature) -> Html:
    """One feature: its model, and its own policy where that is Automatic."""
    choice = session.state.settings().features.get(feature.id, Choice())
    chosen = session.state.usual().id if feature.id == CHAT else choice.model_id
    id = f"feature-{feature.id}"
    default = h("option", words(feature.default), value="", selected=not chosen, id=f"{id}-default")
    gone = chosen and session.state.shelf.named(chosen) is None
    about = words(in_a_row(feature.about, Text("study.choice_gone") if gone else ""))
    models = [*([] if feature.id == CHAT else [default]), *options(session, chosen, id)]
    return join(
        field(id, words(feature.name), select(id, models, "features:choose", feature.id, about=about), about=about),
        share_choice(feature, choice) if chosen == AUTOMATIC.id else None,
    )


def share_choice(feature: Feature, choice: Choice) -> Html:
    """The feature's own policy."""
    id, now = f"share-{feature.id}", "" if choice.share is None else str(round(choice.share * 100))
    values = sorted({*SHARES, *([int(now)] if now else [])})
    shares = (
        h("option", t("study.share", share=Percent(value)), value=value, selected=str(value) == now) for value in values
    )
    options = [h("option", t("study.as_smart"), value="", selected=not now), *shares]
    return field(id, t("study.own_policy", feature=feature.name), select(id, options, "features:share", feature.id))
