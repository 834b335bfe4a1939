"""What to tell people about reaching Ollama: steps for each system and browser, with lines to copy.

    for one in origin_steps("https://user.github.io", "Linux"): ...   # Advice(title, what to do, lines)

Which line does what is measured on Ollama 0.32.15 (design notes on Ollama, sections 6 and 7); how each system sets an
environment variable is as Ollama's own FAQ says it. The person's own system always comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from app.core.texts import Text

DOWNLOAD = "https://ollama.com/download"
INSTALL = "curl -fsSL https://ollama.com/install.sh | sh"
# Files here are read in the order of their names, and the last one wins: over an older override.conf too.
DROP_IN = "/etc/systemd/system/ollama.service.d"
LAN_HOST = "0.0.0.0:11434"


@dataclass(frozen=True, slots=True)
class Advice:
    """One way to do it. `lines` are for copying, each by itself, in this order; `system` is the one it is for, "" where
    it is for all of them."""

    title: Text | str  # a system or a browser by its name, or what is done
    words: Text
    lines: tuple[str, ...] = ()
    system: str = ""


def commands(*lines: str) -> tuple[str, ...]:
    """Lines to paste, which are the same in every language."""
    return lines


# -- what is said; in the lines {origin} and {site} (the origin inside an address) are filled in

INSTALL_STEPS = (
    Advice(
        "Windows",
        Text("ollama_check.install_windows", download=DOWNLOAD),
        commands("winget install --id Ollama.Ollama", "ollama serve"),
        "Windows",
    ),
    Advice("macOS", Text("ollama_check.install_mac", download=DOWNLOAD), commands("open -a Ollama"), "macOS"),
    Advice(
        "Linux",
        Text("ollama_check.install_linux"),
        commands(INSTALL, "sudo systemctl start ollama", "ollama serve"),
        "Linux",
    ),
)
UPDATE_STEPS = (
    Advice("Windows", Text("ollama_check.update_windows", download=DOWNLOAD), (), "Windows"),
    Advice("macOS", Text("ollama_check.update_mac", download=DOWNLOAD), (), "macOS"),
    Advice("Linux", Text("ollama_check.update_linux"), commands(INSTALL), "Linux"),
)
ORIGIN_STEPS = (
    Advice(
        "Windows",
        Text("ollama_check.origin_windows"),
        commands('setx OLLAMA_ORIGINS "{origin}"'),
        "Windows",
    ),
    Advice(
        "macOS",
        Text("ollama_check.origin_mac"),
        commands('launchctl setenv OLLAMA_ORIGINS "{origin}"', "osascript -e 'quit app \"Ollama\"'", "open -a Ollama"),
        "macOS",
    ),
    Advice(
        Text("ollama_check.linux_service"),
        Text("ollama_check.origin_linux"),
        commands(
            f"sudo mkdir -p {DROP_IN}",
            f"printf '[Service]\\nEnvironment=\"OLLAMA_ORIGINS={{origin}}\"\\n' | sudo tee {DROP_IN}/zz-origins.conf",
            "sudo systemctl daemon-reload",
            "sudo systemctl restart ollama",
        ),
        "Linux",
    ),
    Advice(
        Text("ollama_check.just_once", terminal="Windows PowerShell"),
        Text("ollama_check.once_windows"),
        commands('$env:OLLAMA_ORIGINS="{origin}"; ollama serve'),
        "Windows",
    ),
    Advice(
        Text("ollama_check.just_once", terminal="macOS"),
        Text("ollama_check.once_mac"),
        commands('OLLAMA_ORIGINS="{origin}" ollama serve'),
        "macOS",
    ),
    Advice(
        Text("ollama_check.just_once", terminal="Linux"),
        Text("ollama_check.once_linux"),
        commands("sudo systemctl stop ollama", 'OLLAMA_ORIGINS="{origin}" ollama serve'),
        "Linux",
    ),
)
WRONG_ORIGINS = Advice(Text("ollama_check.wrong_origins"), Text("ollama_check.wrong_origins_why"))
PERMISSION_STEPS = (
    Advice(
        "Chrome",
        Text("ollama_check.permission_chrome"),
        commands("chrome://settings/content/siteDetails?site={site}"),
        "Chrome",
    ),
    Advice(
        "Edge",
        Text("ollama_check.permission_edge"),
        commands("edge://settings/content/siteDetails?site={site}"),
        "Edge",
    ),
    Advice("Firefox", Text("ollama_check.permission_firefox"), commands("about:preferences#privacy"), "Firefox"),
    Advice("Safari", Text("ollama_check.permission_safari"), (), "Safari"),
)
LAN_STEPS = (
    Advice(
        Text("ollama_check.that_computer", system="Windows"),
        Text("ollama_check.lan_windows"),
        commands(f'setx OLLAMA_HOST "{LAN_HOST}"', 'setx OLLAMA_ORIGINS "{origin}"'),
        "Windows",
    ),
    Advice(
        Text("ollama_check.that_computer", system="macOS"),
        Text("ollama_check.lan_mac"),
        commands(f'launchctl setenv OLLAMA_HOST "{LAN_HOST}"', 'launchctl setenv OLLAMA_ORIGINS "{origin}"'),
        "macOS",
    ),
    Advice(
        Text("ollama_check.that_computer", system="Linux"),
        Text("ollama_check.lan_linux"),
        commands(
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
    Text("ollama_check.from_localhost"),
    Text("ollama_check.from_localhost_how"),
    commands("python serve.py", "python -m http.server 8000"),
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
