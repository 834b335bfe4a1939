"""Which language a question is in, where that is plain."""

from __future__ import annotations

import pytest

from app.models.routing.tongues import tongues_of
from tests.routing.sixty import CHATS


@pytest.mark.parametrize("language", CHATS)
def test_the_questions_of_a_chat_are_never_taken_for_another_language_alone(language: str) -> None:
    for text in CHATS[language]:
        assert not tongues_of(text) or language in tongues_of(text), text


@pytest.mark.parametrize("text", ["", "x^2 = 4", "Paris", "\ud800"])
def test_what_cannot_be_told_is_not(text: str) -> None:
    assert tongues_of(text) == frozenset()


def test_scripts_tell_at_once() -> None:
    assert [*map(tongues_of, ("ما هي؟", "क्या है?", "왜요?", "カメラ"))] == [{"ar"}, {"hi"}, {"ko"}, {"ja"}]
