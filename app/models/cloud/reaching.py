"""Why a server of the person's own does not answer this page: a browser says no more than that it failed.

    raise await explained(error, service, quiet)        # OriginRefused, Unreachable, or as it was

A question of the mode no-cors tells whether anybody is there at all; nothing of the answer can be read.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from app.core.errors import AppError, Interrupted, NoReply, OfflineModeOn, OriginRefused, Unreachable
from app.core.places import Purpose
from app.core.ports import Fetch
from app.core.texts import Text
from app.models.cloud.services import Service
from app.net.addresses import distance, port_of

#: by the port that a program takes where nobody says otherwise: how it is told to let a page in
SWITCHES = {
    1234: Text("cloud.lm_studio"),
    8000: Text("cloud.vllm"),
    8080: Text("cloud.llama_cpp"),
    11434: Text("cloud.ollama_origins"),
}
ANY = Text("cloud.any_cors")


async def explained(error: AppError, service: Service, quiet: Fetch | None) -> AppError:
    """The error with its likeliest cause, where it is one of those that a browser keeps to itself."""
    if quiet is None or not service.is_own or type(error) not in (Unreachable, NoReply):
        return error
    parts = urlsplit(service.base_url)
    other = "http" if parts.scheme == "https" else "https"
    is_near = distance(service.base_url) != "public"
    if is_near and other == "http" and await _answers(quiet, f"http://{parts.netloc}/"):
        words = Text("cloud.http_not_https", netloc=parts.netloc)
        return Unreachable(words, Text("cloud.http_not_https_cure", netloc=parts.netloc), detail=error.detail)
    if type(error) is NoReply:
        return error
    if await _answers(quiet, f"{parts.scheme}://{parts.netloc}/"):
        words = Text("cloud.no_cors", name=service.name)
        cure = Text("cloud.program_cure", how=SWITCHES.get(port_of(service.base_url), ANY))
        return OriginRefused(words, cure, detail=error.detail)
    words = Text("cloud.nothing_answers", netloc=parts.netloc)
    cure = Text("cloud.nothing_answers_cure")
    return Unreachable(words, cure, detail=error.detail).mended_in("settings/connections")


async def _answers(quiet: Fetch, url: str) -> bool:
    try:
        (await quiet(url, purpose=Purpose.CLOUD_LIST, mode="no-cors")).close()
    except (Interrupted, OfflineModeOn):
        return False
    return True
