"""Pictures of pages on their way to the page, run by Node (page/drawn.js)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_scripts import in_node

#: `seen` is what a person sees come: operations, and pictures on their canvases
AROUND = """
globalThis.seen = [];
const show = (picture, id) => seen.push(`${picture ?? 'nothing'} on ${id}`);
const canvas = id => ({ getContext: () => ({ transferFromImageBitmap: picture => show(picture, id) }) });
globalThis.document = { documentElement: { dataset: {} }, getElementById: id => id === 'gone' ? null : canvas(id) };
globalThis.location = new URL('https://x.example/');
globalThis.rest = () => new Promise(done => setTimeout(done, 20));
globalThis.told = ops => ops.map(one => one.slice(0, 2).join(' ')).join(', ');
globalThis.hearing = it => it.withPictures(ops => {
  if (told(ops) === 'html broken') throw new Error('html broken');
  if (ops.length) seen.push(told(ops));
});
globalThis.paper = (hear, name, id = 'a') => {
  const { port1, port2 } = new MessageChannel();
  hear([['html', name], ['do', 'draw', port1, id]]);
  return port2;
};
"""


def _seen(script: str) -> Any:
    body = f"(async () => {{ const hear = hearing(it); {script} await rest(); return seen; }})()"
    return in_node("page/drawn.js", body, AROUND)


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        (
            "const line = paper(hear, 'one'); hear([['text', 'b']]);"
            " await rest(); seen.push('wait'); line.postMessage(1);",
            ["wait", "html one", "1 on a", "text b"],
        ),
        ("paper(hear, 'one').postMessage(1); await rest(); hear([['text', 'b']]);", ["html one", "1 on a", "text b"]),
        ("paper(hear, 'one', 'gone').postMessage(1);", ["html one"]),
        (
            "const line = paper(hear, 'one'); hear([['do', 'focus']]); setTimeout(() => line.postMessage(1), 150);"
            " for (let at = 0; at < 10; at++) await rest();",
            ["html one", "nothing on a", "do focus", "1 on a"],
        ),
    ],
    ids=["nothing empty is seen", "a picture that is there", "another page is shown", "one that takes long"],
)
def test_what_is_around_a_picture_waits_for_it_a_moment_and_the_rest_behind_it(script: str, seen: list[str]) -> None:
    assert _seen(script) == seen


def test_the_picture_of_the_page_before_is_not_put_on_the_next_one() -> None:
    late = """const one = paper(hear, 'one');
for (let at = 0; at < 6; at++) await rest();
const two = paper(hear, 'two');
one.postMessage(1);
await rest();
two.postMessage(2);"""
    assert _seen(late) == ["html one", "nothing on a", "html two", "2 on a"]


def test_the_picture_of_the_page_before_is_not_seen_in_the_next_one_either_while_that_takes_long() -> None:
    script = """paper(hear, 'one').postMessage(1);
await rest();
const two = paper(hear, 'two');
for (let at = 0; at < 8; at++) await rest();
two.postMessage(2);"""
    assert _seen(script) == ["html one", "1 on a", "html two", "nothing on a", "2 on a"]


@pytest.mark.parametrize(
    "wait", ["for (let at = 0; at < 8; at++) await rest();", ""], ids=["without its picture", "with it"]
)
def test_what_cannot_be_painted_holds_nothing_up(wait: str) -> None:
    script = f"""process.on('uncaughtException', error => seen.push(error.message));
const line = paper(hear, 'broken');
hear([['text', 'b']]);
hear([['html', 'broken']]);
hear([['text', 'c']]);
{wait}
line.postMessage(1);
await rest();
hear([['text', 'd']]);"""
    seen = _seen(script)
    assert [one for one in seen if one.startswith("text")] == ["text b", "text c", "text d"]
    assert seen.count("html broken") == 2, "each is told"
