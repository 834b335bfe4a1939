"""What asks models, as data: each feature may name its own model, or Automatic with its own policy.

    FEATURES[0].name                            # Text("study.chat"): "Chat"
    choice = settings.features["title"]         # Choice(model_id="automatic", share=0.0)

Adding a feature adds a row here and its words, and nothing else: Settings draws a row for each, the ledger counts by
`id`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.places import Purpose
from app.core.shapes import Share
from app.core.texts import Text

AS_AT_TOP = Text("study.model_at_top")


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
    name: Text
    about: Text
    default: Text = AS_AT_TOP
    purpose: Purpose = Purpose.STUDY
    needs_choice: bool = False


CHAT, CODE, TITLE, SUMMARY = "chat", "code", "title", "summary"
QUOTES = Feature("quotes", Text("study.quotes"), Text("study.quotes_about"), Text("study.as_the_chat"))
CARDS = Feature("cards", Text("study.cards_made"), Text("study.cards_made_about"))
TITLES = Feature(
    TITLE,
    Text("study.titles"),
    Text("study.titles_about"),
    Text("study.first_words"),
    Purpose.TITLE,
    needs_choice=True,
)
SUMMARIES = Feature(
    SUMMARY,
    Text("study.earlier_turns"),
    Text("study.earlier_turns_about"),
    Text("study.left_out"),
    Purpose.SUMMARY,
    needs_choice=True,
)
#: the same, when the person asks for it: by the chat's model where no other was chosen
SUMMARY_ON_REQUEST = replace(SUMMARIES, needs_choice=False)
QUESTIONS = Feature("questions", Text("study.questions"), Text("study.questions_about"))
QUIZ = Feature("quiz", Text("study.quiz"), Text("study.quiz_about"))
TUTOR = Feature("tutor", Text("tutor.feature"), Text("tutor.feature_about"), Text("study.as_the_chat"))
NOTES = Feature("notes", Text("study.notes"), Text("study.notes_about"))
EXPLAIN = Feature("explain", Text("explain.feature"), Text("explain.feature_about"))
FEATURES = (
    Feature(CHAT, Text("study.chat"), Text("study.chat_about"), purpose=Purpose.QUESTION),
    Feature(CODE, Text("study.code"), Text("study.code_about"), Text("study.as_the_chat"), Purpose.QUESTION),
    TITLES,
    SUMMARIES,
    QUESTIONS,
    CARDS,
    QUOTES,
    QUIZ,
    TUTOR,
    NOTES,
    EXPLAIN,
)
