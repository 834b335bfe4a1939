"""What the browser seals, CPython opens, and the other way round."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.study.archive.backup import write_backup
from app.study.archive.sealing import seal
from tests.browser.python_worker import PythonWorker
from tests.memory import PythonCrypto
from tests.study.archive.test_sealing import BACKUP, PHRASE, script

PREPARE = """
from app.browser.crypto import BrowserCrypto
from app.study.archive.sealing import seal, unseal
"""


def test_a_file_that_the_browser_sealed_opens_with_the_script(worker: PythonWorker) -> None:
    sealed = worker.run(f"{PREPARE}\nawait seal(BrowserCrypto(), {BACKUP!r}, {PHRASE!r})")["value"]
    assert script().open_sealed(sealed, PHRASE) == BACKUP
    with pytest.raises(ValueError, match="passphrase is wrong"):
        script().open_sealed(sealed, "wrong")


@pytest.mark.slow
def test_the_browser_opens_what_cpython_sealed_and_nothing_else(worker: PythonWorker) -> None:
    large = write_backup({"turns": {str(n): {"text": "ä€😀" * 20_000} for n in range(20)}}, "0.1.0", 0.0)
    with ThreadPoolExecutor(1) as other:  # this thread's loop belongs to Playwright
        sealed = other.submit(lambda: asyncio.run(seal(PythonCrypto(), large, PHRASE))).result()
    head = json.loads(sealed)
    changed = json.dumps({**head, "kdf": {**head["kdf"], "iterations": 1_000}})
    opening = f"{PREPARE}\nawait unseal(BrowserCrypto(), {{!r}}, {{!r}})"
    assert worker.run(opening.format(sealed, PHRASE))["value"] == large
    for text, phrase in ((sealed, "wrong"), (changed, PHRASE)):
        answer = worker.run(opening.format(text, phrase))
        assert answer["error"] == "BadPassphrase"
        assert "passphrase is wrong" in answer["message"]
