"""What asks models, as data: each feature may name its own model, or Automatic with its own policy.

    FEATURES[0].name                            # "Chat"
    choice = settings.features["title"]         # Choice(model_id="automatic", share=0.0)

Adding a feature adds a row here and nothing else: Settings draws a row for each, the ledger counts by `id`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.places import Purpose
from app.core.shapes import Share


@dataclass(frozen=True, slots=True)
class Choice:
    """Who answers for a feature: a model's id, "automatic", or "" for the feature's default. `share` is the feature's
    own policy, 0 to 1; None follows Smart routing."""

    model_id: str = ""
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """`default` says in words what happens while nothing was chosen, `about` what the feature does. With `needs_choice`
    nobody answers until somebody was chosen, else the model at the top of the page does. `purpose` is why its questions
    go out."""

    id: str
    name: str
    about: str
    default: str = "The model chosen at the top of the page"
    purpose: Purpose = Purpose.STUDY
    needs_choice: bool = False


CHAT, CODE, TITLE, SUMMARY = "chat", "code", "title", "summary"
TITLES = Feature(
    TITLE,
    "Chat titles",
    "A short title once a chat's first answer is there.",
    "The question's first words",
    Purpose.TITLE,
    needs_choice=True,
)
SUMMARIES = Feature(
    SUMMARY,
    "Earlier turns",
    "What a long chat's model can no longer read is summed up for it.",
    "Left out, and said so",
    Purpose.SUMMARY,
    needs_choice=True,
)
FEATURES = (
    Feature(CHAT, "Chat", "Questions and answers.", purpose=Purpose.QUESTION),
    Feature(CODE, "Code help", "Questions in a chat that hold code or ask for it.", "As the chat", Purpose.QUESTION),
    TITLES,
    SUMMARIES,
)
