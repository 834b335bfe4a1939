"""ZIP files that are read where they lie: the directory at their end, then only the members that are wanted.

    zip = await open_zip(handle, blobs)         # raises BadExport, in words
    zip.members
    async for piece in zip.pieces(member): ...  # unpacked, at most PIECE bytes each

The directory is read by Python's own zipfile, from the file's last bytes; no more of the file than those and the
members' own is ever in memory. A member that says one thing of its size and unpacks to far more is refused on the way.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from app.core.errors import AppError
from app.core.ports import Blobs
from app.core.texts import Text

PIECE = 512 * 1024  # bytes at a time: between two pieces others have their turn
TAIL = 1024 * 1024
_MOST_DIRECTORY = 64 * 1024 * 1024
_HEADER = struct.Struct("<4s22x2H")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: a text larger than this is refused where it is so many times its packed size
SURE_BYTES, MOST_TIMES = 64 * 1024 * 1024, 100
MOST_UNPACKED = 8 * 1024 * 1024 * 1024


class BadExport(AppError):
    """A file of which no chats can be brought in. Nothing was changed."""

    message = Text("imports.foreign")
    cure = Text("imports.foreign_cure")
    again = False


def damaged(*, detail: str) -> BadExport:
    """A ZIP that was cut, or of which something is wrong."""
    return BadExport(Text("imports.zip_damaged"), Text("imports.zip_damaged_cure"), detail=detail)


class _Window(io.RawIOBase):
    """The end of a file, as if it were the file. Reading before it raises _Earlier."""

    def __init__(self, size: int, start: int, tail: bytes) -> None:
        self._size, self._start, self._tail, self._at = size, start, tail, 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        at = offset + (0, self._at, self._size)[whence]
        if at < 0:
            raise OSError(at)
        self._at = at
        return at

    def read(self, size: int = -1) -> bytes:
        end = self._size if size < 0 else min(self._size, self._at + size)
        if self._at < self._start and end > self._at:
            raise _Earlier(self._at)
        found = self._tail[self._at - self._start : end - self._start]
        self._at = max(self._at, end)
        return found


class _Earlier(Exception):
    """More of the file's end is needed: from `start` on."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP. `size_bytes` is what the directory says of it, unpacked."""

    name: str
    size_bytes: int
    info: zipfile.ZipInfo


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: some programs write it with the slashes of Windows."""
    return info.filename.replace("\\", "/")


class Zip:
    """An open ZIP."""

    def __init__(self, handle: object, blobs: Blobs, infos: list[zipfile.ZipInfo]) -> None:
        self._handle, self._blobs = handle, blobs
        self.members = tuple(Member(_name(info), info.file_size, info) for info in infos if not info.is_dir())

    async def pieces(self, member: Member) -> AsyncGenerator[bytes, None]:
        """What is in a member, a piece at a time. Raises BadExport, StorageError."""
        info = member.info
        if info.flag_bits & 0x1:
            raise BadExport(Text("imports.zip_locked"), Text("imports.zip_unpack_cure"))
        if info.compress_type not in _METHODS:
            raise BadExport(Text("imports.zip_method"), Text("imports.zip_unpack_cure"))
        start = await self._start(info)
        unpack = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
        done, checked = 0, 0
        for at in range(start, start + info.compress_size, PIECE):
            packed = await self._blobs.head(self._handle, at, min(PIECE, start + info.compress_size - at))
            while packed:
                try:
                    piece = unpack.decompress(packed, PIECE) if unpack else packed
                except zlib.error as error:
                    raise damaged(detail=str(error)) from error
                packed = unpack.unconsumed_tail if unpack else b""
                done, checked = done + len(piece), zlib.crc32(piece, checked)
                if done > max(SURE_BYTES, MOST_TIMES * info.compress_size) or done > MOST_UNPACKED:
                    raise BadExport(Text("imports.zip_bomb"), Text("imports.zip_bomb_cure"))
                yield piece
        if unpack and (rest := unpack.flush()):
            done, checked = done + len(rest), zlib.crc32(rest, checked)
            yield rest
        if (unpack and not unpack.eof) or checked != info.CRC:
            raise damaged(detail=f"{info.filename}: {done} bytes")

    async def _start(self, info: zipfile.ZipInfo) -> int:
        """Where a member's bytes begin: behind a header of its own."""
        head = await self._blobs.head(self._handle, info.header_offset, _HEADER.size)
        if len(head) < _HEADER.size or head[:4] != b"PK\x03\x04":
            raise damaged(detail=f"{info.filename}: no header")
        _, name, extra = _HEADER.unpack(head)
        return info.header_offset + _HEADER.size + int(name) + int(extra)


async def open_zip(handle: object, blobs: Blobs) -> Zip:
    """A ZIP by its directory. Raises BadExport."""
    size = blobs.size(handle)
    start = max(0, size - TAIL)
    while True:
        tail = await blobs.head(handle, start, size - start)
        try:
            with zipfile.ZipFile(_Window(size, start, tail)) as found:
                return Zip(handle, blobs, found.infolist())
        except _Earlier as earlier:
            if size - earlier.start > _MOST_DIRECTORY:
                raise damaged(detail="the directory is too large") from earlier
            start = min(earlier.start, max(0, start - TAIL))
        except Exception as error:  # of a directory that makes no sense zipfile raises many kinds
            raise damaged(detail=f"{type(error).__name__}: {error}") from error
