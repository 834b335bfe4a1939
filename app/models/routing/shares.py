"""The slider's shares, written by `python -m tests.routing.shares` on 2026-11-29.

By 1125 messages that begin a talk or a turn of it: MT-Bench's first questions (in RouteLLM 0b64fda) and
those of MT-Bench-101 (bc18b3e), all in English. A person's own questions differ, so "about".
"""

from __future__ import annotations

#: share of questions above, and the worth that divides them; from 0 to all, falling
SHARES: tuple[tuple[float, float], ...] = (
    (0.0, 1.0),
    (0.01, 0.8046),
    (0.02, 0.7588),
    (0.05, 0.6264),
    (0.1, 0.5485),
    (0.15, 0.5091),
    (0.2, 0.4822),
    (0.25, 0.4644),
    (0.3, 0.4495),
    (0.35, 0.4334),
    (0.4, 0.4216),
    (0.45, 0.4095),
    (0.5, 0.3946),
    (0.55, 0.3843),
    (0.6, 0.3725),
    (0.65, 0.3604),
    (0.7, 0.3456),
    (0.75, 0.3238),
    (0.8, 0.2914),
    (0.85, 0.2584),
    (0.9, 0.224),
    (0.95, 0.1941),
    (0.98, 0.1851),
    (0.99, 0.1772),
    (1.0, 0.0),
)
