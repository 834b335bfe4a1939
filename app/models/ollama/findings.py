"""The doctor's findings in words: for each reason one state, one headline, one explanation and one button.

`{address}`, `{origin}`, `{browser}`, `{version}` and `{minimum}` are filled in. The explanations say no more than a
page can know: what a browser hides (whether a program is not installed or not started, say) is said to be hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["running", "not-reachable", "origin-refused", "blocked", "not-connected"]
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
    headline: str
    words: str
    button: Button = "retry"
    steps: Steps = ""
    offer: Offer = ""


HIDDEN = "A web page cannot see whether it is not installed or just not started."

WORDS: Mapping[Reason, Told] = {
    "": Told("running", "Ollama {version} is running", "It answers this page at {address}.", "none"),
    "too-old": Told(
        "running",
        "Ollama {version} is too old",
        "What a model can do (pictures, tools, thinking) is only told by Ollama {minimum} and later, and "
        "importing a file needs such a version too. Chatting may work all the same. Your models stay when you update.",
        "retry",
        "update",
    ),
    "permission-asked": Told(
        "not-connected",
        "Connect to Ollama",
        "When you click Connect, {browser} asks whether this site may reach other apps on this device. Choose Allow. "
        "Nothing is sent before your click.",
        "connect",
    ),
    "permission-unknown": Told(
        "not-connected",
        "Connect to Ollama",
        "When you click Connect, this page asks for Ollama at {address}. Your browser may want your permission for "
        "that: choose Allow. Nothing is sent before your click.",
        "connect",
    ),
    "permission-pending": Told(
        "not-connected",
        "{browser} waits for your answer",
        "It asks, near the address at the top, whether this site may reach other apps on this device. Choose Allow; if "
        "the question is gone, click Connect once more.",
        "connect",
    ),
    "permission-denied": Told(
        "blocked",
        "{browser} keeps this site from reaching Ollama",
        "The permission to reach other apps on this device was refused, so nothing can be sent to Ollama, running or "
        "not. It can be given back as follows.",
        "retry",
        "permission",
    ),
    "insecure-page": Told(
        "blocked",
        "This page is not secure enough for {browser}",
        "A page from an http address may not reach {address}, and the browser does not even ask. Open the app from an "
        "https address, or from localhost.",
        "none",
    ),
    "mixed-content": Told(
        "blocked",
        "A secure page may not use {address}",
        "This page came over https, and the server is asked over plain http on another computer: {browser} blocks that "
        "as mixed content. Use an https address of the server, or open this app over http from your own network.",
        "retry",
        "lan",
    ),
    "safari": Told(
        "not-reachable",
        "Ollama cannot be reached from here",
        "Either Ollama does not run, or Safari blocks it: some versions let no https page use an http address, not "
        "even one on the same computer. The page cannot see which. Start Ollama, and if that does not help, open the "
        "app from localhost or use another browser.",
        "retry",
        "install",
    ),
    "origin-refused": Told(
        "origin-refused",
        "Ollama must be told to let this site in",
        "Something answers at {address}, but does not let {origin} read its answers. Ollama does so with every site "
        "until it is named to it, once. (If another program uses this port, nothing below will help.)",
        "retry",
        "origin",
    ),
    "origin-unusable": Told(
        "origin-refused",
        "Ollama cannot let this page in",
        "Something answers at {address}, but this page was opened as a file and has no address of its own that Ollama "
        "could be told. Open the app from localhost instead.",
        "retry",
    ),
    "other-program": Told(
        "not-reachable",
        "Another program answers there",
        "Whatever answers at {address} is not Ollama, or a proxy in front of it that doesn't let this page read its "
        "answers. Correct the address: Ollama listens on port 11434 unless it was told otherwise. Another model "
        "server, such as LM Studio, goes under your own servers in Settings.",
        "retry",
    ),
    "own-server": Told(
        "not-reachable",
        "{program} answers there",
        "{address} is not Ollama, but this app can use it: add it to your own servers.",
        "retry",
        "",
        "own-server",
    ),
    "refused-there": Told(
        "not-reachable",
        "The server refused the request",
        "Whatever answers at {address} refused it (status {status}). A proxy in front of Ollama may want you to sign "
        "in: do so in another tab, or use the address of Ollama itself.",
        "retry",
    ),
    "failing-there": Told(
        "not-reachable",
        "The server there has a problem",
        "{address} answered with an error (status {status}). If a proxy answers there, it may not reach Ollama: start "
        "Ollama behind it, or wait a little.",
        "retry",
        "start",
    ),
    "write-http": Told(
        "not-reachable",
        "Write http:// in place of https://",
        "Something answers at {over_http}, but not over https. Ollama itself uses plain http.",
        "retry",
        "",
        "http",
    ),
    "https-here": Told(
        "not-reachable",
        "Nothing answers at {address}",
        "Ollama itself uses plain http: write {over_http}, and start Ollama if it isn't running. " + HIDDEN,
        "retry",
        "install",
        "http",
    ),
    "no-answer": Told(
        "not-reachable",
        "No answer from {address}",
        "Nothing came back, not even a refusal. The computer may be asleep or very busy, the address may be wrong, or "
        "a firewall may swallow the question.",
        "retry",
        "start",
    ),
    "other-port": Told(
        "not-reachable",
        "Nothing answers at {address}",
        "Ollama listens on port 11434 unless it was told otherwise. Correct the port, or start Ollama if this is the "
        "right one. " + HIDDEN,
        "retry",
        "install",
    ),
    "other-computer": Told(
        "not-reachable",
        "Nothing answers at {address}",
        "Is that computer on, in the same network, and does Ollama run there? By itself Ollama only answers the "
        "computer that it runs on: it must be opened to the network. If your browser asked about the local network, "
        "allow it.",
        "retry",
        "lan",
    ),
    "on-a-phone": Told(
        "not-reachable",
        "Ollama runs on a computer, not on this device",
        "Enter the address of a computer in your network that runs Ollama.",
        "retry",
        "lan",
    ),
    "stopped": Told(
        "not-reachable",
        "Ollama does not run now",
        "It has answered here before, so it is probably just not started. If your browser asked for a permission, "
        "allow it.",
        "retry",
        "install",
    ),
    "stopped-there": Told(
        "not-reachable",
        "Nothing answers at {address} now",
        "Ollama has answered there before. Check that the computer is on, in the same network as this one, and that "
        "Ollama is running there.",
        "retry",
        "lan",
    ),
    "not-running": Told(
        "not-reachable",
        "Ollama was not found",
        "Nothing answers at {address}. " + HIDDEN + " If your browser asked for a permission, allow it.",
        "retry",
        "install",
    ),
    "wrong-address": Told(
        "not-reachable",
        "This is not an address",
        "“{address}” cannot be the address of a server. Write it like http://localhost:11434 or "
        "http://192.168.1.20:11434.",
        "none",
    ),
}
