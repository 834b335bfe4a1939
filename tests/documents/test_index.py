"""The index: what is found, what is shown of it, and that nothing breaks it."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from itertools import pairwise

import pytest

from app.core.documents import Heading, Hit, PageText, Passage, Reading
from app.documents.index import FEW, DamagedIndex, Index
from app.documents.passages import cut
from app.documents.snippets import SHOWN
from app.documents.words import language_of

TEXTS = {
    "tides": "The moon raises the tide twice a day. A spring tide is the highest one, at full moon.",
    "mills": "A tide mill is driven by rising water. Spring is when it turns best.",
    "sugar": "Photosynthesis turns light, water and carbon dioxide into sugar. Müller’s café sold it.",
    "meer": "Die Gezeiten entstehen durch den Mond. Die Flut kommt zweimal am Tag, und danach die Ebbe.",
    "wiki": "光合作用是植物利用光能的过程。水很重要。",
}


def keep(index: Index, name: str, text: str, title: str = "", headings: Sequence[Heading] = ()) -> list[Passage]:
    reading = Reading("markdown", title, "", (PageText(1, text),), tuple(headings))
    passages = cut(name, reading)
    index.keep(name, title, language_of(text), f"digest of {name}", passages)
    return passages


@pytest.fixture
def index() -> Index:
    made = Index()
    for name, text in TEXTS.items():
        keep(made, name, text)
    return made


def names(hits: Sequence[Hit]) -> list[str]:
    return [hit.document for hit in hits]


def marked(hit: Hit) -> list[str]:
    assert all(one[1] <= other[0] for one, other in pairwise(hit.marks))
    return [hit.snippet[start:end] for start, end in hit.marks]


def find(index: Index, text: str, documents: Sequence[str] | None = None) -> list[tuple[str, list[str]]]:
    return [(hit.document, marked(hit)) for hit in index.find(text, documents, 9)]


def test_words_are_found_in_any_form_case_and_accent_and_marked_as_they_are_written(index: Index) -> None:
    assert find(index, "RISE")[0] == ("mills", ["rising"])
    assert find(index, "muller cafe") == [("sugar", ["Müller", "café"])]
    assert find(index, "Gezeit") == [("meer", ["Gezeiten"])]


def test_the_passage_with_more_of_the_words_comes_first_and_scores_more(index: Index) -> None:
    hits = index.find("moon tide", None, 9)
    assert names(hits) == ["tides", "mills"]
    assert hits[0].score > hits[1].score > 0


def test_small_words_are_not_looked_for_but_by_themselves(index: Index) -> None:
    assert names(index.find("what is the sugar of a", None, 9)) == ["sugar"]
    assert find(index, "at full") == [("tides", ["full"])]
    assert find(index, "at") == [("tides", ["at"])]
    assert find(index, "the highest") == [("tides", ["highest"])]


def test_small_words_are_those_of_the_language_that_is_typed(index: Index) -> None:
    assert find(index, "wie kommt die Flut") == [("meer", ["Flut", "kommt"])]
    keep(index, "caesar", "Caesar did die in March, and it was not of the plague.")
    assert find(index, "how did Caesar die") == [("caesar", ["Caesar", "die"])]


def test_what_stands_in_quotes_stands_there_word_for_word(index: Index) -> None:
    assert find(index, '"spring tide"') == [("tides", ["tide", "spring tide"])]
    assert find(index, "“Spring Tide” mill") == [("tides", ["tide", "spring tide"])]
    assert find(index, '"tide spring"') == find(index, '"tides mill"') == []
    assert find(index, '"by the moon"') == []
    assert find(index, '"durch den Mond"') == [("meer", ["durch den Mond"])]


def test_quotes_in_a_long_question_only_mention_a_word(index: Index) -> None:
    assert "sugar" in names(
        index.find('In which way do plants turn light and water into "food" such as sugar?', None, 9)
    )


def test_a_word_that_is_still_typed_is_found_by_its_beginning(index: Index) -> None:
    assert find(index, "photosyn") == [("sugar", ["Photosynthesis"])]
    assert find(index, "photosyn water")[0][0] in {"sugar", "mills"}, "only the last word is still typed"
    assert find(index, "ph") == find(index, "zzz") == []


def test_scripts_without_spaces_are_found_by_pairs_and_by_single_letters(index: Index) -> None:
    assert find(index, "光合作用") == [("wiki", ["光合作用"])]
    assert find(index, "水") == [("wiki", ["水"])]
    assert find(index, "作光") == []


def test_only_the_documents_that_are_named_are_looked_through(index: Index) -> None:
    assert names(index.find("tide", ["mills", "nowhere"], 9)) == ["mills"]
    assert index.find("tide", [], 9) == ()
    assert len(index.find("tide", None, 1)) == 1
    assert index.find("tide", None, 0) == ()


def test_a_title_and_headings_are_found_with_the_text_below_them() -> None:
    index = Index()
    text = "Causes\nIt is pulled.\nMills\nThey turn."
    keep(index, "tides", text, "Tides", [Heading(1, "Causes", 1, 0), Heading(1, "Mills", 1, 21)])
    hits = index.find("mills tides", None, 9)
    found = [(hit.heading, hit.passage, hit.start, hit.end) for hit in hits]
    assert found == [("Mills", 1, 27, 37), ("Causes", 0, 7, 20)]


def test_in_a_library_of_one_book_its_title_does_not_silence_its_words() -> None:
    index = Index()
    pages = [f"Page {number} says nothing." for number in range(40)]
    pages[7] = "Every linear map has a kernel."
    reading = Reading("pdf", "Linear algebra", "en", tuple(PageText(at, text) for at, text in enumerate(pages, 1)))
    index.keep("book", "Linear algebra", "en", "", cut("book", reading))
    hits = index.find("linear", None, 9)
    assert [(hit.page, hit.score > 1) for hit in hits] == [(8, True), (1, True)]
    assert len(pages) > FEW


def test_a_long_passage_is_shown_where_its_words_are() -> None:
    index = Index()
    text = "Nothing is here.\n" * 8 + "Then the moon raises a tide, it seems. " + "And on it goes. " * 18
    keep(index, "long", text)
    [hit, *_] = index.find("moon tide", None, 9)
    assert marked(hit) == ["moon", "tide"]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert "\n" not in hit.snippet
    assert len(hit.snippet) <= SHOWN + 2
    assert hit.snippet.strip("…") in text.replace("\n", " ")


def test_keeping_again_replaces_and_dropping_leaves_nothing(index: Index) -> None:
    keep(index, "tides", "Now about volcanoes.")
    assert names(index.find("moon", None, 9)) == ["meer"] or index.find("moon", None, 9) == ()
    assert names(index.find("volcano", None, 9)) == ["tides"]
    assert index.known()["tides"] == "digest of tides"
    index.drop(["tides", "sugar", "nowhere"])
    assert index.find("volcano", None, 9) == index.find("sugar", None, 9) == ()
    assert set(index.known()) == {"mills", "meer", "wiki"}
    data = index.packed()
    assert b"volcano" not in data
    assert b"photosynthesi" not in data
    assert len(Index.of(data).find("mill", None, 9)) == 1


def test_an_index_that_was_worked_with_is_the_one_that_is_made_at_once() -> None:
    draw, worked, texts = random.Random(5), Index(), dict[str, str]()
    vocabulary = ["moon", "tide", "spring", "mill", "water", "light", "sugar", "the", "day", "rising", "café"]
    for _ in range(300):
        name = str(draw.randrange(30))
        if draw.random() < 0.3:
            worked.drop([name])
            texts.pop(name, None)
        else:
            texts[name] = " ".join(draw.choices(vocabulary, k=40)) + "."
            keep(worked, name, texts[name], "Tides")
        if draw.random() < 0.1:
            worked = Index.of(worked.packed())
    fresh = Index()
    for name, text in texts.items():
        keep(fresh, name, text, "Tides")
    assert worked.known() == fresh.known()
    for word in vocabulary:
        one, other = (
            {hit.document: round(hit.score, 6) for hit in some.find(word, None, 99)} for some in (worked, fresh)
        )
        assert one == other, word


def test_bytes_give_the_same_index_and_any_damage_is_told(index: Index) -> None:
    data = index.packed()
    assert Index.of(data).known() == index.known()
    assert find(Index.of(data), "moon") == find(index, "moon")
    draw = random.Random(3)
    for at in [0, 5, 14, 17, 20, len(data) - 1, *(draw.randrange(len(data)) for _ in range(40))]:
        broken = bytearray(data)
        broken[at] ^= 1 << draw.randrange(8)
        with pytest.raises(DamagedIndex):
            Index.of(bytes(broken))
    for broken_off in (b"", data[:10], data[:20], data[:-1], data + b"\0", b"SQLite format 3\0"):
        with pytest.raises(DamagedIndex):
            Index.of(broken_off)


def test_a_document_that_cannot_be_kept_leaves_the_index_as_it_was(index: Index) -> None:
    good = Passage("tides", 0, 1, 0, 4, "", "Fire")
    with pytest.raises((sqlite3.Error, AttributeError, TypeError)):
        index.keep("tides", "Tides", "en", "", [good, None])  # type: ignore[list-item]
    assert names(index.find("moon tide", None, 9)) == ["tides", "mills"]
    assert index.find("fire", None, 9) == ()


HOSTILE = [
    *(
        '"',
        '""',
        '"""',
        "'",
        "*",
        "^",
        "-",
        "+",
        ":",
        "(",
        ")",
        "{",
        "}",
        "\\",
        "%",
        "_",
        ";",
        "--",
        "/*",
        "\0",
        "\n",
        "\ud800",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR(",
        "title:",
        "body : moon",
        "moon*",
        "^moon",
        "'; drop table terms; --",
        "moon\0tide",
    ),
    *(
        "🌊",
        "ß",
        "İ",
        "ﬁ",
        "½",
        "光",
        "\u0301",
        "\u200d",
        "“",
        "”",
        "„",
        "« moon",
        "x" * 5000,
        "a b " * 2000,
        '"moon " tide"',
    ),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_looked_for_and_never_obeyed(index: Index, text: str) -> None:
    for asked in (text, f"moon {text} tide", f'"{text}" moon', text * 3):
        for hit in index.find(asked, None, 9):
            assert all(marked(hit))
    assert names(index.find("moon tide", None, 9))[0] == "tides"


