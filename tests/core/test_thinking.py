"""Thinking is told apart from the answer, wherever a stream is cut. Fault U1."""

from __future__ import annotations

import itertools
import random

import pytest

from app.core.thinking import ThinkingFilter, split
from app.core.values import Delta, Reread, Thought

HARMONY = "<|channel|>analysis<|message|>Easy.<|end|><|start|>assistant<|channel|>final<|message|>Paris.<|return|>"
MARKED = {
    "<think>Easy.</think>Paris.": ("Easy.", "Paris."),
    "<think>\nEasy.\n</think>\n\nParis.": ("Easy.", "Paris."),
    "\n <Think>Easy.</THINK>Paris.": ("Easy.", "Paris."),
    "<thinking>Easy.</thinking> Paris.": ("Easy.", "Paris."),
    "<thought>Easy.</thought>Paris.": ("Easy.", "Paris."),
    "<reasoning>Easy.</reasoning>Paris.": ("Easy.", "Paris."),
    "<seed:think>Easy.</seed:think>Paris.": ("Easy.", "Paris."),
    "[THINK]Easy.[/THINK]Paris.": ("Easy.", "Paris."),
    "◁think▷Easy.◁/think▷Paris.": ("Easy.", "Paris."),
    "<|START_THINKING|>Easy.<|END_THINKING|>Paris.": ("Easy.", "Paris."),
    "<|channel>thought\nEasy.<channel|>Paris.": ("Easy.", "Paris."),
    HARMONY: ("Easy.", "Paris."),
    "<|channel|>final<|message|>Paris.<|return|>": ("", "Paris."),
    HARMONY.replace("final<", "final <|constrain|>json<"): ("Easy.", "Paris."),
    "<|START_THINKING|>Easy.<|END_THINKING|><|START_RESPONSE|>Paris.<|END_RESPONSE|>": ("Easy.", "Paris."),
    "<|begin_of_thought|>Easy.<|end_of_thought|>\n\n<|begin_of_solution|>Paris.<|end_of_solution|>": (
        "Easy.",
        "Paris.",
    ),
    "<unused94>thought\nEasy.<unused95>Paris.": ("Easy.", "Paris."),
    "<mm:think>Easy.</mm:think>Paris.": ("Easy.", "Paris."),
    "<|think|>Easy.<|/think|>Paris.": ("Easy.", "Paris."),
    "<think>Easy.</thinking>Paris.": ("Easy.", "Paris."),
    "<think>a < b, </thin, <think></think>Paris.": ("a < b, </thin, <think>", "Paris."),
    "<think>One.</think>\n<think>Two.</think>Paris.": ("One.\n\nTwo.", "Paris."),
    "<think>\n\n</think>\n\nParis.": ("", "Paris."),
    "<think>Easy.</think>Tags: </think> and <think>.": ("Easy.", "Tags: </think> and <think>."),
    "<think>Never said": ("Never said", ""),
    "<think>": ("", ""),
}
OPENED_BY_THE_TEMPLATE = {
    "Easy.</think>Paris.": ("Easy.", "Paris."),
    "\nEasy `x`.\n\n```\ncode\n```\nSo.\n</think>\n\nParis.": ("Easy `x`.\n\n```\ncode\n```\nSo.", "Paris."),
    'It is "Paris"</think>Paris.': ('It is "Paris"', "Paris."),
    "They ask about `</think>`.</think>It ends thinking.": ("They ask about `</think>`.", "It ends thinking."),
    "Easy.[/THINK]Paris.": ("Easy.", "Paris."),
    "</think>\n\nParis.": ("", "Paris."),
    "Easy.</think>": ("Easy.", ""),
}
WORDS_ABOUT_TAGS = (
    "Paris.",
    "",
    " \n ",
    "`<think>` opens it, `</think>` closes it.",
    "Write\n\n```xml\n<think>\nhm\n</think>\n```\n\nand go on.",
    "Models write <think>hm</think> first.",
    'The tag "</think>" ends it; so does (</thinking>).',
    "a < b and [x] </thin",
    "<th>Head</th>",
    "<thinker>",
    "x <think> y",
    "[1, 2] <= [THIN",
)
ALL = {**MARKED, **OPENED_BY_THE_TEMPLATE, **{text: ("", text) for text in WORDS_ABOUT_TAGS}}


