"""Small JSON shelves in IndexedDB. Each call is one transaction in `static/js/storage/`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from pyodide.ffi import JsException, create_proxy
from pyscript.js_modules import storage

from app.browser.storage_errors import as_storage_error
from app.core.ports import Json, Shelves


class IndexedRecords:
    """The `OwnRecords` port (app.core.adapters) over one database; the demo has one of its own."""

    def __init__(self, name: str) -> None:
        self._handler: Callable[[], None] = lambda: None
        self._on_lost = create_proxy(self._lost)  # lives as long as the page
        storage.use(name, self._on_lost)

    def when_lost(self, handler: Callable[[], None]) -> None:
        """Call `handler` if the browser clears the database while the page is open."""
        self._handler = handler

    def _lost(self) -> None:
        self._handler()

    async def is_blocked(self) -> bool:
        """Whether the browser blocks storage; memory takes its place then, for as long as the page is open."""
        return bool(await storage.isBlocked())

    async def get(self, shelf: str, keys: Sequence[str]) -> list[dict[str, Any] | None]:
        """The values of some keys, None where there is none. Raises StorageError."""
        asked = json.dumps(list(keys))
        found: list[dict[str, Any] | None] = await self._loaded(lambda careful: storage.get(shelf, asked, careful))
        return found

    async def all(self, shelf: str) -> list[dict[str, Any]]:
        """Every value of a shelf, in the order of the keys. Raises StorageError."""
        found: list[dict[str, Any]] = await self._loaded(lambda careful: storage.all(shelf, careful))
        return found

    async def write(self, puts: Sequence[tuple[str, str, Json]], deletes: Sequence[tuple[str, str]] = ()) -> None:
        """One durable transaction. Raises OutOfSpace, StorageError."""
        texts = [(shelf, key, json.dumps(value, ensure_ascii=False)) for shelf, key, value in puts]
        try:
            await storage.write(json.dumps(texts), json.dumps(list(deletes)))
        except JsException as error:
            raise as_storage_error(error) from error

    async def snapshot(self) -> Shelves:
        """Everything at one moment. Raises StorageError."""
        found: Shelves = await self._loaded(storage.snapshot)
        return found

    async def erase(self) -> None:
        """Delete every database of this app. Raises StorageError."""
        try:
            await storage.erase()
        except JsException as error:
            raise as_storage_error(error) from error

    @staticmethod
    async def _loaded(ask: Callable[[bool], Any]) -> Any:
        """What storage answers. A damaged record comes as the text that lies there: `CheckedRecords` knows it by that.
        How deep they are nested was looked at in JavaScript, which does that at the speed at which it reads them."""
        try:
            try:
                return json.loads(await ask(False))
            except ValueError:
                return json.loads(await ask(True))
        except JsException as error:
            raise as_storage_error(error) from error
