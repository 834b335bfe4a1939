"""What stands in a file of this kind is what its makers have written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.documents import Reading
from tests.documents.truth import assert_true, reading_of
from tests.documents.zips import BREAK, docx, p, style


@pytest.mark.parametrize("name", ["contract-tricky.docx", "tides-pandoc.docx"])
def test_pages_and_headings_are_those_of_the_truth(name: str) -> None:
    assert_true(name, reading_of(name))


Reads = Callable[[bytes], Reading]


@pytest.fixture
def read_it(tmp_path: Path) -> Reads:
    def read(data: bytes) -> Reading:
        (tmp_path / "a.docx").write_bytes(data)
        return reading_of(tmp_path / "a.docx")

    return read


def pages(reading: Reading) -> list[str]:
    return [" ".join(page.text.split()) for page in reading.pages]


def test_a_blank_page_and_one_with_a_picture_are_pages(read_it: Reads) -> None:
    picture = "<w:p><w:r><w:drawing/></w:r></w:p>"
    before = "<w:pageBreakBefore/>"
    reading = read_it(
        docx(picture + BREAK + p("Two") + BREAK + BREAK + p("Four") + p("Five", before) + p("Six", before))
    )
    assert pages(reading) == ["", "Two", "", "Four", "Five", "Six"]


def test_where_word_ended_its_pages_they_end_in_tables_too_and_never_twice(read_it: Reads) -> None:
    def row(number: int) -> str:
        ended = "<w:lastRenderedPageBreak/>" if number == 2 else ""
        return f"<w:tr><w:tc><w:p><w:r>{ended}<w:t>Row</w:t></w:r></w:p></w:tc><w:tc>{p(str(number))}</w:tc></w:tr>"

    body = (
        p("One") + "<w:p><w:r><w:t>Two</w:t><w:lastRenderedPageBreak/><w:t> three</w:t></w:r></w:p>"
        "<w:tbl>" + "".join(map(row, range(4))) + "</w:tbl>"
        + BREAK + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Four</w:t></w:r></w:p>"
    )  # fmt: skip
    assert pages(read_it(docx(body))) == ["One Two", "three Row 0 Row 1", "Row 2 Row 3", "Four"]


def test_how_a_section_begins_says_whether_the_page_ends(read_it: Reads) -> None:
    def end(kind: str) -> str:
        return f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>'

    body = p("A", end("nextPage")) + p("B", end("continuous")) + p("C") + end("nextPage")
    assert pages(read_it(docx(body))) == ["A B", "C"]


def test_notes_keep_their_paragraphs_apart_and_endnotes_stand_last(read_it: Reads) -> None:
    marks = '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/></w:r></w:p>'
    gone = "<w:p><w:del><w:r><w:delText>GONE</w:delText></w:r></w:del></w:p>"
    foot = f'<w:footnote w:id="2">{p("One")}{p("two")}{gone}</w:footnote>'
    data = docx(marks + BREAK + p("Page"), footnotes=foot, endnotes=f'<w:endnote w:id="2">{p("Last.")}</w:endnote>')
    assert pages(read_it(data)) == ["Text One two", "Page Last."]


def test_what_a_style_says_holds_for_those_that_are_based_on_it(read_it: Reads) -> None:
    def based(id: str, on: str) -> str:
        return style(id, id, f'<w:basedOn w:val="{on}"/>')

    styles = (
        based("mine", "berschrift1") + based("hidden", "secret") + based("b", "a") + style("berschrift1", "heading 1")
    )
    styles += style("secret", "secret", "<w:rPr><w:vanish/></w:rPr>")
    styles += style("a", "a", "<w:pPr><w:pageBreakBefore/></w:pPr>")
    body = "".join(p(one, f'<w:pStyle w:val="{one}"/>') for one in ("mine", "hidden", "secret", "b"))
    reading = read_it(docx(body, styles))
    assert (pages(reading), [(one.level, one.text) for one in reading.headings]) == (["mine", "b"], [(1, "mine")])


def test_old_boxes_symbols_and_limits_are_read(read_it: Reads) -> None:
    box = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('Box')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    sign = '<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    limit = "<m:limLow><m:e><m:r><m:t>lim</m:t></m:r></m:e><m:lim><m:r><m:t>n</m:t></m:r></m:lim></m:limLow>"
    choices = "".join(f"<mc:Choice>{p(one)}</mc:Choice>" for one in ("First", "Second"))
    alternatives = f"<mc:AlternateContent>{choices}<mc:Fallback>{p('No')}</mc:Fallback></mc:AlternateContent>"
    reading = read_it(docx(f"{box}{sign}<w:p><m:oMath>{limit}</m:oMath></w:p>{alternatives}"))
    assert pages(reading) == ["Box α✓ lim_{n} First"]


def test_the_main_part_may_have_any_name(read_it: Reads) -> None:
    assert pages(read_it(docx(p("Tides"), main="doc/main.xml"))) == ["Tides"]
