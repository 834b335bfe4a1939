"""The Hub as it is asked: a search, the files of a repository at one revision, and a model out of them.

    hub = Hub(web)
    page = await hub.search("qwen3")                     # repositories with files that a browser can run
    opened = await hub.open(HubPlace("Qwen/Qwen3-0.6B-GGUF"))
    hub.model(opened, opened.offers[0])                  # its address names the commit, its hash is the Hub's own

A branch moves, so the commit is read first; the list of files, their hashes and every address are that commit's. What
is public is asked for without a token: a request with one wants a preflight first, and nobody needs it for a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from app.core.errors import BadAnswer, Interrupted
from app.core.places import Purpose
from app.core.ports import Reply
from app.core.reading import part, read_json
from app.core.texts import Text
from app.core.values import Model, ModelFile, Source
from app.models.formats.facts import RAM_PER_BYTE
from app.models.hub.answers import HubFile, Repository, files, next_page, repositories, repository
from app.models.hub.offers import PROJECTOR, HubOffer, offers
from app.models.hub.place import MAIN, HubPlace
from app.models.hub.refusals import busy, no_file, refusal
from app.models.store.downloads import Web
from app.models.store.listing import short
from app.models.store.refusals import token_refused, unreachable
from app.models.store.stored import made_of

BASE = "https://huggingface.co"
#: What a browser can run is found by tags: llama.cpp's format, LiteRT-LM's library, and Google's own publisher of files
#: for LiteRT and MediaPipe. Filters narrow each other (huggingface_hub, hf_api.py: list_models), so each asks alone.
KINDS: tuple[Mapping[str, str], ...] = (
    {"filter": "gguf"},
    {"filter": "litert-lm"},
    {"author": "litert-community"},
)
WANTED = ("downloads", "gated", "likes", "tags")  # only these come with a row
PAGE = 20  # repositories a question
MOST_BYTES = 8_000_000  # of an answer
MOST_PAGES = 20  # of a list of files


@dataclass(frozen=True, slots=True)
class HubPage:
    """What a search has found so far, most downloaded first, and the addresses where it goes on."""

    repositories: tuple[Repository, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A repository with its models, all as they are at the commit `repository.revision`."""

    repository: Repository
    offers: tuple[HubOffer, ...] = ()

    @property
    def projector(self) -> HubOffer | None:
        """The part that sees, of several the smallest; rather one in F16 than in BF16, which processors are slow at."""
        found = [one for one in self.offers if one.is_projector and one.is_whole]
        return min(found, key=lambda one: (one.size_bytes, one.quantisation == "BF16"), default=None)

    def offer(self, path: str) -> HubOffer | None:
        """The model that a file belongs to."""
        return next((one for one in self.offers if path in (file.path for file in one.files)), None)


class Hub:
    """The Hub at `base`. Everything raises OfflineModeOn, Interrupted, Refused or BadAnswer, in words."""

    def __init__(self, web: Web, base: str = BASE) -> None:
        self._web, self.base = web, base

    async def search(self, words: str) -> HubPage:
        """The first repositories whose names hold these words."""
        asked = [("sort", "downloads"), ("limit", str(PAGE)), *(("expand", one) for one in WANTED)]
        urls = (f"{self.base}/api/models?{urlencode([('search', words), *kind.items(), *asked])}" for kind in KINDS)
        return await self._read(HubPage(more=tuple(urls)))

    async def more(self, page: HubPage) -> HubPage:
        """The same with the next ones."""
        return await self._read(page)

    async def _read(self, page: HubPage) -> HubPage:
        found, more = {one.id: one for one in page.repositories}, list[str]()
        for url in page.more:
            answer, following = await self._json(url)
            found = {one.id: one for one in repositories(answer)} | found
            more += [following] if following else []
        ranked = sorted(found.values(), key=lambda one: (-one.downloads, one.id))
        return HubPage(tuple(ranked), tuple(more))

    async def open(self, place: HubPlace) -> Opened:
        """A repository as it is now, or at the revision that was named. A file that was named comes first."""
        name = f"{self.base}/api/models/{place.repository}"
        at = "" if place.revision == MAIN else f"/revision/{quote(place.revision, safe='')}"
        told = urlencode([("expand", one) for one in ("sha", *WANTED)])
        answer, _ = await self._json(f"{name}{at}?{told}", place)
        found = repository(part(answer))
        if found is None or not found.revision:
            raise BadAnswer(Text("hub.odd_answer"), Text("hub.odd_answer_cure"))
        listed, url = list[HubFile](), f"{name}/tree/{found.revision}?recursive=true"
        for _page in range(MOST_PAGES):
            tree, url = await self._json(url, place)
            listed += files(tree)
            if not url:
                break
        opened = Opened(found, offers(listed))
        first = opened.offer(place.path)
        return replace(opened, offers=tuple(sorted(opened.offers, key=lambda one: one != first)))

    async def model_at(self, place: HubPlace) -> Model:
        """The model that one file is, with its hash. Raises Refused where the repository has no such model."""
        opened = await self.open(place)
        offer = opened.offer(place.path)
        if offer is None:
            raise no_file(place)
        return self.model(opened, offer)

    def model(self, opened: Opened, offer: HubOffer, *, sees: bool = False) -> Model:
        """An offer as a model that can be added: pinned to the commit, and told what its bytes must be. `sees` joins
        the repository's part that sees to it, where both are for llama.cpp."""
        repository, eyes = opened.repository, opened.projector if sees and offer.can_see_with_more else None
        parts = [self._file(repository, one) for one in offer.files]
        parts += [replace(self._file(repository, one), role="projector") for one in (eyes.files if eyes else ())]
        model = Model(
            f"url-{short(' '.join(one.sources[0].url for one in parts))}",
            f"{offer.name} + {PROJECTOR}" if eyes else offer.name,
            ram_bytes=sum(one.size_bytes for one in parts) * RAM_PER_BYTE,
            license=repository.licence,
            license_url=f"{self.base}/{repository.id}" if repository.licence else "",
            best_for=Text("hub.from", repository=repository.id),
        )
        return made_of(model, parts)

    def _file(self, repository: Repository, file: HubFile) -> ModelFile:
        url = f"{self.base}/{repository.id}/resolve/{repository.revision}/{quote(file.path)}"
        return ModelFile((Source(url),), file.size_bytes, file.sha256)

    # -- one request

    async def _json(self, url: str, place: HubPlace | None = None) -> tuple[object, str]:
        """An answer, and where its list goes on ("": nowhere; never at another host's)."""
        reply = await self._ask(url)
        try:
            if reply.status != 200:
                raise refusal(reply, url, place)
            body = await self._web.small_body(reply, MOST_BYTES)
        finally:
            reply.close()
        try:
            answer = read_json(body)
        except ValueError as error:
            raise BadAnswer(Text("hub.odd_answer"), Text("hub.odd_answer_cure"), detail=repr(body[:500])) from error
        following = next_page(reply.headers.get("link", ""))
        return answer, following if following.startswith(f"{self.base}/api/models") else ""

    async def _ask(self, url: str) -> Reply:
        """A request without the person's token; with it where the Hub wants to know who asks and there is one."""
        try:
            reply = await self._web.ask(url, Purpose.HUB, with_token=False)
        except Interrupted as error:
            raise unreachable(url, error.detail or str(error)) from error
        if reply.status == 429:
            reply.close()
            raise busy()
        if reply.status not in (401, 403) or not self._web.headers_for(url):
            return reply
        reply.close()
        try:
            return await self._web.ask(url, Purpose.HUB)
        except Interrupted as error:  # the one without a token has just been answered
            raise token_refused(url, error.detail) from error
