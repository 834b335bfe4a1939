"""The sandbox of tests keeps the contract that the wall keeps (tests/browser/test_wall.py)."""

from __future__ import annotations

import asyncio
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.contract.running_contract import CHECKS, check_running
from tests.sandbox import ProcessSandbox


def test_the_sandbox_of_tests_keeps_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some.json").write_text("[1]")
    monkeypatch.chdir(tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/some.json"
        assert len(asyncio.run(check_running(ProcessSandbox(), address))) == len(CHECKS) + 1
        server.shutdown()
