"""Pictures and sounds of cards: what they are, by their names and first bytes.

media_of("map.png", "iVBORw0KGgo…")         # Media(id, "image/png", "iVBORw0KGgo…")
"""

from __future__ import annotations

from base64 import b64decode

from app.study.practice.records import Media, media_id

OTHER = "application/octet-stream"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/avif", "image/bmp")
_MARKS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
)
_ENDINGS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


def media_of(name: str, content: str) -> Media:
    """A file by its name and its bytes as base64; what it is called counts where its first bytes say nothing."""
    head = b64decode(content[:64])
    kind = next((kind for mark, kind in _MARKS if head.startswith(mark)), "")
    return Media(media_id(content), kind or _ENDINGS.get(name.rpartition(".")[2].lower(), OTHER), content)
