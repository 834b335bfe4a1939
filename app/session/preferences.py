"""What a person sets: one setting at a time, stored before it acts."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Unpack

from app.core.actions import action
from app.core.commands import Restore, TextSize, Theme
from app.core.errors import StorageError
from app.core.ports import Page
from app.core.texts import Text, in_a_row
from app.records.checked import CheckedRecords
from app.session.settings import Settings, SettingsChanges, TextSizeName, ThemeName, limited, settings_from
from app.session.state import State

#: settings that keep words on this device, and the value that does
TIGHTER = (
    ("is_offline_mode", True),
    ("is_loopback_allowed", False),
    ("is_api_on", False),
    ("is_smart", False),
    ("asks_before_leaving", True),
)


@dataclass(frozen=True, slots=True)
class NumberField:
    """A sampling setting, as it was typed."""

    arg: Literal["temperature", "top_k", "top_p", "max_tokens", "seed"]
    value: str


@dataclass(frozen=True, slots=True)
class ThemeField:
    """A theme, as it was chosen."""

    value: ThemeName


@dataclass(frozen=True, slots=True)
class TextSizeField:
    """A size of the text, as it was chosen."""

    value: TextSizeName


class Preferences:
    """Changes settings; the actions `settings:*`."""

    def __init__(self, state: State, page: Page, records: CheckedRecords) -> None:
        self._state, self._page, self._records = state, page, records
        self._changing = asyncio.Lock()

    async def stored(self) -> Settings:
        """The settings as they are kept now: another tab may have changed them. Raises StorageError."""
        [stored] = await self._records.get("settings", ["settings"])
        return settings_from({} if stored is None else stored)

    def take(self, stored: object) -> None:
        """Let a stored record be what holds; nothing changes where there is none."""
        if stored:
            self._state.settings.set(settings_from(stored))
            self._page.do(Theme(self._state.settings().theme))
            self._page.do(TextSize(self._state.settings().text_size))

    async def change(self, **changes: Unpack[SettingsChanges]) -> None:
        """Change settings by their names: they act once they are stored. What keeps more words here acts at once, even
        where it cannot be stored. Raises StorageError."""
        acts_anyway = any(changes.get(name) is value for name, value in TIGHTER)
        if acts_anyway:
            self._state.settings.set(replace(self._state.settings(), **changes))
        try:
            async with self._changing:  # two changes at a time would undo each other
                changed = replace(self._state.settings(), **changes)
                await self._records.write([("settings", "settings", asdict(changed))])
        except StorageError as error:
            kept = Text("session.acts_until_closed" if acts_anyway else "session.nothing_changed")
            error.message = in_a_row(kept, error.message)
            self._page.do(Restore())  # the field shows what the person has set, not what holds
            raise
        self._state.settings.set(replace(self._state.settings(), **changes))

    @action("settings:think", bool)
    async def think(self, is_on: bool) -> None:
        """Whether models that can think do so before they answer."""
        await self.change(think=is_on)

    @action("settings:single-keys", bool)
    async def single_keys(self, is_on: bool) -> None:
        """Whether keys without Ctrl or ⌘ do something outside of fields."""
        await self.change(single_keys=is_on)

    @action("settings:awake", bool)
    async def awake(self, is_on: bool) -> None:
        """Whether the screen stays on during a reply on battery, too."""
        await self.change(awake_on_battery=is_on)

    @action("settings:api", bool)
    async def api(self, is_on: bool) -> None:
        """Whether other pages of this site may use the local models."""
        await self.change(is_api_on=is_on)

    @action("settings:system-prompt", str)
    async def system_prompt(self, text: str) -> None:
        """What every chat begins with, unseen."""
        await self.change(system_prompt=text)

    @action("settings:theme", ThemeField)
    async def theme(self, field: ThemeField) -> None:
        """Light, dark, or as the system has it."""
        await self.change(theme=field.value)
        self._page.do(Theme(field.value))

    @action("settings:text-size", TextSizeField)
    async def text_size(self, field: TextSizeField) -> None:
        """How large everything is written."""
        await self.change(text_size=field.value)
        self._page.do(TextSize(field.value))

    @action("settings:find", str)
    def find(self, wanted: str) -> None:
        """Show the settings whose names or descriptions hold these words."""
        self._state.finding_setting.set(wanted)

    @action("settings:language", str)
    async def language(self, code: str) -> None:
        """The language of everything that the app says; "" for the browser's."""
        await self.change(language=code)

    @action("settings:number", NumberField)
    async def number(self, field: NumberField) -> None:
        """Change one number of the sampling; it is kept within its limits."""
        number = limited(field.arg, field.value)
        if number is not None:
            changed: dict[str, Any] = {field.arg: number}
            await self.change(sampling=replace(self._state.settings().sampling, **changed))

    @action("models:memory", str)
    async def memory(self, gigabytes: str) -> None:
        """How much memory this computer really has, in GB, as the person says; nothing takes it back."""
        text = gigabytes.strip().replace(",", ".")
        number = float(text) if text.replace(".", "", 1).isdecimal() else 0.0
        await self.change(memory_gb=min(number, 100_000.0))
