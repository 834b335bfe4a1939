"""The published folder on a host that knows nothing: deep under a sub-path, without one special header."""

from __future__ import annotations

from tests.browser.conftest import MakeApp, MakeProfile
from tests.browser.driver import MODELS


def test_the_published_folder_works_under_a_sub_path(make_app: MakeApp, published_site: str) -> None:
    app = make_app(published_site)
    app.open()
    app.settings("Advanced").get_by_label("Top-k").fill("1")
    app.page.get_by_label("Top-k").press("Tab")
    app.use_model(app.import_model(MODELS / "tiny-gemma3-f16.gguf"))
    app.go("Chat")
    assert app.ask("What is the capital of France?") == "The capital of France is Paris."
    assert all(url.startswith((published_site, "blob:", "data:")) for url in app.requests)


def test_an_imported_model_is_still_there_after_a_restart_of_the_browser(
    make_profile: MakeProfile, published_site: str
) -> None:
    first = make_profile(url=published_site)
    first.open()
    first.import_model(MODELS / "tiny-gemma3-f16.gguf")
    first.context.close()
    again = make_profile(url=published_site)
    again.open("#/models")
    region = again.page.get_by_role("region", name="Browser models")
    region.get_by_role("article").filter(has_text="tiny-gemma3-f16").get_by_text("Ready").first.wait_for()
