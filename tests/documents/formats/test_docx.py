"""What stands in a file of this kind is what its makers have written."""

from __future__ import annotations

import pytest

from tests.documents.truth import assert_true, reading_of


@pytest.mark.parametrize("name", ["contract-tricky.docx", "tides-pandoc.docx"])
def test_pages_and_headings_are_those_of_the_truth(name: str) -> None:
    assert_true(name, reading_of(name))
