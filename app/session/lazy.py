"""What most visits never need: each is an attribute of Session, and its modules are imported with its first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.study.chats import Chat, Turn

if TYPE_CHECKING:
    from app.core.values import Model
    from app.models.answering.embedders import Embedders, Makers
    from app.session.aloud import Aloud
    from app.session.api import LocalApi
    from app.session.archive import Archive
    from app.session.attaching import Attaching
    from app.session.builtin import BuiltIn
    from app.session.cloud import CloudServices
    from app.session.context import Context
    from app.session.costs import Costs
    from app.session.features import Features
    from app.session.find import Find
    from app.session.hub import HubSearch
    from app.session.imports import Imports
    from app.session.leave import Leaving
    from app.session.measuring import Measuring
    from app.session.offline import Offline
    from app.session.options import ChatOptions
    from app.session.personas import Personas
    from app.session.replaying import Replaying
    from app.session.routing import Routing
    from app.session.session import Session
    from app.session.setup import Setup
    from app.session.together import Together
    from app.session.turns import Turns
    from app.study.ask import Ask


def aloud(session: Session) -> Aloud:
    """Reading aloud."""
    from app.session.aloud import Aloud

    return Aloud(
        session.state,
        session.preferences,
        session.privacy,
        session.store,
        session.jobs,
        session.page,
        session.gate,
        session.make.spoken,
    )


def api(session: Session) -> LocalApi:
    """The local API."""
    from app.session.api import LocalApi

    return LocalApi(
        session.state,
        session.preferences,
        session.readiness,
        session.ollama,
        session.jobs,
        session.clock,
        session.egress,
        session.make,
        session.provider,
        session.words,
        embedders=session.embedders,
    )


def archive(session: Session) -> Archive:
    """Exports, backups and imports."""
    from app.session.archive import Archive

    return Archive(
        session.state,
        session.notices,
        session.damage,
        session.models,
        session.store,
        session.jobs,
        session.page,
        session.clock,
        session.records,
        session.manager,
        session.make,
        session.words,
        session.read_again,
        imports=lambda: session.imports,
        documents=lambda: session.library_store.files,
    )


def ask(session: Session) -> Ask:
    """How features ask a model."""
    from app.study.ask import Ask

    async def prepare(name: str) -> None:
        await session.routing.prepare(Chat(name), Turn("", name, "", "assistant", ""))

    return Ask(
        session.automatic,
        session.clock,
        session.words,
        who=session.features.who,
        may_leave=session.privacy.may_leave,
        prepare=prepare,
        enter=session.costs.note,
    )


def attach(session: Session) -> Attaching:
    """What is attached to messages."""
    from app.session.attaching import Attaching

    return Attaching(
        session.state,
        session.notices,
        session.store,
        session.jobs,
        session.page,
        session.clock,
        session.records,
        session.make.web.blobs,
        session.make.pictures(),
        navigation=lambda: session.navigation,
        archive=lambda: session.archive,
        library=lambda: session.library,
    )


def builtin(session: Session) -> BuiltIn:
    """The browser's own model."""
    from app.session.builtin import BuiltIn

    return BuiltIn(session.state, session.jobs, session.page)


def cloud(session: Session) -> CloudServices:
    """Cloud services and own servers."""
    from app.session.cloud import CloudServices

    return CloudServices(
        session.state,
        session.notices,
        session.page,
        session.clock,
        session.records,
        session.gate,
        session.make,
        session.words,
        costs=lambda: session.costs,
    )


def context(session: Session) -> Context:
    """What fills the model's context."""
    from app.session.context import Context

    return Context(
        session.state,
        session.ollama,
        session.chats,
        session.store,
        session.jobs,
        session.page,
        session.clock,
        session.words,
        session.engines.count,
        ask=lambda: session.ask,
        personas=lambda: session.personas,
        grounding=lambda: session.grounding,
    )


def costs(session: Session) -> Costs:
    """What replies cost."""
    from app.session.costs import Costs

    return Costs(
        session.state,
        session.notices,
        session.damage,
        session.store,
        session.page,
        session.clock,
        session.records,
        session.make,
    )


