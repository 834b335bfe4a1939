"""What forbids a model before anything is weighed: the person's own word first, then what cannot work.

    gated(candidate, situation).blocked      # "This chat is private, so nothing of it leaves this device."

The order is fixed: Offline Mode, private chat, preference and policy, budget, context length, pictures. A reason that
the caller has filled in already (no key, a pause) stands after what the person has forbidden.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.texts import Text, Tokens
from app.models.answering.context import reply_budget
from app.models.routing.decision import Candidate, Situation


def gated(candidate: Candidate, situation: Situation) -> Candidate:
    """The candidate with the first reason that forbids it, or as it is."""
    if candidate.is_away:
        if reason := _out_of_reach(situation):
            return replace(candidate, blocked=reason, is_barred=True)
        if reason := _unwanted(situation):
            return replace(candidate, blocked=reason, is_barred=False)
    if candidate.blocked:
        return candidate
    reason = _too_dear(candidate, situation) if candidate.is_cloud else None
    reason = reason or _unfit(candidate, situation)
    return replace(candidate, blocked=reason) if reason else candidate


def _out_of_reach(situation: Situation) -> Text | None:
    """What one tap does not get round."""
    if situation.is_offline:
        return Text("routing.offline")
    return Text("routing.private") if situation.is_private else None


def _unwanted(situation: Situation) -> Text | None:
    """What the person has said of questions in general: a tap is a word of theirs about this one."""
    if situation.leave == "no":
        return Text("routing.kept_here")
    if situation.preference == "local":
        return Text("routing.kept_local")
    if situation.preference == "automatic" and situation.policy_share <= 0:
        return Text("routing.policy")
    return None


def _too_dear(candidate: Candidate, situation: Situation) -> Text | None:
    left = situation.budget_left_micros
    if left is None:
        return None
    if left <= 0:
        return Text("routing.budget_used")
    cost = candidate.cost_usd_micros
    return Text("routing.over_budget") if cost is not None and cost > left else None


def _unfit(candidate: Candidate, situation: Situation) -> Text | None:
    limit = candidate.model.context_length
    if limit and situation.fixed_tokens + reply_budget(limit, situation.reply_tokens) > limit:
        return Text("routing.too_long", tokens=Tokens(limit))
    if situation.has_images and not candidate.model.can_see:
        return Text("routing.no_pictures")
    return None
