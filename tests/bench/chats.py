"""long-chat: opening a chat of 1,000 messages against one of 50, in the app itself.

`?demo&messages=N` fills the store with a chat of N messages and opens it; the page marks the moment it stands
(`<html data-chat-open>`). The boot before it is the same on both sides and is not counted: a chat is opened again, by
the list of chats, in the page that is already there.
"""

from __future__ import annotations

from contextlib import ExitStack

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns

NAMES = ("long-chat",)
LONG, SHORT = 1000, 50
NOTE = f"opening a chat of {LONG} messages / of {SHORT} messages, both in this app, from the click to the drawn chat"
"""Leave for a new chat, then click the generated one in the list and wait until it stands."""
OPEN = """
async () => {
  const root = document.documentElement;
  const until = wanted => new Promise(resolve => {
    const look = () => { if (root.hasAttribute('data-chat-open') === wanted) { watch.disconnect(); resolve(); } };
    const watch = new MutationObserver(look);
    watch.observe(root, { attributes: true });
    look();
  });
  const links = [...document.querySelectorAll('[data-on="click:chat:open"]')];
  return links.length;
}
"""
