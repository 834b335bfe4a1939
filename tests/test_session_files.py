"""What the session says of files that cannot chat, and what it leaves as it was. Fault E2, E5."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pytest

from app.core.actions import Picked, PickedFile
from app.ui.parts.browser_row import all_shown, model_article
from tests.memory import picked
from tests.models.formats.test_kinds import BERT, CHAT, FIRST, SECOND, SPLIT, THIRD, gguf
from tests.ollama.gguf import Value
from tests.test_session import World, play
from tests.ui.pages import read
from tests.words import english

PROJECTOR: Mapping[str, Value] = {"general.type": "mmproj", "general.architecture": "clip"}


async def chosen_first(world: World) -> str:
    """A model that answers before anything is imported."""
    await world.act("models:import", picked("mine.gguf", gguf({**CHAT, "general.name": "Mine"})))
    return world.session.state.settings().model_id


@pytest.mark.parametrize("action", ["models:import", "models:link"])
def test_an_embedding_model_is_kept_as_such_and_the_chat_model_stays(action: str) -> None:
    async def scene(world: World) -> None:
        before = await chosen_first(world)
        assert before
        await world.act(action, picked("bge-small.gguf", gguf(BERT), link="a link"))
        [row] = [row for row in world.session.manager.rows if row.model.name == "bge-small"]
        assert (row.is_ready, row.model.kind) == (True, "embedding")
        assert world.session.state.settings().model_id == before
        notice = world.session.state.notices()[-1]
        assert "bge-small" in english(notice.text)
        assert "embedding model" in english(notice.cure)
        assert not any("bge-small answers" in text for text in world.notices)
        await world.reload()
        assert world.session.manager.row(row.model.id).model.kind == "embedding"
        [shown] = [
            pair for pair in all_shown(world.session, world.session.state.rows()) if pair[0].model.id == row.model.id
        ]
        article = read(model_article(*shown, None))
        assert "Embedding model" in article.text
        assert not any(button.text == "Use" for button in article.all("button"))
        await world.act("models:choose", row.model.id)
        assert world.session.state.settings().model_id == before

    play(scene)


@pytest.mark.parametrize("action", ["models:import", "models:link"])
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("mmproj-model-f16.gguf", gguf(PROJECTOR, ("v.blk.0.ln1.weight",)), "sees or hears"),
        (FIRST, gguf({**CHAT, **SPLIT}), SECOND),
        ("new.gguf", gguf({"general.architecture": "next-year"}), "can't run in the browser"),
    ],
)
def test_a_file_that_cannot_chat_is_refused_before_it_is_copied(
    action: str, name: str, data: bytes, words: str
) -> None:
    async def scene(world: World) -> None:
        before = await chosen_first(world)
        rows = world.session.manager.rows
        await world.act(action, picked(name, data, link="a link"))
        [error] = [notice for notice in world.session.state.notices() if notice.kind == "error"]
        assert english(error.text).startswith(f"{name}: ")
        assert words in english(error.text)
        assert world.session.manager.rows == rows
        assert len(await world.blobs.infos()) == 1
        assert world.session.state.settings().model_id == before

    play(scene)


@pytest.mark.parametrize("action", ["models:import", "models:link"])
def test_all_parts_picked_together_are_one_model(action: str) -> None:
    async def scene(world: World) -> None:
        parts = [gguf({**(CHAT if part == 0 else {}), **SPLIT, "split.no": part}) for part in (2, 0, 1)]
        named = zip((THIRD, FIRST, SECOND), parts, strict=True)
        files = [PickedFile(name, data, partial(bytes, data)) for name, data in named]
        await world.act(action, Picked(tuple(files)))
        [row] = [row for row in world.session.manager.rows if row.model.is_imported]
        assert (row.model.name, row.is_ready) == ("big-Q4_K_M", True)
        assert row.model.sizes == (len(parts[1]), len(parts[2]), len(parts[0]))
        assert world.session.state.settings().model_id == row.model.id

    play(scene)


def test_what_sees_goes_with_the_one_model_that_was_picked_with_it() -> None:
    async def scene(world: World) -> None:
        sees = gguf(PROJECTOR, ("v.blk.0.ln1.weight",))
        chats = gguf({**CHAT, "general.name": "Mine"})
        await world.act("models:import", Picked((PickedFile("mmproj.gguf", sees), PickedFile("mine.gguf", chats))))
        [row] = [row for row in world.session.manager.rows if row.model.is_imported]
        assert [file.role for file in row.model.files] == ["weights", "projector"]
        assert row.model.name == "mine"

    play(scene)


def test_one_part_alone_names_those_that_are_missing() -> None:
    async def scene(world: World) -> None:
        parts = [gguf({**CHAT, **SPLIT, "split.no": part}) for part in (0, 1)]
        await world.act("models:import", Picked(tuple(map(PickedFile, (FIRST, SECOND), parts))))
        assert any(f"The model also needs {THIRD}" in text for text in world.notices)

    play(scene)
