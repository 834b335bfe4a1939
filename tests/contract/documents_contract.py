"""What everything that keeps documents' files must do, as plain functions: they run in CPython against the fake and,
sent as text, in the browser's Python worker against the real one.

    await check_documents(make, handle, bytes_of)      # the names of the checks that passed

`make` gives the keeper over the same storage each time, as another page or a later visit has it; `handle` makes a file
of bytes, `bytes_of` reads one. AssertionError names the check that failed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from app.core.document_files import DocumentFiles, LostFile

Make = Callable[[], DocumentFiles]
Handle = Callable[[bytes], Any]
BytesOf = Callable[[Any], Awaitable[bytes]]
LARGE = bytes(range(256)) * 4096  # a megabyte


async def check_that_nothing_is_there_at_first(make: Make, handle: Handle, bytes_of: BytesOf) -> None:
    """Asking makes nothing."""
    files = make()
    assert await files.ids() == []
    await files.drop(["a"])
    assert await files.ids() == []


async def check_that_a_file_and_its_text_come_back(make: Make, handle: Handle, bytes_of: BytesOf) -> None:
    """In another page too, and each by itself."""
    await make().keep("a", handle(LARGE))
    await make().keep("b", handle(b"%PDF-"))
    assert await make().text("a") == ""
    await make().keep_text("a", "größer 🔑 \n" * 20_000)
    assert await bytes_of(await make().file("a")) == LARGE
    assert await bytes_of(await make().file("b")) == b"%PDF-"
    assert await make().text("a") == "größer 🔑 \n" * 20_000
    assert sorted(await make().ids()) == ["a", "b"]


async def check_that_the_newest_holds(make: Make, handle: Handle, bytes_of: BytesOf) -> None:
    """Of a file and of a text; an empty file is one, too."""
    files = make()
    await files.keep("a", handle(LARGE))
    await files.keep("a", handle(b""))
    await files.keep_text("a", "first")
    await files.keep_text("a", "second")
    assert await bytes_of(await make().file("a")) == b""
    assert await make().text("a") == "second"


async def check_that_what_is_dropped_is_gone(make: Make, handle: Handle, bytes_of: BytesOf) -> None:
    """It alone; and it can be kept anew."""
    files = make()
    for id in ("a", "b", "c"):
        await files.keep(id, handle(id.encode()))
        await files.keep_text(id, id)
    await files.drop(["a", "c"])
    assert await make().ids() == ["b"]
    await files.keep_bytes("a", LARGE)
    assert await bytes_of(await make().file("a")) == LARGE
    assert await make().text("a") == ""


async def check_that_what_is_not_there_is_told(make: Make, handle: Handle, bytes_of: BytesOf) -> None:
    """A text alone is no file."""
    files = make()
    await files.keep_text("a", "words")
    try:
        await files.file("a")
    except LostFile:
        return
    raise AssertionError("a file that is not there")


CHECKS = (
    check_that_nothing_is_there_at_first,
    check_that_a_file_and_its_text_come_back,
    check_that_the_newest_holds,
    check_that_what_is_dropped_is_gone,
    check_that_what_is_not_there_is_told,
)


async def check_documents(make: Make, handle: Handle, bytes_of: BytesOf) -> list[str]:
    """Everything, each check where nothing is kept."""
    passed = []
    for check in CHECKS:
        await make().drop(await make().ids())
        try:
            await check(make, handle, bytes_of)
        except Exception as error:
            raise AssertionError(f"{check.__name__}: {type(error).__name__}: {error}") from error
        passed.append(check.__name__)
    await make().drop(await make().ids())
    return passed
