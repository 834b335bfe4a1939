"""Cutting documents into passages: what stands in them, where, and how much of it."""

from __future__ import annotations

import random
import time
from itertools import pairwise

from app.core.document_kinds import Kind
from app.core.documents import BETWEEN, Heading, PageText, Passage, Reading
from app.documents.passages import MOST, cut
from app.documents.sentences import sentences, weigher, weight

SENTENCE = "The moon raises a tide that follows it around the earth every day of the year. "  # 16 words


def read(*pages: str, kind: Kind = "pdf", headings: tuple[Heading, ...] = ()) -> Reading:
    return Reading(kind, "Tides", "en", tuple(PageText(number, text) for number, text in enumerate(pages, 1)), headings)


def found_in(*pages: str, kind: Kind = "pdf", headings: tuple[Heading, ...] = ()) -> list[Passage]:
    """The passages, of which each says what stands at its place."""
    reading = read(*pages, kind=kind, headings=headings)
    made = cut("tides", reading)
    for number, passage in enumerate(made):
        page = reading.pages[passage.page - 1]
        assert page.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert (passage.document, passage.number) == ("tides", number)
        assert weight(passage.text) <= MOST * 1.25
        following = next((one for one in made[number + 1 : number + 2] if one.page == passage.page), None)
        assert passage.after == (page.text[passage.end : following.start] if following else "")
    return made


def test_a_long_text_is_cut_at_sentence_ends_into_passages_of_a_hundred_words_and_more() -> None:
    made = found_in(SENTENCE * 60)
    assert len(made) == 8
    assert all(passage.text.endswith("year.") and 100 <= weight(passage.text) <= MOST for passage in made)


def test_a_short_page_is_one_passage_and_an_empty_one_none() -> None:
    assert [passage.text for passage in found_in("The end.", " \n ", "Fine.")] == ["The end.", "Fine."]


def test_a_passage_ends_with_a_paragraph_where_one_ends_near() -> None:
    made = found_in(SENTENCE * 7 + "\n\n" + SENTENCE * 7)
    assert [passage.text.count("moon") for passage in made] == [7, 7]


def test_the_lines_of_a_word_processor_are_paragraphs_and_those_of_a_pdf_are_not() -> None:
    line = "A line of eleven words that has no full stop anywhere\n"
    for kind, ends in (("docx", True), ("pdf", False)):
        made = found_in(line * 15 + SENTENCE * 4, kind=kind)
        assert made[0].text.endswith("anywhere") is ends or kind == "pdf"


def test_no_passage_reaches_over_a_heading_and_each_knows_those_above_it() -> None:
    text = "Tides\nThe sea.\nCauses\nThe moon.\nSun\nLess.\nUse\nMills."
    headings = tuple(
        Heading(level, words, 1, text.index(words))
        for level, words in ((1, "Tides"), (2, "Causes"), (3, "Sun"), (2, "Use"))
    )
    assert [(passage.heading, passage.text) for passage in found_in(text, headings=headings)] == [
        ("Tides", "The sea."),
        (f"Tides{BETWEEN}Causes", "The moon."),
        (f"Tides{BETWEEN}Causes{BETWEEN}Sun", "Less."),
        (f"Tides{BETWEEN}Use", "Mills."),
    ]


def test_a_section_goes_on_over_pages() -> None:
    made = found_in("Causes\nThe moon.", "And the sun.", headings=(Heading(1, "Causes", 1, 0),))
    assert [(passage.page, passage.heading, passage.text) for passage in made] == [
        (1, "Causes", "The moon."),
        (2, "Causes", "And the sun."),
    ]


def test_a_heading_with_nothing_below_it_is_a_passage_so_that_it_is_found() -> None:
    text = "Part one\nWaves\nThe sea.\nThank you"
    headings = (Heading(1, "Part one", 1, 0), Heading(2, "Waves", 1, 9), Heading(1, "Thank you", 1, 24))
    made = found_in(text, headings=headings)
    assert [(one.heading, one.text) for one in made] == [(f"Part one{BETWEEN}Waves", "The sea."), ("", "Thank you")]


def test_a_heading_that_stands_elsewhere_than_it_says_costs_no_words() -> None:
    made = found_in("The sea is wide. The moon.", headings=(Heading(1, "Other words", 1, 17), Heading(1, "Gone", 9, 0)))
    assert [(one.heading, one.text) for one in made] == [("", "The sea is wide."), ("Other words", "The moon.")]


def test_scripts_without_spaces_are_cut_at_their_own_full_stops() -> None:
    made = found_in("光合作用是植物利用光能的过程。" * 60)
    assert len(made) == 4
    assert all(passage.text.endswith("。") and 100 <= weight(passage.text) <= MOST for passage in made)
    assert len(found_in("ไทย" * 1000)) > 5


