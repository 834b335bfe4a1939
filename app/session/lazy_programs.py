"""The part of Session that runs programs, made at its first use as those in `app.session.lazy` are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.session.running import Running
    from app.session.session import Session


def programs(session: Session) -> Running:
    """Programs that are run."""
    from app.session.running import Running

    return Running(
        session.state,
        session.notices,
        session.replies,
        session.jobs,
        session.page,
        session.clock,
        session.make.web.blobs,
        session.words,
        session.make.sandbox,
    )
