"""Does a message go on with the talk, or start something new? Asked before a question may change its model.

    found = follow_up("Why?", "What is osmosis?", "Osmosis is …")
    found.score            # 0.95: 1 is surely a follow-up; 0.5 is where the two are equally likely
    found.why              # (Evidence("opens as a continuation (and, but, what about)", 2.233),)

Read are the message and the turn before it, by their words alone. A message that names nothing of its own, points back
("it", "the latter"), asks for a change ("shorter, please") or answers the model's question goes on; one that stands by
itself does not, even where it shares words with the turn before ("… on the Moon?" after "… on Earth?").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.core.texts import Text
from app.models.routing.evidence import Evidence, explain, squash
from app.models.routing.letters import DIGIT, holds, letters_of
from app.models.routing.plain import tidy
from app.models.routing.vocabulary import key
from app.models.routing.weights import FOLLOW_UP, FOLLOW_UP_START

#: every feature, and how a receipt names it
SAYS: dict[str, Text] = {
    "new-words": Text("routing.talk_new_words"),
    "pointing": Text("routing.talk_pointing"),
    "opening": Text("routing.talk_opening"),
    "editing": Text("routing.talk_editing"),
    "speaker": Text("routing.talk_speaker"),
    "doubt": Text("routing.talk_doubt"),
    "answer": Text("routing.talk_answer"),
    "parallel": Text("routing.talk_parallel"),
    "switch": Text("routing.talk_switch"),
    "stand-alone": Text("routing.talk_stand_alone"),
}
_STOP_WORDS = """
    a about above after again all also am an and any are as at be because been before being below best between both
    but by can could did do does doing don down during each even ever every few for from further get give good got
    had has have having he help her here hers him his how i if im in into is it its just know let like ll made make
    many may me might more most much must my need new no nor not now of off on once one only or other our out over
    own please re really s same see she should so some someone such sure t take tell than thank thanks that the
    their them then there these they thing things think this those through to too under up us use used using ve very
    want was way we well were what when where which while who why will with would yes you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_POINTING = """
    it its they them their theirs that this these those he him his she her hers same again such former latter
    previous earlier above there here then another else other others instead both either rest ones
"""
POINTING = frozenset(_POINTING.split())
PARTS = re.compile(r"[^\W\d_]+|[0-9]+")
ASCII_PARTS = re.compile("[A-Za-z]+|[0-9]+")
OPENING = re.compile(
    r"(?:and|but|so|also|then|or|because|why|how so|how come|what about|how about|what if|what else|ok|"
    r"okay|yes|yeah|yep|no|nope|not|thanks|thank you|great|good|perfect|nice|sure|right|hm+|oh|ah|wow|"
    r"actually|well|sounds|that|this|it|they|he|she|these|those|in that case|for example|such as|"
    r"regarding|concerning|considering|given|referring|with regards?|as for|in the|from the|of the|among|"
    r"i see|i understand|i mean|i meant|exactly|continue|go on|more|again|another|now|next|finally|"
    r"alternatively|instead|still)\b"
)
EDITING = re.compile(
    r"\b(?:re ?write|re ?phrase|re ?word|re ?format|re ?do|reformulate|shorten|shorter|longer|condense|"
    r"simplif|simpler|summari[sz]e|translate|expand|elaborate|clarify|continue|bullet|bulleted|numbered|"
    r"table format|tone|more formal|casual|concise|more detail|in detail|in the (?:form|style|format) of|"
    r"as if|format|version|turn (?:it|this|that)|convert|make (?:it|this|that)|add (?:it|a|an|some|more)|"
    r"remove|change|include|incorporate|present (?:it|this|that)|another (?:one|way|example)|example|"
    r"layman|metaphor|analogy|script|tweet|poem|headline)"
)
#: an "it" or "that" that points at nothing
EMPTY = re.compile(
    r"\b(?:(?:does|did|will|would) it (?:take|mean)|(?:is|was|be) it (?:true|possible|legal|safe|better)|so that|"
    r"there (?:is|are|was|were|be|exists?)|(?:prove|show|demonstrate|suppose|assume|given|true|such|fact|believe|think|"
    r"know|say|sure) that)\b"
)
SPEAKER = re.compile(
    r"\b(?:you(?:'ve| have)? (?:just )?(?:mention|said|say|describ|suggest|provid|gave|refer|explain|list|"
    r"recommend|told|talk|discuss|state|wrote|call)|your (?:answer|reply|response|explanation|list|advice|"
    r"suggestion|last|previous|first|statement|example|recommendation|point|description)|mentioned|"
    r"earlier|previous(?:ly)?|aforementioned|this (?:information|process|method|approach|case|concept|"
    r"type)|(?:that|same|these) (?:information|answer|advice|explanation|details|facts|tips|points|steps|"
    r"script|summary|list))"
)
#: without one of these the pattern is not there
SPEAKER_HAS = ("you", "this ", "that ", "same ", "these ", "mentioned", "earlier", "previous")
DOUBT = re.compile(
    r"\b(?:are you (?:sure|certain|positive)|i (?:thought|think|heard|read|believe|don'?t think|disagree)|"
    r"isn'?t|doesn'?t|wasn'?t|aren'?t|didn'?t|hasn'?t|haven'?t|wrong|incorrect|mistake|not (?:right|"
    r"correct|true|accurate)|confus|inaccurate|misleading|outdated|check)"
)
SWITCH = re.compile(
    r"\b(?:(?:switch|chang)(?:ing|e)? (?:the )?(?:topic|subject|gear)|by the way|btw|before i forget|"
    r"speaking of|on (?:a|an(?:other)?) (?:\w+ )?(?:note|topic|subject)|(?:different|new|another|"
    r"unrelated|random) (?:topic|subject|matter|question)|i(?:'ve| have) been (?:wondering|thinking|"
    r"meaning)|unrelated|off[- ]topic|something else|do you know|when people)"
)
_SWITCH_HAS = (
    "topic|subject|gear|note|matter|question|been |by the way|btw|before i forget|speaking of|unrelated|"
    "something else|do you know|when people"
)
SWITCH_HAS = tuple(_SWITCH_HAS.split("|"))
ALONE = re.compile(
    r"(?:what(?:'s| is| are| was| were)? (?:the|a|an|some)\b|who(?:'s| is| are| was| were| \w+ed)?\b|"
    r"(?:can|could) (?:you )?(?:tell|recommend|suggest|help|explain|describe|recount|give|teach)\b|(?:can|"
    r"could) (?:a|an|the|i|we)\b|how (?:do|does|did|can|to|many|much|long|far|old|often|is|are)\b|"
    r"(?:is|are|do|does|did) (?:a|an|"
    r"the|there|i|we)\b|if |i (?:need|want|have|am|recently)\b|i'm (?:looking|trying|planning)\b|"
    r"when (?:did|do|does|is|was|were)\b|where\b|which\b|explain\b|write\b|describe\b|tell me\b|list\b|"
    r"name\b|create\b|design\b|why (?:do|does|is|are|did)\b)"
)


