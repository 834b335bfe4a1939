"""A tutored chat: the ladder is held whatever the model says, and survives Stop, editing, versions and a reload."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from typing import Any

from app.core.errors import Unreachable
from app.study.archive.backup import kept, write_backup
from app.study.chats import Turn, turn_from
from app.study.features import TUTOR, Choice
from app.study.library.carrying import without_twins
from app.study.tutored import Key, Score, Tutored
from app.ui.parts.card_side import tutor_figures
from app.ui.parts.composer import placeholder
from app.ui.parts.leave import line
from app.ui.parts.tutor import bar, told, up_to_it
from tests.test_session_grounding import LEAVES, TIDES, Grounded, diary
from tests.test_session_switching import CLOUD
from tests.words import english

ASKED = "What is 6 times 7?"
PERSONA = "built-in:tutor"
RIGHT, WRONG = ('{"is_right": true, "comment": ""}', '{"is_right": false, "comment": "Look at the sevens."}')


class TutoredChat(Grounded):
    """A page with a tutored chat, whose model says these one after the other."""

    async def begin(self, *answers: Any) -> None:
        await self.session.start("#/chat")
        await self.act("models:download", "tiny")
        await self.act("models:choose", "tiny")
        await self.act("options:persona", PERSONA)
        self.engine.next(*answers)

    async def say(self, text: str, *answers: Any) -> None:
        """Send it; the model says these to it."""
        self.engine.next(*answers)
        await self.act("chat:send", text)

    async def press(self, what: str, *answers: Any) -> None:
        """A button under the last reply."""
        self.engine.next(*answers)
        await self.act(f"tutor:{what}", self.last.id if what in ("count", "next") else "")

    @property
    def now(self) -> Tutored:
        found = self.last.tutor
        assert found is not None
        return found

    @property
    def at(self) -> tuple[bool, int, int, str]:
        return (self.now.is_open, self.now.tries, self.now.hints, self.now.came)

    @property
    def question(self) -> Turn:
        """The newest one."""
        turns = self.session.state.turns()
        return [one for one in turns if one.role == "user" and one.tutor and one.tutor.kind == "question"][-1]

    @property
    def buttons(self) -> str:
        return str(bar(self.last, self.now, is_busy=False))


Body = Callable[[TutoredChat], Coroutine[Any, Any, None]]


def tutored(body: Body) -> Callable[[], None]:
    def run() -> None:
        async def whole() -> None:
            world = TutoredChat()
            await world.begin()
            await body(world)

        asyncio.run(whole())

    run.__doc__ = body.__doc__
    return run


@tutored
async def test_an_attempt_first_and_right_at_once_is_by_yourself(world: TutoredChat) -> None:
    await world.say(ASKED, "The answer is 42.")
    assert world.last.text.startswith("Try it first")
    assert (world.at, world.last.model_name) == ((True, 0, 0, ""), "")
    assert world.question.tutor.key == Key("42", "Tiny")  # type: ignore[union-attr]
    assert "42" not in "".join(one.text for one in world.session.state.turns())
    assert placeholder(world.session) == "Your attempt"
    assert "Skip to the answer" in world.buttons
    asked = len(world.engine.asked)
    await world.say("It's 42")
    assert world.last.text == "That's right, and you got there by yourself."
    assert (world.at, world.now.by, len(world.engine.asked)) == ((False, 1, 0, "alone"), "rule", asked)
    assert "By yourself: 1 of 1" in world.buttons
    assert placeholder(world.session) != "Your attempt"
    await world.say("Thanks!", "You are welcome.")
    assert (world.last.text, world.last.tutor) == ("You are welcome.", None)
    await world.say("What is 2 plus 2?", "4")
    assert world.now.score == Score(alone=1), "small talk between them changes nothing"


@tutored
async def test_hints_climb_and_one_that_tells_the_answer_is_never_shown(world: TutoredChat) -> None:
    await world.say(ASKED, "42")
    await world.press("hint", "Hint: Think of seven sixes.")
    assert (world.last.text, world.last.model_name, world.at) == ("Think of seven sixes.", "Tiny", (True, 0, 1, ""))
    assert world.session.state.turns()[-2].text == "Give me a hint."
    await world.press("hint", "It is 42.", "Well, forty-two.")
    assert (world.last.text, world.now.by) == ("The answer is a number with 2 digits.", "rule")
    assert "without a model" in str(told(world.last, world.now))
    await world.press("hint", "The answer is 42!", "Think of seven sixes.")
    assert world.now.by == "rule", "nor is one that was given before"
    assert "42" not in world.last.text
    turns = len(world.session.state.turns())
    await world.press("hint")
    assert len(world.session.state.turns()) == turns, "there are three"
    assert "Give a hint" not in world.buttons
    assert "Show the answer" in world.buttons
    await world.say("42")
    assert (world.at, world.now.score) == ((False, 1, 3, "helped"), Score(helped=1))
    assert "Solved with help: 1 attempt, 3 hints" in str(told(world.last, world.now))


@tutored
async def test_the_answer_comes_last_and_counts_as_shown(world: TutoredChat) -> None:
    await world.say(ASKED, "42")
    await world.say("41")
    assert (world.last.text, world.at) == ("Not yet. Try again, or take a hint.", (True, 1, 0, ""))
    await world.press("answer", "Six sevens are 42.")
    assert (world.last.text, world.last.model_name, world.at) == ("Six sevens are 42.", "Tiny", (False, 1, 0, "shown"))
    system, question = world.engine.asked[-1]
    assert (question.role, question.content) == ("user", ASKED), "the model is asked what the student asked"
    assert system.content.endswith("The answer is: 42")
    await world.say("And 6 times 8?", "48")
    assert (world.at, world.now.score) == ((True, 0, 0, ""), Score(shown=1))
    await world.press("next")
    assert (world.at, world.now.score) == ((False, 0, 0, "left"), Score(shown=1, left=1))


@tutored
async def test_what_no_rule_can_tell_the_model_checks_and_the_student_can_overrule_it(world: TutoredChat) -> None:
    await world.say("Why is the sky blue?", "Rayleigh scattering of short waves")
    await world.say("Because the air spreads blue light most", WRONG)
    assert world.last.text == "Not yet. Try again, or take a hint.\n\nLook at the sevens."
    assert (world.now.verdict, world.now.by, world.last.model_name) == ("wrong", "Tiny", "Tiny")
    assert "checked by Tiny" in str(told(world.last, world.now))
    await world.say("air spreads it", json.dumps({"is_right": False, "comment": "It is Rayleigh scattering."}))
    assert "Rayleigh" not in world.last.text, "its comment must not tell, either"
    await world.say("The air scatters it", "I cannot say.", "Still not.")
    assert (world.now.verdict, world.at) == ("unsure", (True, 3, 0, ""))
    await world.press("count")
    assert (world.at, world.now.by, world.now.score) == ((False, 3, 0, "helped"), "you", Score(helped=1))
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    assert (world.at, world.now.by) == ((False, 3, 0, "helped"), "you")
    await world.say("Why is grass green?", "Chlorophyll reflects green light")
    await world.say("chlorophyll does not absorb it", RIGHT)
    assert (world.now.came, world.now.by) == ("alone", "Tiny")


@tutored
async def test_asking_back_is_a_hint(world: TutoredChat) -> None:
    await world.say(ASKED, "42")
    await world.say("What does times mean?", "You add the same number again and again.")
    assert (world.now.kind, world.at) == ("aside", (True, 0, 1, ""))
    assert "The student asks back: What does times mean?" in world.engine.asked[-1][-1].content


@tutored
async def test_a_reload_goes_on_at_the_same_step_and_without_a_model_hints_are_by_rule(world: TutoredChat) -> None:
    await world.say(ASKED, "42")
    await world.press("hint", "Think of tens.")
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    assert world.at == (True, 0, 1, "")
    await world.press("hint", Unreachable())
    assert (world.now.by, world.at) == ("rule", (True, 0, 2, ""))
    await world.say("42")
    assert world.now.came == "helped", "nor does a check need one"


@tutored
async def test_no_answer_yet_is_worked_out_when_it_is_needed_and_an_error_is_told_then(world: TutoredChat) -> None:
    await world.say(ASKED, Unreachable())
    assert (world.question.tutor.key, world.at) == (None, (True, 0, 0, ""))  # type: ignore[union-attr]
    assert world.session.state.notices() == ()
    await world.press("hint", Unreachable())
    assert world.last.problem is not None
    assert world.at == (True, 0, 0, ""), "what failed counts for nothing"
    world.engine.next("42", "Think of tens.")
    await world.act("chat:regenerate", world.last.id)
    assert (world.last.text, world.at) == ("Think of tens.", (True, 0, 1, ""))


@tutored
async def test_stop_versions_and_editing_keep_the_ladder(world: TutoredChat) -> None:
    await world.say(ASKED, "42")
    world.engine.next("Think of tens and then of ones.")
    await Grounded.begin(world, "tutor:hint", words=1)
    await world.act("chat:stop")
    assert world.at == (True, 0, 0, ""), "a hint that was stopped was not had"
    await world.more()
    world.engine.gate = None
    await world.say("41")
    first = world.session.state.turns()[-2]
    assert world.at == (True, 1, 0, "")
    await world.act("chat:resend", {"arg": first.id, "text": "42"})
    assert (world.at, world.now.score) == ((False, 2, 0, "helped"), Score(helped=1)), "written over is another"
    await world.act("chat:version", first.id)
    assert world.at == (True, 1, 0, "")
    await world.act("turns:branch", world.last.id)
    assert world.at == (True, 1, 0, "")
    await world.say("42")
    assert world.at == (False, 2, 0, "helped")


@tutored
async def test_the_feature_has_its_own_model_and_says_whether_it_is_up_to_it(world: TutoredChat) -> None:
    assert TUTOR.id == "tutor"
    small = str(up_to_it(world.session, world.session.state.chat()))
    assert "Tiny" in small
    await world.act("features:choose", {"arg": "tutor", "value": CLOUD.id})
    assert f"the Tutor: {english(CLOUD.where)}" in str(line(world.session)), "before anything is sent"
    await world.act("settings:asks-before-leaving", False)
    assert world.session.state.settings().features == {"tutor": Choice(CLOUD.id)}
    await world.say(ASKED)
    assert world.far.asked == 1
    assert world.far.requests[-1].feature == "tutor"
    entries = world.session.costs.entries
    await world.session.costs.look()
    assert [one.feature for one in entries()] == ["tutor"], "once, and as the Tutor's"


@tutored
async def test_nothing_of_a_private_chat_leaves(world: TutoredChat) -> None:
    await world.act("features:choose", {"arg": "tutor", "value": CLOUD.id})
    await world.act("chat:private", True)
    await world.say(ASKED, "42")
    assert (world.far.asked, world.question.tutor.key) == (0, Key("42", "Tiny"))  # type: ignore[union-attr]


@tutored
async def test_with_documents_the_answer_is_theirs_and_the_last_hint_leads_there(world: TutoredChat) -> None:
    world.session.library.begin()
    await world.session.jobs.join()
    await world.add("tides.txt", TIDES)
    await world.add("leaves.txt", LEAVES)
    await world.scope()
    await world.say("What raises the sea?", "The moon")
    assert "The moon raises the sea twice a day." in world.engine.asked[-1][-1].content
    assert world.question.tutor.key == Key(  # type: ignore[union-attr]
        "The moon", "Tiny", "The moon raises the sea twice a day.", "tides.txt"
    )
    assert world.last.sources is None
    for _ in range(2):
        await world.press("hint", "Look up at night.", "It is the moon.")
    await world.press("hint")
    assert world.last.text == "It's in tides.txt: ____ raises the sea twice a day."
    await world.press("answer", "The moon does [1].")
    assert [one.name for one in world.sources.passages] == ["tides.txt"]
    assert world.asked.endswith("Question: What raises the sea?")
    await world.say("Quux blorb frobnicate zzyzx?")
    assert world.last.found_nothing
    assert not world.now.is_open, "there is nothing to try"
    await world.say("Who wrote Faust?")
    assert world.question.text == "Who wrote Faust?"


@tutored
async def test_a_chat_whose_answer_is_from_what_gets_private_gets_private(world: TutoredChat) -> None:
    world.session.library.begin()
    await world.session.jobs.join()
    await world.add("tides.txt", TIDES)
    await world.scope()
    await world.say("What raises the sea?", "The moon")
    id, chat = world.id("tides.txt"), world.session.state.chat()
    assert world.question.tutor
    assert world.question.tutor.documents == (id,)
    theirs = kept(await world.records.snapshot())
    await diary(world)
    assert world.session.privacy.is_private(chat.id)
    await world.act("chat:delete", chat.id)
    await world.session.archive.bring(write_backup(theirs, "1", 1.0))
    assert world.session.privacy.is_private(chat.id), "a backup from before says nothing of that"
    mine: Any = {"documents": {"own": {**theirs["documents"][id], "id": "own"}}}
    turns = map(turn_from, without_twins(theirs, mine)["turns"].values())
    assert [one.tutor.documents for one in turns if one.tutor and one.tutor.key] == [("own",)]


@tutored
async def test_it_is_kept_in_records_that_the_version_before_had_not(world: TutoredChat) -> None:
    await world.say(ASKED, "42")
    record = asdict(world.question)
    assert turn_from(record) == world.question
    before = {name: value for name, value in record.items() if name != "tutor"}
    assert turn_from(before).tutor is None
    lost: list[str] = []
    assert turn_from({**record, "tutor": {"kind": "riddle"}}, lost).tutor is None
    assert lost
    shelves = kept(await world.records.snapshot())
    assert any(one.get("tutor") for one in shelves["turns"].values())
    await world.act("chat:delete", world.session.state.chat().id)
    assert await world.records.all("turns") == []


@tutored
async def test_all_chats_together_are_counted_for_the_cards_page(world: TutoredChat) -> None:
    await world.say(ASKED, "42")
    await world.say("42")
    await world.act("chat:new")
    await world.act("options:persona", PERSONA)
    await world.say("What is 2 plus 2?", "4")
    await world.press("answer", "It is 4.")
    world.session.tutor.look()
    await world.session.jobs.join()
    assert world.session.tutor.total() == Score(alone=1, shown=1)
    assert "By yourself: 1 of 2 · answer shown: 1" in str(tutor_figures(world.session))
