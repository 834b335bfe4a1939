"""What the page says before Python is there comes from the same tables as everything else."""

from __future__ import annotations

import re

from app.ui.words.language import PLACE
from tests.messages import scripts
from tests.start_words import NAME, in_scripts, in_the_shell, spoken_by_shell
from tests.words import table

#: a quoted sentence: a capital, then at least three words
SENTENCE = re.compile(r"""(["'`])([A-Z][a-z']+ [a-z]+ [^"'`\n]*)\1""")
#: what only a developer's tools show
FOR_DEVELOPERS = re.compile(r"console\.|Error\(|named\(|AbortError|^\s*(//|\*|/\*)")


def test_what_scripts_say_is_in_the_table_with_its_values() -> None:
    known = table("en/start")
    for key, places in in_scripts().items():
        name = key.partition(".")[2]
        assert name in known, (key, places)
        for where, given in places.items():
            assert given == set(PLACE.findall(known[name])), (key, where)


def test_the_shell_holds_the_words_of_the_table() -> None:
    known = set(table("en/start").values())
    assert [text for text in spoken_by_shell() if text not in known and text != NAME] == []
    assert len(in_the_shell()) > 25, "texts of index.html and first.js are found at all"


def test_no_other_script_holds_a_sentence() -> None:
    found = [
        (path.name, match[2])
        for path in scripts()
        if path.name != "first.js" and "build" not in path.parts
        for line in path.read_text("utf-8").splitlines()
        if not FOR_DEVELOPERS.search(line)
        for match in SENTENCE.finditer(line)
    ]
    assert found == []
