"""PDFs written by hand, for what no program would write.

path.write_bytes(pdf([b"BT /F1 12 Tf 72 700 Td (Hello) Tj ET"]))
"""

from __future__ import annotations

from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
BOLD = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"


def line(text: str, size: float, left: float, bottom: float, font: str = "F1") -> bytes:
    """What draws a line of text, in points from the lower left corner."""
    shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size:g} Tf 1 0 0 1 {left:g} {bottom:g} Tm ({shown}) Tj ET\n".encode("cp1252")


def pdf(
    pages: Sequence[bytes], *more: bytes, count: int | None = None, catalog: bytes = b"", page: bytes = b""
) -> bytes:
    """A document of pages with these contents. `more` are further objects, from number 5 + 2 · pages on; `count` is how
    many pages it claims to have; `catalog` and `page` go into these objects."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages) if count is None else count, kids),
        FONT,
        BOLD,
    ]
    for at, content in enumerate(pages):
        resources = b"<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %b /Contents %d 0 R %b >>"
            % (resources, 6 + 2 * at, page)
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return written([*objects, *more])


def written(objects: Sequence[bytes]) -> bytes:
    """A file of objects, the first of them the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)
    return bytes(out)