def embedders(session: Session) -> Embedders:
    """Everybody who makes vectors; each request passes the gate."""
    from app.models.answering.embedders import Embedders

    browser = session.make.vector_engine()
    others: Makers = {"ollama": session.ollama.provider, "cloud": lambda: session.cloud.provider}

    def note_use(model: Model) -> None:
        job = f"used:{model.id}"
        if model.provider == "ollama":
            session.jobs.start("ollama-used", session.ollama.answered(model))
        elif model.provider == "browser" and not session.jobs.is_running(job):
            session.jobs.start(job, session.memory.answered(model.id, 0))

    return Embedders(lambda: browser, others, session.egress, note_use)


def features(session: Session) -> Features:
    """What asks models besides the person."""
    from app.session.features import Features

    return Features(
        session.state,
        session.preferences,
        session.models,
        session.chats,
        session.store,
        session.jobs,
        ask=lambda: session.ask,
    )


def find(session: Session) -> Find:
    """The search over everything."""
    from app.session.find import Find

    return Find(session.state, session.jobs, session.clock, session.records)


def hub(session: Session) -> HubSearch:
    """The search of the Hugging Face Hub."""
    from app.session.hub import HubSearch

    return HubSearch(
        session.state, session.models, session.model_sources, session.navigation, session.jobs, session.make
    )


def imports(session: Session) -> Imports:
    """Exports of other programs."""
    from app.session.imports import Imports

    return Imports(
        session.state,
        session.notices,
        session.privacy,
        session.chats,
        session.store,
        session.jobs,
        session.page,
        session.clock,
        session.records,
        session.make.web.blobs,
        session.words,
        session.make.pictures(),
        session.archive.importing,
        bring_cards=lambda picked: session.anki.open(picked),
    )


def leave(session: Session) -> Leaving:
    """The question whether words may leave this device."""
    from app.session.leave import Leaving

    return Leaving(session.state, session.preferences, session.privacy, session.chats, session.page)


def measure(session: Session) -> Measuring:
    """How fast models are here."""
    from app.session.measuring import Measuring

    return Measuring(
        session.state,
        session.notices,
        session.preferences,
        session.ollama,
        session.jobs,
        session.page,
        session.clock,
        session.device,
        session.records,
        session.provider,
        session.engines.unload,
        session.words,
        session.engine_versions,
    )


def offline(session: Session) -> Offline:
    """The switch of Offline Mode."""
    from app.session.offline import Offline

    return Offline(
        session.notices,
        session.preferences,
        session.models,
        session.ollama,
        session.offline_gate,
        session.clock,
        session.gate,
    )


def options(session: Session) -> ChatOptions:
    """What is chosen for one chat."""
    from app.session.options import ChatOptions

    return ChatOptions(session.state, session.chats, personas=lambda: session.personas)


def personas(session: Session) -> Personas:
    """The list of personas."""
    from app.session.personas import Personas

    return Personas(
        session.state,
        session.notices,
        session.store,
        session.page,
        session.clock,
        session.records,
        session.manager,
        session.words,
    )


def replay(session: Session) -> Replaying:
    """Another policy, tried on the last days."""
    from app.session.replaying import Replaying

    return Replaying(session.state, session.store, session.clock, costs=lambda: session.costs)


def routing(session: Session) -> Routing:
    """Automatic."""
    from app.session.routing import Routing

    return Routing(
        session.state,
        session.preferences,
        session.privacy,
        session.store,
        session.fallback,
        cloud=lambda: session.cloud,
        costs=lambda: session.costs,
        leave=lambda: session.leave,
    )


def setup(session: Session) -> Setup:
    """The first run."""
    from app.session.setup import Setup

    return Setup(
        session.state,
        session.notices,
        session.preferences,
        session.models,
        session.ollama,
        session.navigation,
        session.jobs,
        session.page,
        session.manager,
    )


def together(session: Session) -> Together:
    """Other pages of this app."""
    from app.session.together import Together

    return Together(
        session.state,
        session.notices,
        session.preferences,
        session.privacy,
        session.ollama,
        session.model_sources,
        session.offline_gate,
        session.chats,
        session.store,
        session.jobs,
        session.clock,
        session.records,
        session.manager,
        cloud=lambda: session.cloud,
        documents_changed=session.documents_changed,
        cards_changed=session.cards_changed,
        personas=lambda: session.personas,
    )


def turns(session: Session) -> Turns:
    """Opinions, branches, and what is unfolded under a reply."""
    from app.session.turns import Turns

    return Turns(session.state, session.chats, session.replies, session.store, session.page, session.words)