def read(*pieces: str, is_open: bool = False, is_cut: bool = False) -> tuple[str, str]:
    """(thinking, answer), as whoever reads the events has them."""
    thinking = answer = ""
    reply = ThinkingFilter(is_open=is_open)
    for found in (*map(reply.take, pieces), reply.rest(is_cut=is_cut)):
        for piece in found:
            if isinstance(piece, Reread):
                thinking, answer = piece.thinking, piece.text
            elif isinstance(piece, Thought):
                thinking += piece.text
            else:
                answer += piece.text
    assert (reply.thinking, reply.answer) == (thinking, answer)
    return thinking, answer


@pytest.mark.parametrize("text", ALL)
def test_thinking_is_told_apart_wherever_the_stream_is_cut(text: str) -> None:
    """Fault U1: at every place, letter by letter, and in a hundred mixtures."""
    wanted = ALL[text]
    assert split(text) == wanted
    assert read(*text) == wanted
    for place in range(len(text)):
        assert read(text[:place], text[place:]) == wanted, place
    random_places = random.Random(7)
    for _ in range(100):
        places = sorted(random_places.choices(range(len(text) + 1), k=4))
        pieces = [text[a:b] for a, b in itertools.pairwise((0, *places, len(text)))]
        assert read(*pieces) == wanted, pieces


@pytest.mark.parametrize("text", ALL)
def test_what_was_told_apart_stays_so(text: str) -> None:
    """An answer that is read again, as every stored turn is, loses nothing."""
    thinking, answer = split(text)
    if not thinking and text not in MARKED:
        assert split(answer) == ("", answer)


def test_words_are_shown_as_soon_as_they_can_be_none_of_a_tag() -> None:
    reply = ThinkingFilter()
    assert reply.take("<") == []
    assert reply.take("b> a <") == [Delta("<b> a ")]
    assert reply.take("= b") == [Delta("<= b")]
    reply = ThinkingFilter()
    assert reply.take("<think>So") == [Thought("So")]
    assert reply.take(" it is.\n") == [Thought(" it is.")]
    assert reply.take("</think>\n") == []
    assert reply.take("\nParis") == [Delta("Paris")]


def test_a_lone_closing_tag_turns_the_words_before_it_into_thinking() -> None:
    """Fault U1: the template opened it, so until then they looked like the answer."""
    reply = ThinkingFilter()
    assert reply.take("Easy.") == [Delta("Easy.")]
    assert reply.take("</think>Paris.") == [Reread(thinking="Easy."), Delta("Paris.")]
    assert reply.was_open


@pytest.mark.parametrize(
    ("text", "is_cut", "wanted"),
    [
        ("Easy.</think>Paris.", False, ("Easy.", "Paris.")),
        ("Easy, and then", True, ("Easy, and then", "")),
        ("Paris.", False, ("", "Paris.")),
    ],
)
def test_a_model_whose_template_opens_its_thinking_is_believed_to_think(
    text: str, is_cut: bool, wanted: tuple[str, str]
) -> None:
    assert read(*text, is_open=True, is_cut=is_cut) == wanted
    reply = ThinkingFilter(is_open=True)
    assert reply.take("Hm") == [Thought("Hm")]


def test_where_thinking_comes_apart_already_a_closing_tag_is_only_a_word() -> None:
    reply = ThinkingFilter(is_open=True)
    reply.thought("Easy.")
    assert reply.take("It is </think>.") == [Delta("It is </think>.")]
    reply = ThinkingFilter()
    reply.thought("Easy.")
    assert reply.take("<think>More.</think>Paris.") == [Thought("\n\nMore."), Delta("Paris.")]
