"""Pictures that a program leaves are shown where they cost the page little."""

from __future__ import annotations

import struct
from base64 import b64encode

import pytest

from app.core.running import ProgramFile
from app.study.run_pictures import picture_type

HEAD = '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'


def shown(name: str, data: bytes | str) -> str:
    """What a file is shown as."""
    return picture_type(ProgramFile(name, b64encode(data if isinstance(data, bytes) else data.encode()).decode()))


def png(width: int, height: int) -> bytes:
    """The beginning of one."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)


def jpeg(width: int, height: int) -> bytes:
    """The beginning of one: a comment, and the frame behind it."""
    return b"\xff\xd8\xff\xfe\0\4ab\xff\xff\xc2\0\x11\x08" + struct.pack(">HH", height, width) + b"\3\0\0\0"


def webp(kind: str, width: int, height: int) -> bytes:
    """The beginning of one of the three kinds."""
    body = {
        "VP8X": b"\0" * 4 + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
        "VP8L": b"\x2f" + ((height - 1) << 14 | width - 1).to_bytes(4, "little"),
        "VP8 ": b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height),
    }[kind]
    return b"RIFF\0\0\0\0WEBP" + kind.encode() + b"\0\0\0\0" + body


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.PNG", png),
        ("a.jpg", jpeg),
        ("a.jpeg", jpeg),
        ("a.gif", lambda width, height: b"GIF89a" + struct.pack("<HH", width, height)),
        *(("a.webp", lambda width, height, kind=kind: webp(kind, width, height)) for kind in ("VP8X", "VP8L", "VP8 ")),
    ],
)
def test_small_pictures_are_shown_and_huge_ones_are_not(name: str, make: object) -> None:
    assert callable(make)
    assert shown(name, make(6000, 4800)).startswith("image/")
    assert shown(name, make(16000, 12000)) == ""
    assert shown(name, make(6000, 4800)[:8]) == "", "cut off"


def test_a_file_is_what_its_bytes_say() -> None:
    assert shown("a.gif", png(20, 20)) == "image/gif", "browsers read what it is"
    assert shown("a.gif", png(60000, 60000)) == ""
    assert [shown("a.png", data) for data in (b"", b"BM" + b"\1" * 60, "<svg/>")] == ["", "", ""]
    assert [shown(name, png(9, 9)) for name in ("a.csv", "png", "a.png.txt", "a.bmp")] == ["", "", "", ""]


def plot(points: int) -> str:
    """As matplotlib writes a plot: a mark that is repeated, cut out by the axes, with a hatch and a picture in it."""
    small = b64encode(png(100, 100)).decode()
    marks = '<use xlink:href="#m1" x="1" y="2" style="fill: #1f77b4"/>' * points
    return f"""{HEAD}{SVG}<metadata/><defs><style type="text/css">*{{stroke-linejoin: round}}</style></defs>
<g id="figure_1"><!-- > " --><g id="axes_1">
<defs><path id="m1" d="M 0 3"/><pattern id="h1"><path d="M 0 0"/></pattern></defs>
<g clip-path="url(#p1)">{marks}</g>
<path style="fill: url(#h1)"/><image xlink:href="data:image/png;base64,{small}"/></g></g>
<defs><clipPath id="p1"><rect width="1"/></clipPath></defs></svg>"""


def test_plots_are_shown() -> None:
    for points in (1, 10_000):
        assert shown("plot.svg", plot(points)) == "image/svg+xml"
    assert shown("plot.svg", plot(200_000)) == ""


def bomb(level: str, uses: str, depth: int = 8) -> str:
    """Each level has ten of the one below."""
    levels = "".join(level.format(n=n, uses=uses.format(below=n - 1) * 10) for n in range(1, depth))
    return f'{SVG}<g id="a0"><rect/></g>{levels}</svg>'


@pytest.mark.parametrize(
    "svg",
    [
        bomb('<g id="a{n}">{uses}</g>', '<use href="#a{below}"/>'),
        bomb("<g id='a{n}'>{uses}</g>", "<x:use\n xlink:href = '#%61{below}' y='>'/>"),
        bomb('<g id="a{n}">{uses}</g>', '<use href="&#35;a{below}"/>'),
        bomb('<pattern id="a{n}">{uses}</pattern>', '<rect fill="url(#a{below})"/>'),
        bomb('<pattern id="a{n}">{uses}</pattern>', "<rect style=\"fill:url('#a{below}')\"/>"),
        f'{SVG}<g id="a">' + "<rect/>" * 1000 + '</g><g fill="url(#a)">' + "<rect/>" * 1000 + "</g></svg>",
        f'{SVG}<g id="a"><use href="#a"/></g></svg>',
        f"{SVG}<style>rect {{ fill: u\\rl(#a) }}</style></svg>",
        f"{SVG}<style>a {{}}<!-- --> rect {{ fill: url(#a) }}</style></svg>",
        f"{SVG}<style>a {{}}<g/> rect {{ fill: url(#a) }}</style></svg>",
        f"{SVG}<style><![CDATA[rect {{ fill: url(#a) }}]]></style></svg>",
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}&a;</svg>',
        f'<!DOCTYPE svg [<!ATTLIST g fill CDATA "url(#a)">]>{SVG}</svg>',
        f'{SVG}<filter id="a"/></svg>',
        f'{SVG}<g style="FILTER: blur(999px)"/></svg>',
        f"{SVG}<foreignObject/></svg>",
        f'{SVG}<rect><animate attributeName="x"/></rect></svg>',
        f'{SVG}<image href="data:image/svg+xml,%3Csvg/%3E"/></svg>',
        f'{SVG}<image href="data:image/png;base64,{b64encode(png(60000, 60000)).decode()}"/></svg>',
        f'{SVG}<image href="data:image/png;base64,A"/></svg>',
        f'{SVG}<image href="data:image/png;base64,äöü="/></svg>',
        SVG + "".join(f'<g id="a{n}" fill="url(#a{n + 1})"/>' for n in range(3000)) + "</svg>",
        SVG + "<g>" * 200 + "</g>" * 200 + "</svg>",
        SVG.replace("<svg", '<?xml version="1.0" encoding="utf-16"?><svg') + "</svg>",
        SVG.replace("<svg", "<?xml version='1.0' encoding = 'utf-16'?><svg") + "</svg>",
        SVG.encode("utf-16"),
        SVG + "x" * 4_000_000,
    ],
)
def test_what_keeps_a_browser_busy_is_not(svg: str | bytes) -> None:
    assert shown("a.svg", svg) == ""


@pytest.mark.parametrize("svg", ["<{}", "<a {}>", "<a {}='", '<a "{}'])
def test_looking_at_a_picture_takes_no_longer_than_it_is_long(svg: str) -> None:
    """Many letters where a tag, a comment or a value does not end: they were tried again from each of them."""
    assert shown("a.svg", svg.format("a" * 1_000_000)) == "image/svg+xml"


@pytest.mark.parametrize("opens", ["<!--", "<?", "<?xml", "<style", "<a", "<a x='", "</"])
def test_nor_does_one_that_opens_much_and_closes_nothing(opens: str) -> None:
    assert shown("a.svg", opens * 100_000) in ("image/svg+xml", "")
