"""What every vault must do, as plain functions: they run in CPython against the fake and, sent as text, in the
browser's Python worker against the real one.

    await check_vault(make, lose_key)      # the names of the checks that passed

`make` gives a vault over the same storage each time, as another page or a later visit has it; `lose_key` takes its key
away, as clearing a part of the browser's data may. AssertionError names the check that failed.
"""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable

from app.core.ports import Vault

Make = Callable[[], Vault]
KEY = "sk-vault-0123456789abcdef"


async def check_that_nothing_is_there_at_first(make: Make) -> None:
    """An empty vault answers."""
    vault = make()
    assert await vault.names() == []
    assert await vault.read("openai") is None
    await vault.drop("openai")


async def check_that_what_is_kept_is_there_again(make: Make) -> None:
    """In another page too; the newest holds."""
    await make().keep("openai", "an older one")
    await make().keep("openai", KEY)
    await make().keep("own-host.example-1", "ключ 🔑 " * 500)
    assert await make().read("openai") == KEY
    assert await make().read("own-host.example-1") == "ключ 🔑 " * 500
    assert sorted(await make().names()) == ["openai", "own-host.example-1"]
    assert await make().read("groq") is None


async def check_that_two_at_once_both_open_again(make: Make) -> None:
    """The first two pages of a profile make one key, not two."""
    names = [f"service-{number}" for number in range(4)]
    await gather(*(make().keep(name, KEY + name) for name in names))
    assert [await make().read(name) for name in names] == [KEY + name for name in names]


async def check_that_what_is_dropped_is_gone(make: Make) -> None:
    """It alone."""
    vault = make()
    await vault.keep("openai", KEY)
    await vault.keep("groq", KEY)
    await vault.drop("openai")
    assert await vault.read("openai") is None
    assert await vault.names() == ["groq"]


CHECKS = (
    check_that_nothing_is_there_at_first,
    check_that_two_at_once_both_open_again,  # while there is no key yet
    check_that_what_is_kept_is_there_again,
    check_that_what_is_dropped_is_gone,
)


async def check_vault(make: Make, lose_key: Callable[[], Awaitable[None]]) -> list[str]:
    """Everything, each check on an empty vault; losing the key comes last."""
    passed = []
    for check in CHECKS:
        try:
            await check(make)
        except Exception as error:
            raise AssertionError(f"{check.__name__}: {type(error).__name__}: {error}") from error
        passed.append(check.__name__)
        for name in await make().names():
            await make().drop(name)
    await make().keep("openai", KEY)
    await lose_key()
    assert await make().read("openai") is None, "a record whose key is lost"
    assert await make().names() == ["openai"]
    await make().drop("openai")
    return [*passed, "lost key"]
