"""What the page says before Python is there: the words of app/ui/words/en/start.toml where they are used.

in_scripts()        # {"start.message_kept": {"static/js/page/composer.js": set()}, …}: a key, where, with which values
in_the_shell()      # keys whose words index.html or first.js holds, as both are served as they are written
spoken_by_shell()   # every text of both
"""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser

from tests.environment import ROOT
from tests.messages import scripts
from tests.words import table

NAME = "DrLeeLM"  # of the app: the same in every language
SHOWN = ("aria-label", "placeholder", "title", "alt")
_CALL = re.compile(r"""\bsaid\((["'])(\w+)\1(?:,\s*\{([^}]*)\})?""")
_QUOTED = re.compile(r"'([A-Z][^'\n]* [^'\n]*)'")


class _Texts(HTMLParser):
    """Collects what a person sees, or has read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag, given = tag, dict(attrs)
        if tag == "meta" and given.get("name") == "description":
            self.found.append(given["content"] or "")
        self.found += [value for name in SHOWN if (value := given.get(name))]

    def handle_data(self, data: str) -> None:
        if data.strip() and self._tag not in ("script", "mpy-config"):
            self.found.append(data.strip())


def in_scripts() -> dict[str, dict[str, set[str]]]:
    """Each key that a script says, with the files and the names of the values that it gives there."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for path in scripts():
        for _, name, values in _CALL.findall(path.read_text("utf-8")):
            given = {part.partition(":")[0].strip() for part in values.split(",") if part.strip()}
            found[f"start.{name}"][path.relative_to(ROOT).as_posix()] = given
    return found


def spoken_by_shell() -> list[str]:
    """The texts of index.html, and the sentences of first.js."""
    page = _Texts()
    page.feed((ROOT / "index.html").read_text("utf-8"))
    code = "\n".join(
        line
        for line in (ROOT / "static" / "js" / "first.js").read_text("utf-8").splitlines()
        if not line.lstrip().startswith("//")
    )
    texts = [text for text in page.found if text != NAME]
    return texts + [text.strip() for text in _QUOTED.findall(code)]


def in_the_shell() -> set[str]:
    """The keys of the words of both."""
    spoken = set(spoken_by_shell())
    return {f"start.{name}" for name, words in table("en/start").items() if words in spoken}
