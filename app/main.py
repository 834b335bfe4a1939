"""The page's Python begins here: the browser's adapters, the app over them, the pages."""

import json
import random
import sys

if "app.zip" not in sys.path:  # where pyscript.toml puts it; Python may have been started with it (interpreter.js)
    sys.path.insert(0, "app.zip")

from app import packed
from app.browser.adapters import adapters_of
from app.browser.page import BrowserPage
from app.compose import compose
from app.core.commands import Failed, Ready
from app.session.notices import as_app_error
from app.study.shelves import NAMES, VERSION
from app.ui.demo import mount_ping
from app.ui.mount import mount
from app.ui.words import use, words


async def main() -> None:
    """Start; what goes wrong before the page is drawn is told in words by the shell."""
    random.seed()  # Python may have been started at set-up, on another machine (static/js/interpreter.js)
    page = BrowserPage(words)
    hello = await page.connect()
    use(str(hello["language"]), lambda table: json.loads(packed(f"ui/words/{table}.json")))
    try:
        app = compose(await adapters_of(page, hello, VERSION, NAMES))
        await app.start()
        mount(app.session, page, app.adapters.typesetter)
        if app.adapters.visit.is_demo:
            mount_ping(app.session, page)
        page.listen(app.session.act)
        page.do(Ready())
    except Exception as caught:
        error = as_app_error(caught)
        page.do(Failed(error.message, error.cure, error.detail))
        raise


await main()
