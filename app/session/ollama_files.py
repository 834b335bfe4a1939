"""A GGUF file of the person's own, brought into Ollama."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.core.actions import Picked, action
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.texts import Text
from app.session.makers import Makers
from app.session.notices import Notices, Shown
from app.session.ollama import Ollama, id_of
from app.session.ollama_forms import ImportForm
from app.session.preferences import Preferences
from app.session.state import State

if TYPE_CHECKING:
    from app.models.ollama.bringing import Bringing, Looked, Stage


@dataclass(frozen=True, slots=True)
class Import:
    """A GGUF file on its way into Ollama: what is known of it, how far it is, what it lacks."""

    file_name: str
    looked: Looked
    stage: Stage | None = None
    name: str = ""
    sha256: str = ""
    template: str = ""  # the id of the chosen one
    warning: Text | None = None
    problem: AppError | None = None


class OllamaFiles:
    """The actions that import a file: `ollama:import`, `ollama:bring` and what ends them."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        preferences: Preferences,
        ollama: Ollama,
        jobs: Jobs,
        make: Makers,
    ) -> None:
        self._state, self._notices, self._preferences = state, notices, preferences
        self._ollama, self._jobs, self._make = ollama, jobs, make
        self._file: object = None  # the picked file's handle

    @action("ollama:import", Picked)
    async def pick(self, picked: Picked) -> None:
        """Look at a picked GGUF file, and ask what to make of it."""
        bringing, file = await self._bringing(), picked.first
        looked = await bringing.look(file.handle, file.name)
        self._file = file.handle
        template = looked.template.id if looked.template else ""
        self._state.importing.set(Import(file.name, looked, name=looked.name, template=template))

    async def _bringing(self) -> Bringing:
        server = await self._ollama.server()
        return self._make.bringing(server.client, self._import_moved)

    def _import_moved(self, stage: Stage) -> None:
        if now := self._state.importing():
            self._state.importing.set(replace(now, stage=stage))

    @action("ollama:bring", ImportForm)
    def bring(self, form: ImportForm) -> None:
        """Import the picked file as the form says."""
        self._jobs.start("bringing", self._bring(form))

    async def _bring(self, form: ImportForm) -> None:
        from app.models.ollama.chat_templates import CHAT_TEMPLATES

        now = self._state.importing()
        if now is None:
            return
        typed = form.text.strip()
        known = CHAT_TEMPLATES.get(form.template)
        template = typed or (known.template if known else "")
        stop = [line.strip() for line in form.stop.splitlines() if line.strip()]
        name, system = form.name.strip(), form.system.strip()
        self._state.importing.set(replace(now, name=name, template=form.template, problem=None, warning=None))
        try:
            brought = await (await self._bringing()).bring(
                self._file,
                now.file_name,
                name,
                template=template,
                system=system,
                stop=stop or (known.stop if known and not typed else ()),
                sha256=now.sha256,
            )
        except AppError as error:
            self._import_ended(problem=error)
            raise
        except BaseException:
            self._import_ended()
            raise
        await (await self._ollama.server()).refresh()
        if brought.warning:
            self._import_ended(warning=brought.warning, sha256=brought.sha256)
            return
        self.close()
        if brought.can_chat:
            await self._preferences.change(model_id=id_of(brought.name))
            told = Text("ollama_server.brought", model=brought.name)
        else:
            told = Text("ollama_server.brought_embedding", model=brought.name)
        self._notices.show(Shown("brought", told))

    def _import_ended(self, **changes: Any) -> None:
        if now := self._state.importing():
            self._state.importing.set(replace(now, stage=None, **changes))

    @action("ollama:import-stop")
    async def stop(self) -> None:
        """Stop importing; Ollama throws half a file away by itself."""
        await self._jobs.stop("bringing")

    @action("ollama:import-close")
    def close(self) -> None:
        """Let go of the picked file."""
        self._file = None
        self._state.importing.set(None)
