"""Names of the files that the app saves."""

from __future__ import annotations

import re
import unicodedata

#: what no file may be called on Windows, whatever its ending
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
FORBIDDEN = frozenset('<>:"/\\|?*')
LONGEST, MOST_BYTES = 80, 200  # of a name without its ending; file systems take 255 bytes
ENDS = " .…-"


def download_name(name: str, ending: str) -> str:
    """A name for a file that every system takes: no character that one of them forbids, no doubled dot, not too long.

    >>> download_name("Explain: the formulas...", "md"), download_name("con", "json")
    ('Explain the formulas.md', 'con_.json')
    """
    shown = (" " if one in FORBIDDEN or one.isspace() else one for one in unicodedata.normalize("NFC", name))
    plain = "".join(one for one in shown if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    line = re.sub(r"\.{2,}", "…", " ".join(plain.split())).strip(ENDS)
    if len(line) > LONGEST:
        line = line[:LONGEST].rpartition(" ")[0] or line[:LONGEST]
    while len(line.encode()) > MOST_BYTES:
        line = line[:-1]
    line = line.rstrip(ENDS) or "DrLeeLM"
    return f"{line}_.{ending}" if RESERVED.match(line) else f"{line}.{ending}"


def plain_name(path: str) -> str:
    """The same for a file that somebody else has named, which keeps its ending.

    >>> plain_name("a/b.tar.gz"), plain_name("\u202egpj.exe"), plain_name("Makefile"), plain_name("..")
    ('b.tar.gz', 'gpj.exe', 'Makefile', 'DrLeeLM')
    """
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    has_ending = bool(stem) and re.fullmatch(r"\w{1,12}", ending, re.ASCII)
    return download_name(stem, ending) if has_ending else download_name(name, "").rstrip(".")
