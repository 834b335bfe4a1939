"""A person's programs: opened beside the chat by Run under a block of code, run behind the wall, told to the model.

session.act("programs:open", {"arg": turn_id, "value": "print(6 * 7)"})
session.state.running()                     # RunShown(…): what it has printed, whether it asks, how it ended
session.act("programs:send", None)               # asks the model with what it printed
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.actions import Field, Picked, TurnId, action
from app.core.commands import Save, Say
from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Blobs, Clock, Page
from app.core.running import MOST_LEFT, MOST_LEFT_BYTES, Piece, Program, ProgramFile, Ran, Sandbox
from app.core.signals import Effect
from app.core.texts import Size, Text, Words
from app.session.notices import Notices, Shown
from app.session.reaching import Reaching
from app.session.replies import Replies
from app.session.state import State
from app.study.attachments import Draft
from app.study.chats import ChatStore, Turn
from app.study.program_files import Offered, file_for, offered
from app.study.program_notebook import notebook
from app.study.programs import Line, Network, RunShown, result
from app.study.ran import Checked, Finding

if TYPE_CHECKING:
    from app.study.checking.checks import Check

JOB = "run"
IDLE_SECONDS = 180.0  # a Python that nobody uses gives its memory back
MOST_FILES, MOST_FILE_BYTES = 10, 20_000_000


@dataclass(frozen=True, slots=True)
class ProgramForm:
    """The editor, as it was sent."""

    arg: str
    code: str


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What was typed for `input()`."""

    arg: str
    answer: str


