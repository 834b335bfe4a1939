"""Fault U16: databases, locks and channels are named in one place, so the demo and the app leave each other alone.

The scripts are asked as they are written, from a page of their origin that has nothing else in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import serving_folder
from tests.environment import ROOT

LINKED = """async () => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('tiny.gguf', { create: true });
  const opening = indexedDB.open('drleelm-demo-model-tiny', 1);
  opening.onupgradeneeded = () => ['info', 'chunks'].forEach(name => opening.result.createObjectStore(name));
  await new Promise(done => { opening.onsuccess = done; });
  const keeping = opening.result.transaction('info', 'readwrite');
  keeping.objectStore('info').put(handle, 'link');
  await new Promise(done => { keeping.oncomplete = done; });
  opening.result.close();
}"""
#: Events that come of asking for the permission of a model, and the databases that are there then.
ALLOW = """async id => {
  const { connect } = await import('/static/js/page/port.js');
  const { allowLinked } = await import('/static/js/page/files.js');
  const { port1, port2 } = new MessageChannel();
  const events = [];
  port2.onmessage = event => events.push(JSON.parse(event.data));
  connect(port1, () => {}, {});
  await allowLinked(id);
  port1.postMessage('["end", ""]');
  while (events.at(-1)?.[0] !== 'end') await new Promise(done => setTimeout(done, 10));
  return [events.slice(1, -1), (await indexedDB.databases()).map(base => base.name)];
}"""
LOCKS = """async app => {
  const { claim } = await import('/static/js/tabs.js');
  const isOurs = await claim(app, 'tiny');
  return [isOurs, (await navigator.locks.query()).held.map(lock => lock.name).sort()];
}"""


@pytest.fixture
def page(no_webgpu: Browser) -> Iterator[Page]:
    """A page of the site that asks for the demo, and has no program in it."""
    with serving_folder(ROOT) as url:
        page = no_webgpu.new_page()
        page.goto(url + "static/icons/icon.svg?demo")
        yield page
        page.close()


def allow(page: Page, model: str) -> tuple[list[Any], list[str]]:
    """The events and the databases after the page was asked to allow a model's file."""
    events, databases = page.evaluate(ALLOW, model)
    return events, databases


def test_the_demos_linked_file_is_read_from_the_demos_database(page: Page) -> None:
    page.evaluate(LINKED)
    events, databases = allow(page, "tiny")
    assert events == [["models:allowed", "tiny"]]
    assert databases == ["drleelm-demo-model-tiny"]


def test_a_model_that_is_not_there_leaves_no_empty_database(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    assert allow(page, "gone") == ([], [])
    assert errors == []


def test_the_demo_and_the_app_hold_locks_of_their_own_named_like_the_databases(page: Page) -> None:
    assert page.evaluate(LOCKS, "drleelm-demo") == [True, ["drleelm-demo-model-tiny"]]
    assert page.evaluate(LOCKS, "drleelm") == [True, ["drleelm-demo-model-tiny", "drleelm-model-tiny"]]
