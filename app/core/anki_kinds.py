"""The note types that every Anki has, by their English names: what notes are that name none of their own.

BASIC.templates[0].question         # "{{Front}}"
stock("Basic (and reversed card)")  # REVERSED; None for a name of somebody's own
"""

from __future__ import annotations

from dataclasses import replace

from app.core.anki import AnkiField, AnkiKind, AnkiTemplate

CSS = (
    ".card { font-family: arial; font-size: 20px; line-height: 1.5; text-align: center; "
    "color: black; background-color: white; }\n"
    ".cloze { font-weight: bold; color: blue; }\n.nightMode .cloze { color: lightblue; }\n"
)
BEFORE = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
)
AFTER = "\\end{document}"


def shown_by(names: tuple[str, ...], question: str) -> AnkiTemplate:
    """A template that asks one field and answers with the others."""
    rest = "<br>".join(f"{{{{{name}}}}}" for name in names if name != question)
    return AnkiTemplate("Card 1", f"{{{{{question}}}}}", f"{{{{FrontSide}}}}\n\n<hr id=answer>\n\n{rest}")


def plain_kind(id: int, name: str, names: tuple[str, ...]) -> AnkiKind:
    """A note type of some fields, of which the first is asked."""
    fields = tuple(map(AnkiField, names))
    return AnkiKind(id, name, fields, (shown_by(names, names[0]),), css=CSS, before=BEFORE, after=AFTER)


BASIC = replace(plain_kind(1764400000001, "Basic", ("Front", "Back")), stock=1)
REVERSED = replace(
    BASIC,
    id=1764400000002,
    name="Basic (and reversed card)",
    templates=(BASIC.templates[0], replace(shown_by(("Front", "Back"), "Back"), name="Card 2")),
    stock=2,
)
CLOZE = replace(
    BASIC,
    id=1764400000003,
    name="Cloze",
    fields=(AnkiField("Text", part=1), AnkiField("Back Extra", part=2)),
    templates=(AnkiTemplate("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}"),),
    is_cloze=True,
    stock=5,
)


def stock(name: str) -> AnkiKind | None:
    """The note type of a name of Anki's."""
    return next((one for one in (BASIC, REVERSED, CLOZE) if one.name == name), None)
