"""The fake keeper of documents' files keeps the contract that the browser's keeps (tests/browser/test_library.py)."""

from __future__ import annotations

import asyncio

from tests.contract.documents_contract import CHECKS, check_documents
from tests.memory import MemoryDocuments


def test_documents_in_memory_keep_the_contract() -> None:
    files = MemoryDocuments()

    async def bytes_of(handle: bytes) -> bytes:
        return handle

    assert len(asyncio.run(check_documents(lambda: files, bytes, bytes_of))) == len(CHECKS)
    assert (files.files, files.texts) == ({}, {})
