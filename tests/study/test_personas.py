"""Personas: those that come along, and the file that carries others."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from app.core.persona import MOST_ABOUT, MOST_INSTRUCTIONS, MOST_NAME, Persona, instructions
from app.core.shapes import Damaged
from app.core.text import estimate_tokens
from app.study.chats import chat_from, turn_from
from app.study.personas import (
    FORMAT,
    MOST,
    BadPersonas,
    built_in,
    is_same,
    persona_from,
    read_personas,
    typed,
    write_personas,
)
from tests.words import english, table

TUTOR = Persona("p1", "Tutor", "Ask first.", "Asks before it tells.", 7.0)


@pytest.mark.parametrize("language", ["en", "de"])
def test_those_that_come_along_are_whole_in_every_language(language: str) -> None:
    told = table(f"{language}/personas")
    found = built_in(lambda text: "" if isinstance(text, str) else told[text.key.partition(".")[2]])
    assert len({one.id for one in found}) == len({one.name for one in found}) == len(found) == 8
    for one in found:
        assert len(one.name) <= MOST_NAME
        assert len(one.about) <= MOST_ABOUT
        assert 60 < estimate_tokens(one.instructions) <= 320, one.id


def test_what_holds_for_every_chat_comes_before_what_the_persona_adds() -> None:
    assert instructions(" Be short. ", TUTOR) == "Be short.\n\nAsk first."
    assert instructions("", TUTOR) == "Ask first."
    assert instructions("Be short.", None) == "Be short."
    assert instructions(" ", None) == ""


def test_a_record_is_read_back_and_a_damaged_one_is_told() -> None:
    lost: list[str] = []
    assert persona_from(json.loads(json.dumps(asdict(TUTOR))), lost) == TUTOR
    assert lost == []
    assert persona_from({**asdict(TUTOR), "updated": "yesterday"}, lost).updated == 0.0
    assert lost == ["updated"]
    with pytest.raises(Damaged):
        persona_from({"id": "p1", "name": "Tutor"})


def test_records_of_the_version_before_have_none() -> None:
    lost: list[str] = []
    chat = chat_from({"id": "c1", "title": "Old", "path": ["t1"], "roots": ["t1"], "is_private": True}, lost)
    turn = turn_from({"id": "t1", "chat_id": "c1", "parent": "", "role": "assistant", "text": "Yes."}, lost)
    assert (chat.persona, chat.temperature, chat.think, turn.persona, lost) == (None, None, None, None, [])
    assert chat_from({"id": "c1", "temperature": 9.0, "persona": {"id": "x"}, "think": "no"}, lost).persona is None
    assert lost == ["persona", "temperature", "think"]


def test_a_typed_persona_is_tidied_and_needs_a_name_and_instructions() -> None:
    assert typed("p1", "  My\ntutor ", "", " Ask. ", 3.0) == Persona("p1", "My tutor", "Ask.", "", 3.0)
    assert len(typed("p1", "n" * 500, "a" * 500, "i" * 20_000, 3.0).instructions) == MOST_INSTRUCTIONS
    for name, told in (("", "Ask."), ("Tutor", "  ")):
        with pytest.raises(BadPersonas):
            typed("p1", name, "", told, 3.0)


def test_a_file_says_all_but_ids_and_times() -> None:
    [read] = read_personas("\ufeff" + write_personas([TUTOR]))
    assert read == Persona("", "Tutor", "Ask first.", "Asks before it tells.")
    assert is_same(read, TUTOR)
    assert not is_same(read, typed("p1", "Tutor", "", "Ask first.", 7.0))


def file(*personas: object, **more: object) -> str:
    return json.dumps({"format": FORMAT, "version": 1, "personas": list(personas), **more})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "it can't be read as JSON"),
        ('{"format": "drleelm-backup"}', "This isn't a personas file."),
        ("[]", "This isn't a personas file."),
        (file(version=2), "another version of DrLeeLM"),
        (file(), "lists no personas"),
        (file(personas={}), "lists no personas"),
        (file(*[{"name": "A", "instructions": "B"}] * (MOST + 1)), "more than 200 personas"),
        (file("Tutor"), "Persona 1 isn't an object with fields."),
        (file({"name": "A", "instructions": "B"}, {"name": "A"}), "Persona 2: “instructions” is missing"),
        (file({"name": 5, "instructions": "B"}), "“name” is missing or isn't text"),
        (file({"name": "A", "instructions": "B", "about": []}), "“about” is missing or isn't text"),
        (file({"name": "n" * 81, "instructions": "B"}), "“name” is longer than 80 characters"),
        (file({"name": "A", "instructions": "i" * 8_001}), "“instructions” is longer than 8,000 characters"),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why(text: str, said: str) -> None:
    with pytest.raises(BadPersonas) as caught:
        read_personas(text)
    assert said in english(caught.value.message)
