"""Whether somebody's words say that a conversation is too long for a model, and how much the model takes.

    too_long("n_keep: 13055 >= n_ctx: 4096")                           # 4096
    too_long("Input is too long for requested model.")                 # 0: too long, the limit is not told
    too_long("Limit 30000, Requested 40000 tokens per minute")         # None: about something else
    most_reply("max_tokens: 8192 > 4096", 8192)                        # 4096: the reply may be that long

Every engine, server and service says it in its own words, and changes them. So no sentence is looked for, but words for
what was read (context, prompt, input, messages, tokens) beside words for too much, or two numbers of which one passes
the other. This is the one place that knows; engines, Ollama and clouds all ask here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

CONTEXT = (
    r"context ?(?:length|size|window|limit|overflow|space)|available context|max(?:imum)? context|\bn ctx\b|kv cache"
    r"|\btotal cache\b|max(?:imum)? message tokens|current length"
    r"|max(?:imum)? kv size|(?:prompt|input|sequence|model|max(?:imum)?) ?(?:length|len|size)\b|max seq(?:uence)? len"
    r"|(?:input|prompt) tokens?\b|exceed\w* (?:the |this |its )?(?:model s )?(?:max\w* )?context"
)
TOO_MUCH = (
    r"exceed|overflow|too (?:long|large|many|big)|(?:longer|larger|greater|more|bigger) than|maximum (?:context|prompt)"
    r"|at most|only|just|must (?:be (?:less|<|≤|shorter|fewer|at most)|have (?:less|fewer))|not less than|[<>≤≥]"
    r"|\blimit\b|reduce|shorten|shorter|\bfull\b|not fit|doesn't fit|reached|actual:|(?:ran|run|running) out"
)
#: things of a conversation that are called too long themselves
WHOLE = (
    r"\bprompt ?too ?long|\b(?:prompts?|inputs?|messages?|conversation|history|request|token ids)\b[^.;:\n]{0,40}?"
    r"\btoo (?:long|large|many tokens)\b|\btoo many (?:(?:input|prompt) )?tokens\b|too long for (?:this|the|that) model"
    r"|(?:reduce|shorten|decrease) (?:the |your )?(?:(?:length|size) of )?(?:the |your )?(?:messages?|prompt|input)\b"
    r"|\bmessages\b.*\barray too long\b|input length should be|context (?:is )?full"
    r"|\b(?:inputs?|prompts?|messages?|conversation|text)\b[^.;\n]{0,30}\b(?:longer|larger) than\b"
    r"|\b(?:inputs?|prompts?|messages?|conversation|text)\b[^.;\n]{0,30}\b(?:fewer|less) than \d+ tokens"
    r"|\btoken (?:limit|count|length) (?:is |was )?exceeded"
    r"|exceed\w* (?:\w+ ){0,2}token limit|exceed\w* (?:the )?(?:max\w*[^.;\n]{0,20} tokens)"
    r"|\b(?:prompts?|inputs?|messages|conversation|history)\b[^.;\n]{0,40}\bexceed.*(?:tokens?|limit|maximum|window)\b"
)
STRING = r"\b(?:messages?|prompt|contents?|inputs?|instructions|system)\b"
STRING_TOO_LONG = (
    r"(?:string|array) (?:is )?too long|string above max length|characters? limit"
    r"|(?:at most|more than|less than|fewer than|exceed\w*|longer than) [\d,]+ characters"
)
#: what is said of other limits with the same words: a minute's tokens, credit, memory, time
OTHER = (
    r"\btpm\b|\btpd\b|\brpm\b|this (?:minute|hour|day|week|month)|per (?:min|day|hour|second|month)"
    r"|rate limit|\bquota\b|(?:daily|hourly|monthly|weekly) "
    r"|credits?\b|balance|afford|billing|\bmemory\b|\bvram\b|\ballocate\b|n ctx train|password"
    r"|too many requests|\btook\b|taking too|time out|timed out|timeout|wait before|please wait"
)
#: and of other things than words, unless the context is named beside them
THINGS = (
    r"\bimages?\b|picture|pixels|\baudio\b|\bvideos?\b|\bpages\b|\bbytes\b|\bmb\b|\btools?\b|\bfunctions?\b"
    r"|\bnames?\b|\bfiles?\b|\bstop(?: sequences?|:)|\bur[il]\b|\bheaders?\b|\bschema\b|\btemplate\b|\bmetadata\b"
)
THE_CONTEXT = r"context ?(?:length|window|size)|message tokens|total cache|input tokens?\b"
REPLY = (
    r"max (?:completion |output |new )?tokens|maxoutputtokens|(?:completion|output|reasoning) (?:tokens?|length)"
    r"|\bnum predict\b|maximum (?:reply|response) length|maximum tokens (?:you|value)|\bgenerated\b"
)
#: what tells that a sum of what is read and of the reply is meant, or the reading alone
READ = r"\b(?:inputs?|prompts?|messages)\b|context (?:length|limit|size)|\bn ctx\b"
NAMED = (  # a number that is named a limit; the surest names first
    r"[<>≤≥]=?[^\d.;]{{0,20}}?{n}",
    r"\d\s*/\s*{n}",
    r"(?:\bcontext\b|\bwindow\b|\bn ctx\b)[^\d.;]{{0,40}}?{n}",
    r"(?:max(?:imum)?|limit|allowed)[^\d.;]{{0,40}}?{n}",
    r"{n}[ -]?(?:tokens? )?(?:window\b|max(?:imum)?\b|limit\b|context\b|allowed\b)",
    r"(?:at most|up to|only|just|(?:less|fewer|more) than|cannot exceed|exceeds?|l(?:arg|ong)er than|takes|range|fit)"
    r"[^\d.;]{{0,30}}?{n}",
)
NUMBER = r"(?<![\w.\-])(?<!\D/)(?<!by )(\d{1,3}(?:[,_ ]\d{3})+|\d+)(?!\w|-(?!token)|\.\d)"
LIMIT_FACTS = ("n_ctx", "max_context_length", "context_length", "max_model_len")
READ_FACTS = ("n_prompt_tokens", "prompt_tokens")
LEAST_REPLY = 16  # a smaller number beside a reply's length is another one


def too_long(text: str, facts: Mapping[str, object] | None = None) -> int | None:
    """The most tokens that the model reads, 0 where that is not told; None where the text is about something else.
    `facts` are what stands beside the words, as llama.cpp's `n_ctx` does."""
    told, read = _fact(facts or {}, LIMIT_FACTS), _fact(facts or {}, READ_FACTS)
    if told and read >= told:
        return told
    for line in _plain(text).splitlines():
        if _says(line):
            return told or _limit(line)
    return None


