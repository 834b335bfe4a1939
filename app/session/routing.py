"""Automatic, as the session gives it what it decides by: who could answer, and the moment of the question.

    routing = session.routing
    await routing.prepare(chat, turn)               # before a reply of Automatic: who answered before, prices, keys
    session.routing.router                  # the Provider that answers for Automatic
    routing.preview("Prove it.").winner             # where a question would go; nothing is asked

Nothing here is imported before Automatic is used or Settings are opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from app.core.actions import Field, action
from app.core.places import Place, Purpose
from app.core.shapes import Damaged
from app.core.signals import Signal
from app.core.texts import Text, TextOrWords
from app.core.values import Message, Model, Request, Usage
from app.models.answering.automatic import AUTOMATIC
from app.models.answering.fallback import Fallback
from app.models.costs.cost import cost_of
from app.models.costs.ledger import Account, Stayed, by_of
from app.models.engines.choice import why_not
from app.models.routing.abilities import ability_of
from app.models.routing.decision import Candidate, Decision, Situation, decision_from
from app.models.routing.policy import Outcome, adjustment_from
from app.models.routing.provider import RouterProvider, read
from app.models.routing.router import decide
from app.models.routing.weighing import gap_of
from app.models.store.rows import Row
from app.session.preferences import Preferences
from app.session.privacy import Privacy
from app.session.state import State
from app.study.chats import Chat, ChatStore, Turn
from app.study.features import CHAT

if TYPE_CHECKING:
    from app.session.cloud import CloudServices
    from app.session.costs import Costs
    from app.session.leave import Leaving

USUAL_REPLY_TOKENS = 300  # where no reply has told better
RECENT = 20
MOST_SMALL_TALK = 3  # turns of thanks and greetings, behind which a talk goes on


class Routing:
    """The actions `routing:*`, and the router."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        privacy: Privacy,
        store: ChatStore,
        fallback: Fallback,
        cloud: Callable[[], CloudServices],
        costs: Callable[[], Costs],
        leave: Callable[[], Leaving],
    ) -> None:
        self._state, self._preferences = state, preferences
        self._privacy, self._store = privacy, store
        self._fallback, self._cloud, self._costs = fallback, cloud, costs
        self._leave = leave
        self._moments: dict[str, Situation] = {}  # by chat: who answered before
        self.tried = Signal("")  # the question of the dry run
        self.router = RouterProvider(self._fallback, self.look, self._ask)

    # -- what is asked ------------------------------------------------------------------------------------------------

    async def prepare(self, chat: Chat, turn: Turn) -> None:
        """Read what the decision about this reply needs. Raises StorageError."""
        if not self._costs().is_known():  # what other pages spend counts once a cloud is really asked
            await self._costs().look()
        if self._state.cloud():
            await self._cloud().look()
        above = chat.path[: chat.path.index(turn.id)] if turn.id in chat.path else chat.path
        turns = await self._store.turns(above[-2 * MOST_SMALL_TALK :])
        before = next((item for item in reversed(turns) if item.role == "assistant" and not _is_small(item)), None)
        self._moments[chat.id] = _after(before)

    def look(self, request: Request) -> tuple[Situation, Sequence[Candidate]]:
        """The moment of a request, and who could answer it."""
        choice = self._state.settings().features.get(request.feature)
        share = self._state.settings().share if choice is None or choice.share is None else choice.share
        situation = replace(
            self._moments.get(request.chat_id, Situation()),
            is_offline=self._state.is_offline() or self._state.offline().is_on,
            is_private=request.stays_here or self._privacy.is_private(request.belongs_to),
            leave=self._may_leave(request),
            policy_share=share,
            adjustment=adjustment_from(self._state.settings().learned).shift,
            keeps_quick=self._state.settings().keeps_quick,
            falls_back=self._state.settings().falls_back,
            budget_left_micros=self._budget_left(),
            reply_tokens=min(request.sampling.max_tokens, self._usual_reply()),
        )
        prompt_tokens = read(situation, request).prompt_tokens
        return situation, self._candidates(prompt_tokens, situation.reply_tokens)

    def _may_leave(self, request: Request) -> Literal["yes", "ask", "no"]:
        """Whether the words of a request may leave; only a question of the person's own waits for them to say so."""
        id = request.belongs_to
        if not id or self._privacy.may_leave(id):
            return "yes"
        chat = self._state.chat_of(id) or self._state.chat()
        is_open = request.purpose is Purpose.QUESTION and not (chat.id == id and chat.leave == "no")
        return "ask" if is_open else "no"

    async def _ask(self, request: Request, model: Model) -> bool:
        return bool(await self._leave().ask(request.belongs_to, model))

    def preview(self, text: str) -> Decision | None:
        """Where a first question of a new chat would go; None for no words. Nothing is asked."""
        if not text.strip():
            return None
        request = Request((Message("user", text),), self._state.settings().sampling)
        situation, candidates = self.look(request)
        return decide(read(situation, request), candidates)

    @action("routing:dry-run", str)
    def dry_run(self, text: str) -> None:
        """Show where a question would go."""
        self.tried.set(text)

    def gap(self) -> float:
        """How much abler the ablest model of a cloud is than the ablest one here; what is usual without."""
        return gap_of(self.candidates())

    def candidates(self) -> list[Candidate]:
        """Who could answer a short question."""
        return self._candidates(0, USUAL_REPLY_TOKENS)

    def stayed(self, chat: Chat, turn: Turn) -> Stayed:
        """Why a reply of this device could not have come from a cloud, "" where it could."""
        if chat.is_private:
            return "private"
        if (self._state.chat_of(chat.id) or chat).leave == "no":
            return "local-only"
        decision = decision_of(turn)
        if decision is None:
            return ""
        if decision.is_fallback:
            return "fallback"
        return "local-only" if decision.threshold >= 1 or not any(one.is_cloud for one in decision.candidates) else ""

    # -- who could answer ---------------------------------------------------------------------------------------------

    def _candidates(self, prompt_tokens: int, reply_tokens: int) -> list[Candidate]:
        speeds = self._state.speeds()
        here = [self._in_browser(row.model, speeds) for row in _here(self._state.shelf.chat_rows)]
        down: TextOrWords = "" if self._state.shelf.is_ollama_running else Text("routing.no_ollama")
        near = [self._elsewhere(model, speeds, down) for model in self._state.shelf.of("ollama")]
        far = [self._of_service(model, speeds, prompt_tokens, reply_tokens) for model in self._state.shelf.of("cloud")]
        return [*here, *near, *far]

    def _ability(self, model: Model) -> float | None:
        """One figure per model, the person's own word first."""
        settings = self._state.settings()
        return ability_of(model, settings.abilities, adjustment_from(settings.learned).of(model.id))

    def _in_browser(self, model: Model, speeds: Mapping[str, float]) -> Candidate:
        facts = self._state.facts()
        blocked = why_not(model, facts) if facts else ""
        return Candidate(model, "browser", speeds.get(model.id), self._ability(model), 0, blocked=blocked)

    def _elsewhere(self, model: Model, speeds: Mapping[str, float], down: TextOrWords) -> Candidate:
        micros = None if model.place is Place.CLOUD else 0  # what a server passes on may cost something there
        return Candidate(model, "ollama", speeds.get(model.id), self._ability(model), micros, blocked=down)

    def _of_service(
        self, model: Model, speeds: Mapping[str, float], prompt_tokens: int, reply_tokens: int
    ) -> Candidate:
        by = by_of(model.id)
        costs = self._costs()
        micros: int | None = 0
        if by.is_cloud:
            price, ratio = costs.price_of(model.id), costs.choices().ratio(by.service, by.model)
            micros = 0 if model.place is Place.NETWORK else None  # a server of one's own has no price
            if price is not None:
                micros = cost_of(price, Usage(ratio.apply(prompt_tokens), reply_tokens))
        cloud = self._cloud()
        blocked, is_barred = cloud.blocked(model.id), cloud.lacks_key(model.id)
        if not blocked and costs.asks_price(model.id):
            blocked = Text("routing.no_price")
        return Candidate(
            model, by.account, speeds.get(model.id), self._ability(model), micros, None, blocked, is_barred
        )

    def _budget_left(self) -> int | None:
        standing = self._costs().standing()
        limits = [
            spent.limit_micros - spent.micros
            for spent in (standing.day, standing.month)
            if spent.limit_micros is not None
        ]
        return min(limits, default=None)

    def _usual_reply(self) -> int:
        """Tokens that replies had lately."""
        entries = self._costs().entries()[-RECENT:]
        told = [entry.reply_tokens for entry in entries if entry.reply_tokens and entry.feature == CHAT]
        return max(1, round(sum(told) / len(told))) if told else USUAL_REPLY_TOKENS

    # -- what the person wants ----------------------------------------------------------------------------------------

    @action("routing:smart", bool)
    async def smart(self, is_on: bool) -> None:
        """Offer Automatic and let it answer, or take it away again."""
        settings = self._state.settings()
        if is_on:
            await self._preferences.change(is_smart=True, model_id=AUTOMATIC.id)
        else:
            model_id = "" if settings.model_id == AUTOMATIC.id else settings.model_id
            await self._preferences.change(is_smart=False, model_id=model_id)

    @action("routing:share", str)
    async def share(self, percent: str) -> None:
        """How much may go to a cloud, in percent of usual questions."""
        await self._preferences.change(share=percent_of(percent, self._state.settings().share))

    @action("routing:quick", bool)
    async def quick(self, is_on: bool) -> None:
        """Whether quick follow-ups go to the browser's model."""
        await self._preferences.change(keeps_quick=is_on)

    @action("routing:fallback", bool)
    async def fallback(self, is_on: bool) -> None:
        """Whether a model on this device answers where a cloud's cannot."""
        await self._preferences.change(falls_back=is_on)

    @action("routing:ability", Field)
    async def ability(self, field: Field) -> None:
        """The person's own word of how able a model is, in per cent; without a number it is taken back."""
        before = self._state.settings().abilities
        others = {id: value for id, value in before.items() if id != field.arg}
        own = percent_of(field.value, -1.0)
        await self._preferences.change(abilities=others if own < 0 else {**others, field.arg: own})

    @action("routing:reset")
    async def reset(self) -> None:
        """Forget what was learned from outcomes."""
        await self._preferences.change(learned={})

    async def learn(self, turn_id: str, outcome: Outcome) -> None:
        """Adjust the person's own policy and the ability of the model by the outcome of a reply that Automatic chose;
        others teach nothing."""
        [turn] = await self._store.turns([turn_id]) or [Turn("", "", "", "assistant", "")]
        decision = decision_of(turn)
        if decision is None or decision.winner is None:
            return
        winner, side = decision.winner, "cloud" if decision.winner.is_cloud else "local"
        learned = adjustment_from(self._state.settings().learned).learned(side, outcome)  # type: ignore[arg-type]
        learned = learned.told(winner.model.id, outcome)
        await self._preferences.change(learned=learned.as_record())