def test_what_has_no_sentences_is_cut_at_lines_commas_blanks_and_at_last_between_letters() -> None:
    table = "\n".join(f"row {number} has 12 cells" for number in range(100))
    assert all(passage.text.startswith("row") and passage.text.endswith("cells") for passage in found_in(table))
    assert all(passage.text.endswith(("red,", "red")) for passage in found_in(", ".join(["blue and red"] * 200)))
    assert all(passage.text.endswith("word") for passage in found_in("word " * 1000))
    made = found_in("x" * 100_000)
    assert "".join(passage.text for passage in made) == "x" * 100_000
    assert max(len(passage.text) for passage in made) <= 600


def test_no_letter_is_parted_from_its_signs() -> None:
    assert not any(one.text[0] in "\u0301\u200d" for one in found_in("e\u0301" * 3000) + found_in("👩\u200d" * 3000))


def test_short_forms_and_small_letters_end_no_sentence() -> None:
    text = (
        'Dr. Lee saw Fig. 3, e.g. the sea. "Well," she said (p. 7). Es war z. B. Ebbe! Am 3. Mai … und so weiter. Gut?'
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "Dr. Lee saw Fig. 3, e.g. the sea.",
        '"Well," she said (p. 7).',
        "Es war z. B. Ebbe!",
        "Am 3. Mai … und so weiter.",
        "Gut?",
    ]


ALPHABET = [
    *(
        "The moon",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        ". ",
        "! ",
        ", ",
        "Tide",
        "e.g. ",
        "x" * 40,
        "光合",
        "。",
        "é",
        "\u0301",
        "👩‍🚀",
    ),
    *("\x00", "\ufffe", "\ud800", "ไทย", "(", "“", "”", "…", "\u00ad", "\u200d", "\f", "1,000", "== ", SENTENCE * 3),
]


def fuzzed(draw: random.Random) -> Reading:
    """Pages of anything, with headings that are there, elsewhere, the same, or nowhere."""
    pages = ["".join(draw.choices(ALPHABET, k=draw.randint(0, 120))) for _ in range(draw.randint(1, 3))]
    headings = []
    for _ in range(draw.randint(0, 6)):
        number = draw.randint(1, len(pages))
        text = pages[number - 1]
        start = draw.randint(-1, len(text) + 2)
        words = text[max(start, 0) : max(start, 0) + draw.randint(0, 20)] if draw.random() < 0.8 else "Elsewhere"
        headings.append(Heading(draw.randint(1, 6), words, draw.choice((number, number, 7)), start))
    return read(*pages, kind=draw.choice(("pdf", "docx", "text")), headings=tuple(headings))


def test_a_thousand_documents_of_anything_lose_no_word_and_mix_no_sections() -> None:
    draw = random.Random(19)
    for _ in range(1000):
        reading = fuzzed(draw)
        made = found_in(*(page.text for page in reading.pages), kind=reading.kind, headings=reading.headings)
        for page in reading.pages:
            mine = [passage for passage in made if passage.page == page.number]
            starts = [one.start for one in reading.headings if one.page == page.number and one.text.strip()]
            assert not any(one.start < start < one.end for one in mine for start in starts)
            assert all(one.end <= other.start for one, other in pairwise(mine))
            said = "".join(one.text + BETWEEN.join(one.heading) for one in made)
            left = "".join(text for text, is_said in _parts(page.text, mine) if not is_said and text.strip())
            assert all(word in said or word in BETWEEN for word in "".join(left.split()))


def _parts(text: str, passages: list[Passage]) -> list[tuple[str, bool]]:
    at, parts = 0, []
    for one in passages:
        parts += [(text[at : one.start], False), (one.text, True)]
        at = one.end
    return [*parts, (text[at:], False)]


def test_a_very_long_document_takes_no_more_than_its_length_asks_for() -> None:
    seconds = []
    for times in (500, 2000):
        started = time.process_time()
        found_in((SENTENCE * 20 + "\n") * times)
        seconds.append(time.process_time() - started)
    assert seconds[1] < 12 * seconds[0]


def test_a_part_of_a_text_weighs_what_it_weighs_by_itself() -> None:
    draw = random.Random(2)
    thin = ("tide ", "it, ", "a_1-", "b")  # never three blanks together, as in most texts
    drawn = ("ab  1-_.\n\t", "abcdefghij ", "aé光 \u0301", "x" * 40 + " ", thin)
    mixed = ["".join(draw.choices(signs, k=300))[:300] for signs in drawn]
    for text in [*mixed, *(f"a\t{'x' * count}\x1c- b. {'y' * 9}\n" * 8 for count in (23, 24, 25, 26))]:
        weigh = weigher(text)
        for start, end in [sorted(draw.choices(range(len(text) + 1), k=2)) for _ in range(50)]:
            assert weigh(start, end) == weight(text[start:end])
