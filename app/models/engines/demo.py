"""The engine of `?demo`, which needs no model: it measures the page in the benchmarks, too.

engine = DemoEngine(tokens=2000, rate=100)                  # Markdown, 100 tokens a second
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

from app.core.errors import NotSupported
from app.core.ports import TellPhase
from app.core.texts import Text
from app.core.values import Counted, Delta, EngineName, EngineSettings, Message, Model, Thought, Used

DEMO_MODEL = Model(
    id="demo",
    name="Demo",
    format="gguf",
    context_length=32768,
    capabilities=("vision",),
    best_for=Text("answering.demo"),
)

DEMO_TEXT = """\
## Photosynthesis in one page

Plants turn **light**, water and carbon dioxide into sugar and oxygen. Two stages do the work:

1. The *light reactions* split water and store energy.
2. The *Calvin cycle* uses that energy to build sugar.

| Stage | Place | Needs | Gives |
|---|---|---|---|
| Light reactions | thylakoid | light, water | oxygen, ATP |
| Calvin cycle | stroma | carbon dioxide, ATP | sugar |

In one line: $6\\,CO_2 + 6\\,H_2O \\to C_6H_{12}O_6 + 6\\,O_2$. The energy of one photon is

$$E = h \\nu = \\frac{h c}{\\lambda}$$

A short program that counts photons:

```python
def photons(joules: float, metres: float) -> float:
    \"\"\"How many photons of a wavelength make up this energy.\"\"\"
    return joules * metres / (6.626e-34 * 2.998e8)
```

> Remember: the oxygen comes from the water, not from the carbon dioxide.

- Chlorophyll takes in red and blue light.
- Green light is mostly sent back, so leaves look green.

"""


def demo_tokens(count: int) -> list[str]:
    """`count` pieces of Markdown, about a word each, the page repeated as often as needed."""
    pieces = re.findall(r"\s*\S{1,12}|\s+$", DEMO_TEXT)
    return [pieces[number % len(pieces)] for number in range(count)]


#: how a passage stands before a question (app.study.grounding): its number and place, then its words
_PASSAGE = re.compile(r"^\[1\] [^\n]*\n\s*(\S[^.!?]{20,300})[.!?]", re.MULTILINE)


def cited(messages: Sequence[Message]) -> str:
    """The first sentence of the first passage that stands before the question, with its number; "" where none does."""
    found = _PASSAGE.search(messages[-1].content) if messages else None
    return f"{' '.join(found[1].split())} [1].\n\n" if found else ""


class DemoEngine:
    """Streams scripted Markdown: `tokens` pieces at `rate` a second (0: without a pause). Of passages it is given it
    cites the first one."""

    name: EngineName = "wllama"
    needs_template = False
    restarts_after_stop = False
    used: Used | None = None

    def __init__(
        self, tokens: int = 300, rate: float = 30.0, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._tokens = tokens
        self._rate = rate
        self._sleep = sleep
        self._counts: Counted | None = None

    @property
    def last_counts(self) -> Counted | None:
        """Words in, pieces out."""
        return self._counts

    async def load(self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase) -> None:
        """Nothing to load."""

    async def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """The scripted page, at the rate on average: late pieces are made up for, as a real engine would."""
        self._counts = None
        loop = asyncio.get_running_loop()
        start, sent = loop.time(), 0
        if words := cited(messages):
            yield Delta(words)
        for piece in demo_tokens(min(self._tokens, settings.sampling.max_tokens)):
            if self._rate:
                await self._sleep(max(0.0, start + (sent + 1) / self._rate - loop.time()))
            sent += 1
            yield Delta(piece)
        self._counts = Counted(sum(len(message.content.split()) for message in messages), sent)

    async def embed(self, texts: Sequence[str]) -> tuple[list[list[float]], int]:
        """The demo makes no vectors. Raises NotSupported."""
        raise NotSupported()

    async def rank(self, query: str, texts: Sequence[str]) -> list[float]:
        """The demo ranks nothing. Raises NotSupported."""
        raise NotSupported()

    async def count_tokens(self, text: str) -> int | None:
        """Words."""
        return len(text.split())

    async def unload(self) -> None:
        """Nothing to free."""
