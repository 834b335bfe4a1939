"""Keys: in memory, remembered only when that is asked for, and never shown."""

from __future__ import annotations

import asyncio

import pytest

from app.core.errors import BadKey, StorageError
from app.models.cloud.keys import Keys
from tests.memory import MemoryVault

KEY = "sk-secret-0123456789abcdef"


def test_a_key_is_used_in_this_tab_and_kept_nowhere() -> None:
    vault = MemoryVault()
    keys = Keys(vault)
    keys.put("openai", f"  {KEY}\n")
    assert keys.get("openai") == KEY
    assert (keys.last4("openai"), keys.services) == ("cdef", ("openai",))
    assert not keys.is_remembered("openai")
    assert vault.records == {}
    assert keys.get("groq") == keys.last4("groq") == ""


def test_a_remembered_key_is_there_again_and_forgetting_leaves_nothing() -> None:
    async def body() -> None:
        vault = MemoryVault()
        keys = Keys(vault)
        keys.put("openai", KEY)
        await keys.remember("openai")
        await keys.remember("groq")  # which has none
        assert list(vault.records) == ["openai"]
        assert KEY.encode() not in b"".join(vault.records.values())
        later = Keys(vault)
        await later.load()
        assert later.get("openai") == KEY
        assert later.is_remembered("openai")
        await later.unremember("openai")
        assert (later.get("openai"), vault.records, later.is_remembered("openai")) == (KEY, {}, False)
        await later.remember("openai")
        await later.forget("openai")
        assert (later.get("openai"), vault.records) == ("", {})

    asyncio.run(body())


def test_a_key_typed_since_is_not_replaced_by_a_remembered_one() -> None:
    async def body() -> None:
        vault = MemoryVault()
        await vault.keep("openai", KEY)
        keys = Keys(vault)
        keys.put("openai", "sk-another-one")
        await keys.load()
        assert keys.get("openai") == "sk-another-one"

    asyncio.run(body())


def test_a_record_that_does_not_open_any_more_is_dropped() -> None:
    async def body() -> None:
        vault = MemoryVault()
        await vault.keep("openai", KEY)
        vault.lose_key()
        keys = Keys(vault)
        await keys.load()
        assert (keys.services, vault.records) == ((), {})

    asyncio.run(body())


def test_a_key_is_no_longer_used_even_where_storage_fails() -> None:
    async def body() -> None:
        vault = MemoryVault()
        keys = Keys(vault)
        keys.put("openai", KEY)
        vault.fails = True
        with pytest.raises(StorageError):
            await keys.forget("openai")
        assert keys.get("openai") == ""

    asyncio.run(body())


@pytest.mark.parametrize("typed", ["", "short", "two words here", "sk-ключ-ключ-ключ", "line\nbreak-in-it"])
def test_what_cannot_be_a_key_is_refused(typed: str) -> None:
    keys = Keys(MemoryVault())
    with pytest.raises(BadKey):
        keys.put("openai", typed)
    assert keys.services == ()


def test_it_prints_itself_without_any_key() -> None:
    keys = Keys(MemoryVault())
    keys.put("openai", KEY)
    assert repr(keys) == str(keys) == "Keys(openai)"
