"""Documents that are made to hurt are bounded, and say so in words; nothing in them is run or fetched."""

from __future__ import annotations

import io
import random
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest

from app.core.documents import DocumentError, EncryptedDocument, Note, Reading, UnreadableDocument
from app.documents import packed
from app.documents.files import File, finish
from app.documents.formats.html import words_of
from app.documents.reading import read
from tests.documents.pdfs import line, pdf
from tests.documents.truth import FOLDER, reading_of
from tests.documents.zips import odt
from tests.words import raises

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {W}><w:body>%s</w:body></w:document>"
PARAGRAPH = "<w:p><w:r><w:t>Tides</w:t></w:r></w:p>"
CONTAINER = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
OPF = """<package><metadata><title>T</title></metadata><manifest><item id="a" href="%s"
 media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"""


@pytest.fixture(autouse=True)
def _without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[[bytes, str], Reading]:
    def read_it(data: bytes, name: str) -> Reading:
        (tmp_path / "file").write_bytes(data)
        return reading_of(tmp_path / "file", name)

    return read_it


def zipped(**parts: str | bytes) -> bytes:
    """A zip whose names are written with "__" for "/" and "_" for "."."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def docx(body: str) -> bytes:
    return zipped(word__document_xml=BODY % body)


def epub(chapter: str, name: str = "a.xhtml") -> bytes:
    return zipped(
        mimetype="application/epub+zip", **{"META-INF__container_xml": CONTAINER}, a_opf=OPF % name, a_xhtml=chapter
    )


Reads = Callable[[bytes, str], Reading]


def test_a_zip_that_unpacks_to_far_more_is_not_opened(read_bytes: Reads) -> None:
    with raises(UnreadableDocument, "unpack"):
        read_bytes(docx(" " * 50_000_000), "a.docx")


def test_a_zip_whose_list_lies_is_cut_off(read_bytes: Reads) -> None:
    """The list says 100 bytes, the part holds 90 MB."""
    data = docx(PARAGRAPH + " " * 90_000_000)
    at = data.rindex(b"PK\x01\x02")
    lying = bytearray(data)
    struct.pack_into("<I", lying, at + 24, 100)
    with pytest.raises(UnreadableDocument):
        read_bytes(bytes(lying), "a.docx")


def test_more_entries_than_a_document_has_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(zipped(a="", b="", c="", word__document_xml=BODY))
    with raises(UnreadableDocument, "unpack"):
        packed.Packed(file, entries=2)


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE, LAUGHS.replace(">", " >")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_resolved(read_bytes: Reads, head: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}{BODY % "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"}'
    with raises(UnreadableDocument, "unpack"):
        read_bytes(zipped(word__document_xml=text.encode(encoding)), "a.docx")


def test_a_document_type_of_elsewhere_is_not_fetched(read_bytes: Reads) -> None:
    text = f'<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">{BODY % PARAGRAPH}'
    assert read_bytes(zipped(word__document_xml=text), "a.docx").pages[0].text == "Tides"


@pytest.mark.parametrize("name", ["w:sdt", "w:tbl><w:tr><w:tc", "w:p><w:r"])
def test_what_is_nested_without_end_is_refused(read_bytes: Reads, name: str) -> None:
    names = name.split("><")
    deep = f"<{name}>" * 50_000 + "".join(f"</{one}>" for one in reversed(names)) * 50_000
    with raises(UnreadableDocument, "unpack"):
        read_bytes(docx(deep), "a.docx")


def test_formulas_nested_without_end_are_refused(read_bytes: Reads) -> None:
    deep = "<w:p><m:oMath xmlns:m='m'>" + "<m:f><m:num>" * 5000 + "</m:num></m:f>" * 5000 + "</m:oMath></w:p>"
    with raises(UnreadableDocument, "unpack"):
        read_bytes(docx(deep), "a.docx")


SCRIPTS = """<html><head><title>T</title><script>fetch('http://127.0.0.1:9/a')</script></head>
<body onload="alert(1)"><h1>One</h1><p>Words<img src="http://127.0.0.1:9/b.png" onerror="alert(2)"/>
<iframe src="http://127.0.0.1:9/c">frame</iframe><svg><script>alert(3)</script><text>drawn</text></svg></p></body></html>"""


def test_scripts_in_pages_and_books_are_neither_run_nor_read(read_bytes: Reads) -> None:
    for data, name in ((SCRIPTS.encode(), "a.html"), (epub(SCRIPTS), "a.epub")):
        reading = read_bytes(data, name)
        assert reading.pages[0].text == "One\nWords"


def test_a_book_cannot_name_what_is_not_in_it(read_bytes: Reads) -> None:
    for name in ("../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/a.xhtml"):
        assert not read_bytes(epub("<p>in", name), "a.epub").has_text


def test_a_book_that_is_locked_says_so(read_bytes: Reads) -> None:
    lock = '<encryption><CipherData><CipherReference URI="a.xhtml"/></CipherData></encryption>'
    parts = {"META-INF__container_xml": CONTAINER, "META-INF__encryption_xml": lock}
    with raises(EncryptedDocument, "password"):
        read_bytes(zipped(mimetype="application/epub+zip", a_opf=OPF % "a.xhtml", a_xhtml="x", **parts), "a.epub")


def test_office_files_with_a_password_say_so(read_bytes: Reads) -> None:
    with raises(EncryptedDocument, "password"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx")
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    parts = {"META-INF__manifest_xml": manifest, "content_xml": "x"}
    with raises(EncryptedDocument, "password"):
        read_bytes(zipped(mimetype="application/vnd.oasis.opendocument.text", **parts), "a.odt")


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.epub", "noending"])
def test_a_wrong_ending_changes_nothing(read_bytes: Reads, name: str) -> None:
    for file, kind in (("rotated.pdf", "pdf"), ("tides-pandoc.docx", "docx"), ("lamps-pandoc.epub", "epub")):
        assert read_bytes((FOLDER / file).read_bytes(), name).kind == kind


def test_a_pdf_that_claims_more_pages_than_it_has_is_read_as_far_as_it_goes(read_bytes: Reads) -> None:
    reading = read_bytes(pdf([line("One page", 12, 72, 700)], count=50_000), "a.pdf")
    assert [page.text for page in reading.pages] == ["One page"]
    assert reading.notes == (Note("cut", 1),)


def test_a_pdf_of_more_pages_than_are_read_says_so(read_bytes: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.documents import pages

    monkeypatch.setattr(pages, "MOST_PAGES", 3)
    reading = read_bytes(pdf([line(f"Page {at}", 12, 72, 400) for at in range(9)]), "a.pdf")
    assert (len(reading.pages), reading.notes) == (3, (Note("cut", 3),))


def test_a_pdf_with_scripts_and_links_is_read_only(read_bytes: Reads) -> None:
    catalog = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\);this.submitForm\\('http://127.0.0.1:9'\\)) >>"
    link = b"/AA << /O << /S /URI /URI (http://127.0.0.1:9/) >> >>"
    assert read_bytes(pdf([line("Words", 12, 72, 700)], catalog=catalog, page=link), "a.pdf").pages[0].text == "Words"


def test_an_outline_in_a_circle_ends(read_bytes: Reads) -> None:
    head = b"<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>"
    entry = b"<< /Title (Words) /Parent 7 0 R /Next 8 0 R /First 8 0 R /Last 8 0 R /Dest [5 0 R /Fit] >>"
    reading = read_bytes(pdf([line("Words", 12, 72, 700)], head, entry, catalog=b"/Outlines 7 0 R"), "a.pdf")
    assert len(reading.headings) <= 2


def test_a_stream_that_unpacks_to_far_more_is_bounded(read_bytes: Reads) -> None:
    packed_twice = zlib.compress(zlib.compress(line("Words", 12, 72, 700) + b" " * 100_000_000, 9), 9)
    content = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (
        len(packed_twice),
        packed_twice,
    )
    data = pdf([b""], content).replace(b"/Contents 6 0 R", b"/Contents 7 0 R")
    read_bytes(data, "a.pdf")


def test_a_pdf_with_a_password_says_so() -> None:
    with raises(EncryptedDocument, "password"):
        reading_of("locked.pdf")


@pytest.mark.parametrize("name", sorted(one.name for one in FOLDER.iterdir() if one.suffix != ".json"))
def test_any_damage_is_a_reading_or_words(tmp_path: Path, name: str) -> None:
    """Bytes changed, cut off and put in at random: never another error than one in words."""
    whole, dice = (FOLDER / name).read_bytes(), random.Random(name)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 20, 300))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.3:
            del data[dice.randrange(len(data)) :]
        path = tmp_path / "file"
        path.write_bytes(data)
        with suppress(DocumentError):
            assert finish(read(File(path), name)).pages


@pytest.mark.parametrize(
    "markup",
    [
        "x<sup>" * 100_000,
        "<a href='#x'>" * 100_000,
        "a <math><mi>b</mi></math>" * 50_000,
        "<li hidden>" + "<p>" * 50_000 + "<b>" + "<li>" * 50_000,
        "<p hidden>" + "<b>" * 100_000,
        "<ruby>" + "<rt>" * 100_000,
        "<h1><div>" * 50_000,
    ],
)
def test_elements_and_links_without_end_are_read_in_one_pass(markup: str) -> None:
    """A tag never looks at all that is open, nor at all that was said."""
    words_of(markup)


@pytest.mark.parametrize("name", ["x.docx", "x.odt"])
def test_boxes_and_notes_within_each_other_are_read_once(read_bytes: Reads, name: str) -> None:
    """Were each read by all that it stands in, twenty of them would be a million."""
    if name == "x.docx":
        begin, end = "<w:p><w:r><w:t>a</w:t><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
        data = docx(begin * 30 + end * 30)
    else:
        begin, end = "<text:p>a<text:note><text:note-body>", "</text:note-body></text:note></text:p>"
        data = odt(begin * 30 + "<text:p>b</text:p>" + end * 30)
    text = "".join(page.text for page in read_bytes(data, name).pages)
    assert text.count("a") == 30


def test_contents_that_all_lead_to_one_long_paragraph_are_read_in_time(read_bytes: Reads) -> None:
    point = "<navPoint><navLabel><text>T</text></navLabel><content src='a.xhtml'/></navPoint>"
    package = OPF.replace("</manifest>", '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/></manifest>')
    data = zipped(
        mimetype="application/epub+zip",
        **{"META-INF__container_xml": CONTAINER},
        a_opf=package % "a.xhtml",
        a_xhtml=f"<p>{'words ' * 100_000}</p>",
        n_ncx=f"<ncx><navMap>{point * 15_000}</navMap></ncx>",
    )
    reading = read_bytes(data, "a.epub")
    assert len(reading.headings) <= 20_000