class Running:
    """The actions `programs:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        replies: Replies,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        blobs: Blobs,
        words: Words,
        sandbox: Sandbox,
        reaching: Reaching,
        store: ChatStore,
    ) -> None:
        self._state, self._notices, self._replies, self._jobs = state, notices, replies, jobs
        self._page, self._clock, self._blobs, self._words = page, clock, blobs, words
        self._sandbox, self._reaching, self._store = sandbox, reaching, store
        self._chat = ""  # the one whose programs the Python has run
        self._opened = 0
        self._following = Effect(self._follow)

    def _follow(self) -> None:
        """A program goes with its panel: none runs where nobody sees it, or could stop it. What it has under way in the
        network ends with it, where Offline Mode is switched on or its chat made private."""
        shown = self._state.running()
        is_seen = shown is not None and self._state.route() == "chat" and self._state.chat().id == shown.chat
        if (not is_seen or self._reaching.is_cut_off()) and self._jobs.is_running(JOB):
            self._jobs.start("run-stop", self._jobs.stop(JOB))

    @action("programs:open", Field)
    def open(self, field: Field) -> None:
        """Show a block of code of a reply (`arg`) beside the chat, and run it with the files that the chat's program
        there has; nothing happens on another page."""
        if self._state.route() != "chat":
            return
        self._show(field.arg, field.value)
        self._begin(field.value)

    def _show(self, turn: str, code: str, check: Check | None = None, before: tuple[Finding, ...] = ()) -> None:
        self._opened += 1
        self._state.cited.set(None)
        chat, last = self._state.chat().id, self._state.running()
        given = last.given if last and last.chat == chat else ()
        self._state.running.set(RunShown(self._opened, chat, turn, code, given=given, check=check, before=before))

    @action("programs:check", TurnId)
    def check(self, turn_id: TurnId) -> None:
        """Show the programs that check a reply beside the chat, and run one after the other; nothing happens where
        there is nothing to check."""
        turn = next((one for one in self._state.turns() if one.id == turn_id), None)
        if turn and self._state.route() == "chat":
            from app.study.checking.checks import checks_of  # most runs are none

            self._jobs.start(JOB, self._check(turn, checks_of(turn.text)))

    async def _check(self, turn: Turn, checks: Sequence[Check]) -> None:
        from app.study.checking.checks import program

        before: tuple[Finding, ...] = ()
        if checks:
            self._chat = ""  # in a Python of its own: an earlier program may have changed what it says
        for one in checks:
            code = program(one, self._words(Text("run.says")))
            self._show(turn.id, code, check=one, before=before)
            number = self._opened
            await self._run(code)
            shown = self._state.running()
            if shown is None or shown.number != number or (shown.ran and shown.ran.ending == "stopped"):
                return
            before = shown.found

    @action("programs:start", ProgramForm)
    def start(self, form: ProgramForm) -> None:
        """Run what stands in the editor."""
        if self._state.running():
            self._begin(form.code)

    def _begin(self, code: str) -> None:
        self._jobs.start(JOB, self._run(code))

    async def _run(self, code: str) -> None:
        shown = self._state.running()
        if shown is None:
            return
        if shown.chat != self._chat:  # what a program of another chat has left in memory is not seen here
            self._sandbox.rest()
            self._chat = shown.chat
        now = self._clock.now()
        is_changed = bool(shown.ran) and code != shown.code
        check = None if is_changed else shown.check  # of a reply that told of another program
        self._change(code=code, lines=(), files=(), asks=None, restarts=False, ran=None, is_running=True, begun=0.0)
        self._change(at=now, network=Network(), check=check, found=())
        self._reaching.begin(shown.chat)
        ran = Ran("stopped")
        try:
            ran = await self._sandbox.run(Program(code, shown.given), self._hear)
        finally:
            self._reaching.end()
            self._change(is_running=False, asks=None, ran=ran)
            self._jobs.start("run-rest", self._rest())
        await self._judge()
        self._page.do(Say(Text("run.ended_failed" if ran.ending else "run.ended")))

    async def _judge(self) -> None:
        """What the run says of the reply's claims; it is kept with the reply."""
        shown = self._state.running()
        if shown is None or shown.check is None or shown.ran is None:
            return
        from app.study.checking.checks import judge

        known = shown.network
        lacks = bool(known.lacks or known.unknown or known.refused)
        found = judge(shown.check, shown.ran, shown.printed_out, lacks=lacks)
        self._change(found=(*shown.before, *found))
        stored = await self._store.turns([shown.turn])
        if stored and (now := self._state.running()):
            checked = Checked(shown.at, len(stored[0].text), now.found)
            await self._store.save_turn(replace(stored[0], checked=checked))
            self._state.change_turn(shown.turn, checked=checked)

    async def _rest(self) -> None:
        await self._clock.sleep(IDLE_SECONDS)
        if not self._jobs.is_running(JOB):
            self._sandbox.rest()

    def _change(self, **fields: object) -> None:
        if shown := self._state.running():
            self._state.running.set(replace(shown, **fields))  # type: ignore[arg-type]

    def _hear(self, piece: Piece) -> None:
        shown = self._state.running()
        if shown is None:
            return
        match piece.kind:
            case "begun":
                self._change(begun=self._clock.now())
            case "ask":
                self._change(asks=piece.text)
                self._page.do(Say(Text("run.asks", prompt=piece.text)))
            case "again":
                self._change(lines=(), files=(), restarts=True)
            case "file":
                files = (*shown.files, ProgramFile(piece.text, piece.data))
                if len(files) <= MOST_LEFT and sum(len(one.data) * 3 // 4 for one in files) <= MOST_LEFT_BYTES:
                    self._change(files=files)
            case "need":
                self._reaching.need(piece.data, piece.text)
            case "want":
                self._reaching.want(piece.data, piece.text)
            case "lack":
                self._reaching.lack(piece.text, is_known=piece.data != "unknown")
            case "reached":
                self._reaching.reached(piece.text, piece.data)
            case "out" | "err":
                self._change(lines=_grown(shown.lines, Line(piece.kind, piece.text)))

    @action("programs:say", AnswerForm)
    def say(self, form: AnswerForm) -> None:
        """Answer `input()`."""
        shown = self._state.running()
        if shown and shown.asks is not None:
            said = Line("said", f"{shown.asks}{form.answer}\n")
            self._change(asks=None, lines=_grown(shown.lines, said))
            self._sandbox.say(form.answer)

    @action("programs:allow")
    def allow(self) -> None:
        """Let the program ask the server that it waits for, in this run."""
        self._reaching.answer(is_allowed=True)

    @action("programs:refuse")
    def refuse(self) -> None:
        """Let it go on without."""
        self._reaching.answer(is_allowed=False)

    @action("programs:stop")
    async def stop(self) -> None:
        """Stop what runs; what it has printed stays."""
        await self._jobs.stop(JOB)

    @action("programs:close")
    def close(self) -> None:
        """Shut the panel; what runs is stopped."""
        self._state.running.set(None)

    @action("programs:add", Picked)
    async def add(self, picked: Picked) -> None:
        """Let the program read files that the person has picked."""
        for one in picked.files:
            size, shown = self._blobs.size(one.handle), self._state.running()
            if shown is None:
                return
            if not self._has_room(shown, one.name, size):
                continue
            try:
                data = await self._blobs.head(one.handle, 0, size)
            except StorageError:  # a folder, or what was moved meanwhile
                self._refuse(Text("attach.folder", name=one.name))
                continue
            now = self._state.running()
            if now is None or now.number != shown.number:  # another was opened meanwhile
                return
            added = ProgramFile(one.name, base64.b64encode(data).decode())
            self._change(given=(*_others(now, one.name), added))

    def offers(self) -> tuple[Offered, ...]:
        """What is attached in the open chat, and the program has not."""
        shown = self._state.running()
        return offered(self._state.turns(), self._drafts(), shown.given if shown else ())

    def _drafts(self) -> Sequence[Draft]:
        return self._state.attached().get(self._state.draft_key(self._state.chat()), ())

    @action("programs:take", str)
    async def take(self, id: str) -> None:
        """Let the program read what is attached in the chat. Raises StorageError."""
        offer, shown = next((one for one in self.offers() if one.id == id), None), self._state.running()
        if offer is None or shown is None:
            return
        content = next((one.content for one in self._drafts() if one.attachment.id == id), "")
        if not content and (kept := (await self._store.files([id])).get(id)):
            content = kept.content
        now, file = self._state.running(), file_for(offer, content)
        if not content:
            self._refuse(Text("attach.not_here"))
        elif now and now.number == shown.number and self._has_room(now, file.name, len(file.data) * 3 // 4):
            self._change(given=(*_others(now, file.name), file))

    def _has_room(self, shown: RunShown, name: str, size: int) -> bool:
        """Whether the program can be given one more file of so many bytes; it is told where not."""
        has_room = len(_others(shown, name)) < MOST_FILES and size <= MOST_FILE_BYTES
        if not has_room:
            self._refuse(Text("run.too_large", name=name, size=Size(MOST_FILE_BYTES), count=MOST_FILES))
        return has_room

    def _refuse(self, why: Text) -> None:
        self._notices.show(Shown("run-file", why, "", "info"))

    @action("programs:remove", str)
    def remove(self, name: str) -> None:
        """Run without one of these files."""
        if shown := self._state.running():
            self._change(given=_others(shown, name))

    @action("programs:send")
    def send(self) -> None:
        """Ask the model with what the program printed. The question is marked as a run, with its date."""
        shown = self._state.running()
        if shown and shown.ran and shown.chat == self._state.chat().id:
            reply = next((turn.text for turn in self._state.turns() if turn.id == shown.turn), "")
            self._replies.tell(self._words(result(shown, reply)), ran=shown.mark())

    @action("programs:save-py", ProgramForm)
    def save_py(self, form: ProgramForm) -> None:
        """Save what stands in the editor as a program."""
        self._page.do(Save("program.py", form.code.rstrip() + "\n", "text/x-python"))

    @action("programs:save-notebook", ProgramForm)
    def save_notebook(self, form: ProgramForm) -> None:
        """Save it as a notebook, with what its run has left where it is what has run."""
        shown = self._state.running()
        ran = shown if shown and shown.code == form.code and not shown.is_running else None
        self._page.do(Save("program.ipynb", notebook(form.code, ran), "application/x-ipynb+json"))


def _others(shown: RunShown, name: str) -> tuple[ProgramFile, ...]:
    """The files given to it that are called otherwise."""
    return tuple(file for file in shown.given if file.name != name)


def _grown(lines: tuple[Line, ...], line: Line) -> tuple[Line, ...]:
    """The lines with one more, which goes on the last where it is of its kind."""
    if lines and lines[-1].kind == line.kind:
        return (*lines[:-1], Line(line.kind, lines[-1].text + line.text))
    return (*lines, line)
