"""Pictures and sounds of cards are known by their first bytes, then by their names."""

from __future__ import annotations

from base64 import b64encode

import pytest

from app.study.practice.media import media_of


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.png", b"\x89PNG\r\n", "image/png"),
        ("a.jpg", b"\x89PNG\r\n", "image/png"),
        ("a.JPEG", b"", "image/jpeg"),
        ("a.svg", b"<svg>", "image/svg+xml"),
        ("a.mp3", b"\xff\xfb", "audio/mpeg"),
        ("_font.ttf", b"\0\1", "application/octet-stream"),
        ("nothing", b"x", "application/octet-stream"),
    ],
)
def test_a_file_is_what_it_begins_with(name: str, data: bytes, kind: str) -> None:
    media = media_of(name, b64encode(data).decode())
    assert media.kind == kind
    assert len(media.id) == 64
