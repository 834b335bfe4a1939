"""The person's keys: in memory, and on this device only where that was asked for, encrypted.

    keys = Keys(vault)
    await keys.load()                       # what was remembered
    keys.put("openai", "sk-…")              # gone when the tab closes
    await keys.remember("openai")           # encrypted, until `forget`
    keys.last4("openai")                    # "3f9a": all that is ever shown

A key leaves this object for one request header and for the vault, for nothing else.
"""

from __future__ import annotations

from app.core.errors import BadKey
from app.core.ports import Vault
from app.core.texts import Text

SHORTEST = 8
SHOWN = 4


class Keys:
    """By the service's id. It prints itself without any key."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._keys: dict[str, str] = {}
        self._remembered: set[str] = set()

    def __repr__(self) -> str:
        return f"Keys({', '.join(sorted(self._keys))})"

    async def load(self) -> None:
        """Take what is remembered into memory. What no longer opens is dropped. Raises StorageError."""
        self._remembered.clear()
        for service in await self._vault.names():
            key = await self._vault.read(service)
            if key is None:
                await self._vault.drop(service)
                continue
            self._keys.setdefault(service, key)
            self._remembered.add(service)

    def get(self, service: str) -> str:
        """The key, "" where there is none."""
        return self._keys.get(service, "")

    def put(self, service: str, key: str) -> None:
        """Use this key from now on, in this tab. Raises BadKey where it cannot be one."""
        key = key.strip()
        if len(key) < SHORTEST or not key.isascii() or not key.isprintable() or " " in key:
            raise BadKey(Text("cloud.no_key"), Text("cloud.no_key_cure"))
        self._keys[service] = key

    async def remember(self, service: str) -> None:
        """Keep the key beyond this tab, encrypted. Raises StorageError, NotSupported."""
        if key := self.get(service):
            await self._vault.keep(service, key)
            self._remembered.add(service)

    async def unremember(self, service: str) -> None:
        """Keep it in this tab only. Raises StorageError."""
        await self._vault.drop(service)
        self._remembered.discard(service)

    async def forget(self, service: str) -> None:
        """Nothing of it is left. Raises StorageError; even then the key is no longer used."""
        self._keys.pop(service, None)
        await self.unremember(service)

    def is_remembered(self, service: str) -> bool:
        """Whether it outlives the tab."""
        return service in self._remembered

    def last4(self, service: str) -> str:
        """Its last four signs, "" where there is none."""
        return self.get(service)[-SHOWN:]

    @property
    def services(self) -> tuple[str, ...]:
        """Those that have a key."""
        return tuple(sorted(self._keys))
