"""What stands in a file of this kind is what its makers have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.truth import assert_true, reading_of
from tests.documents.zips import zipped


@pytest.mark.parametrize("name", ["algebra-python-pptx.pptx"])
def test_pages_and_headings_are_those_of_the_truth(name: str) -> None:
    assert_true(name, reading_of(name))


NAMES = 'xmlns:p="p" xmlns:a="a" xmlns:r="r" xmlns:dgm="dgm"'
WORDS = "<p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody>"
SHAPE = '<p:sp><p:spPr><a:xfrm><a:off x="{}" y="{}"/></a:xfrm></p:spPr>' + WORDS + "</p:sp>"
SLIDES = '<p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst>'


def deck(tree: str, **parts: str) -> bytes:
    return zipped(
        {
            "ppt/presentation.xml": f"<p:presentation {NAMES}>{SLIDES}</p:presentation>",
            "ppt/_rels/presentation.xml.rels": '<R><Relationship Id="r1" Target="slides/slide1.xml"/></R>',
            "ppt/slides/slide1.xml": f"<p:sld {NAMES}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>",
            "ppt/slides/_rels/slide1.xml.rels": '<R><Relationship Id="r2" Target="../diagrams/data1.xml"/></R>',
            "ppt/diagrams/data1.xml": f"<dgm:dataModel {NAMES}>{parts.get('drawing', '')}</dgm:dataModel>",
        }
    )


def test_what_stands_about_as_high_is_read_from_the_left(tmp_path: Path) -> None:
    shapes = ((5_000_000, 2_390_000, "right"), (500_000, 2_405_000, "left"), (500_000, 4_000_000, "below"))
    (tmp_path / "a.pptx").write_bytes(deck("".join(SHAPE.format(*one) for one in shapes)))
    assert reading_of(tmp_path / "a.pptx").pages[0].text == "left\nright\nbelow"


def test_a_drawing_made_of_words_is_read(tmp_path: Path) -> None:
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{one}</a:t></a:r></a:p></dgm:t></dgm:pt>" for one in ("Plan", "Do it")
    )
    frame = '<p:graphicFrame><a:graphic><dgm:relIds r:dm="r2"/></a:graphic></p:graphicFrame>'
    (tmp_path / "a.pptx").write_bytes(deck(frame, drawing=points))
    assert reading_of(tmp_path / "a.pptx").pages[0].text == "Plan\nDo it"