#: where a message says what it is to the talk
HEAD_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How surely a message goes on with the talk, 0 to 1, and what tells so, the strongest first."""

    score: float
    why: tuple[Evidence, ...] = ()


def follow_up(text: str, previous_user: str, previous_reply: str) -> FollowUp:
    """Whether `text` goes on with the turn before. Without a turn before, nothing does: score 0."""
    if not previous_user.strip() or not text.strip():
        return FollowUp(0.0)
    seen = features(text, previous_user, previous_reply)
    why, total = explain(seen, FOLLOW_UP, SAYS)
    return FollowUp(squash(FOLLOW_UP_START + total), why)


def features(text: str, previous_user: str, previous_reply: str) -> dict[str, float]:
    """Every feature of `SAYS`, between 0 and 1."""
    line, user = _line_of(text), _line_of(previous_user)
    words, user_words = pieces_of(line), pieces_of(user)
    content = set(map(key, set(words) - STOP_WORDS))
    in_user, (in_reply, has_asked) = set(map(key, set(user_words))), _of_reply(_line_of(previous_reply))
    size, head = len(content) + 1, line[:HEAD_CHARACTERS]
    asks = "?" in line
    pointing = sum(map(POINTING.__contains__, words))
    pointing -= len(EMPTY.findall(head)) if pointing else 0
    return {
        "new-words": len(content - in_user - in_reply) / size,
        "pointing": min(1.0, 6 * max(0, pointing) / (len(words) + 6)),
        "opening": float(OPENING.match(line) is not None),
        "editing": float(EDITING.search(head) is not None),
        "speaker": float(holds(head, SPEAKER_HAS) and SPEAKER.search(head) is not None),
        "doubt": float(DOUBT.search(head) is not None),
        "answer": float(has_asked and not asks),
        "parallel": _parallel(words, user_words),
        "switch": float(holds(head, SWITCH_HAS) and SWITCH.search(head) is not None),
        "stand-alone": float(ALONE.match(line) is not None),
    }


def _line_of(text: str) -> str:
    return tidy(text).replace("’", "'")


@lru_cache(maxsize=4)
def _of_reply(line: str) -> tuple[frozenset[str], bool]:
    """What the words of a reply are known by, and whether it ends in a question: while its answer is being typed, it
    stays the same."""
    return frozenset(map(key, set(pieces_of(line)))), "?" in line[-40:]


def pieces_of(line: str) -> list[str]:
    """Words and numbers in order: what `PARTS` finds."""
    if not DIGIT.search(line):
        return letters_of(line)
    return (ASCII_PARTS if line.isascii() else PARTS).findall(line)


def _parallel(words: list[str], before: list[str]) -> float:
    """The share of neighbouring word pairs that both messages have."""
    pairs, old = set(pairwise(words)), set(pairwise(before))
    return len(pairs & old) / (len(pairs) + 1)
