"""What stands in a file of this kind is what its makers have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.truth import assert_true, reading_of
from tests.documents.zips import odt


@pytest.mark.parametrize("name", ["tides-libreoffice.odt"])
def test_pages_and_headings_are_those_of_the_truth(name: str) -> None:
    assert_true(name, reading_of(name))


BODY = """<text:h text:outline-level="1">Head <text:title>of it</text:title></text:h>
<text:p>Two<text:s text:c="3"/>blanks
<text:note><text:note-body><text:p>One.</text:p><text:p>Two<text:s/>parts.</text:p></text:note-body>
</text:note><text:note text:note-class="endnote"><text:note-body><text:p>Last.</text:p></text:note-body></text:note>
</text:p>
<text:p>Seen<text:span text:style-name="H">HIDDEN</text:span><text:hidden-text>SECRET</text:hidden-text></text:p>
<text:section text:display="none"><text:p>SECTION</text:p></text:section>
<text:p><draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box><svg:title>TITLE</svg:title></draw:frame></text:p>
<text:p text:style-name="B"/><text:p text:style-name="B">Three</text:p>"""
STYLES = """<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="H"><style:text-properties text:display="none"/></style:style>"""


@pytest.mark.parametrize("mimetype", [True, False])
def test_fields_are_words_and_what_is_hidden_is_not(tmp_path: Path, mimetype: bool) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(odt(BODY, STYLES, mimetype=mimetype))
    reading = reading_of(path)
    assert [" ".join(page.text.split()) for page in reading.pages] == [
        *("Head of it Two blanks Seen Box One. Two parts.", "", "Three Last.")
    ]
    assert [(one.level, one.text) for one in reading.headings] == [(1, "Head of it")]
