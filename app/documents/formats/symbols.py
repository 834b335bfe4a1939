"""Signs of the fonts Symbol and Wingdings, which have letters of their own in the places of usual ones.

symbol("Symbol", "F061")        # "α"

Facts: ECMA-376-1, 17.3.3.30 (the places are those of the font, often with F000 added), and the fonts' tables.
"""

from __future__ import annotations

_GREEK = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL = dict(
    zip(
        (0xA3, 0xA5, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB3, 0xB4, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xBC),
        "≤∞↔←↑→↓°±≥×∂•÷≠≡≈…",
        strict=True,
    )
) | dict(
    zip(
        (0xC6, 0xC7, 0xC8, 0xCC, 0xCD, 0xCE, 0xCF, 0xD1, 0xD5, 0xD6, 0xDB, 0xDE, 0xE5, 0xF2),
        "∅∩∪⊂⊆∈∉∇∏√⇔⇒∑∫",
        strict=True,
    )
)
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "☐",
    0xE0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}


def symbol(font: str, char: str) -> str:
    """What a sign at a place (hexadecimal) of a font looks like, "" where that is not known."""
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    place = code - 0xF000 if 0xF000 <= code < 0xF100 else code
    if font.lower() == "symbol":
        usual = chr(place) if place < 0x7F else ""
        return _SYMBOL.get(place) or _GREEK.get(usual, usual)
    if font.lower().startswith("wingdings"):
        return _WINGDINGS.get(place, "")
    return "" if 0xE000 <= code < 0xF900 or not 0x20 <= code < 0x110000 else chr(code)
