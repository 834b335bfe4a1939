"""Study notes as a person has them written: with a model and without, killed and gone on with, cited and checked."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import BadAnswer, TooLong, Unreachable
from app.core.places import Place
from app.core.text import estimate_tokens
from app.core.values import Model
from app.session.writing import NothingToWrite, Writings
from app.study.ask import Question
from app.study.chats import Turn
from app.study.features import NOTES, Feature
from app.study.library.documents import Document
from app.study.writing.record import Writing, shares
from app.ui.parts.writing import points_left_out, writing_cards, writing_sheet
from tests.test_session_library import World
from tests.words import english

YEARS = [1200 + 7 * at for at in range(60)]
COVES = "\f".join(
    f"The harbour wall of Cove{year} was finished in {year} by the old masons." for year in YEARS
).encode()
TERMS = b"# Tides\nThe falling of the water is called the ebb tide.\f# Leaves\nA stoma is a small opening in a leaf."
LOST = "The harbour wall was painted green by twelve singing dragons"


@dataclass
class Writer:
    """A model that says of each passage what stands in it, and sums up by the first point."""

    asked: list[Question] = field(default_factory=list)
    bad: dict[int, Any] = field(default_factory=dict)  # by the number of the question: what comes instead
    failing: Exception | None = None
    held: asyncio.Event | None = None
    model: Model | None = field(default_factory=lambda: Model("writer", "Writer 1B"))
    stays: list[bool] = field(default_factory=list)

    def model_for(self, feature: Feature, belongs_to: str = "", *, stays_here: bool = False) -> Model | None:
        assert feature is NOTES
        return self.model

    async def whole(self, question: Question) -> Turn:
        self.asked.append(question)
        self.stays.append(question.stays_here)
        number = len(self.asked)
        await asyncio.sleep(0)
        if self.held:
            await self.held.wait()
        if self.failing:
            raise self.failing
        said = self.bad.get(number)
        if isinstance(said, Exception):
            raise said
        text = said if isinstance(said, str) else json.dumps(self.written(question))
        return Turn("", "", "", "assistant", text, model_name="Writer 1B", where="on this device", place=Place.BROWSER)

    def written(self, question: Question) -> dict[str, object]:
        assert question.schema is not None
        properties = question.schema["properties"]
        if "sentences" in properties:  # type: ignore[operator]
            points = re.findall(r"^(\d+)\. (.+)$", question.text, re.MULTILINE)
            return {"sentences": [{"points": [int(points[0][0])], "text": points[0][1]}]}
        blocks = re.findall(r"^\[(\d+)\].*\n(.+)$", question.text, re.MULTILINE)[:5]
        extra = {"term": "cove", "question": "When was it finished?"}
        wanted = properties["points"]["items"]["properties"]  # type: ignore[index]
        more = {name: value for name, value in extra.items() if name in wanted}
        return {"points": [{"passage": int(at), "text": text, **more} for at, text in blocks]}

    async def has_asked(self, count: int) -> None:
        for _ in range(10_000):
            if len(self.asked) >= count:
                return
            await asyncio.sleep(0)


class Written(World):
    """A library, and a model that writes."""

    def __init__(self, before: World | None = None, writer: Writer | None = None) -> None:
        super().__init__(before)
        self.writer = writer or Writer()
        vars(self.session)["ask"] = self.writer

    @property
    def writings(self) -> Writings:
        return self.session.writing

    @property
    def note(self) -> Document:
        [found] = [one for one in self.library.documents().values() if one.is_note]
        return found

    @property
    def text(self) -> str:
        return self.files.files[self.note.id].decode()

    @property
    def writing(self) -> Writing:
        [found] = self.writings.queue.writings().values()
        return found

    async def open(self, name: str = "coves.txt", **choices: object) -> None:
        await self.act("writing:open", f"document/{self.one(name).id}")
        for choice, value in choices.items():
            await self.act(f"writing:{choice.replace('_', '-')}", value)

    async def made(self, name: str = "coves.txt", content: bytes = COVES, **choices: object) -> Writing:
        if not self.library.documents():
            await self.begin()
            await self.add(**{name.replace(".", "_"): content})
        await self.open(name, **choices)
        await self.act("writing:start", {"arg": ""})
        for _ in range(20):
            await self.rest()
        return self.writing


def scene(body: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(body())

    run.__name__ = body.__name__
    return run


@scene
async def test_a_summary_is_written_piece_by_piece_and_each_point_names_its_passage() -> None:
    world = Written()
    writing = await world.made()
    assert (writing.state, writing.read, writing.total, writing.dropped) == ("done", 60, 60, 0)
    assert writing.kept == 15, "five of twenty-four passages"
    assert world.note.name == "Summary: coves.txt"
    assert world.note.id == writing.id
    points = re.findall(r"^- The .* of Cove(\d+) was finished in (\d+) by .*\. \[(\d+)\]$", world.text, re.M)
    assert len(points) == writing.kept + len(re.findall("## In short", world.text))
    for cove, year, number in points:
        cited = writing.cited(int(number))
        assert cited is not None
        assert cove == year
        assert f"Cove{cove}" in cited.text
        assert cited.text == COVES.decode().split("\f")[cited.page - 1]
    assert world.text.startswith("## In short\n\n- The harbour wall of Cove1200")
    assert "## Sources\n\n- [1] coves.txt" in world.text
    assert [(one.model, one.replies) for one in writing.by] == [("Writer 1B", len(world.writer.asked))]
    assert writing.by[0].words > 100
    assert writing.sha256 == world.note.sha256, "nobody has changed it"
    assert english(world.session.state.toast().text) == "“Summary: coves.txt” is ready"  # type: ignore[union-attr]
    assert world.session.state.makes_notes() is False


@scene
async def test_each_question_fits_what_the_model_reads() -> None:
    small, large = Written(), Written()
    small.writer.model = Model("ollama:small", "Writer 1B", context_length=640)
    large.writer.model = Model("ollama:large", "Writer 1B", context_length=32_768)
    await small.made()
    await large.made()
    passages = [len(re.findall(r"^\[\d+\]", one.text, re.M)) for one in small.writer.asked if "Passages:" in one.text]
    assert sum(passages) == 60
    assert max(passages) < 20
    assert len(large.writer.asked) < len(small.writer.asked)
    assert max(estimate_tokens(one.text) for one in small.writer.asked) <= 640 - 640 // 4


@scene
async def test_what_no_passage_says_is_left_out_counted_and_can_be_looked_at() -> None:
    wrong = {"points": [{"passage": 1, "text": LOST}, {"passage": 2, "text": "It was finished in 1999."}]}
    world = Written(writer=Writer(bad={1: json.dumps(wrong)}))
    writing = await world.made()
    assert writing.dropped == 2
    assert "dragons" not in world.text
    assert "2 points were left out, since their passages don't say them." in world.text
    shown = str(points_left_out(writing))
    assert "dragons" in shown
    assert "2 points left out" in shown
    assert shares([writing]) == {"Writer 1B": (writing.kept, writing.kept + 2)}
    assert world.writings.share("Writer 1B") is None, "too few say nothing"


@scene
async def test_an_answer_that_cannot_be_read_is_asked_for_once_more_then_its_passages_are_counted() -> None:
    world = Written(writer=Writer(bad={1: "no JSON", 2: BadAnswer()}))
    writing = await world.made()
    assert writing.missed > 0
    assert writing.read == 60
    assert f"{writing.missed} passages gave no readable answer." in world.text
    assert world.writer.asked[0].text == world.writer.asked[1].text != world.writer.asked[2].text
    again = Written(writer=Writer(bad={1: "no JSON"}))
    assert (await again.made()).missed == 0


@scene
async def test_what_is_too_long_after_all_is_halved() -> None:
    world = Written(writer=Writer(bad={1: TooLong()}))
    writing = await world.made()
    first, second = (len(re.findall(r"^\[\d+\]", one.text, re.M)) for one in world.writer.asked[:2])
    assert second == first // 2
    assert (writing.missed, writing.read) == (0, 60)


@scene
async def test_a_page_that_is_closed_at_any_moment_loses_nothing_and_doubles_nothing() -> None:
    whole = Written()
    await whole.made()
    world = Written()
    world.writer.model = Model("ollama:small", "Writer 1B", context_length=640)
    await world.begin()
    await world.add(coves_txt=COVES)
    await world.open()
    world.session.act("writing:start", {"arg": ""})
    read = []
    for kill in range(4):
        await world.writer.has_asked(2 * (kill + 1))
        for _ in range(3 * kill):  # each time at another step
            await asyncio.sleep(0)
        await world.session.jobs.stop("writing")
        read.append(world.writing.read)
        world = Written(world, world.writer)
        await world.begin()
        world.writings.begin()
    for _ in range(40):
        await world.rest()
    writing = world.writing
    assert read == sorted(read), read
    assert (writing.state, writing.read) == ("done", 60)
    years = re.findall(r"Cove(\d+) .*\[\d+\]$", world.text.partition("\n\n- ")[2].partition("\n\n")[2], re.M)
    assert len(years) == len(set(years)) == writing.kept


@scene
async def test_it_is_stopped_gone_on_with_kept_as_it_is_and_given_up() -> None:
    world = Written()
    world.writer.model = Model("ollama:small", "Writer 1B", context_length=640)
    await world.begin()
    await world.add(coves_txt=COVES)
    await world.open()
    world.session.act("writing:start", {"arg": ""})
    await world.writer.has_asked(3)
    world.writer.held = asyncio.Event()
    await world.rest()
    assert world.session.state.makes_notes()
    assert world.session.state.keeps_awake()
    assert "passages read" in str(writing_cards(world.session))
    await world.act("writing:stop")
    assert (world.writing.state, world.writings.queue.progress()) == ("stopped", None)
    assert "Continue" in str(writing_cards(world.session))
    again = Written(world, world.writer)
    await again.begin()
    again.writings.begin()
    await again.rest()
    assert again.writings.queue.progress() is None, "the person has stopped it"
    await again.act("writing:delete", again.writing.id)
    assert again.writings.under_way() == []
    await again.undo()
    assert again.writing.points
    world.writer.held = None
    await again.act("writing:end", again.writing.id)
    assert again.writing.state == "done"
    assert f"These notes cover {again.writing.read} of 60 passages." in again.text
    assert "hidden" in str(writing_cards(again.session)).partition(">")[0]


@scene
async def test_what_keeps_it_is_said_and_it_goes_on() -> None:
    world = Written(writer=Writer(failing=Unreachable()))
    await world.made()
    assert isinstance(world.writings.queue.problem(), Unreachable)
    assert 'role="alert"' in str(writing_cards(world.session))
    world.writer.failing = None
    await world.act("writing:go-on", world.writing.id)
    for _ in range(20):
        await world.rest()
    assert world.writing.state == "done"


@scene
async def test_a_note_stays_where_a_source_becomes_private_later() -> None:
    world = Written()
    await world.made()
    assert not world.library.stays(world.note.id)
    await world.act("library:named", {"name": "Diary", "arg": ""})
    [diary] = world.library.notebooks()
    await world.act("library:private", {"arg": diary, "value": True})
    assert world.note.notebook == ""
    await world.act("library:move", {"arg": world.one("coves.txt").id, "value": diary})
    assert world.note.notebook == diary
    told = [english(one.text) for one in world.session.state.notices()]
    assert told == ["1 note made from this was moved to a private notebook too."]


@scene
async def test_of_the_only_document_notes_are_made_at_once() -> None:
    world = Written()
    await world.begin()
    await world.add(coves_txt=COVES)
    await world.act("writing:open", "")
    assert (world.writings.wish().subject.about, world.writings.can_start) == ("all", True)
    await world.add(terms_txt=TERMS)
    await world.act("writing:open", "")
    assert (world.writings.wish().subject.about, world.writings.can_start) == ("some", False)
    assert 'value="some" selected' in str(writing_sheet(world.session))


@scene
async def test_one_that_fails_holds_up_no_other() -> None:
    world = Written(writer=Writer(bad={1: Unreachable()}, held=asyncio.Event()))
    await world.begin()
    await world.add(coves_txt=COVES)
    for form in ("summary", "cornell"):
        await world.open(form=form)
        world.session.act("writing:start", {"arg": ""})
        await world.writer.has_asked(1)
    for _ in range(200):
        await asyncio.sleep(0)
    world.writer.held.set()  # type: ignore[union-attr]
    for _ in range(40):
        await world.rest()
    first, second = sorted(world.writings.queue.writings().values(), key=lambda one: one.made_at)
    assert (first.state, second.state) == ("making", "done")
    assert isinstance(world.writings.queue.problem(), Unreachable)
    [_, *cards] = str(writing_cards(world.session)).split('class="writing-card"')
    assert ["Stopped" in one and f"{first.name}: </span><strong>" in one for one in cards] == [True]
    await world.act("writing:go-on", first.id)
    for _ in range(20):
        await world.rest()
    assert world.writings.of(first.id).state == "done"  # type: ignore[union-attr]


@scene
async def test_the_documents_themselves_give_an_outline_and_a_glossary() -> None:
    world = Written()
    world.writer.model = None
    writing = await world.made("terms.txt", TERMS, form="outline")
    assert "- Tides [1]\n- Leaves [2]" in world.text
    assert (writing.state, writing.model, writing.by) == ("done", "", ())
    glossary = Written()
    glossary.writer.model = None
    await glossary.made("terms.txt", TERMS, form="glossary")
    assert (
        "- **ebb tide**: The falling of the water is called the ebb tide. [1]\n"
        "- **stoma**: A stoma is a small opening in a leaf. [2]" in glossary.text
    )
    assert glossary.writer.asked == []


@scene
async def test_without_a_model_the_sheet_says_what_there_is() -> None:
    world = Written()
    world.writer.model = None
    await world.begin()
    await world.add(coves_txt=COVES)
    await world.open(form="summary")
    assert not world.writings.can_start
    assert "Without a model" in str(writing_sheet(world.session))
    await world.open(form="outline")
    await world.act("writing:start", {"arg": ""})
    assert world.session.state.notices(), "no headings: it is said"
    assert NothingToWrite.again is False
    assert world.writings.queue.writings() == {}


@scene
async def test_cornell_notes_are_a_table_and_a_glossary_has_each_term_once() -> None:
    world = Written()
    writing = await world.made(form="cornell")
    assert "| Question | Notes |\n| --- | --- |\n| When was it finished? |" in world.text
    assert writing.kept == 1, "the same question does not come twice"
    assert world.text.index("## Summary") > world.text.index("| Question |")
    glossary = Written()
    await glossary.made(form="glossary")
    assert glossary.text.count("**cove**") == 1


@scene
async def test_nothing_of_a_private_notebook_leaves_and_its_notes_are_private() -> None:
    world = Written()
    await world.begin()
    await world.add(coves_txt=COVES, other_txt=TERMS)
    await world.act("library:name", "new")
    await world.act("library:named", {"arg": "", "name": "Secret"})
    [notebook] = world.library.notebooks()
    await world.act("library:move", {"arg": world.one("other.txt").id, "value": notebook})
    await world.act("library:private", {"arg": notebook, "value": True})
    await world.act("writing:open", "all")
    assert "private notebook" in str(writing_sheet(world.session))
    await world.act("writing:start", {"arg": ""})
    for _ in range(20):
        await world.rest()
    assert set(world.writer.stays) == {True}
    assert world.note.notebook == notebook


@scene
async def test_a_notebook_that_becomes_private_ends_what_is_under_way() -> None:
    world = Written()
    world.writer.held = asyncio.Event()
    await world.begin()
    await world.act("library:name", "new")
    await world.act("library:named", {"arg": "", "name": "Course"})
    [notebook] = world.library.notebooks()
    await world.add(coves_txt=COVES)
    await world.act("library:move", {"arg": world.one("coves.txt").id, "value": notebook})
    await world.open()
    world.session.act("writing:start", {"arg": ""})
    await world.writer.has_asked(1)
    await world.act("library:private", {"arg": notebook, "value": True})
    await world.writer.has_asked(2)
    assert world.writer.stays == [False, True]


@scene
async def test_a_note_is_private_where_one_of_its_documents_has_become_that_meanwhile() -> None:
    world = Written()
    world.writer.held = asyncio.Event()
    await world.begin()
    await world.add(coves_txt=COVES, other_txt=TERMS)
    await world.act("library:name", "new")
    await world.act("library:named", {"arg": "", "name": "Course"})
    [notebook] = world.library.notebooks()
    await world.act("writing:open", "all")
    world.session.act("writing:start", {"arg": ""})
    await world.writer.has_asked(1)
    await world.act("library:private", {"arg": notebook, "value": True})
    await world.act("library:move", {"arg": world.one("other.txt").id, "value": notebook})
    world.writer.held.set()
    for _ in range(20):
        await world.rest()
    assert world.writing.state == "done"
    assert world.note.notebook == notebook


@scene
async def test_what_is_a_note_by_now_is_not_gone_on_with() -> None:
    world = Written()
    before = await world.made()
    assert before.kept
    await world.act("writing:go-on", before.id)
    await world.rest()
    assert world.writing == before


@scene
async def test_a_note_that_is_deleted_for_good_takes_its_record_with_it() -> None:
    world = Written()
    await world.made()
    await world.act("library:delete", world.note.id)
    assert await world.records.all("writings"), "it can come back"
    world.clock.is_over.set()
    await world.rest()
    assert await world.records.all("writings") == []
