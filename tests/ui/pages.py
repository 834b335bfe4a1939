"""Reading a page's HTML as a person or a screen reader would: roles and names, not markup."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.compose import compose
from app.core.html import VOID, Html
from app.core.values import DeviceFacts
from app.models.store.rows import Row
from app.session import Session
from app.ui.pages.settings import index, parts, section_shown, settings_page, shown_section
from tests.adapters import memory_adapters
from tests.messages import check_element


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words in it, with single spaces."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Every element below with this tag and these attributes (`data_on` stands for `data-on`)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                if tag in ("", child.tag) and wanted.items() <= child.attributes.items():
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        [found] = self.all(tag, **attributes)
        return found

    def button(self, name: str) -> Element:
        """The only button of that name."""
        [found] = [item for item in self.all("button") if item.text == name]
        return found

    def buttons(self) -> list[str]:
        """The names of all buttons, in order."""
        return [item.text for item in self.all("button")]

    def labelled(self, name: str) -> Element:
        """The field that a label of these words points to."""
        [label] = [item for item in self.all("label") if item.text == name]
        return self.one(id=label.attributes["for"])

    def article(self, name: str) -> Element:
        """The article whose heading names it."""
        [found] = [item for item in self.all("article") if self.one(id=item.attributes["aria-labelledby"]).text == name]
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: Html) -> Element:
    """The page as a tree. Fails where elements are left open, an id is there twice, or something sends what no action
    takes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    [root] = reader.open
    ids = [item.attributes["id"] for item in root.all() if "id" in item.attributes]
    assert sorted(ids) == sorted(set(ids)), "an id is there twice"
    for element in root.all():
        check_element(element)
    return root


def session(*rows: Row, facts: DeviceFacts | None = None) -> Session:
    """A session that shows these rows and facts."""
    made = compose(memory_adapters()).session
    made.state.rows.set(rows)
    made.state.rows_at_rest.set(tuple(row.at_rest for row in rows))
    made.state.facts.set(facts)
    return made


def settings(made: Session) -> Element:
    """The Settings page, without the lists of models."""
    section = shown_section(made)
    whole = section_shown(section, parts(made, section).values(), Html(""))
    return read(settings_page(made, index(made), whole))


def act(made: Session, name: str, arg: object) -> None:
    """Run an action to its end."""

    async def body() -> None:
        made.act(name, arg)
        await made.jobs.join()

    asyncio.run(body())
