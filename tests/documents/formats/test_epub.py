"""What stands in a file of this kind is what its makers have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.truth import assert_true, reading_of
from tests.documents.zips import zipped


@pytest.mark.parametrize("name", ["lamps-pandoc.epub"])
def test_pages_and_headings_are_those_of_the_truth(name: str) -> None:
    assert_true(name, reading_of(name))


PACKAGE = """<package><metadata><title>Book</title></metadata><manifest>{items}</manifest><spine>{order}</spine>
<guide><reference type="toc" href="list.xhtml"/></guide></package>"""
CONTENTS = """<html xmlns:epub="e"><body><nav epub:type="toc"><ol><li><a href="text/z%20one.xhtml">Eins</a><ol><li>
<a href="text/z%20one.xhtml#s">Teil</a></li></ol></li><li><a href="two.xhtml">A picture</a></li></ol></nav></body>
</html>"""
NCX = """<ncx><navMap><navPoint><navLabel><text>Eins</text></navLabel><content src="text/z%20one.xhtml"/><navPoint>
<navLabel><text>Teil</text></navLabel><content src="text/z%20one.xhtml#s"/></navPoint></navPoint><navPoint><navLabel>
<text>A picture</text></navLabel><content src="two.xhtml"/></navPoint></navMap></ncx>"""


def book(contents: str) -> bytes:
    kinds = {"nav.xhtml": 'properties="nav"', "toc.ncx": ""}
    names = ("list.xhtml", "text/z%20one.xhtml", "two.xhtml", contents)
    items = "".join(
        f'<item id="{name}" href="{name}" {kinds.get(name, "")}'
        f' media-type="application/{"x-dtbncx" if name == "toc.ncx" else "xhtml"}+xml"/>'
        for name in names
    )
    chapter = "<html><body><p class='t'>EINS</p><p>Text.</p><div id='s'>Teil</div><p>Mehr.</p></body></html>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<c><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></c>',
            "OEBPS/a.opf": PACKAGE.format(items=items, order="".join(f'<itemref idref="{one}"/>' for one in names[:3])),
            "OEBPS/list.xhtml": "<p>LIST</p>",
            "OEBPS/text/z one.xhtml": chapter,
            "OEBPS/two.xhtml": "<html><body><img src='a.png'/><p>It began.</p></body></html>",
            f"OEBPS/{contents}": NCX if contents == "toc.ncx" else CONTENTS,
        }
    )


@pytest.mark.parametrize("contents", ["nav.xhtml", "toc.ncx"])
def test_chapters_without_headings_have_those_of_the_contents(tmp_path: Path, contents: str) -> None:
    (tmp_path / "a.epub").write_bytes(book(contents))
    reading = reading_of(tmp_path / "a.epub")
    assert [page.text for page in reading.pages] == ["EINS\nText.\nTeil\nMehr.", "It began."]
    found = [(one.level, one.text, one.page, one.start) for one in reading.headings]
    assert found == [(1, "EINS", 1, 0), (2, "Teil", 1, 11), (1, "A picture", 2, 0)]


def test_damaged_contents_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(book("toc.ncx").replace(b"toc.ncx", b"toc.nxc"))
    assert reading_of(tmp_path / "a.epub").headings == ()
