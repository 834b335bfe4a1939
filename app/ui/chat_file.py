"""Chats as one HTML file that reads anywhere: no script, nothing from elsewhere, light and dark, made to be printed.

    text = await ChatFile(typesetter).html([tree], "Why is the sky blue?", "2026-11-23")

The branch on show comes first. Every other version of a message begins a part of its own below it, and links lead from
one version to the others. Formulas are MathML, which browsers draw by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app import VERSION
from app.core.errors import AppError
from app.core.html import Html, h, join
from app.core.persona import Persona
from app.core.ports import Typesetter
from app.core.texts import Text, in_a_row
from app.study.archive.reading import NONE, Files, source_name, speaker
from app.study.archive.trees import Tree
from app.study.attachments import Attachment, data_url
from app.study.chats import Turn
from app.study.cited import Cited
from app.study.ran import found_of
from app.study.statement import of_chat
from app.ui.markdown import Block, Markdown
from app.ui.parts.reply import STOPPED
from app.ui.parts.statement import statement_parts
from app.ui.parts.thinking import label
from app.ui.words import direction, language, rich, t, words

#: what a browser may do with the file: show it
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
:root { color-scheme: light dark; --ink: #23262b; --paper: #fdfcfa; --quiet: #5d636b; --line: #c3bfb5; --tint: #f3f1ec;
  --word: #7a3e9d; --text: #2f6f3e; --number: #a4460f; --name: #1f5a94; --link: #22588c; }
@media (prefers-color-scheme: dark) { :root { --ink: #dfe2e6; --paper: #16181b; --quiet: #a0a8b1; --line: #4b535c;
  --tint: #212529; --word: #cfa6e8; --text: #9bcf9f; --number: #e8b184; --name: #92bdea; --link: #92bdea; } }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; font: 1.0625rem/1.6 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; }
a { color: var(--link); }
header p, .turn > small, .versions, footer { color: var(--quiet); }
.turn { margin: 1.2rem 0; }
.turn > h3 { margin: 0 0 .3rem; font-size: 1rem; }
.turn[data-role=user] > .prose { padding: .1rem .9rem; background: var(--tint); border-radius: .4rem; }
.versions { margin: .3rem 0; font-size: .9rem; }
.sources { font-size: .9rem; }
.sources blockquote { margin: .2rem 0 .6rem; white-space: pre-line; }
.branch { margin: 2rem 0 0; padding-left: 1rem; border-left: 3px solid var(--line); }
.chat + .chat { margin-top: 3rem; border-top: 1px solid var(--line); }
pre, .table { overflow-x: auto; }
pre, code { font: .9em/1.5 ui-monospace, monospace; }
pre, :not(pre) > code { background: var(--tint); border-radius: .3rem; }
pre { padding: .8rem; }
:not(pre) > code { padding: .1em .3em; }
figure { margin: 0 0 1rem; }
figcaption { font-size: .85rem; color: var(--quiet); }
figcaption button { display: none; }
figure img { max-width: 100%; height: auto; border-radius: .4rem; }
blockquote { margin: 0 0 1rem; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
table { border-collapse: collapse; }
th, td { padding: .3rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
[data-align=right] { text-align: right; }
[data-align=center] { text-align: center; }
.math[data-display] { display: block; overflow-x: auto; text-align: center; }
.math[data-plain] { font-family: ui-monospace, monospace; }
.plain { white-space: pre-wrap; }
.hljs-keyword, .hljs-literal, .hljs-type { color: var(--word); }
.hljs-string, .hljs-regexp { color: var(--text); }
.hljs-number, .hljs-symbol { color: var(--number); }
.hljs-title, .hljs-built_in, .hljs-attr, .hljs-name { color: var(--name); }
.hljs-comment { color: var(--quiet); }
@media print {
  body { max-width: none; font-size: 11pt; color: #000; background: none; }
  .chat + .chat { break-before: page; }
  pre { white-space: pre-wrap; } h2, h3 { break-after: avoid; }
}
"""

_MATHML = re.compile(r"<math.*?</math>", re.DOTALL)


class MathMl:
    """A `Typesetter` whose formulas need neither styles nor fonts. What cannot be drawn now stays as it was written."""

    def __init__(self, inner: Typesetter) -> None:
        self._inner = inner

    async def code(self, text: str, language: str) -> str:
        """Highlighted HTML. Raises what the typesetter raises."""
        return await self._inner.code(text, language)

    async def math(self, tex: str, display: bool) -> str:
        """The MathML in what KaTeX makes; its source where KaTeX cannot read it."""
        html = await self._inner.math(tex, display)
        found = _MATHML.search(html)
        return found[0] if found else html