def most_reply(text: str, asked: int) -> int | None:
    """The longest reply that may be asked for, where the text says that `asked` tokens are too many; 0 where it does
    not tell how many it takes, None where it is about something else."""
    plain = _plain(text)
    if too_long(text) is not None or not re.search(REPLY, plain) or "budget" in plain:
        return None
    if rest := re.search(r"(\d+) - (\d+)", plain):  # vLLM: the context less what the prompt takes
        return int(rest[1]) - int(rest[2])
    numbers = _numbers(plain)
    smaller = [number for number in (*_named(plain), *sorted(numbers, reverse=True)) if LEAST_REPLY <= number < asked]
    if smaller:
        return smaller[0] - (f"{smaller[0]} exclusive" in plain)
    if re.search(r"not supported|unsupported", plain):
        return None
    return 0 if asked in numbers or re.search(r"exceed|too (?:large|high|big)|(?:larger|greater) than", plain) else None


def _says(line: str) -> bool:
    if re.search(OTHER, line) or _is_of_reply(line):
        return False
    if re.search(THINGS, line) and not re.search(THE_CONTEXT, line):
        return False
    if re.search(STRING_TOO_LONG, line):
        return bool(re.search(STRING, line))
    if re.search(WHOLE, line) or (re.search(CONTEXT, line) and re.search(TOO_MUCH, line)):
        return True
    numbers = _numbers(line)
    return bool(re.search(r"\btokens?\b", line)) and len(set(numbers)) > 1 and _limit(line) > 0


def _is_of_reply(line: str) -> bool:
    """Whether only the length of the reply is too much. Who names what was read as well means the sum."""
    if not re.search(REPLY, line):
        return False
    if (rest := re.search(r"(\d+) - (\d+)", line)) and int(rest[1]) > int(rest[2]):
        return True
    return not re.search(READ, line) or bool(re.search(r"context window for this model\b", line))


def _plain(text: str) -> str:
    """Lower case, without the marks that stand around names of settings."""
    return re.sub(r"[ \t]+", " ", re.sub(r"[_`'\"“”*()]", " ", text.lower().replace("_", " ")))


def _numbers(line: str) -> list[int]:
    return [_whole(found) for found in re.findall(NUMBER, line)]


def _named(line: str) -> Iterator[int]:
    for pattern in NAMED:
        yield from (_whole(found) for found in re.findall(pattern.format(n=NUMBER), line))


def _limit(line: str) -> int:
    """The number that is named a limit and that another one, or the sum of the others, passes. A limit of characters or
    of messages is none of tokens."""
    if re.search(r"\bcharacters?\b|\bchars\b|\bstring\b|\barray\b|maxlength", line) and "token" not in line:
        return 0
    if span := re.search(r"\[ ?\d+ ?, ?(\d+) ?\]", line):
        return _whole(span[1])
    numbers = _numbers(line)
    for number in _named(line):
        others = sum(numbers) - number
        if len(numbers) == 1 or others > number or numbers.count(number) > 1:
            return number
    return 0


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text)[:12])


def _fact(facts: Mapping[str, object], names: tuple[str, ...]) -> int:
    found = (facts.get(name) for name in names)
    return next((one for one in found if isinstance(one, int) and not isinstance(one, bool) and one > 0), 0)
