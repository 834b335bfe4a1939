"""What the page and Python may say to each other, read from both sides.

registered()["models:download"].kind            # ModelId
in_markup(), in_scripts()                       # names that the page can send
check_element(element)                          # what this element sends fits the action that takes it
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.compose import compose
from app.core.actions import Action, Picked, actions_of
from app.core.commands import Command, Question
from app.session.session import LAZY
from tests.adapters import memory_adapters
from tests.environment import ROOT

if TYPE_CHECKING:
    from tests.ui.pages import Element

EVENTS = ("click", "change", "submit", "input", "beforetoggle")
BY_SCRIPTS = {"copy-code", "run-code", "keys", "print"}  # what the page does itself
_WITH_EVENT = re.compile(rf"(?:{'|'.join(EVENTS)}):(\S+)")


@cache
def owners() -> tuple[tuple[str, type], ...]:
    """The classes with actions, each with the attribute that makes it at its first use, "" where it is always there."""
    session = compose(memory_adapters()).session
    lazy = ((name, type(getattr(session, name))) for name in LAZY)
    return (*(("", type(group)) for group in session.eager), *lazy)


@cache
def registered() -> Mapping[str, Action]:
    """Every action, by its name."""
    return {name: found for _, owner in owners() for name, found in actions_of(owner).items()}


def _names(texts: Iterator[str]) -> Iterator[str]:
    """Names of actions among texts: whole ones, and those behind the name of an event."""
    groups = {name.partition(":")[0] for name in registered()} | set(LAZY)
    for text in texts:
        for word in text.split():
            found = _WITH_EVENT.fullmatch(word)
            if found:
                yield found.group(1)
            elif re.fullmatch(r"[a-z]+:[a-z]+([-_][a-z]+)*", word) and word.partition(":")[0] in groups:
                yield word


def scripts() -> list[Path]:
    """The page's own JavaScript."""
    return sorted((ROOT / "static" / "js").rglob("*.js"))


def _python() -> list[Path]:
    return sorted(path for room in ("ui", "session") for path in (ROOT / "app" / room).rglob("*.py"))


def in_markup() -> set[str]:
    """Names that a button, a field or a form sends."""
    found: set[str] = set()
    for path in _python():
        tree = ast.parse(path.read_text("utf-8"))
        marks = {id(node) for name in ast.walk(tree) for node in _of_a_mark(name)}
        texts = (
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in marks
            and "\n" not in node.value
            and " " not in node.value
        )
        found |= set(_names(texts))
    pages = re.findall(r'data-(?:on|drop|chooser|escape)="([^"]+)"', (ROOT / "index.html").read_text("utf-8"))
    return found | set(_names(iter(pages)))


def _of_a_mark(node: ast.AST) -> list[ast.AST]:
    """The name in `@action(name, …)`: that registers it, and sends nothing."""
    is_mark = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "action"
    return [node.args[0]] if is_mark and isinstance(node, ast.Call) else []


def in_scripts() -> set[str]:
    """Names that the page's JavaScript sends by itself."""
    quoted = (text for path in scripts() for text in re.findall(r"['\"`]([^'\"`\n]+)['\"`]", path.read_text("utf-8")))
    return set(_names(text for text in quoted if " " not in text))


def made_up() -> list[str]:
    """Places where the name behind an event is put together of parts, so that nobody could find it."""
    found = []
    for path in _python():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
            text = str(first.value) if isinstance(first, ast.Constant) else ""
            event, colon, more = text.partition(":")
            if isinstance(node, ast.JoinedStr) and event in EVENTS and colon and (more or len(node.values) != 2):
                found.append(f"{path.name}:{node.lineno}")
    return found


# -- commands


def commands() -> dict[str, int]:
    """Every command's name, and with how many arguments it comes; a question has its number first."""
    found: dict[str, int] = {}
    for kind in _below(Command):
        if dataclasses.is_dataclass(kind):
            name = kind.__name__[0].lower() + kind.__name__[1:]
            found[name] = len(dataclasses.fields(kind)) + issubclass(kind, Question)
    return found


