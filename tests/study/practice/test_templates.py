"""Templates of other programs' note types ask and answer with a note's fields."""

from __future__ import annotations

from app.study.practice.records import CardTemplate, Note, NoteType
from app.study.practice.templates import ordinals_of, sides

FIELDS = ("Front", "Back", "Add Reverse", "Extra")


def kind(*templates: tuple[str, str], is_cloze: bool = False) -> NoteType:
    return NoteType(
        "1", "K", FIELDS, tuple(CardTemplate(f"C{a}", *a_b) for a, a_b in enumerate(templates)), "", is_cloze
    )


def note(*fields: str) -> Note:
    return Note("n", fields=fields, kind="other", markup="html", tags=("a", "b"))


BOTH = kind(
    ("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"),
    ("{{#Add Reverse}}{{Back}}{{/Add Reverse}}", "{{FrontSide}}<hr id=answer>{{Front}}"),
)


def test_a_template_asks_and_answers() -> None:
    assert sides(BOTH, note("Q", "A", "y"), 0) == ("Q", "A")
    assert sides(BOTH, note("Q", "A", "y"), 1) == ("A", "Q")


def test_a_card_is_there_where_its_question_says_anything() -> None:
    assert ordinals_of(BOTH, note("Q", "A", "y")) == (0, 1)
    assert ordinals_of(BOTH, note("Q", "A", "")) == (0,)
    assert ordinals_of(BOTH, note("Q", "A", "<br>&nbsp;")) == (0,)
    assert ordinals_of(kind(("{{Front}}", "")), note("<img src=a.png>")) == (0,)
    assert ordinals_of(kind(("{{cloze:Front}}", ""), is_cloze=True), note("{{c2::a}} {{c5::b}}")) == (1, 4)


def test_what_stands_before_a_name_changes_how_it_is_shown() -> None:
    fields = note("<b>水[みず]</b>", "spoon", "", "why")
    one = kind(("{{text:Front}}|{{type:Back}}|{{hint:Extra}}|{{tts en_US:Back}}", "{{type:Back}}|{{hint:Extra}}"))
    assert sides(one, fields, 0) == ("水[みず]|||", "spoon|why")
    ruby = kind(("{{furigana:Front}}{{kana:Front}}{{kanji:Front}}", "{{Tags}} {{Type}} {{Card}} {{Nobody}}"))
    assert sides(ruby, note("水[みず]"), 0) == ("水(みず)みず水", "a b K C0 ")


def test_scripts_and_comments_are_no_part_of_a_card() -> None:
    made = kind(("<!-- {{Front}} --><script>x('{{Front}}')</script><style>b{}</style>{{Front}}", ""))
    assert sides(made, note("Q"), 0) == ("Q", "")


def test_odd_templates_cost_only_themselves() -> None:
    assert sides(kind(("{{/Front}}{{Front}}{{#Back}}x", "")), note("Q", ""), 0) == ("Q", "")
    assert sides(kind(("{{^Back}}none{{/Back}}{{}}{{ Front }}", "")), note("Q", ""), 0) == ("noneQ", "")
    assert sides(kind(("{{Front}}", "")), note("Q"), 7) == ("Q", "")
    deep = "{{#Front}}" * 100 + "x" + "{{/Front}}" * 100
    assert "x" in sides(kind((deep, "")), note("Q"), 0)[0]
