"""Downloads from servers that lie, stall, cut and change: what every run checks. The long ones: test_faults.py.

Faults of the storage design and where each is provoked (q: this file, s: test_faults.py, k: test_kills.py,
p: test_power.py, u: tests/models/store/test_downloads_faults.py):

 1 browser killed                     k   | 16 two tabs                          q, k
 2 bytes lost under a valid record    s   | 17 offline, then online              q, s
 3 cut body with a length             q   | 18 stall                             s
 4 cut body without one               q   | 19 reload, pause, resume             q, s
 5 200 to a Range                     q   | 20 delete while it is used           q, s
 6 206 with wrong start or total      q   | 21 database gone                     s
 7 416                                q   | 22 versionchange, blocked            s
 8 the file changes                   q   | 23 the clock jumps                   u
 9 weak, absent, hidden ETag          q   | 24 a file of 2 GB                    s
10 preflight refused                  q   | 25 odd sizes                         q, u
11 gzip                               q   | 26 sizes past 2^31 and 2^32          s, u
12 login page, 401, 403               q   | 27 power loss                        p
13 one bit flipped                    q   | 28 storage refused                   s
14 quota                              q   | 29 records of an earlier version     s
15 put succeeds, transaction aborts   s   | 30 redirect to a new address         q
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.browser.files import Offer, gguf
from tests.browser.liar import LOGIN, Liar, Lie
from tests.browser.model_row import ModelRow, gate, show_models, starts, wait_at_gate

pytestmark = pytest.mark.warm

CHUNK = 1 << 18
SIZE = 2_000_000  # seven chunks of 256 KiB and a short one
TITLE = re.compile(r"^\d+\s% · DrLeeLM$")


def offer(liar: Liar, name: str, hashes: str = "chunks", size: int = SIZE, **served: object) -> Offer:
    """A model on the liar, with a file and a name of its own."""
    file, source = gguf(size, seed=len(liar.files) + 1), name.lower().replace(" ", "-") + ".gguf"
    liar.put(source, file, **served)  # type: ignore[arg-type]
    return Offer(name, file, (source,), CHUNK, hashes)  # type: ignore[arg-type]


@pytest.mark.slow
def test_honest_servers_of_every_kind_are_no_trouble(app: App, liar: Liar) -> None:
    """Faults 9, 10, 25, 30."""
    offers = [
        offer(liar, "Weak mark", etag='W/"1"'),
        offer(liar, "No mark", etag=""),
        offer(liar, "No mark and no hash", "none", etag=""),
        offer(liar, "Hidden headers", "whole", is_exposed=False),
        offer(liar, "Moving", "none"),
        offer(liar, "Exact chunks", size=4 * CHUNK),
        offer(liar, "One chunk", "none", size=100_000),
    ]
    liar.allows_preflight = False
    liar.lie("moving.gguf", Lie(redirects=True))
    rows = show_models(app, liar, *offers)
    for row in rows:
        row.click("Download")
    for row in rows:
        row.expect("Ready, unverified" if row.offer.hashes == "none" else "Ready")
        row.expect_identical()
    assert [asked for asked in liar.log if asked.method == "OPTIONS" or "if-range" in asked.headers] == []
    models = [asked for asked in liar.log if asked.path.endswith(".gguf")]
    assert all(asked.range for asked in models)
    assert [len(liar.log_of(each.sources[0])) for each in offers] == [each.chunk_count for each in offers]


def test_a_cut_body_is_never_kept_and_asked_for_again(app: App, liar: Liar) -> None:
    """Faults 3, 4."""
    offers = [offer(liar, "Cut"), offer(liar, "Cut without length", "none"), offer(liar, "Busy")]
    liar.lie("cut.gguf", Lie(cut_after=100_000, since=CHUNK, times=2))
    liar.lie("cut-without-length.gguf", Lie(cut_after=100_000, has_length=False, since=CHUNK, times=2))
    liar.lie("busy.gguf", Lie(status=503, headers={"Retry-After": "1"}, since=CHUNK, times=2))
    rows = show_models(app, liar, *offers)
    for row in rows:
        row.click("Download")
    for row in rows:
        row.expect("Ready, unverified" if row.offer.hashes == "none" else "Ready")
        row.expect_identical()
        again = starts(liar.log_of(row.offer.sources[0]))
        assert again == sorted([*range(0, SIZE, CHUNK), CHUNK, CHUNK])


def test_wrong_ranges_are_never_stored(app: App, liar: Liar) -> None:
    """Faults 5, 6, 7: each begins with the fourth chunk; the three before it are kept."""
    offers = [
        offer(liar, "Whole file known"),
        offer(liar, "Whole file unknown", "none", etag=""),
        offer(liar, "Wrong start"),
        offer(liar, "Wrong total", "none"),
        offer(liar, "Status 416", "none"),
    ]
    liar.lie("whole-file-known.gguf", Lie(ignores_range=True, since=3 * CHUNK))
    liar.lie("whole-file-unknown.gguf", Lie(ignores_range=True, since=3 * CHUNK))
    liar.lie("wrong-start.gguf", Lie(shift=CHUNK, since=3 * CHUNK))
    liar.lie("wrong-total.gguf", Lie(total=SIZE - 1, since=3 * CHUNK))
    liar.lie("status-416.gguf", Lie(status=416, since=3 * CHUNK))
    rows = show_models(app, liar, *offers)
    for row in rows:
        row.click("Download")
    rows[0].expect("Ready")
    rows[0].expect_identical()
    for row in rows[1:]:
        row.expect("Failed")
        row.expect_kept(3)
    rows[1].expect_problem("resume a download")
    rows[2].expect_problem("different part of the file")
    rows[3].expect_problem("changed")
    rows[4].expect_problem("shorter than it was")
    liar.lie("wrong-start.gguf", Lie())
    liar.forget()
    rows[2].click("Try again")
    rows[2].expect("Ready")
    rows[2].expect_identical()
    assert min(starts(liar.log_of("wrong-start.gguf"))) == 3 * CHUNK


def test_what_is_not_the_file_is_refused_in_words(app: App, liar: Liar) -> None:
    """Faults 11, 12, and a file that is longer than the catalogue says."""
    offers = [offer(liar, name) for name in ("Gzip", "Login page", "Sign in first", "Expired link", "Longer")]
    offers.append(offer(liar, "Longer and hidden", "none", is_exposed=False))
    liar.lie("gzip.gguf", Lie(gzip=True))
    liar.lie("login-page.gguf", Lie(status=200, body=LOGIN, content_type="text/html"))
    liar.lie("sign-in-first.gguf", Lie(status=401))
    liar.lie("expired-link.gguf", Lie(status=403))
    liar.put("longer.gguf", gguf(SIZE + 5, seed=50))
    liar.put("longer-and-hidden.gguf", gguf(SIZE + 5, seed=6), is_exposed=False)
    rows = show_models(app, liar, *offers)
    for row in rows:
        row.click("Download")
    for row in rows:
        row.expect("Failed")
        expect(row.button("Use")).to_have_count(0)
    for row in rows[:5]:
        row.expect_kept(0)
    rows[0].expect_problem("compress")
    rows[1].expect_problem("web page instead of the file")
    rows[2].expect_problem("status 401", "access token")
    rows[3].expect_problem("status 403", "expired")
    rows[4].expect_problem(r"2,000,005 bytes", r"2,000,000 bytes")
    rows[5].expect_problem("is longer")


def test_one_flipped_bit_is_found(app: App, liar: Liar) -> None:
    """Fault 13: by a chunk's hash, then with a second source, then by the whole file's hash alone."""
    good = offer(liar, "Mirrored")
    liar.put("mirror.gguf", good.file)
    mirrored = Offer("Mirrored", good.file, ("mirrored.gguf", "mirror.gguf"), CHUNK)
    offers = [offer(liar, "Chunk hashes"), mirrored, offer(liar, "Whole hash", "whole")]
    for name in ("chunk-hashes.gguf", "mirrored.gguf", "whole-hash.gguf"):
        liar.lie(name, Lie(flip=4 * CHUNK + 1234))
    by_chunk, by_mirror, by_whole = show_models(app, liar, *offers)
    for row in (by_chunk, by_mirror, by_whole):
        row.click("Download")
    by_chunk.expect("Failed")
    by_chunk.expect_problem("part 5 of 8 is wrong")
    by_chunk.expect_kept(4)
    by_mirror.expect("Ready")
    by_mirror.expect_identical()
    assert min(starts(liar.log_of("mirror.gguf"))) == 4 * CHUNK
    by_whole.expect("Damaged")
    by_whole.expect_problem("not the publisher's")
    expect(by_whole.button("Use")).to_have_count(0)
    app.reload()
    by_whole.expect("Damaged")
    by_chunk.expect("Failed")  # fault U14: a reload made it "Paused", without a reason
    by_chunk.expect_problem("part 5 of 8 is wrong")
    for name in ("chunk-hashes.gguf", "whole-hash.gguf"):
        liar.lie(name, Lie())
    liar.forget()
    by_chunk.click("Try again")
    by_whole.click("Start again", sure=True)
    for row in (by_chunk, by_whole):
        row.expect("Ready")
        row.expect_identical()
    assert starts(liar.log_of("chunk-hashes.gguf")) == [*range(4 * CHUNK, SIZE, CHUNK)]


def test_a_file_that_changes_is_never_mixed(app: App, liar: Liar) -> None:
    """Fault 8: the person is told and chooses."""
    changing = offer(liar, "Changing", "none")
    [row] = show_models(app, liar, changing)
    gate(liar, changing, 3)
    row.click("Download")
    wait_at_gate(row, liar, 3)
    liar.put("changing.gguf", gguf(SIZE, seed=99))
    liar.lie("changing.gguf", Lie())
    row.expect("Failed")
    row.expect_problem("changed")
    row.expect_kept(3)
    row.click("Start again", sure=True)
    row.expect("Ready, unverified")
    ModelRow(app.page, Offer("Changing", gguf(SIZE, seed=99), (), CHUNK)).expect_identical()


def test_a_full_disk_pauses_and_loses_nothing(make_app: MakeApp, liar: Liar) -> None:
    """Faults 14, 15: the browser lets the request succeed and aborts the transaction."""
    app = make_app(service_workers="block")  # which would be filling the disk at the same time
    large = offer(liar, "Large", size=16_000_000)
    [row] = show_models(app, liar, large)
    tools = app.context.new_cdp_session(app.page)
    used = app.page.evaluate("async () => (await navigator.storage.estimate()).usage")
    limit = {"origin": app.url.rstrip("/"), "quotaSize": used + 6_000_000}
    tools.send("Storage.overrideQuotaForOrigin", limit)
    row.click("Download")
    row.expect("Paused")
    row.expect_problem("space", "delete a model")
    kept = row.kept()
    assert 0 < kept.bytes < large.file.size
    row.expect_kept(kept.bytes // CHUNK)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": limit["origin"]})
    liar.forget()
    row.click("Resume")
    row.expect("Ready")
    row.expect_identical()
    assert min(starts(liar.log_of("large.gguf"))) == kept.bytes


def test_a_reload_in_the_middle_pauses_and_no_finished_byte_is_sent_twice(app: App, liar: Liar) -> None:
    """Fault 19, and what the row and the title say meanwhile."""
    half = offer(liar, "Half")
    [row] = show_models(app, liar, half)
    gate(liar, half, 4)
    row.click("Download")
    wait_at_gate(row, liar, 4)
    row.expect("Downloading")
    expect(row.bar).to_have_attribute("aria-valuetext", re.compile(r"^52\s%, 1\sMB of 2\sMB"))
    expect(app.page).to_have_title(TITLE)
    app.reload()
    row.expect("Paused")
    row.expect_kept(4)
    expect(app.page).to_have_title("DrLeeLM")
    assert starts(liar.log_of("half.gguf")) == [*range(0, 5 * CHUNK, CHUNK)], "a reload alone fetches nothing"
    gate(liar, half, 6)
    liar.forget()
    row.click("Resume")
    wait_at_gate(row, liar, 6)
    row.click("Pause")
    row.expect("Paused")
    row.click("Resume")
    row.expect("Ready")
    row.expect_identical()
    assert starts(liar.log_of("half.gguf")) == [*range(4 * CHUNK, 7 * CHUNK, CHUNK), 6 * CHUNK, 7 * CHUNK]


def test_two_tabs_share_one_download_and_the_other_takes_over(app: App, liar: Liar) -> None:
    """Fault 16, with a tab that is closed; killed ones: test_kills.py."""
    shared = offer(liar, "Shared")
    [row] = show_models(app, liar, shared)
    other = app.context.new_page()
    other.goto(app.page.url)
    other.locator("html[data-ready]").wait_for(state="attached")
    theirs = ModelRow(other, shared)
    gate(liar, shared, 3)
    row.click("Download")
    wait_at_gate(row, liar, 3)
    theirs.expect("Downloading · in another tab")
    expect(theirs.bar).to_have_js_property("value", 3 * CHUNK)
    assert len(liar.log_of("shared.gguf")) == 4
    app.page.close()
    theirs.expect("Ready")
    theirs.expect_identical()
    assert starts(liar.log_of("shared.gguf")) == [*range(0, 4 * CHUNK, CHUNK), *range(3 * CHUNK, SIZE, CHUNK)]


def test_cancelling_leaves_nothing_and_a_lost_network_is_waited_for(make_app: MakeApp, liar: Liar) -> None:
    """Faults 17, 20."""
    app = make_app(service_workers="block")
    gone, back = offer(liar, "Gone"), offer(liar, "Back")
    given_up, waiting = show_models(app, liar, gone, back)
    gate(liar, gone, 3)
    given_up.click("Download")
    wait_at_gate(given_up, liar, 3)
    given_up.click("Cancel", sure=True)
    given_up.expect("Not downloaded")
    given_up.expect_kept(0)
    gate(liar, back, 2)
    waiting.click("Download")
    wait_at_gate(waiting, liar, 2)
    app.context.set_offline(True)
    liar.is_down = True
    liar.lie("back.gguf", Lie())
    expect(waiting.status).to_contain_text("waiting for the network")
    waiting.expect_kept(2)
    liar.is_down = False
    app.context.set_offline(False)
    waiting.expect("Ready")
    waiting.expect_identical()
    app.reload()
    given_up.expect("Not downloaded")
    waiting.expect("Ready")