def _here(rows: Sequence[Row]) -> list[Row]:
    """The models that are here; where there is none, the bundled one, which is fetched first."""
    return [row for row in rows if row.is_ready] or [row for row in rows if row.model.is_bundled]


def decision_of(turn: Turn) -> Decision | None:
    """How Automatic decided about a reply; None where it did not, or where it cannot be read."""
    if turn.receipt is None:
        return None
    try:
        return decision_from(turn.receipt)
    except Damaged:
        return None


def _is_small(turn: Turn) -> bool:
    """Whether Automatic took the question for small talk."""
    decision = decision_of(turn)
    return decision is not None and decision.cause == "small-talk"


def _after(before: Turn | None) -> Situation:
    """What the reply before says about the next one."""
    if before is None or not before.model_id:
        return Situation()
    decision, account = decision_of(before), by_of(before.model_id).account
    is_cloud = before.place is Place.CLOUD
    topic = decision.topic if decision else 0.0
    near: Account = "ollama" if account == "cloud" else account  # a server of one's own network
    return Situation(last_place="cloud" if is_cloud else near, last_model=before.model_id, topic=topic)


def percent_of(text: str, otherwise: float) -> float:
    """A share from 0 to 1 of a text in percent."""
    try:
        return min(100, max(0, int(float(text)))) / 100
    except (ValueError, OverflowError):
        return otherwise