def test_a_thousand_questions_of_anything_find_and_mark_without_breaking(index: Index) -> None:
    draw = random.Random(11)
    parts = [*HOSTILE[:-3], "moon", "tide", "spring", " ", " ", "Flut", "café", "the", "作用"]
    for _ in range(1000):
        for hit in index.find("".join(draw.choices(parts, k=draw.randint(1, 12))), None, 9):
            assert all(marked(hit))


def test_texts_of_anything_are_kept_and_come_back_as_they_are() -> None:
    index = Index()
    for number, text in enumerate(HOSTILE):
        keep(index, f"n{number}", f"word{number} {text}", f"{text} title", [Heading(1, text, 1, 0)])
    index = Index.of(index.packed())
    for number, _ in enumerate(HOSTILE):
        assert f"n{number}" in "".join(names(index.find(f"word{number}", None, 9)))


def test_a_passage_comes_whole_with_its_neighbours_on_the_page_and_what_stands_between_them() -> None:
    text = "".join(
        f"Of number {number} the moon says nothing at all, and the sea says no more.  \n\n" for number in range(80)
    )
    reading = Reading("pdf", "", "", (PageText(1, text), PageText(2, "The end.")))
    index, passages = Index(), cut("long", reading)
    assert len(passages) > 5
    index.keep("long", "", "en", "", passages)
    keep(index, "other", TEXTS["tides"])
    found = index.around([("long", 3), ("long", 2), ("other", 0), ("gone", 1), ("long", 99)], 1)
    assert [(one.document, one.number) for one in found] == [*(("long", at) for at in (1, 2, 3, 4)), ("other", 0)]
    assert list(found[:4]) == passages[1:5]
    joined = "".join(one.text + one.after for one in found[:3]) + found[3].text
    assert joined == text[found[0].start : found[3].end]
    last = passages[-1].number
    assert [one.number for one in index.around([("long", last)], 2)] == [last]
