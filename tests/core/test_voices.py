"""Which voice reads a text."""

from __future__ import annotations

from app.core.voices import Voice, voice_for

ALBERT = Voice("albert", "Albert", "en-US", is_local=True)
SAM = Voice("sam", "Samantha", "en-US", is_local=True)
ANNA = Voice("anna", "Anna", "de_AT", is_local=True)
GOOGLE = Voice("google", "Google Deutsch", "de-DE", is_default=True)
ALL = (ALBERT, SAM, ANNA, GOOGLE)


def test_the_language_of_the_text_chooses_a_voice_that_sends_nothing() -> None:
    assert voice_for("de", ALL, "") == ANNA
    assert voice_for("en", ALL, "") == SAM, "a voice that is a joke comes last"
    assert voice_for("en", (ALBERT,), "") == ALBERT
    assert voice_for("fr", ALL, "") is None


def test_a_voice_that_sends_the_text_is_only_taken_where_the_person_wants_it() -> None:
    assert voice_for("de", (GOOGLE,), "") is None
    assert voice_for("de", ALL, "google") == GOOGLE
    assert voice_for("fr", ALL, "anna") == ANNA, "also one of another language"
    assert voice_for("de", ALL, "gone") == ANNA
