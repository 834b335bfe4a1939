"""What happens in an open page: the signals, and a class for each group of actions. The only place where state changes.

    session = Session(visit=..., records=..., manager=..., engines=..., page=...)      # app.compose does it
    await session.start("#/chat")
    session.act("chat:send", "Hello!")          # the action of that name; what the page reports
    session.state.turns()                       # pages read the signals

What is long runs as a job: `reply:<chat>`, `model:<id>`.
"""

from app.session.session import Session

__all__ = ["Session"]
