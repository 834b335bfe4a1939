"""Icons: the ones that the page draws, by their names in lucide-static (ISC).

    icon("settings")      # an <svg> of the class "icon", which draws the symbol of that name

`Icon` is the list: set-up puts exactly these into static/vendor/icons.svg. An icon never speaks alone: a label stands
beside it, or the button around it has a name.
"""

from __future__ import annotations

from typing import Literal

from app.core.html import Html, h

Icon = Literal[
    "arrow-down",
    "arrow-up",
    "book-open",
    "box",
    "camera",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-dot",
    "circle-question-mark",
    "clock",
    "cloud",
    "copy",
    "corner-down-left",
    "database",
    "download",
    "drama",
    "ellipsis",
    "external-link",
    "file-text",
    "file-up",
    "gauge",
    "git-branch",
    "globe",
    "graduation-cap",
    "hard-drive",
    "hat-glasses",
    "image",
    "info",
    "keyboard",
    "laptop",
    "layers",
    "library",
    "lightbulb",
    "list-checks",
    "lock",
    "menu",
    "message-square",
    "messages-square",
    "minus",
    "notebook-text",
    "panel-left",
    "pause",
    "pencil",
    "pin",
    "pin-off",
    "play",
    "plug",
    "plus",
    "power",
    "presentation",
    "printer",
    "quote",
    "refresh-cw",
    "route",
    "search",
    "server",
    "settings",
    "shield",
    "shield-check",
    "sigma",
    "sliders-horizontal",
    "square",
    "square-pen",
    "thumbs-down",
    "thumbs-up",
    "trash-2",
    "undo-2",
    "volume-2",
    "wallet",
    "wifi-off",
    "x",
    "zap",
]
SHEET = "./static/vendor/icons.svg"


def icon(name: Icon) -> Html:
    """The icon, as tall as the text around it wants (`.icon` in static/css/base.css), in the colour of the text."""
    return h("svg", h("use", href=f"{SHEET}#{name}"), class_="icon", aria_hidden="true")
