"""Why a server of the person's own does not answer this page: a browser says no more than that it failed.

    raise await explained(error, service, quiet)        # OriginRefused, Unreachable, or as it was

A question of the mode no-cors tells whether anybody is there at all; nothing of the answer can be read.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from app.core.errors import AppError, Interrupted, NoReply, OfflineModeOn, OriginRefused, Unreachable
from app.core.places import Purpose
from app.core.ports import Fetch
from app.models.cloud.services import Service
from app.net.addresses import distance, port_of

#: by the port that a program takes where nobody says otherwise: how it is told to let a page in
SWITCHES = {
    1234: "LM Studio: switch on “Enable CORS” in its server settings, or start it by: lms server start --cors",
    8000: "vLLM: start it with --allowed-origins '[\"*\"]'",
    8080: "llama.cpp lets pages in by itself, so another program may answer there, or a proxy before it",
    11434: "Ollama: set OLLAMA_ORIGINS, as the Models page shows it, and start it again",
}
ANY = "In LM Studio it is “Enable CORS”, in vLLM --allowed-origins, in Ollama OLLAMA_ORIGINS"


async def explained(error: AppError, service: Service, quiet: Fetch | None) -> AppError:
    """The error with its likeliest cause, where it is one of those that a browser keeps to itself."""
    if quiet is None or not service.is_own or type(error) not in (Unreachable, NoReply):
        return error
    parts = urlsplit(service.base_url)
    other = "http" if parts.scheme == "https" else "https"
    is_near = distance(service.base_url) != "public"
    if is_near and other == "http" and await _answers(quiet, f"http://{parts.netloc}/"):
        words = f"The server at {parts.netloc} speaks http, not https."
        return Unreachable(words, f"Write http://{parts.netloc} in its address.", detail=error.detail)
    if type(error) is NoReply:
        return error
    if await _answers(quiet, f"{parts.scheme}://{parts.netloc}/"):
        words = f"{service.name} runs, but does not let this page in (CORS)."
        return OriginRefused(words, f"{SWITCHES.get(port_of(service.base_url), ANY)}.", detail=error.detail)
    words = f"Nothing answers at {parts.netloc}."
    cure = "Start the server, or check its address and port in Settings."
    return Unreachable(words, cure, detail=error.detail).mended_in("settings")


async def _answers(quiet: Fetch, url: str) -> bool:
    try:
        (await quiet(url, purpose=Purpose.CLOUD_LIST, mode="no-cors")).close()
    except (Interrupted, OfflineModeOn):
        return False
    return True
