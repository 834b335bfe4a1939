"""The doctor's findings in words: for each reason one state, one headline, one explanation and one button.

    told = WORDS["too-old"](met)        # Told("running", …), with what the page has met filled in

The explanations say no more than a page can know: what a browser hides (whether a program is not installed or not
started, say) is said to be hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.core.texts import Plain, Text

State = Literal["running", "not-reachable", "origin-refused", "blocked", "another-program", "not-connected"]
Button = Literal["connect", "retry", "none"]
Offer = Literal["", "http", "own-server"]  # a button that does it: the address over http, or as an own server
Steps = Literal["", "install", "start", "update", "origin", "permission", "lan"]
Reason = Literal[
    "",
    "too-old",
    "permission-asked",
    "permission-unknown",
    "permission-pending",
    "permission-denied",
    "insecure-page",
    "mixed-content",
    "safari",
    "origin-refused",
    "origin-unusable",
    "other-program",
    "own-server",
    "refused-there",
    "failing-there",
    "write-http",
    "https-here",
    "no-answer",
    "other-port",
    "other-computer",
    "on-a-phone",
    "stopped",
    "stopped-there",
    "not-running",
    "wrong-address",
]
#: those that the browser's permission is behind
PERMISSION: frozenset[Reason] = frozenset(
    ("permission-asked", "permission-unknown", "permission-pending", "permission-denied")
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about one reason, and which steps go with it."""

    state: State
    headline: Text
    words: Text
    button: Button = "retry"
    steps: Steps = ""
    offer: Offer = ""


@dataclass(frozen=True, slots=True)
class Met:
    """What the words may name. `over_http` is the address without encryption, `program` who else answers there."""

    address: str
    origin: str
    over_http: str
    browser: Text | str
    status: Plain
    program: Text | str
    version: str
    minimum: str


WORDS: Mapping[Reason, Callable[[Met], Told]] = {
    "": lambda met: Told(
        "running",
        Text("ollama_check.running", version=met.version),
        Text("ollama_check.running_at", address=met.address),
        "none",
    ),
    "too-old": lambda met: Told(
        "running",
        Text("ollama_check.too_old", version=met.version),
        Text("ollama_check.too_old_why", minimum=met.minimum),
        "retry",
        "update",
    ),
    "permission-asked": lambda met: Told(
        "not-connected",
        Text("ollama_check.connect"),
        Text("ollama_check.connect_asked", browser=met.browser),
        "connect",
    ),
    "permission-unknown": lambda met: Told(
        "not-connected",
        Text("ollama_check.connect"),
        Text("ollama_check.connect_unknown", address=met.address),
        "connect",
    ),
    "permission-pending": lambda met: Told(
        "not-connected", Text("ollama_check.pending", browser=met.browser), Text("ollama_check.pending_how"), "connect"
    ),
    "permission-denied": lambda met: Told(
        "blocked",
        Text("ollama_check.denied", browser=met.browser),
        Text("ollama_check.denied_why"),
        "retry",
        "permission",
    ),
    "insecure-page": lambda met: Told(
        "blocked",
        Text("ollama_check.insecure", browser=met.browser),
        Text("ollama_check.insecure_why", address=met.address),
        "none",
    ),
    "mixed-content": lambda met: Told(
        "blocked",
        Text("ollama_check.mixed", address=met.address),
        Text("ollama_check.mixed_why", browser=met.browser),
        "retry",
        "lan",
    ),
    "safari": lambda met: Told(
        "not-reachable", Text("ollama_check.safari"), Text("ollama_check.safari_why"), "retry", "install"
    ),
    "origin-refused": lambda met: Told(
        "origin-refused",
        Text("ollama_check.origin_refused"),
        Text("ollama_check.origin_refused_why", address=met.address, origin=met.origin),
        "retry",
        "origin",
    ),
    "origin-unusable": lambda met: Told(
        "origin-refused",
        Text("ollama_check.origin_unusable"),
        Text("ollama_check.origin_unusable_why", address=met.address),
    ),
    "other-program": lambda met: Told(
        "another-program",
        Text("ollama_check.other_program"),
        Text("ollama_check.other_program_why", address=met.address),
    ),
    "own-server": lambda met: Told(
        "another-program",
        Text("ollama_check.own_server", program=met.program),
        Text("ollama_check.own_server_how", address=met.address),
        "retry",
        "",
        "own-server",
    ),
    "refused-there": lambda met: Told(
        "not-reachable",
        Text("ollama_check.refused"),
        Text("ollama_check.refused_how", address=met.address, status=met.status),
    ),
    "failing-there": lambda met: Told(
        "not-reachable",
        Text("ollama_check.failing"),
        Text("ollama_check.failing_how", address=met.address, status=met.status),
        "retry",
        "start",
    ),
    "write-http": lambda met: Told(
        "not-reachable",
        Text("ollama_check.write_http"),
        Text("ollama_check.write_http_why", over_http=met.over_http),
        "retry",
        "",
        "http",
    ),
    "https-here": lambda met: Told(
        "not-reachable",
        Text("ollama_check.nothing_at", address=met.address),
        Text("ollama_check.nothing_at_https", over_http=met.over_http),
        "retry",
        "install",
        "http",
    ),
    "no-answer": lambda met: Told(
        "not-reachable",
        Text("ollama_check.no_answer", address=met.address),
        Text("ollama_check.no_answer_why"),
        "retry",
        "start",
    ),
    "other-port": lambda met: Told(
        "not-reachable",
        Text("ollama_check.nothing_at", address=met.address),
        Text("ollama_check.nothing_at_port"),
        "retry",
        "install",
    ),
    "other-computer": lambda met: Told(
        "not-reachable",
        Text("ollama_check.nothing_at", address=met.address),
        Text("ollama_check.nothing_at_computer"),
        "retry",
        "lan",
    ),
    "on-a-phone": lambda met: Told(
        "not-reachable", Text("ollama_check.on_phone"), Text("ollama_check.on_phone_how"), "retry", "lan"
    ),
    "stopped": lambda met: Told(
        "not-reachable", Text("ollama_check.stopped"), Text("ollama_check.stopped_why"), "retry", "install"
    ),
    "stopped-there": lambda met: Told(
        "not-reachable",
        Text("ollama_check.stopped_there", address=met.address),
        Text("ollama_check.stopped_there_why"),
        "retry",
        "lan",
    ),
    "not-running": lambda met: Told(
        "not-reachable",
        Text("ollama_check.not_found"),
        Text("ollama_check.not_found_why", address=met.address),
        "retry",
        "install",
    ),
    "wrong-address": lambda met: Told(
        "not-reachable",
        Text("ollama_check.wrong_address"),
        Text("ollama_check.wrong_address_how", address=met.address),
        "none",
    ),
}
