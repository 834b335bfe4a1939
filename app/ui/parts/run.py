"""The program beside the chat: its code, which can be changed, and what comes of it.

run_panel(shown)                # what stands in <aside id="source">, with an empty place for each of `places`
places(session, shown)          # {"run-output": Html, …}: painted by themselves while the program runs
left(shown)                     # the same for its files, which are large and change seldom
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from app.core.file_names import plain_name
from app.core.html import Child, Html, h
from app.core.running import ProgramFile, Ran
from app.core.texts import Seconds, Text
from app.session import Session
from app.study.program_files import Offered, missed_file
from app.study.programs import RunShown, plain
from app.study.run_pictures import PICTURES, picture_type
from app.ui.icons import icon
from app.ui.parts.controls import icon_button
from app.ui.parts.run_checked import checked
from app.ui.parts.run_network import network
from app.ui.words import t, words

BODY = "source-body"
LEFT = "run-made"
PLACES = ("run-files", "run-network", "run-checked", "run-output", "run-asks", LEFT, "run-after")
ENDINGS: Mapping[str, Text] = {
    "flood": Text("run.flood"),
    "broken": Text("run.broken"),
    "not-started": Text("run.not_started"),
    "stopped": Text("run.stopped"),
}
LIMIT_SECONDS = 120.0
MEMORY_ERROR = "MemoryError"


def run_panel(shown: RunShown) -> Html:
    """The whole content; it is drawn once for each program that is opened, so that typing is never disturbed."""
    title = h("div", h("h2", t("run.title"), id="source-title", tabindex="-1"), h("p", t("run.wall")))
    close = icon_button("x", t("run.close"), "click:programs:close")
    field = h(
        "textarea",
        shown.code,
        name="code",
        id=f"run-code-{shown.number}",
        aria_label=t("run.code"),
        spellcheck="false",
        autocapitalize="off",
        autocomplete="off",
        dir="ltr",
        rows=str(min(16, max(5, shown.code.count("\n") + 1))),
    )
    form = h("form", field, h("div", id="run-controls"), data_on="submit:programs:start", id=f"run-form-{shown.number}")
    after = (h("div", id=id) for id in PLACES)
    return h("div", h("header", title, close), h("div", form, *after, class_="source-page run-page"), id=BODY)


def places(session: Session, shown: RunShown) -> dict[str, Html]:
    """What changes while a program runs, by the ids of the elements."""
    return {
        "run-controls": _controls(shown),
        "run-files": _given(session, shown),
        "run-network": network(shown),
        "run-checked": checked(shown),
        "run-output": _output(session, shown),
        "run-asks": _asks(shown),
        "run-after": _after(session, shown),
    }


def _controls(shown: RunShown) -> Html:
    if shown.is_running:
        act = h("button", t("run.stop"), type="button", data_on="click:programs:stop", class_="secondary")
    else:
        sign, label = icon("play"), t("run.again" if shown.ran else "run.start")
        act = h("button", sign, label, type="submit")
    add = h("button", t("run.add"), type="button", class_="quiet", data_pick="run-pick")
    pick = h("input", type="file", id="run-pick", multiple=True, hidden=True, data_on="change:programs:add")
    return h("div", act, add, pick, h("p", _status(shown), role="status"), class_="actions", id="run-controls")


def _status(shown: RunShown) -> str:
    ran = shown.ran
    if shown.is_running:
        return t("run.running") if shown.begun else t("run.starting")
    if ran is None:
        return ""
    if ran.ending == "":
        return t("run.done", seconds=Seconds(round(ran.seconds, 1)))
    if ran.ending == "late":
        return t("run.late", seconds=Seconds(LIMIT_SECONDS))
    if ran.ending == "failed":
        return t("run.failed_line", line=ran.line) if ran.line else t("run.failed")
    return words(ENDINGS[ran.ending])


def _given(session: Session, shown: RunShown) -> Html:
    """The files that the program may read, and those of the chat that it could be given."""
    rows = [
        h("li", one.name, icon_button("x", t("run.remove", name=one.name), "click:programs:remove", one.name))
        for one in shown.given
    ]
    offers = [h("li", _offer(one)) for one in session.programs.offers()]
    given = h("ul", *rows, aria_label=t("run.given"), class_="run-given") if rows else None
    label = h("p", t("run.offered"), class_="note") if offers else None
    could = h("ul", *offers, aria_label=t("run.offered"), class_="run-offered") if offers else None
    return h("div", given, label, could, id="run-files")


def _offer(one: Offered) -> Html:
    label, on = t("run.take", name=one.name), "click:programs:take"
    face = (icon("plus"), one.name)
    return h("button", *face, type="button", aria_label=label, class_="quiet", data_on=on, data_arg=one.id)


def _output(session: Session, shown: RunShown) -> Html:
    ran = shown.ran
    lines = [h("span", plain(line.text), data_kind=line.kind) for line in shown.lines]
    under: list[Child] = []
    if ran and ran.left:
        under.append(h("p", t("run.cut", count=ran.left), class_="note"))
    if ran and not ran.ending and not shown.lines and not shown.files:
        under.append(h("p", t("run.nothing"), class_="note"))
    if shown.restarts:
        under.append(h("p", t("run.restarts"), class_="note"))
    body = None
    if lines:
        copy = h("button", t("chat.copy"), type="button", data_on="click:copy-code", aria_label=t("run.copy_output"))
        printed = h("pre", *lines, tabindex="0", role="region", aria_label=t("run.output"))
        body = h("figure", h("figcaption", t("run.output"), copy), printed, class_="code")
    return h("div", body, *under, _error(session, shown, ran) if ran else None, id="run-output")


def _error(session: Session, shown: RunShown, ran: Ran) -> Html | None:
    """The line that failed, and what Python says of it."""
    if ran.ending != "failed":
        return None
    told = h("p", t("run.memory")) if ran.error == MEMORY_ERROR else h("pre", ran.error.strip(), tabindex="0")
    lines = shown.code.splitlines()
    line = None
    if 0 < ran.line <= len(lines):
        line = h("pre", h("mark", f"{ran.line}  {lines[ran.line - 1].strip()}"), class_="run-line", tabindex="0")
    missed = missed_file(ran.error)
    cure = _missed(session, missed) if missed else None
    return h("div", line, told, cure, class_="problem", role="group", aria_label=_status(shown))


def _missed(session: Session, name: str) -> Html:
    """A file that the program has looked for: the one of that name, or any."""
    offer = next((one for one in session.programs.offers() if one.name == name), None)
    add = _offer(offer) if offer else h("button", t("run.add"), type="button", class_="quiet", data_pick="run-pick")
    return h("div", h("p", t("run.missed_file", name=name), class_="note"), add)


def _asks(shown: RunShown) -> Html:
    """The field for what `input()` waits for."""
    if shown.asks is None:
        return h("div", id="run-asks")
    label = h("label", shown.asks or t("run.answer"), for_="run-answer")
    field = h("input", name="answer", id="run-answer", autocomplete="off", autofocus=True, dir="auto")
    enter = h("button", t("run.enter"), type="submit")
    form = h("form", label, h("div", field, enter, class_="row"), data_on="submit:programs:say")
    return h("div", form, id="run-asks")


def left(shown: RunShown) -> Html:
    """What the program has left: pictures are shown, everything can be saved."""
    if not shown.files:
        return h("div", id=LEFT)
    return h("div", h("h3", t("run.made")), h("ul", map(_file, shown.files)), id=LEFT)


def _file(file: ProgramFile) -> Html:
    kind, name = picture_type(file), plain_name(file.name)
    address = f"data:{kind or 'application/octet-stream'};base64,{file.data}"
    picture = h("img", src=address, alt=t("run.picture", name=name), decoding="async") if kind else None
    if not kind and PurePosixPath(file.name).suffix.lower() in PICTURES:
        picture = h("p", t("run.not_shown"), class_="note")
    link = h("a", icon("download"), name, href=address, download=name, aria_label=t("run.download", name=name))
    return h("li", picture, link)


def _after(session: Session, shown: RunShown) -> Html:
    """What can be done with a run: tell the model, keep the program."""
    form = f"run-form-{shown.number}"
    is_busy = shown.chat in session.state.live()
    send = h("button", t("run.send"), type="button", data_on="click:programs:send", disabled=is_busy)
    saves = [
        h("button", label, type="button", class_="quiet", data_with=form, data_on=f"click:{action}")
        for label, action in (
            (t("run.save_py"), "programs:save-py"),
            (t("run.save_notebook"), "programs:save-notebook"),
        )
    ]
    has_run = shown.ran is not None and not shown.is_running
    kept = h("div", *saves, class_="run-saves")
    return h("div", send if has_run else None, kept, class_="actions", id="run-after")
