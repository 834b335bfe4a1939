"""PDFs as programs set them: columns, notes, headers, hyphens, accents, turned pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import CFUNCTYPE, c_double, c_int, c_void_p
from pathlib import Path

import pytest

from app.core.documents import Note, PageWanted, Reading
from app.documents.formats import pdf_calls
from app.documents.formats.pdf import Pdf
from app.documents.formats.pdf_blocks import PageBlocks
from app.documents.formats.pdf_known import known
from app.documents.formats.pdf_lines import Line
from app.documents.formats.pdf_loop import Loops
from app.documents.formats.pdf_words import between
from app.documents.shown import boxes_of, page_of
from tests.documents.pdfs import line, pdf
from tests.documents.truth import FOLDER, headings_of, reading_of

TEXT = "The estuary fills twice a day, and the tables list high water at five coves of it"
#: lines of two columns of prose
LEFT = [
    "The harbour office keeps a ledger of every",
    "vessel that passed the breakwater between",
    "dawn and dusk. Clerks copy the figures into",
    "a second book because the first one gets",
    "wet whenever the wind turns to the south.",
]
RIGHT = [
    "Fresh water came in barrels from the hill.",
    "During the dry summer the price doubled",
    "twice, and the council finally ordered a",
    "pipeline of considerable length and of",
    "questionable workmanship.",
]
THIRD = [
    "Lamps along the quay were lit by a boy on",
    "a bicycle. He needed forty minutes for",
    "ninety lamps and earned an extra coin",
    "whenever fog made a second round and the",
    "wind was strong.",
]

Reads = Callable[..., Reading]


@pytest.fixture
def read_pdf(tmp_path: Path) -> Reads:
    def read_it(*pages: Sequence[bytes], about: bytes = b"") -> Reading:
        (tmp_path / "a.pdf").write_bytes(pdf([b"".join(page) for page in pages], page=about))
        return reading_of(tmp_path / "a.pdf")

    return read_it


def flat(reading: Reading) -> str:
    return " ".join(" ".join(page.text for page in reading.pages).split())


def rows(*columns: Sequence[str], width: float, top: float = 700) -> list[bytes]:
    """Columns drawn row by row."""
    return [
        line(words, 9, 60 + width * at, top - 12 * row)
        for row, cells in enumerate(zip(*columns, strict=True))
        for at, words in enumerate(cells)
    ]


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other(read_pdf: Reads) -> None:
    title = line("A title above two columns of prose", 16, 60, 740)
    reading = read_pdf([title, *rows(LEFT, RIGHT, width=220)])
    assert flat(reading) == " ".join(["A title above two columns of prose", *LEFT, *RIGHT])
    assert flat(read_pdf(rows(LEFT, RIGHT, THIRD, width=190))) == " ".join([*LEFT, *RIGHT, *THIRD])


def test_what_goes_across_two_columns_parts_them(read_pdf: Reads) -> None:
    across = line("A line in the middle, which goes across both of the columns of this page and on", 10, 60, 620)
    reading = read_pdf([*rows(LEFT, RIGHT, width=220), across, *rows(RIGHT, LEFT, width=220, top=590)])
    between = "A line in the middle, which goes across both of the columns of this page and on"
    assert flat(reading) == " ".join([*LEFT, *RIGHT, between, *RIGHT, *LEFT])


def test_a_table_stays_in_its_rows(read_pdf: Reads) -> None:
    cells = [(f"Cove number {at} of the estuary", f"0{at}:12 in the morning of a day") for at in range(8)]
    drawn = [
        line(words, 10, (60, 300)[at], 700 - 16 * row)
        for row, pair in enumerate(cells)
        for at, words in enumerate(pair)
    ]
    head = [line("Cove", 10, 60, 720, "F2"), line("High water", 10, 300, 720, "F2")]
    reading = read_pdf([*head, *drawn])
    assert flat(reading) == "Cove High water " + " ".join(" ".join(pair) for pair in cells)
    assert reading.headings == (), "the head of a table is none"


def raised(at: float, mark: str, bottom: float = 704) -> bytes:
    return line(mark, 6, at, bottom)


def test_the_mark_of_a_note_is_no_part_of_a_word_and_the_note_stands_last(read_pdf: Reads) -> None:
    drawn = [
        line("The tower was white", 11, 60, 700), raised(158, "1"), line("and yellow after the flood.", 11, 165, 700),
        raised(290.4, "*"), line("It covers 12 m", 11, 310, 700), raised(380, "2"), line("of H", 11, 388, 700),
        line("2", 6, 409, 697), line("O.", 11, 413, 700),
        raised(60, "1", 92), line("See the second ledger, which", 8, 65, 90), line("lies in the attic.", 8, 60, 80),
        raised(60, "*", 70), line("Paint was cheap.", 8, 65, 68), line("More of the text stands here.", 11, 60, 680),
    ]  # fmt: skip
    assert flat(read_pdf(drawn)) == (
        "The tower was white and yellow after the flood. It covers 12 m2 of H2O. More of the text stands here."
        " 1 See the second ledger, which lies in the attic. * Paint was cheap."
    )


def test_raised_numbers_without_a_note_are_parted_from_the_word(read_pdf: Reads) -> None:
    reading = read_pdf([line("The tower was white", 11, 60, 700), raised(158, "12,13"), line(TEXT, 11, 60, 680)])
    assert flat(reading) == f"The tower was white 12,13 {TEXT}"


def test_words_behind_a_mark_are_marked_where_they_stand(tmp_path: Path) -> None:
    drawn = [
        line("The tower was white", 11, 60, 700), raised(158, "1"), line("and yellow.", 11, 165, 700),
        raised(60, "1", 92), line("A note.", 8, 65, 90),
    ]  # fmt: skip
    (tmp_path / "a.pdf").write_bytes(pdf([b"".join(drawn)]))
    with Pdf(str(tmp_path / "a.pdf")) as opened:
        text = opened.blocks(0).text
        at = text.index("yellow")
        with page_of(opened, 1) as page:
            (box,) = boxes_of(opened, page, PageWanted("", "", 1, at, at + 6))
    assert box.left * 595 == pytest.approx(187, abs=4)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_its_headers_paragraphs_and_headings(read_pdf: Reads, turn: int) -> None:
    matrix, high = {90: ("0 1 -1 0 595 0", 595), 180: ("-1 0 0 -1 595 842", 842), 270: ("0 -1 1 0 0 842", 595)}[turn]
    pages = []
    for number, at in enumerate("abc", 1):
        drawn = [
            line("Ledger of the harbour", 8, 50, high - 20),
            line(f"Sheet of {LEFT[number].split()[0]}", 16, 50, high - 60),
            line(f"{TEXT} {at}", 10, 50, high - 90), line(f"and more {at}.", 10, 50, high - 103),
            line(f"Another paragraph {number}.", 10, 50, high - 140), line(str(number), 8, 280, 20),
        ]  # fmt: skip
        pages.append([b"q %b cm\n" % matrix.encode(), *drawn, b"Q"])
    reading = read_pdf(*pages, about=b"/Rotate %d" % turn)
    names = [f"Sheet of {LEFT[number].split()[0]}" for number in (1, 2, 3)]
    assert [page.text for page in reading.pages] == [
        f"{name}\n{TEXT} {'abc'[number - 1]} and more {'abc'[number - 1]}.\nAnother paragraph {number}."
        for number, name in enumerate(names, 1)
    ]
    assert headings_of(reading) == [(1, name, number) for number, name in enumerate(names, 1)]


def test_left_and_right_pages_have_headers_of_their_own_with_the_number_in_them(read_pdf: Reads) -> None:
    pages = [
        [
            line(("A. Nobody" if number % 2 else "Ledger of the harbour"), 8, 60, 810), line(str(number), 8, 520, 810),
            line(f"Chapter {'ABCDEF'[number]}", 18, 60, 770), line(f"{TEXT} {number}.", 11, 60, 740),
        ]
        for number in range(1, 6)
    ]  # fmt: skip
    reading = read_pdf(*pages)
    assert [page.text for page in reading.pages] == [f"Chapter {'ABCDEF'[at]}\n{TEXT} {at}." for at in range(1, 6)]


def test_a_header_of_two_pages_is_one_and_the_title_of_two_slides_is_none(read_pdf: Reads) -> None:
    def page(number: int) -> list[bytes]:
        return [line("About ropes", 8, 60, 820), line("Ropes", 24, 60, 790), line(f"{TEXT} {number}.", 11, 60, 700)]

    assert [one.text for one in read_pdf(page(1), page(2)).pages] == [f"Ropes\n{TEXT} {at}." for at in (1, 2)]


def test_a_number_in_a_table_at_the_top_is_no_page_number(read_pdf: Reads) -> None:
    drawn = [line("Item", 10, 60, 820), line("Piano", 10, 60, 780), line("1", 10, 200, 772), line(TEXT, 10, 60, 740)]
    assert flat(read_pdf(drawn)) == f"Item Piano 1 {TEXT}"


def test_a_stamp_on_a_scan_is_no_text(read_pdf: Reads) -> None:
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
    pages = [[picture, line("Downloaded from a library", 8, 200, 15)] for _ in range(4)]
    reading = read_pdf(*pages)
    assert (reading.has_text, reading.notes) == (False, (Note("scanned", 4),))


def test_an_initial_belongs_to_its_word(read_pdf: Reads) -> None:
    drawn = [
        line("T", 33, 60, 676), line("he harbour keeps a ledger of", 11, 82, 700),
        line("every vessel that passed the", 11, 82, 687),
        line("breakwater between dawn and dusk.", 11, 60, 674), line(TEXT, 11, 60, 640),
    ]  # fmt: skip
    reading = read_pdf(drawn)
    assert flat(reading) == (
        f"The harbour keeps a ledger of every vessel that passed the breakwater between dawn and dusk. {TEXT}"
    )
    assert reading.headings == ()


def test_the_size_of_letters_is_that_on_the_page(read_pdf: Reads) -> None:
    """Many programs set everything in size 1 and enlarge it."""

    def enlarged(words: str, size: int, bottom: int) -> bytes:
        return f"BT /F1 1 Tf {size} 0 0 {size} 60 {bottom} Tm ({words}) Tj ET\n".encode()

    drawn = [enlarged("Tides", 20, 760), *(enlarged(TEXT, 11, 700 - 14 * at) for at in range(3))]
    assert headings_of(read_pdf(drawn)) == [(1, "Tides", 1)]


def test_headings_of_one_size_stand_below_each_other_by_their_numbers(read_pdf: Reads) -> None:
    names = ["1 Vessels", "1.1 Ropes", "1.2 Paint", "2 Water"]
    drawn = [
        line(name, 11, 60, 760 - 60 * at, "F2") + line(TEXT, 11, 60, 740 - 60 * at) for at, name in enumerate(names)
    ]
    drawn += [line(TEXT, 11, 60, 500 - 13 * row) for row in range(4)]
    levels = [(level, name) for level, name, _ in headings_of(read_pdf(drawn))]
    assert levels == list(zip((1, 2, 2, 1), names, strict=True))


def test_accents_of_old_fonts_join_their_letters(read_pdf: Reads) -> None:
    """Drawn as TeX draws them: the accent, back, the letter."""
    drawn = b"BT /F1 12 Tf 60 700 Td (M) Tj [(\xc8) 320 (uller, caf)] TJ [(\xc2) 380 (e)] TJ ( 5 \xc2 6) Tj ET"
    assert flat(read_pdf([drawn])) == "Müller, café 5 ´ 6"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("exceed-", "ingly long", "exceedingly long"),
        ("twenty-", "three gulls", "twenty-three gulls"),
        ("a self-", "made captain", "a self-made captain"),
        ("the X-", "ray", "the X-ray"),
        ("die PDF-", "Datei", "die PDF-Datei"),
        ("die Nord-", "Ostsee", "die Nord-Ostsee"),
        ("ADMINIS-", "TRATION", "ADMINISTRATION"),
        ("Vor-", "und Nachteile", "Vor- und Nachteile"),
        ("in 1911-", "1913", "in 1911-1913"),
        ("page 12-", "14. Then", "page 12-14. Then"),
        ("COVID-", "19 cases", "COVID-19 cases"),
        ("yel\u2010", "low", "yellow"),
    ],
)
def test_words_go_on_in_the_next_line(read_pdf: Reads, first: str, second: str, joined: str) -> None:
    if first.isascii():
        drawn = [line(f"{TEXT} {first}", 10, 60, 700), line(second, 10, 60, 687)]
        assert flat(read_pdf(drawn)) == f"{TEXT} {joined}"
    else:
        words, gone = between(Line(first, 0, False, 0, 1, 0, 1, 10), second, frozenset())
        assert first[: len(first) - gone] + words + second == joined


def known_of(pages: Sequence[bytes], number: int, tmp_path: Path) -> tuple[PageBlocks, PageBlocks | None]:
    """A page put together with the pages beside it, and by its text alone."""
    (tmp_path / "a.pdf").write_bytes(pdf(pages))
    with Pdf(str(tmp_path / "a.pdf")) as opened:
        blocks = opened.blocks(number - 1)
        return blocks, known(opened.lines(number - 1), blocks.text)


def headed(head: str, number: int, text: str) -> bytes:
    """A page with a header, a line that is cut, and its number."""
    places = ((head, 9, 800), (text, 11, 700), ("a self-", 11, 686), ("made map", 11, 672))
    more = (("Low water comes at noon.", 11, 300), (str(number), 9, 40))
    return b"".join(line(words, size, 60, bottom) for words, size, bottom in (*places, *more))


def test_a_page_is_put_together_by_its_text_as_with_the_pages_beside_it(tmp_path: Path) -> None:
    pages = [headed("The atlas of tides", number, f"Page {number} of the estuary has") for number in range(1, 6)]
    blocks, alone = known_of(pages, 3, tmp_path)
    assert blocks.text == "Page 3 of the estuary has a self-made map\nLow water comes at noon."
    assert alone == blocks


def test_where_a_header_says_what_a_line_says_the_pages_beside_it_are_asked(tmp_path: Path) -> None:
    pages = [headed("The atlas of tides", number, "The atlas of tides") for number in range(1, 6)]
    blocks, alone = known_of(pages, 3, tmp_path)
    assert blocks.text.startswith("The atlas of tides a self-made map")
    assert alone is None


def test_a_text_that_is_not_the_page_s_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([headed("The atlas", 1, "Of the estuary")]))
    with Pdf(str(tmp_path / "a.pdf")) as opened:
        lines = opened.lines(0)
        assert known(lines, "Of the river a self-made map") is None
        assert known(lines, "Of the estuary a self-made map\nLow water comes at noon. And more.") is None


def test_the_host_s_loop_finds_what_ctypes_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop over memory, as the worker's JavaScript has one."""
    calls, strips = list[int](), list[bool]()

    def loop(box_of: int, size_of: int, page: int, indexes: int, count: int, boxes: int, sizes: int) -> None:
        find_box = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(box_of)
        find_size = CFUNCTYPE(c_double, c_void_p, c_int)(size_of)
        calls.append(count)
        for at in range(count):
            index = c_int.from_address(indexes + 4 * at).value
            c_double.from_address(sizes + 8 * at).value = find_size(page, index)
            find_box(page, index, boxes + 16 * at)

    def across(box_of: int, page: int, ends: int, room: int, count: int, left: float, right: float) -> bool:
        find_box = CFUNCTYPE(c_int, c_void_p, c_int, *[c_void_p] * 4)(box_of)
        sides = (c_double * 4).from_address(room)
        found = 0
        for at in range(count):
            first, last = (c_int * 2).from_address(ends + 8 * at)
            letters = range(first, last + 1)
            found += any(
                find_box(page, one, *(room + 8 * side for side in range(4))) and sides[0] < right and sides[1] > left
                for one in letters
            )
        strips.append(2 * found > count)
        return strips[-1]

    for name in ("tides-libreoffice.pdf", "rotated.pdf", "paper-typst-2col.pdf"):
        monkeypatch.setattr(pdf_calls, "taken", [])
        with Pdf(str(FOLDER / name)) as opened:
            without = [opened.lines(index) for index in range(opened.count)]
        monkeypatch.setattr(pdf_calls, "taken", [Loops(loop, across)])
        with Pdf(str(FOLDER / name)) as opened:
            assert [opened.lines(index) for index in range(opened.count)] == without
    assert sum(calls) > 100
    assert {True, False} == set(strips), "some places are full of letters, the gap between two columns is not"
