"""Programs are run beside the chat, and the model is told what came of them."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

from app.core.adapters import Adapters
from app.core.commands import Save
from app.core.running import MOST_LEFT, ProgramFile, Ran
from app.study.archive.reading import as_markdown
from app.study.archive.trees import Tree
from app.study.attachments import Attachment
from app.study.chats import Turn, turn_from
from app.study.program_files import file_for, missed_file, offered
from app.study.program_notebook import notebook
from app.study.programs import Line, RunShown, fenced, plain, result
from app.study.ran import Checked, Finding, RunMark, found_of
from app.ui.chat_file import notes
from app.ui.parts.reply import Foot, foot
from app.ui.parts.run import left, places, run_panel
from app.ui.words import words
from tests.memory import picked
from tests.sandbox import ProcessSandbox
from tests.test_session import World
from tests.words import english


class Running(World):
    """A session whose programs really run."""

    def __init__(self, *answers: str) -> None:
        self.sandbox = ProcessSandbox()
        super().__init__(*answers)

    @property
    def adapters(self) -> Adapters:
        """With a sandbox in which programs run."""
        return replace(super().adapters, sandbox=lambda: self.sandbox)

    @property
    def shown(self) -> RunShown:
        """The program beside the chat."""
        found = self.session.state.running()
        assert found is not None
        return found

    async def ran(self, name: str, code: str) -> RunShown:
        """Run something to its end."""
        self.session.act(name, {"arg": "", "value" if name == "programs:open" else "code": code})
        await self.session.jobs.wait("run")
        return self.shown

    async def until(self, holds: Callable[[], bool]) -> RunShown:
        """The same, once something holds."""
        while not holds():  # noqa: ASYNC110 - a process decides when
            await asyncio.sleep(0.01)
        return self.shown


def play_running(scene: Callable[[Running], Awaitable[None]], *answers: str) -> None:
    """Run a scene on a fresh page."""

    async def body() -> None:
        world = Running(*answers)
        await world.session.start("")
        await world.session.jobs.join()
        await scene(world)
        await world.session.jobs.join()
        assert world.notices == []

    asyncio.run(body())


def drawn(world: Running) -> str:
    """The whole panel."""
    return run_panel(world.shown) + "".join(places(world.session, world.shown).values()) + left(world.shown)


def test_a_block_of_code_is_run_changed_and_run_again() -> None:
    async def scene(world: Running) -> None:
        shown = await world.ran("programs:open", "print(6 * 7)\n")
        assert (shown.printed, shown.ran and shown.ran.ending) == ("42\n", "")
        assert "Finished in" in drawn(world)
        await world.ran("programs:start", "x = 1\n\nprint(y)")
        assert "Error in line 3" in drawn(world)
        assert "<mark>3  print(y)</mark>" in drawn(world)
        world.session.act("programs:close", "")
        await world.session.jobs.wait("run")
        assert world.session.state.running() is None

    play_running(scene)


def test_input_is_answered_and_a_stop_keeps_what_was_printed() -> None:
    async def scene(world: Running) -> None:
        code = "name = input('Who? ')\nprint('hi', name)\nwhile True: pass"
        world.session.act("programs:open", {"arg": "", "value": code})
        await world.until(lambda: world.shown.asks == "Who? ")
        assert ">Who? </label>" in drawn(world)
        world.session.act("programs:say", {"arg": "", "answer": "Ada"})
        await world.until(lambda: "hi Ada" in world.shown.printed)
        world.session.act("programs:stop", "")
        await world.session.jobs.wait("run")
        shown = world.shown
        assert (shown.printed, shown.ran) == ("Who? Ada\nhi Ada\n", Ran("stopped"))

    play_running(scene)


def test_files_go_in_and_come_out() -> None:
    async def scene(world: Running) -> None:
        code = "open('plot.svg', 'w').write('<svg/>' + open('in.txt').read())"
        await world.ran("programs:open", "1")
        await world.act("programs:add", picked("in.txt", b"six"))
        await world.ran("programs:start", code)
        data = base64.b64encode(b"<svg/>six").decode()
        assert world.shown.files == (ProgramFile("plot.svg", data),)
        assert f'<img src="data:image/svg+xml;base64,{data}"' in drawn(world)
        await world.act("programs:remove", "in.txt")
        assert world.shown.given == ()
        await world.act("programs:save-py", {"arg": "", "code": "print(1)\n\n"})
        await world.act("programs:save-notebook", {"arg": "", "code": code})
        saved = world.page.done(Save)
        assert (saved[0].name, saved[0].text) == ("program.py", "print(1)\n")
        assert json.loads(saved[1].text)["cells"][0]["source"] == [code]

    play_running(scene)


def test_what_is_attached_in_the_chat_can_be_given_to_a_program() -> None:
    async def scene(world: Running) -> None:
        await world.act("attach:add", picked("numbers.csv", b"1,2,3"))
        await world.session.jobs.join()
        world.session.act("chat:send", "Add these up.")
        await world.session.jobs.join()
        code = "print(sum(map(int, open('numbers.csv').read().split(','))))"
        shown = await world.ran("programs:open", code)
        assert shown.ran is not None
        assert shown.ran.ending == "failed"
        assert "The program looks for numbers.csv" in drawn(world)
        [offer] = world.session.programs.offers()
        assert drawn(world).count(f'data-arg="{offer.id}"') == 2, "also where it is missed"
        await world.act("programs:take", offer.id)
        assert world.session.programs.offers() == ()
        assert (await world.ran("programs:start", code)).printed == "6\n"
        assert (await world.ran("programs:open", code)).printed == "6\n", "another block of the chat has it too"
        await world.act("attach:add", picked("numbers.csv", b"4"))
        await world.session.jobs.join()
        await world.act("programs:remove", "numbers.csv")
        assert [one.name for one in world.session.programs.offers()] == ["numbers-2.csv", "numbers.csv"]
        await world.act("programs:take", world.session.programs.offers()[0].id)
        changed = code.replace("numbers", "numbers-2")
        assert (await world.ran("programs:start", changed)).printed == "4\n", "of the message that is being written"

    play_running(scene, "Here.")


def test_names_and_contents_of_attached_files() -> None:
    photo = Attachment("p", "IMG 1.heic", "image/jpeg")
    turns = [Turn("1", "c", "", "user", "x", attachments=(photo, Attachment("t", "C:\\a.txt", "text/plain")))]
    offers = offered(turns, (), ())
    assert [(one.id, one.name) for one in offers] == [("t", "a.txt"), ("p", "IMG 1.jpg")]
    assert file_for(offers[0], "ü\ud800").data == base64.b64encode(b"\xc3\xbc\xed\xa0\x80").decode()
    assert file_for(offers[1], "QUI=") == ProgramFile("IMG 1.jpg", "QUI=")
    missing = "FileNotFoundError: [Errno 44] No such file or directory: "
    assert missed_file(f"Traceback\n{missing}'data/a.csv'\n") == "a.csv"
    assert missed_file(f'{missing}"it\'s.csv"') == "it's.csv"
    assert missed_file("FileNotFoundError") == missed_file("NameError: 'x'") == missed_file("") == ""


def test_the_model_is_told_what_a_program_printed_and_the_question_is_marked() -> None:
    async def scene(world: Running) -> None:
        shown = await world.ran("programs:open", "print(6 * 7)")
        await world.act("programs:send", "")
        question = world.session.state.turns()[-2]
        assert question.text == "I ran this code:\n\n```python\nprint(6 * 7)\n```\n\nIt printed:\n\n```text\n42\n```"
        assert question.ran == RunMark(shown.at, "")
        stored = (await world.records.get("turns", [question.id]))[0]
        assert stored is not None
        assert turn_from(stored).ran == question.ran
        del stored["ran"]  # of the version before
        assert turn_from(stored).ran is None

    play_running(scene, "Good.")


WRONG = "17 × 23 = 401, and 3 + 4 = 7.\n\n```python\nprint(6 * 7)\n```\nOutput:\n```\n41\n```"


def test_the_claims_of_a_reply_are_run_and_what_came_of_them_is_kept() -> None:
    async def scene(world: Running) -> None:
        world.session.act("chat:send", "How much is it?")
        await world.session.jobs.join()
        turn = world.session.state.turns()[-1]
        assert "Run to check" in str(foot(world.session, turn, Foot()))
        world.session.act("programs:check", turn.id)
        await world.session.jobs.wait("run")
        assert world.shown.code == (
            "# The reply says: 17 × 23 = 401\nprint(17 * 23)\n\n# The reply says: 3 + 4 = 7\nprint(3 + 4)"
        )
        output = Finding("41", "differs", "42", is_output=True)
        sums = (Finding("17 × 23 = 401", "differs", "391"), Finding("3 + 4 = 7", "agrees", "7"))
        assert world.shown.found == (output, *sums)
        for said in ("17 × 23 = 401 doesn&#x27;t agree: it is 391.", "3 + 4 = 7 agrees.", '<pre tabindex="0">42</pre>'):
            assert said in drawn(world)
        turn = world.session.state.turns()[-1]
        assert turn.checked == Checked(world.shown.at, len(WRONG), (output, *sums))
        under = str(foot(world.session, turn, Foot()))
        assert "1 of 3 agree" in under
        assert "3 + 4 = 7 agrees" not in under, "what holds is only counted"
        stored = (await world.records.get("turns", [turn.id]))[0]
        assert stored is not None
        assert turn_from(stored) == turn
        del stored["checked"]  # of the version before
        assert turn_from(stored).checked is None
        tree = Tree(world.session.state.chat(), {one.id: one for one in world.session.state.turns()})
        for export in (as_markdown([tree], words), "\n".join(notes(turn))):
            assert "1 of 3 agree" in export
            assert "17 × 23 = 401 doesn't agree: it is 391." in export
            assert "42" in export
        await world.act("programs:send", "")
        told = world.session.state.turns()[-2].text
        assert told.startswith("I checked your reply by running this:\n\n```python\n# The reply says: 17")
        assert "17 × 23 = 401 doesn't agree: it is 391." in told

    play_running(scene, WRONG, "Right.")


def test_a_check_runs_in_a_python_that_no_other_program_has_changed() -> None:
    async def scene(world: Running) -> None:
        world.session.act("chat:send", "How much is it?")
        await world.session.jobs.join()
        turn, rests = world.session.state.turns()[-1], list[bool]()
        fresh = list[int]()
        world.sandbox.rest = lambda: rests.append(world.session.jobs.is_running("run"))  # type: ignore[method-assign]
        for name in ("programs:open", "programs:start"):
            await world.ran(name, "import math\nmath.pi = 3")
            fresh.append(sum(rests))
        world.session.act("programs:check", turn.id)
        await world.session.jobs.wait("run")
        fresh.append(sum(rests))
        await world.ran("programs:start", "print(1)")
        assert [*fresh, sum(rests)] == [1, 1, 2, 2]

    play_running(scene, WRONG)


def test_a_picture_that_would_keep_the_page_busy_is_only_saved_and_names_are_plain() -> None:
    async def scene(world: Running) -> None:
        code = "open('bomb.svg', 'w').write('<svg><filter/></svg>')\nopen('\\u202egpj.exe', 'w').write('x')"
        await world.ran("programs:open", code)
        assert "<img" not in left(world.shown)
        assert "too large or too complex" in left(world.shown)
        assert 'download="bomb.svg"' in left(world.shown)
        assert 'download="gpj.exe"' in left(world.shown)
        assert "\u202e" not in left(world.shown)

    play_running(scene)


def test_warnings_are_no_output() -> None:
    async def scene(world: Running) -> None:
        world.session.act("chat:send", "What does it print?")
        await world.session.jobs.join()
        world.session.act("programs:check", world.session.state.turns()[-1].id)
        await world.session.jobs.wait("run")
        assert world.shown.printed != world.shown.printed_out
        assert [one.verdict for one in world.shown.found] == ["agrees"]

    code = "import sys\nprint('old', file=sys.stderr)\nprint(42)"
    play_running(scene, f"```python\n{code}\n```\nOutput:\n```\n42\n```")


def test_a_program_that_was_changed_checks_nothing_and_a_longer_reply_is_not_checked() -> None:
    async def scene(world: Running) -> None:
        world.session.act("chat:send", "How much is it?")
        await world.session.jobs.join()
        turn = world.session.state.turns()[-1]
        world.session.act("programs:check", turn.id)
        await world.session.jobs.wait("run")
        [found] = world.shown.found
        assert (await world.ran("programs:start", world.shown.code)).found == (found,), "again, as it is"
        assert (await world.ran("programs:start", "print(401)")).found == ()
        turn = world.session.state.turns()[-1]
        assert turn.checked is not None
        assert turn.checked.findings == (found,)
        assert found_of(turn.checked, f"{turn.text} And more.") is None
        world.session.act("programs:check", "nobody")
        world.session.act("programs:check", world.session.state.turns()[0].id)
        await world.session.jobs.wait("run")
        assert world.shown.code == "print(401)", "where there is nothing to check, nothing happens"

    play_running(scene, "It is 17 × 23 = 401.")


def test_a_program_goes_with_its_panel() -> None:
    async def scene(world: Running) -> None:
        world.session.act("programs:open", {"arg": "", "value": "print('on')\nwhile True: pass"})
        await world.until(lambda: "on" in world.shown.printed)
        world.session.state.running.set(None)
        await world.session.jobs.wait("run")
        assert not world.session.jobs.is_running("run")

    play_running(scene)


def test_no_program_runs_where_nobody_sees_it() -> None:
    async def scene(world: Running) -> None:
        world.session.act("programs:open", {"arg": "", "value": "print('on')\nwhile True: pass"})
        await world.until(lambda: "on\n" in world.shown.printed)
        world.session.state.route.set("library")
        await world.session.jobs.wait("run")
        assert (world.shown.printed, world.shown.ran) == ("on\n", Ran("stopped"))
        world.session.act("programs:open", {"arg": "", "value": "print('unseen')"})
        assert not world.session.jobs.is_running("run")
        assert world.shown.printed == "on\n"
        world.session.state.route.set("chat")

    play_running(scene)


def test_a_file_that_comes_late_is_not_added_to_another_program() -> None:
    async def scene(world: Running) -> None:
        await world.ran("programs:open", "1")
        head = world.blobs.head

        async def slow(handle: object, start: int, size: int) -> bytes:
            await world.ran("programs:open", "2")
            return await head(handle, start, size)

        world.blobs.head = slow  # type: ignore[method-assign]
        await world.act("programs:add", picked("in.txt", b"six"))
        assert (world.shown.code, world.shown.given) == ("2", ())

    play_running(scene)


def test_no_more_files_are_taken_than_a_run_may_leave() -> None:
    async def scene(world: Running) -> None:
        await world.ran("programs:open", "for n in range(30): open(f'{n:02}', 'w').write('x')")
        assert [one.name for one in world.shown.files] == [f"{n:02}" for n in range(MOST_LEFT)]
        await world.ran("programs:start", "for n in 'ab': open(n, 'w').write('x' * 11_000_000)")
        assert [one.name for one in world.shown.files] == ["a"]

    play_running(scene)


def test_what_a_model_is_told_of_a_run() -> None:
    code = "print('``` no end')"
    shown = RunShown(1, "c", "t", code, ran=Ran("failed", "NameError: x", 1))
    told = english(result(shown, f"Run this:\n```python\n{code}\n```"))
    assert told.startswith("I ran your code.\n\nIt stopped with this error:\n\n```text\nNameError: x\n```")
    assert english(result(replace(shown, ran=Ran("late")), "")).endswith("It didn't finish and was stopped.")
    assert english(result(replace(shown, ran=Ran()), code)) == "I ran your code.\n\nIt printed nothing."
    assert fenced("a\n```\nb", "text") == "````text\na\n```\nb\n````"


def test_an_output_is_what_a_terminal_shows_in_the_end() -> None:
    assert plain("".join(f"\rProgress {n} %" for n in (0, 50, 100))) == "Progress 100 %"
    assert plain("long line\rshort\na\r\nb\r") == "shortline\na\nb"
    assert plain("\x1b[1;31mred\x1b[0m\x1b]8;;https://x\x07link\x1b]8;;\x1b\\ \x1b[2Kend\x00\x08") == "redlink end"
    shown = RunShown(1, "c", "t", "x", (Line("out", "\r1\r2\x1b[0m"),), ran=Ran())
    assert "```text\n2\n```" in english(result(shown, "x"))


def test_a_notebook_holds_the_code_and_what_came_of_its_run() -> None:
    """By the schema of nbformat 4.5: what each part must have, and nothing else."""
    svg, png = "<svg>\n</svg>", base64.b64encode(b"png").decode()
    files = (ProgramFile("a.svg", base64.b64encode(svg.encode()).decode()), ProgramFile("b.PNG", png))
    lines = (Line("out", "1\nü"), Line("said", "Who? Ada\n"), Line("err", "oh\n"))
    ran = Ran("failed", "Traceback (most recent call last):\nKeyError: 'a: b'\n", 2)
    shown = RunShown(1, "c", "t", "x", lines, (*files, ProgramFile("c.csv", png)), ran=ran)
    made = json.loads(notebook("a = 1\nprint(a)\n", shown))
    assert set(made) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    [cell] = made["cells"]
    assert set(cell) == {"cell_type", "id", "execution_count", "metadata", "outputs", "source"}
    assert (cell["source"], cell["execution_count"]) == (["a = 1\n", "print(a)"], 1)
    name = {"text/plain": ["a.svg"]}
    assert cell["outputs"] == [
        {"output_type": "stream", "name": "stdout", "text": ["1\n", "ü", "Who? Ada\n"]},
        {"output_type": "stream", "name": "stderr", "text": ["oh\n"]},
        {"output_type": "display_data", "data": {"image/svg+xml": ["<svg>\n", "</svg>"], **name}, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": png, "text/plain": ["b.PNG"]}, "metadata": {}},
        {
            "output_type": "error",
            "ename": "KeyError",
            "evalue": "'a: b'",
            "traceback": ["Traceback (most recent call last):", "KeyError: 'a: b'"],
        },
    ]
    assert "error" not in notebook("a = 1", replace(shown, ran=Ran("failed", " \n"))), "a program forges what it says"
    [never] = json.loads(notebook("a = 1", None))["cells"]
    assert (never["outputs"], never["execution_count"]) == ([], None)


def test_a_mark_says_when_and_how() -> None:
    turn = Turn("1", "c", "", "user", "x", ran=RunMark(1764432000.0, "failed"))
    assert turn.ran is not None
    assert english(turn.ran.told).endswith("stopped by an error")
