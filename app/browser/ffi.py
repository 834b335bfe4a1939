"""Crossing between Python and JavaScript: objects, callbacks that are always destroyed, errors as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, to_js


def js_object(value: Mapping[str, Any]) -> Any:
    """A plain JavaScript object, deep, without any proxy inside."""
    return to_js(value, dict_converter=js.Object.fromEntries)


def js_array(*values: Any) -> Any:
    """A JavaScript array of values that are JavaScript's own already."""
    return js.Array.of(*values)


def blob_of(data: bytes) -> Any:
    """A JavaScript Blob of some bytes."""
    return js.Blob.new(js_array(to_js(data)))


@contextmanager
def callback(function: Callable[..., Any]) -> Iterator[Any]:
    """A Python function as JavaScript sees it, destroyed at the end of the block."""
    proxy = create_proxy(function)
    try:
        yield proxy
    finally:
        proxy.destroy()


def text_of(error: BaseException) -> str:
    """What a JavaScript exception says, without Python's own prefix."""
    if isinstance(error, JsException):
        return str(getattr(error, "message", "") or error)
    return str(error)
