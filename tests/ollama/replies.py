"""Chat, completion and embedding of the stand-in: lines, counts and endings as recorded.

A stream's lines are made one by one, with a look at the client before each: who closes the connection stops the reply.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.ollama.exchange import PLAIN_JSON, Answer, Call, Cut, Lines, Refusal, go_json, whole
from tests.ollama.loading import check_features, check_prompt, find, keep_seconds, load
from tests.ollama.shelf import Kept, full_name, stamp
from tests.ollama.talk import count_tokens, vector

NOT_FOUND = "model '{}' not found"
CRASH_LINE = {"error": "an error was encountered while running the model: unexpected EOF"}
NO_EMBEDDINGS = "This server does not support embeddings. Start it with `--embeddings`"
NANOSECONDS = 1_000_000_000
PROMPT_TOKENS_PER_SECOND = 200.0
WARM_LOAD_SECONDS = 0.0016
Shape = Callable[[Mapping[str, Any]], dict[str, Any]]
Said = Iterator[dict[str, Any]]


def _message(part: Mapping[str, Any]) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": "", **part}}


def _response(part: Mapping[str, Any]) -> dict[str, Any]:
    thinking = {"thinking": part["thinking"]} if "thinking" in part else {}
    return {"response": part.get("content", ""), **thinking}


def chat(call: Call) -> Answer | Lines:
    """A reply to a conversation; an empty one only loads or unloads the model."""
    body = call.json()
    if not full_name(body.get("model") or ""):
        raise Refusal(400, "model is required")
    return _reply(call, body.get("messages") or [], _message)


def generate(call: Call) -> Answer | Lines:
    """A completion of a prompt, with the same counts."""
    body = call.json()
    messages = [{"role": "user", "content": body["prompt"]}] if body.get("prompt") else []
    system = [{"role": "system", "content": body["system"]}] if body.get("system") and messages else []
    return _reply(call, system + messages, _response)


def _reply(call: Call, messages: list[dict[str, Any]], shape: Shape) -> Answer | Lines:
    body = call.json()
    kept = find(call, NOT_FOUND)
    start = {"model": body["model"], "created_at": stamp(), **shape({"content": ""}), "done": True}
    if not messages and keep_seconds(body.get("keep_alive")) == 0:
        call.world.shelf.unload(kept)
        return whole({**start, "done_reason": "unload"})
    if "completion" not in kept.capabilities:
        raise Refusal(400, f'"{body["model"]}" does not support {"chat" if shape is _message else "generate"}')
    check_features(kept, body)
    is_new = load(call, kept)
    if not messages:
        return whole({**start, "done_reason": "load"})
    tokens = check_prompt(call, kept, messages)
    lines = _Reply(call, kept, messages, shape).lines(tokens, is_new)
    return lines if body.get("stream", True) else _joined(lines, shape)


class _Reply:
    """One reply that is being made."""

    def __init__(self, call: Call, kept: Kept, messages: list[dict[str, Any]], shape: Shape) -> None:
        self._call, self._kept, self._messages, self._shape = call, kept, messages, shape
        self._talk, self._faults = call.world.talk, call.world.faults
        self._body = call.json()

    def lines(self, prompt_tokens: int, is_new: bool) -> Lines:
        """Every line, the last one with the counts; while they come the model stays in memory."""
        call, talk = self._call, self._talk
        parts = talk.parts({**self._body, "messages": self._messages}, self._kept.capabilities)
        most = int((self._body.get("options") or {}).get("num_predict") or -1)
        said = parts[:most] if most > 0 else parts
        with call.world.shelf.use(self._kept):
            for count, part in enumerate(said):
                if self._breaks(count):
                    if not self._faults.ends_cleanly:
                        yield CRASH_LINE
                    return
                if talk.hold_after is not None and count >= talk.hold_after:
                    call.hold(call.world.released.is_set)
                call.pause(talk.token_seconds)
                yield {**self._start(part), "done": False}
            ended = len(said) == len(parts) and most != len(parts)
            counts = self._counts(prompt_tokens, len(said) + ended, is_new)
            last = {**self._start({"content": ""}), "done": True, "done_reason": "stop" if ended else "length"}
            yield {**last, **self._context(prompt_tokens), **counts}

    def _start(self, part: Mapping[str, Any]) -> dict[str, Any]:
        return {"model": self._body["model"], "created_at": stamp(), **self._shape(part)}

    def _breaks(self, count: int) -> bool:
        """True where the engine dies now. Raises Cut where the line does."""
        faults = self._faults
        if faults.crash_after is not None and count >= faults.crash_after:
            faults.crash_after = None
            self._call.world.shelf.crash(self._kept)
            return True
        if faults.cut_reply_after is not None and count >= faults.cut_reply_after:
            faults.cut_reply_after = None
            if not faults.ends_cleanly:
                raise Cut
            return True
        return False

    def _context(self, prompt_tokens: int) -> dict[str, Any]:
        if self._shape is _message or self._body.get("raw"):
            return {}
        return {"context": list(range(prompt_tokens))}

    def _counts(self, prompt_tokens: int, tokens: int, is_new: bool) -> dict[str, int]:
        load_seconds = self._talk.load_seconds if is_new else WARM_LOAD_SECONDS
        seconds = tokens / self._talk.tokens_per_second
        prompt_seconds = prompt_tokens / PROMPT_TOKENS_PER_SECOND
        counts = {
            "total_duration": int((load_seconds + prompt_seconds + seconds) * NANOSECONDS),
            "load_duration": int(load_seconds * NANOSECONDS),
            "prompt_eval_count": prompt_tokens,
            "prompt_eval_duration": int(prompt_seconds * NANOSECONDS),
            "eval_count": tokens,
            "eval_duration": int(seconds * NANOSECONDS),
        }
        return {key: value for key, value in counts.items() if value}


def _joined(lines: Said, shape: Shape) -> Answer:
    """The lines of a stream as one object. Raises Refusal where the engine died."""
    part: dict[str, Any] = {"content": ""}
    line: dict[str, Any] = {}
    for line in lines:
        if "error" in line:
            raise Refusal(500, line["error"])
        said = line.get("message") or {**line, "content": line["response"]}
        for key in ("content", "thinking", "tool_calls"):
            if key in said:
                part[key] = part[key] + said[key] if key in part else said[key]
    start = {key: line[key] for key in ("model", "created_at")}
    return whole({**start, **shape(part), **{key: line[key] for key in line if key not in ("message", "response")}})


def embed(call: Call) -> Answer:
    """Unit vectors; the shape of the answer is read in the source, not recorded."""
    body = call.json()
    kept = find(call, 'model "{}" not found, try pulling it first')
    given = body.get("input")
    texts = given if isinstance(given, list) else [given] if given else []
    if not texts:
        return whole({"model": body["model"], "embeddings": []})
    if "embedding" not in kept.capabilities:
        raise Refusal(501, NO_EMBEDDINGS)
    is_new = load(call, kept)
    tokens = [count_tokens([{"content": text}]) for text in texts]
    if not body.get("truncate", True) and max(tokens) > kept.context_length:
        raise Refusal(400, "the input length exceeds the context length")
    dimensions = int(body.get("dimensions") or kept.embedding_length or 384)
    load_seconds = call.world.talk.load_seconds if is_new else WARM_LOAD_SECONDS
    seconds = load_seconds + sum(tokens) / PROMPT_TOKENS_PER_SECOND
    return whole(
        {
            "model": body["model"],
            "embeddings": [vector(str(text), dimensions) for text in texts],
            "total_duration": int(seconds * NANOSECONDS),
            "load_duration": int(load_seconds * NANOSECONDS),
            "prompt_eval_count": sum(tokens),
        }
    )


def openai_chat(call: Call) -> Answer:
    """The same in OpenAI's form: the error object of 51, and the events of 73 in one piece."""
    body = call.json()
    try:
        kept = find(call, NOT_FOUND)
    except Refusal as refusal:
        error = {"message": str(refusal), "type": "not_found_error", "param": None, "code": None}
        return Answer(refusal.answer.status, go_json({"error": error}) + b"\n", PLAIN_JSON)
    load(call, kept)
    parts = call.world.talk.parts(body, kept.capabilities)[: body.get("max_tokens")]
    start = {"id": "chatcmpl-587", "object": "chat.completion.chunk", "created": 1_795_381_623}
    start |= {"model": body["model"], "system_fingerprint": "fp_ollama"}
    chunks: list[dict[str, Any]] = [{"delta": part, "finish_reason": None} for part in parts]
    chunks.append({"delta": {}, "finish_reason": "stop"})
    events = [{**start, "choices": [{"index": 0, **chunk}]} for chunk in chunks]
    if (body.get("stream_options") or {}).get("include_usage"):
        used = {"prompt_tokens": count_tokens(body["messages"]), "completion_tokens": len(parts)}
        events.append({**start, "choices": [], "usage": {**used, "total_tokens": sum(used.values())}})
    text = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
    return Answer(200, text.encode(), "text/event-stream", is_chunked=True)
