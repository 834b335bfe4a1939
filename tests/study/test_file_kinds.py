"""What a file is, by its content; names are not believed."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest

from app.study.file_kinds import HEAD, REASONS, kind_of, text_of
from tests.words import english


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return held.getvalue()


def tarred() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return held.getvalue()


def box(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0", "notes.txt", "picture"),
        (b"\xff\xd8\xff\xe0\0", "a.jpg", "picture"),
        (b"GIF89a\0", "a.gif", "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "picture"),
        (b"BM\x9a\0\0\0\0\0", "a.bmp", "picture"),
        (b"BMW is a maker of cars", "cars.txt", "text"),
        (box(b"avif"), "a.avif", "picture"),
        (box(b"heic"), "IMG_1.HEIC", "heic"),
        (b"II*\0\x08\0", "scan.tif", "tiff"),
        (b"%PDF-1.7\n%\xe2\xe3", "photo.jpg", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", "word"),
        (zipped("xl/workbook.xml"), "a.xlsx", "sheet"),
        (zipped("ppt/presentation.xml"), "a.pptx", "slides"),
        (zipped("mimetype"), "a.epub", "book"),
        (zipped("notes.txt"), "a.zip", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "old.xls", "sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "old.doc", "word"),
        (b"7z\xbc\xaf\x27\x1c", "a.7z", "archive"),
        (b"\x1f\x8b\x08", "a.gz", "archive"),
        (tarred(), "a.tar", "archive"),
        (b"ID3\x04\0", "a.mp3", "audio"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a.wav", "audio"),
        (box(b"M4A "), "a.m4a", "audio"),
        (box(b"isom"), "a.mp4", "video"),
        (b"\x1a\x45\xdf\xa3\0", "a.webm", "video"),
        (b"GGUF\x03\0\0\0", "m.bin", "model"),
        (b"x", "tiny.gguf", "model"),
        (b"", "nothing.txt", "empty"),
        (b"\x7fELF\x02\x01", "a.out", "binary"),
        (b"caf\xe9", "latin.txt", "binary"),
        ("print('é')".encode(), "a.py", "text"),
        ("x,y\n1,2".encode("utf-16"), "a.csv", "text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "text"),
        (b"a" * (HEAD - 1) + "é".encode()[:1], "cut.txt", "text"),
    ],
)
def test_the_content_says_what_it_is(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data[:HEAD], name, len(data)) == kind
    if reason := REASONS.get(kind):
        assert english(reason(name)).startswith(f"{name} is")


def test_the_text_of_a_file() -> None:
    assert text_of(b"a\r\nb\rc") == "a\nb\nc"
    assert text_of("\ufeffwith a mark".encode()) == "with a mark"
    assert text_of("é".encode("utf-16")) == text_of(b"\xfe\xff" + "é".encode("utf-16-be")) == "é"
    assert text_of(b"caf\xe9") is text_of(b"a\0b") is text_of(b"\xff\xfe\0") is None