def _below(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    for one in below:
        yield one
        yield from _below(one)


def handlers() -> dict[str, int]:
    """The names in static/js/page/commands.js and drawn.js, and how many parameters each has."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "static" / "js" / "page").glob("*.js")))
    table = (ROOT / "static" / "js" / "page" / "commands.js").read_text("utf-8")
    table = table[table.index("export const commands = {") :]
    found = {
        name: _count(given) for name, given in re.findall(r"^  (?:async )?(\w+)\(([^)]*)\) \{$", table, re.MULTILINE)
    }
    for name, other in re.findall(r"^  (\w+)(?:: (\w+))?,$", table, re.MULTILINE):
        found[name] = _count(_parameters(text, other or name))
    drawn = (ROOT / "static" / "js" / "page" / "drawn.js").read_text("utf-8")  # waits for a picture before the others
    for name, given in re.findall(r"last\[1\] === '(\w+)'\) wait\(ops.slice\(0, -1\), (.*)\);", drawn):
        found[name] = _count(given)
    return found


def _parameters(text: str, name: str) -> str:
    """Those of a function that a module exports."""
    named = re.search(rf"export (?:async )?function {name}\(([^)]*)\)", text)
    arrow = re.search(rf"export const {name} = (?:async )?\(?([^()=]*)\)? =>", text)
    found = named or arrow
    assert found, f"{name} is no function of the page's"
    return found.group(1)


def _count(parameters: str) -> int:
    assert "..." not in parameters, parameters
    return len([one for one in parameters.split(",") if one.strip()])


# -- whether what an element sends is what its action takes


def check_element(element: Element) -> None:
    """Fails where an element of a page sends something that its action would refuse, or that nothing takes."""
    for on in element.attributes.get("data-on", "").split():
        event, _, name = on.partition(":")
        assert event in EVENTS, on
        if name not in BY_SCRIPTS:
            _check(name, _sent_by(element, event))
    for attribute, sent in (("data-drop", Picked), ("data-escape", ""), ("data-chooser", None)):
        if name := element.attributes.get(attribute, ""):
            arg = element.attributes.get("data-arg")
            _check(name, sent if sent is not None else Picked if arg is None else arg)


def _sent_by(element: Element, event: str) -> Any:
    """An example of what `static/js` makes of an event: a text, a switch, a mapping, or the class of what is picked."""
    arg, kind = element.attributes.get("data-arg"), element.attributes.get("type", "")
    if event == "submit":
        fields = [item for item in element.all() if "name" in item.attributes]
        return {"arg": arg or "", **{item.attributes["name"]: _value(item) for item in fields}}
    if event == "click" and "aria-checked" in element.attributes:  # a button that is a switch
        return True if arg is None else {"arg": arg, "value": True}
    if event == "click":
        return arg or ""
    if event == "beforetoggle":
        return True
    if kind == "file":
        return Picked
    value = True if kind == "checkbox" else _value(element)
    return value if arg is None else {"arg": arg, "value": value}


def _value(element: Element) -> str:
    options = [item.attributes.get("value", "") for item in element.all("option")]
    return options[0] if options else element.attributes.get("value", "")


def _check(name: str, sent: Any) -> None:
    assert name in registered(), f"nothing takes {name}"
    found = registered()[name]
    if sent is Picked or found.kind is Picked:
        assert sent is found.kind, f"{name} takes {found.kind}"
        return
    taken: list[object] = []
    found.call(_Taker(found.method, taken), sent)
    assert len(taken) == 1
    if isinstance(sent, dict) and dataclasses.is_dataclass(found.kind):
        unread = set(sent) - {field.name for field in dataclasses.fields(found.kind)} - {"arg"}
        assert not unread, f"{name} does not read {unread}"


class _Taker:
    """Takes what an action would be called with."""

    def __init__(self, method: str, taken: list[object]) -> None:
        self.__dict__[method] = lambda *args: taken.append(args)
