"""The slider's shares, written by `python -m tests.routing.shares` on 2026-11-29.

By 1125 messages that begin a talk or a turn of it: MT-Bench's first questions (in RouteLLM 0b64fda) and
those of MT-Bench-101 (bc18b3e), all in English. A person's own questions differ, so "about".
"""

from __future__ import annotations

#: share of questions above, and the worth that divides them; from 0 to all, falling
SHARES: tuple[tuple[float, float], ...] = (
    (0.0, 1.0),
    (0.01, 0.7959),
    (0.02, 0.7515),
    (0.05, 0.6324),
    (0.1, 0.538),
    (0.15, 0.4957),
    (0.2, 0.4778),
    (0.25, 0.4614),
    (0.3, 0.4486),
    (0.35, 0.439),
    (0.4, 0.4278),
    (0.45, 0.4194),
    (0.5, 0.4098),
    (0.55, 0.4016),
    (0.6, 0.3922),
    (0.65, 0.3814),
    (0.7, 0.3701),
    (0.75, 0.3514),
    (0.8, 0.3086),
    (0.85, 0.2632),
    (0.9, 0.2411),
    (0.95, 0.2203),
    (0.98, 0.2076),
    (0.99, 0.2008),
    (1.0, 0.0),
)
