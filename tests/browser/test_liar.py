"""The lying server itself, asked without a browser: a fault that is not there proves nothing."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import http.client
import threading
import time
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from email.message import Message

import pytest

from app.models.formats.reading import read_facts
from tests.browser.files import File, Offer, gguf, tiny
from tests.browser.liar import LOGIN, Liar, Lie

SIZE = 1_000_000


@pytest.fixture
def liar(liar: Liar) -> Liar:
    liar.put("a.gguf", gguf(SIZE))
    return liar


def ask(liar: Liar, span: str = "", name: str = "a.gguf", method: str = "GET") -> tuple[int, Message, bytes]:
    headers = {"Range": f"bytes={span}"} if span else {}
    request = urllib.request.Request(liar.url + name, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_a_file_is_the_same_however_it_is_read() -> None:
    file = gguf(SIZE, seed=3)
    whole = file.read(0, SIZE)
    assert len(whole) == SIZE
    assert b"".join(file.read(at, at + 77_777) for at in range(0, SIZE, 77_777)) == whole
    assert file.sha256() == hashlib.sha256(whole).hexdigest()
    assert file.chunk_sha256(300_000)[3] == hashlib.sha256(whole[900_000:]).hexdigest()
    assert gguf(SIZE, seed=4).read(500_000, 500_100) != whole[500_000:500_100]
    assert len({whole[at : at + 65_536] for at in range(0, SIZE, 65_536)}) == 16


@pytest.mark.parametrize("file", [gguf(SIZE), gguf(5_000_000_000), tiny()], ids=["small", "huge", "real"])
def test_its_header_is_a_models(file: File) -> None:
    async def read(start: int, size: int) -> bytes:
        return file.read(start, start + size)

    with ThreadPoolExecutor() as elsewhere:  # Playwright's own loop may run in this thread
        facts = elsewhere.submit(asyncio.run, read_facts(read, file.size)).result()
    assert facts.format == "gguf"
    assert facts.expected_size <= file.size


def test_an_honest_answer(liar: Liar) -> None:
    file = liar.files["a.gguf"].file
    status, headers, body = ask(liar, "100-299999")
    assert (status, headers["Content-Range"], body) == (206, f"bytes 100-299999/{SIZE}", file.read(100, 300_000))
    assert "Content-Range" in headers["Access-Control-Expose-Headers"]
    assert ask(liar)[0] == 200
    assert ask(liar, method="HEAD")[1]["Content-Length"] == str(SIZE)
    assert ask(liar, "1000000-1000005")[0] == 416
    assert ask(liar, name="nothing")[0] == 404
    assert ask(liar, method="OPTIONS")[0] == 204
    first = liar.log_of("a.gguf")[0]
    assert (first.start, first.end, first.sent, first.status) == (100, 299_999, 299_900, 206)
    assert first.ended_at >= first.at


@pytest.mark.parametrize("has_length", [True, False])
def test_cutting(liar: Liar, has_length: bool) -> None:
    liar.lie("a.gguf", Lie(cut_after=1000, has_length=has_length, times=1))
    if has_length:
        with pytest.raises(http.client.IncompleteRead):
            ask(liar, "0-9999")
    else:
        assert len(ask(liar, "0-9999")[2]) == 1000
    assert liar.log_of("a.gguf")[0].sent == 1000
    assert len(ask(liar, "0-9999")[2]) == 10_000, "honest again"


def test_what_is_told_about_ranges(liar: Liar) -> None:
    liar.lie("a.gguf", Lie(shift=10))
    assert ask(liar, "0-99")[1]["Content-Range"] == f"bytes 10-109/{SIZE}"
    liar.lie("a.gguf", Lie(total=77))
    assert ask(liar, "0-99")[1]["Content-Range"] == "bytes 0-99/77"
    liar.lie("a.gguf", Lie(ignores_range=True, since=500))
    assert ask(liar, "0-99")[0] == 206
    assert (ask(liar, "500-599")[0], len(ask(liar, "500-599")[2])) == (200, SIZE)


def test_wrong_bytes_and_wrong_answers(liar: Liar) -> None:
    file = liar.files["a.gguf"].file
    liar.lie("a.gguf", Lie(flip=5050))
    part, good = ask(liar, "5000-5099")[2], file.read(5000, 5100)
    assert [at for at in range(100) if part[at] != good[at]] == [50]
    assert ask(liar, "6000-6099")[2] == file.read(6000, 6100)
    liar.lie("a.gguf", Lie(gzip=True))
    status, headers, body = ask(liar, "0-999")
    assert (headers["Content-Encoding"], gzip.decompress(body)) == ("gzip", file.read(0, 1000))
    liar.lie("a.gguf", Lie(status=200, body=LOGIN, content_type="text/html"))
    status, headers, body = ask(liar, "0-999")
    assert (status, headers["Content-Type"], body) == (200, "text/html", LOGIN)
    liar.lie("a.gguf", Lie(status=503, headers={"Retry-After": "2"}))
    assert ask(liar)[1]["Retry-After"] == "2"
    liar.lie("a.gguf", Lie(drops=True))
    with pytest.raises(ConnectionError):
        ask(liar)


def test_redirects_expire(liar: Liar) -> None:
    liar.lie("a.gguf", Lie(redirects=True))
    assert ask(liar, "0-99")[0] == 206
    moved = [asked.path for asked in liar.log if asked.path.startswith("moved/")]
    assert moved == ["moved/1/a.gguf"]
    assert ask(liar, "0-99")[0] == 206
    assert ask(liar, name="moved/1/a.gguf")[0] == 403


def test_a_slow_answer_ends_where_the_other_side_leaves(liar: Liar) -> None:
    liar.lie("a.gguf", Lie(bytes_per_second=100_000))
    with urllib.request.urlopen(liar.url + "a.gguf", timeout=60) as reply:
        assert len(reply.read(1000)) == 1000
    [asked] = liar.log_of("a.gguf")
    while not asked.ended_at:
        time.sleep(0.01)
    assert 1000 <= asked.sent < SIZE


def test_a_stall_lasts_until_the_test_says_otherwise(liar: Liar) -> None:
    liar.lie("a.gguf", Lie(stall_after=500))
    answers: list[BaseException] = []

    def waiting() -> None:
        try:
            ask(liar, "0-999")
        except http.client.IncompleteRead as error:
            answers.append(error)

    thread = threading.Thread(target=waiting)
    thread.start()
    time.sleep(0.3)
    assert not answers
    liar.lie("a.gguf", Lie())
    thread.join(60)
    assert len(answers) == 1


def test_a_server_that_is_down_and_one_that_refuses_preflights(liar: Liar) -> None:
    liar.is_down = True
    with pytest.raises(ConnectionError):
        ask(liar)
    liar.is_down, liar.allows_preflight = False, False
    assert ask(liar, method="OPTIONS")[0] == 405


def test_a_catalogue_tells_what_is_published(liar: Liar) -> None:
    file = liar.files["a.gguf"].file
    offers = [Offer(f"A {hashes}", file, ("a.gguf", "http://else/b"), hashes=hashes) for hashes in ("both", "none")]
    address = urllib.parse.unquote(liar.catalog(*offers))
    table = tomllib.loads(ask(liar, name=address.removeprefix(liar.url))[2].decode())
    both, none = table["model"]
    assert (both["id"], both["sources"]) == ("a-both", [liar.url + "a.gguf", "http://else/b"])
    assert (both["sha256"], len(both["chunk_sha256"]), both["chunk_bytes"]) == (file.sha256(), 4, 262_144)
    assert "sha256" not in none
    assert "chunk_sha256" not in none
