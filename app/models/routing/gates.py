"""What forbids a model before anything is weighed: the person's own word first, then what cannot work.

    gated(candidate, situation).blocked      # "This chat is private, so nothing of it leaves this device."

The order is fixed: Offline Mode, private chat, preference and policy, budget, context length, pictures. A reason that
the caller has filled in already (no key, a pause) stands after what the person has forbidden.
"""

from __future__ import annotations

from dataclasses import replace

from app.models.answering.context import reply_budget
from app.models.routing.decision import Candidate, Situation


def gated(candidate: Candidate, situation: Situation) -> Candidate:
    """The candidate with the first reason that forbids it, or as it is."""
    if candidate.is_away and (reason := _out_of_reach(situation)):
        return replace(candidate, blocked=reason, is_barred=True)
    if candidate.is_away and (reason := _unwanted(situation)):
        return replace(candidate, blocked=reason, is_barred=False)
    if candidate.blocked:
        return candidate
    reason = _too_dear(candidate, situation) if candidate.is_away else ""
    return replace(candidate, blocked=reason or _unfit(candidate, situation))


def _out_of_reach(situation: Situation) -> str:
    """What one tap does not get round."""
    if situation.is_offline:
        return "There is no network, or Offline Mode is on."
    return "This chat is private, so nothing of it leaves this device." if situation.is_private else ""


def _unwanted(situation: Situation) -> str:
    """What the person has said of questions in general: a tap is a word of theirs about this one."""
    if situation.leave == "no":
        return "You have kept this chat on this device."
    if situation.preference == "local":
        return "You have kept this to models on this device."
    if situation.preference == "automatic" and situation.policy_share <= 0:
        return "Your policy sends nothing to a cloud."
    return ""


def _too_dear(candidate: Candidate, situation: Situation) -> str:
    left = situation.budget_left_micros
    if left is None:
        return ""
    if left <= 0:
        return "Your budget is used up."
    cost = candidate.cost_usd_micros
    return "This reply would go over your budget." if cost is not None and cost > left else ""


def _unfit(candidate: Candidate, situation: Situation) -> str:
    limit = candidate.model.context_length
    if limit and situation.fixed_tokens + reply_budget(limit, situation.reply_tokens) > limit:
        return f"The message is too long for it: it reads at most {limit:,} tokens."
    if situation.has_images and not candidate.model.can_see:
        return "It cannot see pictures."
    return ""
