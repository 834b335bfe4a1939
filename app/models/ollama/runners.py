"""What Ollama has in memory, which of its models that is, and how many tokens each one reads.

    runners.see(await client.running())
    runners.of("copy:latest")               # the row of /api/ps that is this model, None where it is not in memory
    runners.context_length("copy:latest")   # 8192; 0 where Ollama decides when it loads the model

Two names for the same weights share one runner, and /api/ps tells only the name that loaded it. So a row is a model's
by its name, by its digest, or because the model has just been used and nothing else in memory can be it.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.models.ollama.answers import Installed, Running
from app.models.ollama.library import is_cloud, name_key

# Real tokens for an estimated one, which is on the safe side (app.core.text.estimate_tokens): what is assumed where
# nothing was counted yet, about that of English, and the limits of what is believed. Some servers leave out of their
# count what they still had in their cache.
USUAL_SHARE = 2 / 3
SHARES = (0.5, 2.0)


class Runners:
    """One server's memory, as far as this page has seen it. `installed` is kept up to date by OllamaServer; `num_ctx`
    is what the person chose for each model, in tokens."""

    def __init__(self) -> None:
        self.installed: tuple[Installed, ...] = ()
        self.rows: tuple[Running, ...] = ()
        self.num_ctx: dict[str, int] = {}
        self._loaded_as: dict[str, str] = {}  # by model: the name that loaded the weights they share
        self._seen: dict[str, int] = {}  # by model: the context length it was last loaded with
        self._shares: dict[str, float] = {}  # by model: how many real tokens an estimated one is

    def forget(self) -> None:
        """Another server, or none."""
        self.installed = ()
        self._seen.clear()
        self.see(())

    def see(self, rows: Sequence[Running]) -> None:
        """This is in memory now."""
        self.rows = tuple(rows)
        here = {name_key(row.name) for row in rows}
        self._loaded_as = {model: name for model, name in self._loaded_as.items() if name in here}
        for row in rows:
            self._seen[name_key(row.name)] = row.context_length

    def of(self, name: str) -> Running | None:
        """The row of a model, None where it is not in memory as far as anybody can tell."""
        key = name_key(name)
        by_name = {name_key(row.name): row for row in self.rows}
        if found := by_name.get(key) or by_name.get(self._loaded_as.get(key, "")):
            return found
        known = self._installed(name)
        return next((row for row in self.rows if known and known.digest and row.digest == known.digest), None)

    def used(self, name: str) -> Running | None:
        """The row of a model that has just been loaded or has just answered, so that one of the rows must be it."""
        found = self.of(name) or self._likeliest(name)
        if found:
            self._loaded_as[name_key(name)] = name_key(found.name)
            self._seen[name_key(name)] = found.context_length
        return found

    def is_remote(self, name: str) -> bool:
        """Whether it runs on Ollama's own servers: such a model is never in this server's memory."""
        known = self._installed(name)
        return is_cloud(name) or bool(known and known.remote_host)

    def chosen(self, name: str) -> int:
        """Tokens that the person wants the model to read, 0 where they leave it to Ollama."""
        return self.num_ctx.get(name_key(name), 0)

    def choose(self, name: str, tokens: int) -> None:
        """Let the model read so many tokens from its next loading on; 0 leaves it to Ollama."""
        self.num_ctx.pop(name_key(name), None)
        self._seen.pop(name_key(name), None)
        if tokens > 0:
            self.num_ctx[name_key(name)] = tokens

    def context_length(self, name: str) -> int:
        """Tokens that the model reads: as it is loaded, else as chosen, else as it was loaded last; 0 if unknown."""
        row = self.of(name)
        return (row.context_length if row else 0) or self.chosen(name) or self._seen.get(name_key(name), 0)

    def counted(self, name: str, tokens: int, estimated: int) -> None:
        """The server has counted a prompt that was estimated."""
        if tokens and estimated:
            least, most = SHARES
            self._shares[name_key(name)] = min(max(tokens / estimated, least), most)

    def estimated(self, name: str, tokens: int) -> int:
        """So many real tokens as an estimate of the same text would have it."""
        return int(tokens / self._shares.get(name_key(name), USUAL_SHARE))

    def _installed(self, name: str) -> Installed | None:
        return next((one for one in self.installed if name_key(one.name) == name_key(name)), None)

    def _likeliest(self, name: str) -> Running | None:
        """A row of the same build; of several, the one that was used last. Else the only row that there is, unless it
        is known to be of another build."""
        if self.is_remote(name):
            return None
        known = self._installed(name)
        build = (known.family, known.parameter_size, known.quantization) if known else ("", "", "")
        same = [row for row in self.rows if any(build) and (row.family, row.parameter_size, row.quantization) == build]
        if same:
            return max(same, key=lambda row: row.expires_at)
        only = self.rows[0] if len(self.rows) == 1 else None
        return only if only and not (any(build) and only.family) else None
