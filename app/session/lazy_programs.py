"""The part of Session that runs programs, made at its first use as those in `app.session.lazy` are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.session.running import Running
    from app.session.session import Session


def programs(session: Session) -> Running:
    """Programs that are run."""
    from app.session.reaching import Reaching
    from app.session.running import Running

    sandbox, make = session.make.sandbox(), session.make
    reaching = Reaching(
        session.state,
        session.privacy,
        session.gate,
        session.jobs,
        session.clock,
        session.page,
        sandbox,
        make.origin,
        make.packages,
    )
    return Running(
        session.state,
        session.notices,
        session.replies,
        session.jobs,
        session.page,
        session.clock,
        make.web.blobs,
        session.words,
        sandbox,
        reaching,
        session.store,
    )
