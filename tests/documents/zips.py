"""Documents of Office, written by hand for what no program would write.

path.write_bytes(docx(p("Tides") + BREAK + p("Ebb")))
"""

from __future__ import annotations

import io
import zipfile

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        *(("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing")),
        *(("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
    )
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f"<Types><Override ContentType='{WORD}'/></Types>"
RELATIONS = "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='/{}'/></Relationships>"
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def p(text: str, about: str = "", run: str = "") -> str:
    """A paragraph of Word; `about` goes into its properties, `run` into those of its words."""
    return f'<w:p><w:pPr>{about}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def style(id: str, name: str, more: str = "") -> str:
    """A style of Word."""
    return f'<w:style w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>'


def docx(body: str, styles: str = "", main: str = "word/document.xml", **notes: str) -> bytes:
    """A document of Word; `notes` by their kind: footnotes, endnotes."""
    folder = main.rpartition("/")[0]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(main),
        main: f"<w:document {W}><w:body>{body}</w:body></w:document>",
        f"{folder}/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    }
    names = "".join(f"<Relationship Id='{kind}' Target='{kind}.xml'/>" for kind in ("styles", *notes))
    parts[f"{folder}/_rels/{main.rpartition('/')[2]}.rels"] = f"<Relationships>{names}</Relationships>"
    parts |= {f"{folder}/{kind}.xml": f"<w:{kind} {W}>{text}</w:{kind}>" for kind, text in notes.items()}
    return zipped(parts)


def odt(body: str, styles: str = "", *, mimetype: bool = True) -> bytes:
    """A text of OpenDocument."""
    parts: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text"} if mimetype else {}
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}"
    parts["content.xml"] = f"<office:document {ODF}>{content}</office:text></office:body></office:document>"
    return zipped({**parts, "META-INF/manifest.xml": "<manifest/>"})
