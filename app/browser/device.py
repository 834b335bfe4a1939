"""What this machine and browser offer, found by really asking for a graphics device, from the worker."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

import js
from pyodide.ffi import JsException

from app.browser.ffi import js_array, js_object, text_of
from app.core.device import Space
from app.core.ports import LocalNetwork
from app.core.values import DeviceFacts

# Order matters: Edge calls itself Chrome too, and Chrome calls itself Safari.
BROWSERS = (
    ("Edge", r"Edg(?:A|iOS)?/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Chrome|CriOS)/(\d+)"),
    ("Safari", r"Version/(\d+)"),
)
PLATFORMS = (
    ("Android", "Android"),
    ("iOS", r"iPhone|iPad"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("Linux", "Linux"),
)


class BrowserDevice:
    """The `Device` port. The answer is kept until `forget` is called, since it is asked for before every reply."""

    def __init__(self) -> None:
        self._facts: DeviceFacts | None = None

    async def space(self) -> Space:
        """Quota and usage as the browser says them; zeros where it does not tell."""
        storage: Any = getattr(js.navigator, "storage", None)
        try:
            estimate, is_persistent = await storage.estimate(), bool(await storage.persisted())
        except (AttributeError, JsException):  # no secure context, an old browser, or a private window
            return Space()
        return Space(int(getattr(estimate, "quota", 0) or 0), int(getattr(estimate, "usage", 0) or 0), is_persistent)

    async def local_network(self) -> LocalNetwork:
        """Whether the browser lets this page reach programs on this computer; "unknown" where it does not tell."""
        for name in ("loopback-network", "local-network-access"):
            try:
                status = await js.navigator.permissions.query(js_object({"name": name}))
            except (AttributeError, JsException):  # an old browser, or a name that this one does not know
                continue
            state: LocalNetwork = status.state
            return state
        return "unknown"

    @property
    def is_mobile(self) -> bool:
        """Whether this is a phone or a tablet, as far as the browser tells."""
        return bool(_machine(str(js.navigator.userAgent))["is_mobile"])

    def forget(self) -> None:
        """Ask the browser again next time."""
        self._facts = None

    async def facts(self) -> DeviceFacts:
        """Everything at once; what the browser does not tell stays 0 or empty."""
        if self._facts is None:
            agent = str(js.navigator.userAgent)
            found = {**asdict(await self.space()), **await _graphics(), **_machine(agent)}
            self._facts = DeviceFacts(**found)
        return self._facts


def _machine(agent: str) -> dict[str, Any]:
    browser = next((f"{name} {found[1]}" for name, pattern in BROWSERS if (found := re.search(pattern, agent))), "")
    return {
        "is_secure": bool(js.isSecureContext),
        "is_isolated": bool(getattr(js, "crossOriginIsolated", False)),
        "has_shared_memory": bool(js.Reflect.has(js.globalThis, "SharedArrayBuffer")),
        "has_jspi": bool(js.Reflect.has(js.WebAssembly, "Suspending")),
        "memory_gb": float(getattr(js.navigator, "deviceMemory", 0) or 0),
        "cores": int(getattr(js.navigator, "hardwareConcurrency", 0) or 0),
        "browser": browser,
        "platform": next((name for name, pattern in PLATFORMS if re.search(pattern, agent)), ""),
        "saves_data": bool(getattr(getattr(js.navigator, "connection", None), "saveData", False)),
        "is_mobile": bool(re.search(r"Mobi|Android|iPhone|iPad", agent)),
    }


async def _graphics() -> dict[str, Any]:
    """Adapter and device, with what they can do. The probe device is destroyed at once."""
    gpu = getattr(js.navigator, "gpu", None)
    if not gpu:
        return {"has_webgpu_api": False}
    found: dict[str, Any] = {"has_webgpu_api": True}
    try:
        adapter = await gpu.requestAdapter(js_object({"powerPreference": "high-performance"}))
        if not adapter:  # JavaScript's null is falsy, and not None
            return found
        info = getattr(adapter, "info", None)  # Chrome before 121 does not tell
        parts = [str(getattr(info, name, "") or "") for name in ("vendor", "architecture", "description")]
        has_f16 = bool(adapter.features.has("shader-f16"))
        is_fallback = bool(getattr(info, "isFallbackAdapter", False) or getattr(adapter, "isFallbackAdapter", False))
        found |= {
            "has_adapter": True,
            "adapter": " ".join(dict.fromkeys(part for part in parts if part)),
            "has_f16": has_f16,
            "is_software": is_fallback or "swiftshader" in " ".join(parts).lower(),
            "max_buffer_bytes": int(min(adapter.limits.maxBufferSize, adapter.limits.maxStorageBufferBindingSize)),
        }
        features = js_array("shader-f16") if has_f16 else js_array()
        device = await adapter.requestDevice(js_object({"requiredFeatures": features}))
        device.destroy()
        found["has_device"] = True
    except JsException as error:
        found["problem"] = text_of(error)
    return found
