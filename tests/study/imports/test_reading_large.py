"""The large export that the browser's tests bring in is one, whatever its size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.study.imports.exports import read, shown, tree
from tests.study.imports.large import write_large

SIZE = 400_000


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_export_holds_what_its_maker_says(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / "export"
    count = write_large(file, SIZE, packed=packed)
    found = read(file)
    assert len(found.conversations) == found.found.chats == count
    assert +found.found.left == {"hidden": count}
    assert packed or SIZE < file.stat().st_size < 2 * SIZE
    assert [role for role, _ in shown(found.conversations[0])][:2] == ["user", "assistant"]
    assert any(len(tree(one).turns) > len(tree(one).shown) for one in found.conversations), "some have two versions"
