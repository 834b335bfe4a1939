"""The slider's shares, written by `python -m tests.routing.shares` on 2026-11-29.

By 1125 messages that begin a talk or a turn of it: MT-Bench's first questions (in RouteLLM 0b64fda) and those
of MT-Bench-101 (bc18b3e), all in English. A person's own questions differ, so "about".
"""

from __future__ import annotations

#: share of questions above, and the worth that divides them; from 0 to all, falling
SHARES: tuple[tuple[float, float], ...] = (
    (0.0, 1.0),
    (0.01, 0.8293),
    (0.02, 0.7565),
    (0.05, 0.6638),
    (0.1, 0.5917),
    (0.15, 0.5482),
    (0.2, 0.5251),
    (0.25, 0.5047),
    (0.3, 0.4833),
    (0.35, 0.4679),
    (0.4, 0.4568),
    (0.45, 0.4453),
    (0.5, 0.4349),
    (0.55, 0.4244),
    (0.6, 0.413),
    (0.65, 0.3992),
    (0.7, 0.3838),
    (0.75, 0.3571),
    (0.8, 0.3241),
    (0.85, 0.2816),
    (0.9, 0.252),
    (0.95, 0.2323),
    (0.98, 0.2145),
    (0.99, 0.1948),
    (1.0, 0.0),
)
