"""Whether a held conversation goes on with the next request, so that its cache can be used again.

new_turn((user, answer), (user, answer, question))      # question
new_turn((user, answer), (edited, question))            # None: begin anew
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.values import Message


def new_turn(held: Sequence[Message], messages: Sequence[Message]) -> Message | None:
    """The one message to send where `messages` is what is held and a new question, else None."""
    if not held or len(messages) != len(held) + 1 or messages[-1].role != "user":
        return None
    same = all(
        old.role == new.role and old.content.strip() == new.content.strip()
        for old, new in zip(held, messages[:-1], strict=True)
    )
    return messages[-1] if same else None
