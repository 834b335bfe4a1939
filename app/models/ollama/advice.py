"""What to tell people about reaching Ollama: steps for each system and browser, with lines to copy.

    for one in origin_steps("https://user.github.io", "Linux"): ...   # Advice("Linux, as a service", "…", lines)

Which line does what is measured on Ollama 0.32.15 (design notes on Ollama, sections 6 and 7); how each system sets an
environment variable is as Ollama's own FAQ says it. The person's own system always comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

DOWNLOAD = "https://ollama.com/download"
INSTALL = "curl -fsSL https://ollama.com/install.sh | sh"
# Files here are read in the order of their names, and the last one wins: over an older override.conf too.
DROP_IN = "/etc/systemd/system/ollama.service.d"
LAN_HOST = "0.0.0.0:11434"


@dataclass(frozen=True, slots=True)
class Advice:
    """One way to do it. `lines` are for copying, each by itself, in this order; `system` is the one it is for, "" where
    it is for all of them."""

    title: str
    words: str
    lines: tuple[str, ...] = ()
    system: str = ""


# -- what is said; {origin}, {site} (the origin inside an address) are filled in

INSTALL_STEPS = (
    Advice(
        "Windows",
        f"Installed: open Ollama from the Start menu. Not installed: get it from {DOWNLOAD}, or paste the first line "
        "into a terminal. It then runs in the tray, beside the clock. The second line starts it in the terminal.",
        ("winget install --id Ollama.Ollama", "ollama serve"),
        "Windows",
    ),
    Advice(
        "macOS",
        "Installed: open Ollama from Applications, or paste this line into Terminal. Not installed: get it from "
        f"{DOWNLOAD}. It then runs in the menu bar.",
        ("open -a Ollama",),
        "macOS",
    ),
    Advice(
        "Linux",
        "The first line installs Ollama and starts it as a service. The second starts an installed service, the third "
        "one runs it in this terminal where there is no service.",
        (INSTALL, "sudo systemctl start ollama", "ollama serve"),
        "Linux",
    ),
)
UPDATE_STEPS = (
    Advice("Windows", f"Click Ollama in the tray, then Restart to update, or get it from {DOWNLOAD}.", (), "Windows"),
    Advice("macOS", f"Click Ollama in the menu bar, then Restart to update, or get it from {DOWNLOAD}.", (), "macOS"),
    Advice("Linux", "Run the installation again: it replaces the program and keeps your models.", (INSTALL,), "Linux"),
)
ORIGIN_STEPS = (
    Advice(
        "Windows",
        "Paste this line into a terminal. Then quit Ollama in the tray, beside the clock, and start it again from the "
        "Start menu: a running one does not notice.",
        ('setx OLLAMA_ORIGINS "{origin}"',),
        "Windows",
    ),
    Advice(
        "macOS",
        "Paste these lines into Terminal, one after the other: they set it, quit Ollama and start it again. It holds "
        "until the computer is restarted.",
        ('launchctl setenv OLLAMA_ORIGINS "{origin}"', "osascript -e 'quit app \"Ollama\"'", "open -a Ollama"),
        "macOS",
    ),
    Advice(
        "Linux, as a service (systemd)",
        "Paste these lines into a terminal, one after the other. (They do what “systemctl edit ollama.service” does by "
        "hand.)",
        (
            f"sudo mkdir -p {DROP_IN}",
            f"printf '[Service]\\nEnvironment=\"OLLAMA_ORIGINS={{origin}}\"\\n' | sudo tee {DROP_IN}/zz-origins.conf",
            "sudo systemctl daemon-reload",
            "sudo systemctl restart ollama",
        ),
        "Linux",
    ),
    Advice(
        "Just once, in a terminal (Windows PowerShell)",
        "Quit Ollama in the tray first. It holds as long as this terminal is open.",
        ('$env:OLLAMA_ORIGINS="{origin}"; ollama serve',),
        "Windows",
    ),
    Advice(
        "Just once, in a terminal (macOS)",
        "Quit Ollama in the menu bar first. It holds as long as this terminal is open.",
        ('OLLAMA_ORIGINS="{origin}" ollama serve',),
        "macOS",
    ),
    Advice(
        "Just once, in a terminal (Linux)",
        "Stop a running Ollama first. It holds as long as this terminal is open.",
        ("sudo systemctl stop ollama", 'OLLAMA_ORIGINS="{origin}" ollama serve'),
        "Linux",
    ),
)
WRONG_ORIGINS = Advice(
    "What not to write",
    "Copy the address as it stands. With a slash or a path at its end, Ollama goes on refusing. Without https://, with "
    "HTTPS in capitals, with a space after a comma or with two * in one entry, Ollama crashes when it starts: take the "
    "setting away again, and it starts. The line replaces what was set before: to keep another site, write both, with "
    "nothing but a comma between them.",
)
PERMISSION_STEPS = (
    Advice(
        "Chrome",
        "Click the icon to the left of the address, open Site settings, and allow what is named Apps on device or "
        "Local network access. Or open this address, which leads there. Then reload the page.",
        ("chrome://settings/content/siteDetails?site={site}",),
        "Chrome",
    ),
    Advice(
        "Edge",
        "Click the icon to the left of the address, open Permissions for this site, and allow what is named Apps on "
        "device or Local network access. Or open this address. Then reload the page.",
        ("edge://settings/content/siteDetails?site={site}",),
        "Edge",
    ),
    Advice(
        "Firefox",
        "Click the icon to the left of the address and remove what is blocked there about this device or the local "
        "network, or do so in the settings, under Privacy & Security, Permissions. Then reload the page.",
        ("about:preferences#privacy",),
        "Firefox",
    ),
    Advice(
        "Safari",
        "Safari asks for no such permission for this computer. For another computer, allow Safari in the system's "
        "settings: Privacy & Security, Local Network.",
        (),
        "Safari",
    ),
)
_OPENED = "Ollama then answers everybody in your network. Its firewall must let port 11434 in."
LAN_STEPS = (
    Advice(
        "That computer runs Windows",
        f"On that computer paste these lines into a terminal, quit Ollama in the tray, and start it again. {_OPENED}",
        (f'setx OLLAMA_HOST "{LAN_HOST}"', 'setx OLLAMA_ORIGINS "{origin}"'),
        "Windows",
    ),
    Advice(
        "That computer runs macOS",
        f"On that computer paste these lines into Terminal, quit Ollama in the menu bar, and start it again. {_OPENED}",
        (f'launchctl setenv OLLAMA_HOST "{LAN_HOST}"', 'launchctl setenv OLLAMA_ORIGINS "{origin}"'),
        "macOS",
    ),
    Advice(
        "That computer runs Linux",
        f"On that computer paste these lines into a terminal. {_OPENED}",
        (
            f"sudo mkdir -p {DROP_IN}",
            f'printf \'[Service]\\nEnvironment="OLLAMA_HOST={LAN_HOST}"\\n'
            f'Environment="OLLAMA_ORIGINS={{origin}}"\\n\' | sudo tee {DROP_IN}/zz-network.conf',
            "sudo systemctl daemon-reload",
            "sudo systemctl restart ollama",
        ),
        "Linux",
    ),
)
ESCAPE = Advice(
    "Or: open this app from localhost",
    "The same app from your own computer needs no permission and no setting. In a folder with its files, run one of "
    "these lines and open http://localhost:8000. Your chats there are apart from those here.",
    ("python serve.py", "python -m http.server 8000"),
)


def install_steps(platform: str) -> tuple[Advice, ...]:
    """How to install Ollama, and how to start it where it is installed."""
    return _own_first(INSTALL_STEPS, platform)


def update_steps(platform: str) -> tuple[Advice, ...]:
    """How to get a newer Ollama; the models stay."""
    return _own_first(UPDATE_STEPS, platform)


def origin_steps(origin: str, platform: str) -> tuple[Advice, ...]:
    """How to let this page in: the exact lines for each system, then what not to write."""
    return (*_own_first(ORIGIN_STEPS, platform, origin), WRONG_ORIGINS)


def permission_steps(origin: str, browser: str) -> tuple[Advice, ...]:
    """How to take back a No to the browser's question; the person's own browser comes first."""
    return _own_first(PERMISSION_STEPS, browser.partition(" ")[0], origin)


def lan_steps(origin: str, platform: str) -> tuple[Advice, ...]:
    """How another computer's Ollama is opened to this one; the lines are for that computer."""
    return _own_first(LAN_STEPS, platform, origin)


def escape(origin: str) -> tuple[Advice, ...]:
    """The way round all of it: this app from this computer. Ollama lets such a page in, and no browser asks."""
    return () if (urlsplit(origin).hostname or "") in ("localhost", "127.0.0.1") else (ESCAPE,)


def _own_first(advice: Iterable[Advice], own: str, origin: str = "") -> tuple[Advice, ...]:
    known = {"origin": origin, "site": quote(origin, safe="")}
    filled = [replace(one, lines=tuple(line.format(**known) for line in one.lines)) for one in advice]
    return tuple(sorted(filled, key=lambda one: one.system != own))  # sorting keeps the order otherwise
