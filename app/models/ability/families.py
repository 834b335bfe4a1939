"""Known families of models: what their publishers, or others, have measured, as one dated table.

    known("gpt-5-mini-2025-08-07")          # Known(83.7, "Qwen3.5 model cards")
    known("openai/gpt-5.4")                 # Known(87.4, …, is_kin=True): of the last version before it with a figure
    known("my-own-finetune")                # None

Points are MMLU-Pro in per cent, as `quality` has them; asked without thinking where the source tells both.
Two figures for one model: the publisher's own first. Where a service has only a rating in the Arena, its points lie
between those of its neighbours there: above 80 points the Arena tells strong models apart better, and small ones are
not in it. `READ` is when the sources were read.

A later version of a line that nobody has measured yet counts as the last one measured; an earlier one less than the
first (`GENERATION`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

READ = "2026-11-28"
QWEN = "Qwen3.5 model cards"
DEEPSEEK = "DeepSeek-V3.2 report"
PHI = "Phi-4-mini model card"
GEMMA = "Gemma 3 report"
GEMMA_4 = "Hugging Face's article on Gemma 4"
LFM = "LFM2.5-1.2B model card"
LFM_POST = "Liquid AI's post on LFM2.5-230M"
BOARD = "self-reported, in JonathanChavezTamales/llm-leaderboard (revision 24a9ccf7)"
REPORTED = "yiyuanli939/LLM-Benchmark-Reported-Data (revision b445e7f5)"
ARENA = "Arena text leaderboard of 2025-12-17, in lmarena/arena-catalog (revision c9558b60)"
#: what one version earlier than the first measured takes away, in points
GENERATION = 15.0


@dataclass(frozen=True, slots=True)
class Known:
    """Points and whose figure it is. `is_kin`: it is of another version of the same line."""

    points: float
    source: str
    is_kin: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Versions of one kind of model, from old to new. `name` finds it in a name and its version as the first group that
    is there, "4-5" as "4.5"; the version alone is the key."""

    name: re.Pattern[str]
    versions: tuple[tuple[float, float, str], ...]


#: models found in both: their rating in the Arena, and their points
RATED = ((1354, 77.6), (1375, 83.7), (1407, 87.5), (1427, 88.2), (1446, 89.5), (1487, 89.8))


def by_rating(rating: float) -> float:
    """Points of a rating, on straight lines between the neighbours."""
    low, high = next(((a, b) for a, b in pairwise(RATED) if rating <= b[0]), RATED[-2:])
    return round(low[1] + (rating - low[0]) / (high[0] - low[0]) * (high[1] - low[1]), 1)


def _named(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){pattern}(?![a-z0-9.])")


#: single models, the more exact name first
MODELS: tuple[tuple[re.Pattern[str], float, str], ...] = (
    (_named(r"granite-?4\.0-(?:h-)?350m"), 12.8, LFM_POST),
    (_named(r"granite-?4\.0-(?:h-)?1b"), 33.5, LFM),
    (_named(r"granite-?4\.0-micro"), 44.5, REPORTED),
    (_named(r"gemma-?3-1b"), 14.7, GEMMA),
    (_named(r"gemma-?3-4b"), 43.6, GEMMA),
    (_named(r"gemma-?3n-e2b"), 40.5, BOARD),
    (_named(r"gemma-?3n-e4b"), 50.6, BOARD),
    (_named(r"gemma-?4-e2b"), 60.0, GEMMA_4),
    (_named(r"gemma-?4-e4b"), 69.4, GEMMA_4),
    (_named(r"lfm2\.5-350m"), 20.0, LFM_POST),
    (_named(r"lfm2\.5-1\.2b"), 44.4, LFM),
    (_named(r"llama-?3\.2-1b"), 20.8, LFM),
    (_named(r"llama-?3\.2-3b"), 39.2, PHI),
    (_named(r"qwen-?3\.5-0\.8b"), 29.7, QWEN),
    (_named(r"qwen-?3\.5-2b"), 55.3, QWEN),
    (_named(r"qwen-?3\.5-4b"), 79.1, QWEN),
    (_named(r"qwen-?3-1\.7b"), 40.2, QWEN),
    (_named(r"qwen-?3-4b(?:-instruct)?-2507"), 69.6, QWEN),
    (_named(r"phi-?4-mini"), 52.8, PHI),
)
#: (?:-latest) and dates may follow; "mini" and "nano" are lines of their own
_SMALLER = r"(?!.*(?:mini|nano|lite|codex-mini))"
LINES: tuple[Line, ...] = (
    Line(
        re.compile(rf"(?<![a-z0-9])(?:chat)?gpt-?(\d(?:\.\d)?)o?(?![a-z0-9.]){_SMALLER}"),
        ((4.0, 74.7, BOARD), (5.0, 87.5, DEEPSEEK), (5.2, 87.4, QWEN)),
    ),
    Line(re.compile(r"(?<![a-z0-9])gpt-?(\d(?:\.\d)?)o?-mini"), ((4.0, 62.8, PHI), (5.0, 83.7, QWEN))),
    Line(
        re.compile(r"claude-(?:haiku-(\d(?:[.-]\d)?)|(\d(?:[.-]\d)?)-haiku)(?!\d)"),
        ((3.5, 65.0, BOARD), (4.5, by_rating(1384), ARENA)),
    ),
    Line(
        re.compile(r"claude-(?:sonnet-(\d(?:[.-]\d)?)|(\d(?:[.-]\d)?)-sonnet)(?!\d)"),
        ((3.5, 77.6, BOARD), (4.5, 88.2, DEEPSEEK)),
    ),
    Line(re.compile(r"claude-(?:opus-(\d(?:[.-]\d)?)|(\d(?:[.-]\d)?)-opus)(?!\d)"), ((4.5, 89.5, QWEN),)),
    Line(
        re.compile(r"gemini-(\d(?:\.\d)?)-flash(?!-lite)"),
        ((2.0, 77.6, GEMMA), (2.5, by_rating(1415), ARENA)),
    ),
    Line(re.compile(r"gemini-(\d(?:\.\d)?)-pro"), ((2.5, by_rating(1465), ARENA), (3.0, 89.8, QWEN))),
)
_BETWEEN = re.compile(r"[^a-z0-9.]+")


@lru_cache(maxsize=1024)
def known(name: str) -> Known | None:
    """What is known of a model by its name, however it is spelled ("Gemma 3n E2B", "gemma3n:e2b"); None for nothing."""
    flat = _BETWEEN.sub("-", name.lower())
    for pattern, points, source in MODELS:
        if pattern.search(flat):
            return Known(points, source)
    for line in LINES:
        if found := line.name.search(flat):
            version = next(group for group in found.groups() if group)
            return _of(line, float(version.replace("-", ".")))
    return None


def _of(line: Line, version: float) -> Known:
    """The figure of a version, or of its kin."""
    first, points, source = line.versions[0]
    if version < first:
        return Known(round(points - GENERATION, 1), source, is_kin=True)
    at, points, source = next(one for one in reversed(line.versions) if one[0] <= version)
    found = Known(points, source)
    return found if at == version else replace(found, is_kin=True)