class ChatFile:
    """Makes the file."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._markdown = Markdown(MathMl(typesetter))
        self._can_draw, self._files = True, NONE

    async def html(self, trees: Sequence[Tree], title: str, day: str, files: Files = NONE) -> str:
        """The whole file's text. `day` is when it is made, `files` are the records of attachments by their ids."""
        self._files = files
        chats = [await self._chat(tree, has_title=words(tree.chat.name) != title) for tree in trees]
        links = [h("li", h("a", words(tree.chat.name), href=f"#chat-{tree.chat.id}")) for tree in trees]
        head = h(
            "head",
            h("meta", charset="utf-8"),
            h("meta", name="viewport", content="width=device-width"),
            h("meta", http_equiv="Content-Security-Policy", content=POLICY),
            h("title", title),
            h("style", Html(STYLE)),
        )
        contents = h("nav", h("ul", *links), aria_label=t("archive.contents")) if len(trees) > 1 else None
        footer = h("footer", t("archive.saved_by", version=VERSION, day=day))
        body = h("body", h("header", h("h1", title), contents), h("main", *chats), footer)
        return f"<!doctype html>\n{h('html', head, body, lang=language(), dir=direction())}\n"

    async def _chat(self, tree: Tree, *, has_title: bool) -> Html:
        branches = tree.branches()
        others = len(tree.turns) - len(tree.shown)
        parts = [await self._branch(tree, branch, is_first=index == 0) for index, branch in enumerate(branches)]
        told = Text("study.messages", count=sum(map(len, branches)))
        if others:
            told = Text("archive.in_other_versions", messages=told, others=others)
        heading = h("h2", words(tree.chat.name)) if has_title else None
        personas = dict.fromkeys(turn.persona for branch in branches for turn in branch if turn.persona)
        head = (heading, h("p", words(told), class_="versions"), *map(persona_told, personas))
        used = statement_parts(of_chat(tree.chat, tree.shown))
        foot = h("section", h("h3", t("statement.title")), used, class_="statement")
        return h("article", *head, *parts, foot, class_="chat", id=f"chat-{tree.chat.id}")

    async def _branch(self, tree: Tree, branch: Sequence[Turn], *, is_first: bool) -> Html:
        turns = [await self._turn(tree, turn) for turn in branch]
        if is_first:
            return join(*turns)
        return h("section", *turns, class_="branch", aria_label=t("archive.another_version"))

    async def _turn(self, tree: Tree, turn: Turn) -> Html:
        await self._draw(self._markdown.turn_blocks(turn.id, turn.text))
        return h(
            "section",
            h("h3", words(speaker(turn))),
            versions(tree, turn),
            self._thinking(turn),
            self._markdown.render_turn(turn.id, turn.text),
            sources(turn),
            *(self._attached(one) for one in turn.attachments),
            *(h("small", note) for note in notes(turn)),
            class_="turn",
            id=f"t-{turn.id}",
            data_role=turn.role,
        )

    def _attached(self, one: Attachment) -> Html:
        content = str(self._files.get(one.id, {}).get("content", ""))
        if one.is_picture:
            return h("figure", h("img", src=data_url(one, content), alt=one.name), h("figcaption", one.name))
        return h("details", h("summary", one.name), h("pre", content, dir="auto"))

    def _thinking(self, turn: Turn) -> Html | None:
        if not turn.thinking:
            return None
        return h("details", h("summary", label(turn.timing.thinking_seconds)), h("p", turn.thinking, class_="plain"))

    async def _draw(self, blocks: Sequence[Block]) -> None:
        """Have code and formulas drawn; where that is not possible now, all of them stay plain."""
        if self._can_draw:
            try:
                await self._markdown.settle(blocks, lambda id, html: None)
            except AppError:
                self._can_draw = False


def persona_told(one: Persona) -> Html:
    """Who answered, with what the model was told."""
    name = h("summary", t("options.answered_by", persona=one.name))
    return h("details", name, h("p", one.instructions, class_="plain", dir="auto"))


def sources(turn: Turn) -> Html | None:
    """The passages that a reply was written from, with what of them says the same."""
    found = turn.sources
    if found is None or not found.passages:
        return None

    def item(one: Cited) -> Html:
        quotes = (h("blockquote", quote) for quote in found.quotes(one.number))
        return h("li", words(source_name(one)), *quotes, value=one.number)

    return h("section", h("h4", t("archive.sources")), h("ol", *map(item, found.passages)), class_="sources")


def versions(tree: Tree, turn: Turn) -> Html | None:
    """Which version of how many this is, with links to the others."""
    ids = tree.versions(turn)
    if len(ids) < 2:
        return None
    links: Mapping[str, Html] = {id: h("a", str(number), href=f"#t-{id}") for number, id in enumerate(ids, 1)}
    here = ids.index(turn.id) + 1
    others = [item for id, link in links.items() if id != turn.id for item in (" ", link)]
    told = rich("archive.version", number=here, count=len(ids), others=join(*others[1:]))
    return h("p", told, class_="versions")


def notes(turn: Turn) -> list[str]:
    """What stands below a reply: what went wrong, and what was worth a notice."""
    problem = [words(in_a_row(turn.problem.message, turn.problem.cure))] if turn.problem else []
    ended = [words(STOPPED[turn.stop_reason])] if turn.stop_reason in STOPPED else []
    persona = [t("options.answered_by", persona=turn.persona.name)] if turn.persona else []
    ran = [words(turn.ran.told)] if turn.ran else []
    return [*ran, *_checked(turn), *persona, *turn.notices, *ended, *problem]


def _checked(turn: Turn) -> list[str]:
    """What runs have found out about a reply."""
    if (found := found_of(turn.checked, turn.text)) is None:
        return []
    wrong = (f"{words(one.told)} {one.value if one.is_output else ''}" for one in found.wrong)
    return [words(found.told), *wrong]
