"""Record the next profile by a scripted real use of this version of the app, in Chromium.

python -m tests.profile profile-2           writes tests/fixtures/profile-2/
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.driver import LIMIT_MS, App
from tests.browser.site import serving
from tests.environment import QUIET_FLAGS, ROOT, WEBGPU_FLAGS, find_chromium
from tests.profile.databases import FIXTURES, record
from tests.profile.look import look
from tests.profile.use import use, world

NOTE = """\
# {name}

What the browser keeps after a real use of the app, recorded by `python -m tests.profile {name}` from the commit
`{commit}` in Chromium {chromium}. `tests/profile/use.py` of that commit (or the one after it) is what was done,
`tests/profile/databases.py` says what the files hold. `expected.json` is what the page showed at the end.

Nobody changes it: a later version of the app that keeps more is recorded in a profile of its own, beside this one.
Everything in it is made up; the key of the vault is in `tests/profile/databases.py`, and the API key opens nothing. A
file used in place is missing: only a person can pick one.
"""


def main() -> int:
    """Use the app, record, and look at what a new start shows."""
    parser = argparse.ArgumentParser(prog="python -m tests.profile", description=__doc__)
    parser.add_argument("name", help="the folder's name in tests/fixtures, such as profile-2")
    name = parser.parse_args().name
    folder: Path = FIXTURES / name
    expect.set_options(timeout=LIMIT_MS)
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    with serving() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*QUIET_FLAGS, *WEBGPU_FLAGS])
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="UTC", accept_downloads=True
        )
        app = App(context, site.url)
        with world(app) as made:
            use(made)
            app.leave()
            record(app.page, folder)
            app.page.go_back()
            app.wait_ready()
            seen = look(app)
        (folder / "expected.json").write_text(json.dumps(seen, ensure_ascii=False, indent=1) + "\n", "utf-8")
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
        note = NOTE.format(name=name, commit=commit.stdout.strip(), chromium=browser.version)
        (folder / "README.md").write_text(note, "utf-8")
        browser.close()
    app.check()
    size = sum(file.stat().st_size for file in folder.iterdir())
    sys.stdout.write(f"{folder.relative_to(ROOT)}: {size / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
