"""The script that asks a catalogue's addresses, against a server that holds what it says, and one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.files import File, Offer, tiny
from tests.browser.liar import Lie, lying
from tests.catalog_check import main


@pytest.mark.parametrize(
    ("lie", "file", "words"),
    [
        (Lie(), tiny(), "Everything is as the catalogue says."),
        (Lie(status=404), tiny(), "status 404"),
        (Lie(flip=1000), tiny(), "has the SHA-256"),
        (Lie(), File(100_000), "is 2,326,432 bytes, not 100,000"),
        (Lie(status=401), tiny(), "needs a sign-in"),
    ],
)
def test_what_differs_is_said(
    lie: Lie, file: File, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with lying() as server:
        server.put("tiny.gguf", tiny())
        server.lie("tiny.gguf", lie)
        row = Offer("Tiny", file, ("tiny.gguf",), hashes="whole")
        catalog = tmp_path / "catalog.toml"
        catalog.write_text('title = "Ours"\n' + row.row(server.url), "utf-8")
        status = main([str(catalog), "--full"])
    said = capsys.readouterr().out
    assert words in said
    assert status == (0 if "DIFFERS" not in said else 1)
    assert ("DIFFERS" in said) == (words not in ("Everything is as the catalogue says.", "needs a sign-in"))
