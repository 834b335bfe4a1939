"""What a service's models have refused in this visit, so that nobody is refused the same twice.

    learned = Learned(openai)
    body = learned.applied("gpt-5-mini", body)
    fewer = learned.mended("gpt-5-mini", body, error)       # None: nothing can be mended

A setting that a model does not take is left out, or goes by its other name. Where the reply may not be as long as was
asked for, only the number is wrong: it is lowered.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import BadRequest
from app.core.reading import part
from app.core.texts import Text
from app.core.too_long import most_reply
from app.models.cloud.messages import Dialect
from app.models.cloud.refusals import refused_setting

MOST_MENDED = 3  # settings that a model may refuse, one after the other
LENGTHS = ("max_tokens", "max_completion_tokens", "maxOutputTokens")
SHORTER = Text("cloud.shorter_cure")


class Learned:
    """`dialect` is the module that knows which settings can be left out."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._refused: dict[str, set[str]] = {}
        self._most: dict[str, int] = {}

    def applied(self, model: str, body: dict[str, object]) -> dict[str, object]:
        """The request as this model takes it, as far as is known."""
        for setting in self._refused.get(model, ()):
            body = self._dialect.without(body, setting) or body
        most = self._most.get(model, 0)
        return shorter(body, most) if 0 < most < asked_length(body) else body

    def mended(self, model: str, body: dict[str, object], error: BadRequest) -> dict[str, object] | None:
        """The request without what the model refuses, None where the refusal is not about a setting. Raises BadRequest
        where the reply has to be shorter and nobody says how short."""
        asked = asked_length(body)
        most = most_reply(error.detail, asked) if asked else None
        if most is None:
            return self._without(model, body, error)
        if not 0 < most < asked:
            words = Text("cloud.shorter")
            longer = BadRequest(words, SHORTER, setting=error.setting, detail=error.detail)
            raise longer.mended_in("settings/chat") from error
        self._most[model] = most
        return shorter(body, most)

    def _without(self, model: str, body: Mapping[str, object], error: BadRequest) -> dict[str, object] | None:
        refused = self._refused.setdefault(model, set())
        setting = refused_setting(error, self._dialect.LEAVES_OUT)
        if not setting or setting in refused or len(refused) >= MOST_MENDED:
            return None
        fewer = self._dialect.without(body, setting)
        if fewer is not None:
            refused.add(setting)
        return fewer


def asked_length(body: Mapping[str, object]) -> int:
    """The longest reply that a request allows, 0 where it does not limit it."""
    settings = part(body.get("generationConfig")) or body
    lengths = (settings.get(name) for name in LENGTHS)
    return next((length for length in lengths if isinstance(length, int) and length), 0)


def shorter(body: Mapping[str, object], most: int) -> dict[str, object]:
    """The request with a shorter reply."""
    if settings := part(body.get("generationConfig")):
        return {**body, "generationConfig": shorter(settings, most)}
    return {key: most if key in LENGTHS else value for key, value in body.items()}
