"""Which language a question is in, where that is plain."""

from __future__ import annotations

import pytest

from app.models.routing.tongues import tongues_of
from tests.routing.sixty import CHATS


@pytest.mark.parametrize("language", CHATS)
def test_the_questions_of_a_chat_are_never_taken_for_another_language_alone(language: str) -> None:
    for text in CHATS[language]:
        assert not tongues_of(text) or language in tongues_of(text), text


@pytest.mark.parametrize(
    ("text", "language"),
    [("Wann fiel die Berliner Mauer?", "de"), ("Ile województw ma Polska?", "pl"), ("Combien coûte Rome ?", "fr")],
)
def test_one_small_word_tells_of_a_few_that_are_not_english(text: str, language: str) -> None:
    assert tongues_of(text) == {language}


@pytest.mark.parametrize("text", ["", "x^2 = 4", "Die Hard cast", "Paris", "\ud800"])
def test_what_cannot_be_told_is_not(text: str) -> None:
    assert tongues_of(text) == frozenset()


def test_scripts_tell_at_once() -> None:
    assert [*map(tongues_of, ("ما هي؟", "क्या है?", "왜요?", "カメラ"))] == [{"ar"}, {"hi"}, {"ko"}, {"ja"}]
