"""The browsers that the page is tried in, and what each of them lacks.

A lack is a piece of script before every script of the site (served.py), so that page, workers and Python all have it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

#: As Chrome before 137, and Firefox before 153.
NO_JSPI = "delete WebAssembly.Suspending; delete WebAssembly.promising; delete WebAssembly.SuspendError;"
#: As Chrome before 133.
NO_MEMORY64 = """WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(Memory, [options], made) {
    if (typeof options.initial === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
    return Reflect.construct(Memory, [{ ...options, address: undefined }], made);
  },
});"""
#: As private windows of some browsers.
NO_OPFS = "if (self.StorageManager) delete StorageManager.prototype.getDirectory;"


@dataclass(frozen=True, slots=True)
class Variant:
    """A browser. `takes_compat` says that llama.cpp comes in its build for browsers without JSPI or 64-bit memory; a
    Firefox that lacks JSPI alone does without. `options` are the driver's."""

    name: str
    browser: str
    lacks: str = ""
    options: tuple[str, ...] = ()
    has_jspi: bool = True
    has_opfs: bool = True
    takes_compat: bool = False
    is_isolated: bool = True
    shares_memory: bool = True

    def __str__(self) -> str:
        return self.name


CHROMIUM = Variant("chromium", "chromium")
FIREFOX = Variant("firefox", "firefox")
FIREFOX_WITHOUT_JSPI = Variant("firefox-without-jspi", "firefox", options=("--without-jspi",), has_jspi=False)
#: WebKitGTK, where it is not Playwright's own: without JSPI, 64-bit memory and a private file system, as some Safaris.
WEBKIT = Variant("webkit", "webkit", has_jspi=False, has_opfs=False, shares_memory=False, takes_compat=True)
#: Where the page is isolated it runs no worker of a blob in a frame of no origin: no program (static/js/page/wall.js).
WEBKIT_NOT_ISOLATED = replace(WEBKIT, name="webkit-not-isolated", is_isolated=False)
WITHOUT_JSPI = Variant("chromium-without-jspi", "chromium", NO_JSPI, has_jspi=False, takes_compat=True)
WITHOUT_MEMORY64 = Variant("chromium-without-memory64", "chromium", NO_MEMORY64, takes_compat=True)
WITHOUT_OPFS = Variant("chromium-without-opfs", "chromium", NO_OPFS, has_opfs=False)
NOT_ISOLATED = Variant("chromium-not-isolated", "chromium", is_isolated=False)

VARIANTS = (
    CHROMIUM,
    WITHOUT_JSPI,
    WITHOUT_MEMORY64,
    WITHOUT_OPFS,
    NOT_ISOLATED,
    FIREFOX,
    FIREFOX_WITHOUT_JSPI,
    WEBKIT,
)
