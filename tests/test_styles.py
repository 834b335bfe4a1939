"""The style sheets hold in a language that runs from right to left, too: places are told by start and end."""

from __future__ import annotations

import re
from typing import get_args

from app.ui.icons import Icon
from tests.environment import ROOT

SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
#: a property or value that names a side of the screen
PHYSICAL = re.compile(
    r"(?:^|[{;\s])((?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b[\w-]*\s*:|(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius\s*:)"
)
#: the side that the author of a table has chosen for its column is a side
EXCEPTED = {".prose [data-align=right] { text-align: right; }"}
#: icons that point along the line, and those of their names that do not
SIDEWAYS = re.compile(r"(?:^|-)(?:left|right)\b")


def test_no_style_names_a_side_of_the_screen() -> None:
    found = [
        f"{path.name}:{number}: {match[1]}"
        for path in SHEETS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip() not in EXCEPTED
        for match in PHYSICAL.finditer(line)
    ]
    assert found == []


def test_icons_that_point_sideways_are_mirrored() -> None:
    mirrored = set(re.findall(r'\[href\$="#([\w-]+)"\]', (ROOT / "static" / "css" / "base.css").read_text("utf-8")))
    assert {name for name in get_args(Icon) if SIDEWAYS.search(name)} == mirrored
