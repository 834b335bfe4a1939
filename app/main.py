"""The page's Python begins here: the browser's adapters, the app over them, the pages."""

import random
import sys

if "app.zip" not in sys.path:  # where pyscript.toml puts it; Python may have been started with it (interpreter.mjs)
    sys.path.insert(0, "app.zip")

from app.browser.adapters import adapters_of
from app.browser.page import BrowserPage
from app.compose import compose
from app.session.notices import as_app_error
from app.ui.demo import mount_ping
from app.ui.mount import mount


async def main() -> None:
    """Start; what goes wrong before the page is drawn is told in words by the shell."""
    random.seed()  # Python may have been started at set-up, on another machine (static/js/build/interpreter.mjs)
    page = BrowserPage()
    hello = await page.connect()
    try:
        app = compose(await adapters_of(page, hello))
        await app.start()
        mount(app.session, page, app.adapters.typesetter)
        if app.adapters.visit.is_demo:
            mount_ping(app.session, page)
        page.listen(app.session.act)
        page.do("ready")
    except Exception as caught:
        error = as_app_error(caught)
        page.do("failed", error.message, error.cure, error.detail)
        raise


await main()
