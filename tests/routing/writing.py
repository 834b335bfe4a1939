"""The text of the modules that a fit writes: the router's few numbers, its word stems, and the slider's shares."""

from __future__ import annotations

import datetime
import textwrap

from app.models.routing.learned import packed
from tests.routing.fitting import Linear
from tests.routing.mixing import Mixed

LINE = 112


def written(worth: Mixed, hard: Mixed, follow: Linear, source: str) -> str:
    """The text of the module of weights."""
    parts = [
        f'"""The router\'s few fitted numbers, written by `python -m tests.routing.fit` on {datetime.date.today()}.',
        "",
        source,
        "Not edited by hand. No set of questions pairs today's small local models with a current cloud model.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from app.models.routing.shape import Steps",
        "",
    ]
    for name, both in (("WORTH", worth), ("DIFFICULTY", hard)):
        parts += [f"{name}_MEAN = {both.stems.mean:.5f}"]
    for name, model in (("WORTH", worth.linear), ("DIFFICULTY", hard.linear), ("FOLLOW_UP", follow)):
        parts += [f"{name}_START = {model.start:.4f}", f"{name}: dict[str, float] = {{"]
        parts += [f'    "{feature}": {weight:.4f},' for feature, weight in model.weights.items()] + ["}"]
    parts += ["#: edges that a measure passes, and what each adds"]
    for name, both in (("WORTH", worth), ("DIFFICULTY", hard)):
        parts += [f"{name}_STEPS_MEAN = {both.stumps.mean:.5f}", f"{name}_STEPS: Steps = {{"]
        for measure, edges in both.stumps.steps.items():
            numbers = (f"        ({edge:.4f}, {amount:.4f})," for edge, amount in edges)
            parts += [f'    "{measure}": (', *numbers, "    ),"]
        parts += ["}"]
    return "\n".join(parts) + "\n"


def shares_written(table: list[tuple[float, float]], source: str) -> str:
    """The text of the module of shares."""
    parts = [
        f'"""The slider\'s shares, written by `python -m tests.routing.shares` on {datetime.date.today()}.',
        "",
        source,
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "#: share of questions above, and the worth that divides them; from 0 to all, falling",
        "SHARES: tuple[tuple[float, float], ...] = (",
        *(f"    {row}," for row in table),
        ")",
    ]
    return "\n".join(parts) + "\n"


def stems_written(worth: Mixed, hard: Mixed) -> str:
    """The text of the module of stems: one signed byte a stem and signal."""
    parts = [
        '"""Word stems, and what each adds to the signals; written by `python -m tests.routing.fit`. Not edited."""',
        "",
        "from __future__ import annotations",
        "",
        *_block("STEMS", " ".join(worth.stems.weights), " "),
    ]
    for name, both in (("WORTH", worth), ("DIFFICULTY", hard)):
        numbers, unit = packed(both.stems.weights)
        parts += [f"{name}_UNIT = {unit:.6f}", *_block(f"{name}_NUMBERS", numbers, "")]
    return "\n".join(parts) + "\n"


def _block(name: str, text: str, gap: str) -> list[str]:
    words = [text[i : i + LINE] for i in range(0, len(text), LINE)] if not gap else textwrap.wrap(text, LINE)
    return [f'{name} = """', *words, '"""']
