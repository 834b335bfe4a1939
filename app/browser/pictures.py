"""Pictures by the browser's own decoder and encoder, which leave out where and with what a photo was taken (EXIF).

pictures = BrowserPictures()
await pictures.fit(file, 1536, 320)                 # a Picture; None for what this browser cannot open
"""

from __future__ import annotations

import base64
from typing import Any, Literal

import js
from pyodide.ffi import JsException, to_js

from app.browser.ffi import js_array, js_object
from app.core.pictures import Picture

JPEG: Literal["image/jpeg"] = "image/jpeg"
PNG: Literal["image/png"] = "image/png"
QUALITY, PREVIEW_QUALITY = 0.88, 0.7
MOST_PNG_BYTES = 1_000_000  # screenshots stay sharp; a photo as PNG becomes a JPEG


class BrowserPictures:
    """The `Pictures` port. `createImageBitmap` turns a photo as its EXIF says, and decodes beside this thread."""

    async def fit(self, handle: Any, longest: int, preview: int) -> Picture | None:
        """A `File`, a `Blob` or bytes; None where it cannot be opened."""
        if isinstance(handle, bytes):
            handle = js.Blob.new(js_array(to_js(handle)))
        try:
            bitmap = await js.createImageBitmap(handle)
        except JsException:
            return None
        try:
            whole, small = _drawn(bitmap, longest), await _jpeg(_drawn(bitmap, preview, "white"), PREVIEW_QUALITY)
            sides, thumb = (int(whole.width), int(whole.height)), await _base64(small)
            if str(handle.type) != JPEG:
                png = await whole.convertToBlob(js_object({"type": PNG}))
                if png.size <= MOST_PNG_BYTES:
                    return Picture(PNG, await _base64(png), *sides, thumb)
            jpeg = await _jpeg(_drawn(bitmap, longest, "white"), QUALITY)
            return Picture(JPEG, await _base64(jpeg), *sides, thumb)
        except JsException:  # larger than a canvas may be
            return None
        finally:
            bitmap.close()


def _drawn(bitmap: Any, longest: int, ground: str = "") -> Any:
    scale = min(1.0, longest / max(bitmap.width, bitmap.height))
    width, height = max(1, round(bitmap.width * scale)), max(1, round(bitmap.height * scale))
    canvas = js.OffscreenCanvas.new(width, height)
    context = canvas.getContext("2d")
    if ground:
        context.fillStyle = ground
        context.fillRect(0, 0, width, height)
    context.imageSmoothingQuality = "high"
    context.drawImage(bitmap, 0, 0, width, height)
    return canvas


async def _jpeg(canvas: Any, quality: float) -> Any:
    return await canvas.convertToBlob(js_object({"type": JPEG, "quality": quality}))


async def _base64(blob: Any) -> str:
    return base64.b64encode((await blob.arrayBuffer()).to_bytes()).decode("ascii")
