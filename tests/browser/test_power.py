"""Power that fails (fault 27): whatever the page has counted is on the disk, and is used where the browser lets it.

A disk of its own (ext4 in a file) is shut down by the ioctl that Linux's own tests use for this: from that moment
nothing is written any more, also not what the kernel still held. Then the browser is killed and the disk mounted again.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.measure import browser_process
from tests.browser.conftest import MakeProfile
from tests.browser.driver import LIMIT_MS, App
from tests.browser.files import Offer, gguf
from tests.browser.kills import kill_browser
from tests.browser.liar import Liar, Lie
from tests.browser.model_row import ModelRow
from tests.environment import ROOT

CHUNK = 1 << 20
MODEL = Offer("Model", gguf(60_000_000, seed=27), ("model.gguf",), CHUNK, "both")
SHUTDOWN, WITHOUT_FLUSHING = 0x8004587D, 2  # EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH; fs/ext4/ext4.h
CUTS = 3
#: Chromium does not keep its list of service workers as durably. Where a cut has damaged it, it makes a new one at its
#: next start; until then the app runs without offline files, and says so. Now and then (Chromium 156: about one cut in
#: twenty) it takes that for a reason to delete all that the site has stored, and nothing is left to go on with.
SERVICE_WORKERS_LOST = "^console error: Failed to access storage"
#: Only the administrator of a Linux machine can pull the plug of one disk.
CAN_CUT_POWER = (
    Path("/dev/loop-control").exists() and shutil.which("mkfs.ext4") is not None and getattr(os, "geteuid", int)() == 0
)


def test_every_transaction_that_writes_asks_for_strict_durability() -> None:
    """Without it the browser reports success before the bytes are on the disk."""
    scripts = (ROOT / "static" / "js" / "storage").glob("*.js")
    text = "".join(path.read_text("utf-8") for path in scripts)
    writing = re.findall(r"\.transaction\([^;]*?'readwrite'[^;]*?\)", text)
    assert len(writing) == text.count("'readwrite'") > 2
    assert [each for each in writing if "durability: 'strict'" not in each] == []


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[None]:
    """A file as a disk."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def cut_power(folder: Path) -> None:
    """From now on nothing reaches the disk."""
    import fcntl  # not on every system, and neither is this test

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
    finally:
        os.close(handle)


def on_disk(profile: Path) -> int:
    """Bytes in whole chunks that a browser that is not running has kept."""
    files = (profile / "Default" / "IndexedDB").glob("*.blob/**/*")
    return sum(CHUNK for file in files if file.is_file() and file.stat().st_size == CHUNK)


def has_lost_workers(profile: Path) -> bool:
    """Whether the list of service workers is damaged: its log holds nothing at all."""
    logs = list((profile / "Default" / "Service Worker" / "Database").glob("*.log"))
    return not logs or any(log.stat().st_size == 0 for log in logs)


def expect_kept(row: ModelRow, counted: int, *, may_be_deleted: bool) -> int:
    """Wait until the row shows what is stored, at least what was counted; gives how much that is."""
    expect(row.status).to_have_text(re.compile("^(Paused|Not downloaded)"), timeout=LIMIT_MS)
    kept = row.kept()
    row.expect_kept(kept.bytes // CHUNK)
    assert kept.bytes >= counted or (may_be_deleted and not kept.bytes)
    row.expect("Paused" if kept.bytes else "Not downloaded")
    return kept.bytes


if CAN_CUT_POWER:

    @pytest.mark.slow
    def test_a_power_cut_loses_nothing_that_was_counted(make_profile: MakeProfile, liar: Liar, tmp_path: Path) -> None:
        """Several cuts in a row, each at a random moment of the same download."""
        image, folder, chance = tmp_path / "disk.img", tmp_path / "disk", random.Random()
        with image.open("wb") as file:
            file.truncate(2_000_000_000)
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
        liar.put("model.gguf", MODEL.file)
        liar.lie("model.gguf", Lie(bytes_per_second=5_000_000))

        def opened() -> tuple[App, ModelRow]:
            app = make_profile("disk/profile")
            app.allow(re.escape(liar.url), SERVICE_WORKERS_LOST)
            return app, ModelRow(app.page, MODEL)

        path, counted = f"?catalog={liar.catalog(MODEL)}#/models", 0
        for _ in range(CUTS):
            with mounted(image, folder):
                assert on_disk(folder / "profile") >= counted
                is_damaged = counted > 0 and has_lost_workers(folder / "profile")
                app, row = opened()
                try:
                    app.open(path)
                    kept = expect_kept(row, counted, may_be_deleted=is_damaged)
                    row.click("Resume" if kept else "Download")
                    row.bar.wait_for()
                    row.page.wait_for_timeout(1500 + chance.randrange(1500))
                    counted = int(row.bar.evaluate("bar => bar.value"))
                    app.check()
                    cut_power(folder)
                finally:
                    kill_browser(browser_process(folder / "profile"), app.context)
                app.problems.clear()  # what a browser says whose disk has gone
            assert counted > kept, "nothing was stored meanwhile, so nothing could be lost"
        liar.lie("model.gguf", Lie())
        with mounted(image, folder):
            assert on_disk(folder / "profile") >= counted
            is_damaged = has_lost_workers(folder / "profile")
            app, row = opened()
            try:
                app.open(path)
                kept = expect_kept(row, counted, may_be_deleted=is_damaged)
                row.click("Resume" if kept else "Download")
                row.expect("Ready")
                row.expect_identical()
            finally:
                kill_browser(browser_process(folder / "profile"), app.context)
