"""Decks of different make, each made by Anki's own library: `MAKES["cloze"](col)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anki.collection import Collection

from tests.documents.anki.theirs import add, answer

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(60)
ODD_NAMES = ("über größe.png", "a 'b' & c (1).jpg", "日本語.mp3", "_font.ttf", "x%20y#1.gif", "paste-4f.svg")


def basic(col: Collection) -> None:
    """Texts with markup, and nothing on a back."""
    add(col, "Basic", "Tides", "a", "b::c", Front="What is <i>ebb</i>?", Back="Falling water<br>&amp; calm")
    add(col, "Basic", "Tides", Front="<ruby>水<rt>みず</rt></ruby>", Back="")
    add(col, "Basic", "Default", "ünïcode", Front="&lt;tag&gt;", Back="“quotes” 'single' \"double\"")


def reversed_cards(col: Collection) -> None:
    """Two cards a note."""
    add(col, "Basic (and reversed card)", "Capitals", Front="Portugal", Back="Lisboa")
    add(col, "Basic (and reversed card)", "Capitals", Front="Brasil", Back="Brasília")


def optional_reversed(col: Collection) -> None:
    """A second card where a third field says so."""
    kind = "Basic (optional reversed card)"
    add(col, kind, "Words", Front="ebb", Back="Ebbe", Add_Reverse="y")
    add(col, kind, "Words", Front="flood", Back="Flut")


def typed(col: Collection) -> None:
    """An answer that is typed."""
    add(col, "Basic (type in the answer)", "Spelling", Front="Löffel", Back="spoon")


def cloze(col: Collection) -> None:
    """Gaps in gaps, hints, a number left out."""
    add(col, "Cloze", "Gaps", Text="{{c1::The {{c2::Marquis::title}} of}} Pombal", Back_Extra="1755")
    add(col, "Cloze", "Gaps", "x", Text="{{c1::a}} {{c3::b::hint}} {{c1::c}} \\({{c3::x^{2}}}\\)")


def occlusion(col: Collection) -> None:
    """A picture with covers."""
    col.media.write_data("map.png", PIXEL)
    text = "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4}}"
    add(col, "Image Occlusion", "Maps", Occlusion=text, Image='<img src="map.png">', Header="Lisbon", Comments="")


def subdecks(col: Collection) -> None:
    """Decks in decks, one that is empty."""
    add(col, "Basic", "Uni::Physics::Waves & tides", Front="f", Back="1/T")
    add(col, "Basic", "Uni::Physics", Front="c", Back="299 792 458 m/s")
    add(col, "Basic", "Uni", Front="Uni", Back="university")
    col.decks.id("Uni::Empty")


def filtered(col: Collection) -> None:
    """Cards that are lent to a deck made of a search."""
    for number in range(3):
        add(col, "Basic", "Home", Front=f"Q{number}", Back="A")
    answer(col, "Home", 4, 4)
    deck = col.sched.get_or_create_filtered_deck(deck_id=0)
    deck.name = "Cram"
    deck.config.search_terms[0].search = "deck:Home"
    deck.config.search_terms[0].limit = 2
    col.sched.add_or_update_filtered_deck(deck)


def latex(col: Collection) -> None:
    """LaTeX of both kinds."""
    add(
        col,
        "Basic",
        "Maths",
        Front="\\(e^{i\\pi}\\) \\[\\int_0^1 x\\]",
        Back="[$]a<b[/$] [$$]c[/$$] [latex]\\LaTeX[/latex]",
    )


def media(col: Collection) -> None:
    """Pictures and sounds of odd names, some that nobody has."""
    for place, name in enumerate(ODD_NAMES):
        col.media.write_data(name, PIXEL + bytes([place]))
        shown = f"[sound:{name}]" if name.endswith("mp3") else f'<img src="{name}">'
        add(col, "Basic", "Pictures", Front=f"{place} {shown}", Back="")
    add(col, "Basic", "Pictures", Front='<img src="gone.png"> [sound:gone.mp3]', Back="")


def aside(col: Collection) -> None:
    """Suspended, buried, flagged, a leech."""
    cards = [add(col, "Basic", "Aside", *(["leech"] if n == 3 else []), Front=f"{n}", Back="A")[0] for n in range(5)]
    answer(col, "Aside", 4, 3)
    col.sched.suspend_cards([cards[0], cards[3]])
    col.sched.bury_cards([cards[1], cards[4]])
    col.set_user_flag_for_cards(4, [cards[2]])


def scheduled(col: Collection) -> None:
    """New, learning, due, overdue, forgotten and learned again."""
    cards = [add(col, "Basic", "Dates", Front=f"{n}", Back="A")[0] for n in range(8)]
    answer(col, "Dates", 1, 2, 3, 4)
    for card, days in ((cards[4], "0"), (cards[5], "3"), (cards[6], "40")):
        col.sched.set_due_date([card], days)
    answer(col, "Dates", 1)  # the one that is due today, or in learning
    assert col.db is not None
    col.db.execute("update cards set due = ?, lapses = 2, reps = 9 where id = ?", col.sched.today - 12, cards[6])


MAKES: Mapping[str, Callable[[Collection], None]] = {
    "basic": basic,
    "reversed": reversed_cards,
    "optional": optional_reversed,
    "typed": typed,
    "cloze": cloze,
    "occlusion": occlusion,
    "subdecks": subdecks,
    "filtered": filtered,
    "latex": latex,
    "media": media,
    "aside": aside,
    "scheduled": scheduled,
}
