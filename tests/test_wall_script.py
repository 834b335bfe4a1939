"""The page's side of the wall, run by Node with a program that forges what it says (static/js/page/wall.js)."""

from __future__ import annotations

import json
from typing import Any

from static.js.build.prepare import SCRIPTS
from tests.test_scripts import in_node

#: A page whose frame is a stand-in: what is in `says` speaks for the program when a run begins, with the page's port.
AROUND = """
globalThis.REST = 8;
globalThis.frames = 0;
globalThis.fetch = async address => {
  const isRest = String(address).endsWith('rest.zip');
  await holding.find(([name]) => String(address).endsWith(name))?.[1];
  const [text, json, blob] = ['', {}, new Blob(['x'])].map(value => async () => value);
  return { ok: !isRest || REST > 0, status: 404, text, json, blob };
};
globalThis.holding = [];
globalThis.handed = [];
globalThis.says = [];
globalThis.refuses = false;
globalThis.document = { body: { append() {} }, createElement() {
  frames += 1;
  return {
    setAttribute() {}, remove() {}, addEventListener: (_, load) => setTimeout(load),
    contentWindow: { postMessage(_, __, [line, trouble]) {
      if (refuses) return trouble.postMessage('No worker.');
      globalThis.port = line;
      line.onmessage = ({ data: [verb, given] }) => {
        if (verb === 'file') handed.push(given[0]);
        else if (verb === 'run') says.shift()(line);
        else heardAnswers.push(given);
      };
      line.postMessage(['ready', '']);
    } },
  };
} };
globalThis.heardAnswers = [];
globalThis.pause = ms => new Promise(done => setTimeout(done, ms));
globalThis.ran = async (wall, say, seconds = 20) => {
  says.push(say);
  const pieces = [];
  let told;
  await wall.answerTo((name, [, arg]) => name === 'answer' ? told = arg : pieces.push(JSON.parse(arg)), 1,
    { source: '', files: [], seconds, bytes: 1, characters: 1000 });
  return { ending: told.ending, error: told.error?.length, pieces };
};
globalThis.all = (...words) => port => words.forEach(one => port.postMessage(one));
globalThis.END = ['ended', '', 0, 0];
"""


def _wall(script: str) -> Any:
    return in_node("page/wall.js", f"(async () => {{ {script} }})()", AROUND)


def test_what_is_no_text_stays_unread() -> None:
    """A list of forty levels that shares its parts would take an age to be made a text."""
    forged = "let a = ['x']; for (let n = 0; n < 40; n += 1) a = [a, a];"
    for message in ("[a, 'x']", "['out', a]", "a", "['out', 'x', 'x', 'x', 'x']", "{ length: 1 }"):
        assert _wall(f"{forged} const r = await ran(it, all({message}, END)); it.stop(); return r") == {
            "ending": "",
            "error": 0,
            "pieces": [],
        }


def test_files_count_for_what_a_run_may_say_and_are_few() -> None:
    script = """
const file = (name, size) => ['file', name, new ArrayBuffer(size)];
const many = await ran(it, all(...Array.from({ length: 30 }, (_, n) => file(`${n}`, 10)), END));
const large = await ran(it, all(file('a', 15e6), file('b', 6e6), file('c', 5e6), END));
const flood = await ran(it, all(file('a', 15e6), file('b', 15e6), file('c', 15e6), END));
const names = run => run.pieces.filter(one => one[0] === 'file').map(one => one[1]);
it.stop();
return [names(many).length, names(large), flood.ending];"""
    assert _wall(script) == [20, ["a", "c"], "flood"]


def test_what_starts_over_may_leave_as_many_files_again() -> None:
    script = """
const pictures = Array.from({ length: 15 }, (_, n) => ['file', `figure-${n}`, new ArrayBuffer(10)]);
const run = await ran(it, all(...pictures, ['again', ''], ...pictures, END));
it.stop();
return run.pieces.filter(one => one[0] === 'file').length;"""
    assert _wall(script) == 30


def test_streams_in_turn_and_starts_without_end_keep_nobody_busy() -> None:
    """Each piece is work for Python and the page: what is printed in a hundred thousand turns came to minutes of it."""
    script = """
const turns = Array.from({ length: 5000 }, (_, n) => [n % 2 ? 'out' : 'err', 'x']);
const roomy = { answerTo: (send, id, asked) => it.answerTo(send, id, { ...asked, characters: 1e6 }) };
const told = await ran(roomy, all(...turns, END));
const starts = await ran(it, all(...Array.from({ length: 5000 }, () => ['again', '']), END));
const unread = await ran(it, all(...Array.from({ length: 20 }, () => [{}]), END));
it.stop();
const said = told.pieces.map(one => one[1]).join('').length;
return [told.pieces.length, said, starts.ending, starts.pieces.length, unread.ending];"""
    pieces, said, *others = _wall(script)
    assert (pieces <= 201, said, others) == (True, 5000, ["flood", 1000, "flood"])


def test_a_forged_message_that_took_long_to_come_in_counts_as_many() -> None:
    script = """
const ends = [], heard = it.hearing(() => {}, {}, {}, () => {}, told => ends.push(told.ending), {});
for (const ms of [1, 1, 100, 300]) {
  heard.take([], ms);
  ends.push(ms);
}
return ends;"""
    told = in_node("page/over-wall.js", f"(async () => {{ {script} }})()", "")
    assert told == [1, 1, 100, "flood", 300]


def test_who_speaks_after_the_end_or_lacks_the_library_is_ended_and_others_are_kept() -> None:
    script = """
const made = [];
for (const late of [false, true, false]) {
  await ran(it, all(END));
  made.push(frames);
  if (late) port.postMessage(['out', 'still here']);
  await pause(20);
}
REST = 0;
it.stop();
await ran(it, all(END));
REST = 8;
await ran(it, all(END));
it.stop();
return [...made, frames];"""
    assert _wall(script) == [1, 1, 2, 4]


def test_no_forged_message_stops_the_clock_of_a_run_or_touches_the_next() -> None:
    script = """
const silent = await ran(it, all(), 0.1);
const begun = await ran(it, all(['begun', ''], ['begun', ''], END), 0.1);
const next = ran(it, port => setTimeout(all(END), 250, port), 20);
const after = await next;
const asked = ran(it, all(['ask', 'a'], ['ask', 'b'], ['begun', ''], ['begun', '']), 0.2);
await pause(400);
it.say('one');
it.say('two');
const late = await asked;
it.stop();
return [silent.ending, begun.ending, begun.pieces, after.ending, late.ending, late.pieces, heardAnswers];"""
    told = [["ask", "a"], ["begun", ""]]
    assert _wall(script) == ["late", "", [["begun", ""]], "", "late", told, ["one"]]


def test_what_python_says_of_its_end_is_cut_and_a_worker_that_is_not_made_is_told_at_once() -> None:
    script = """
const broken = await ran(it, all(['broken', 'x'.repeat(1e6)]));
refuses = true;
const none = await ran(it, all());
it.stop();
return [broken.ending, broken.error, none.ending, none.error];"""
    assert _wall(script) == ["broken", 2000, "not-started", len("No worker.")]


def test_a_page_that_cannot_make_the_worker_says_so() -> None:
    """The script of the frame's document, alone: what fails there goes to the page's second port."""
    script = """
const door = (await import('node:fs')).readFileSync(%s, 'utf8').match(/const DOOR = `([^]*?)`;/)[1];
let listener, told;
const port = { postMessage: words => { told = words; } };
const given = { data: '', ports: [port, port], source: 1 };
const make = function () { throw new Error('refused'); };
new Function('self', 'parent', 'addEventListener', 'Worker', 'URL', door)({}, 1, (_, one) => { listener = one; }, make,
  { createObjectURL: () => '' });
listener(given);
return told;"""
    assert _wall(script % json.dumps(str(SCRIPTS / "page" / "wall.js"))) == "Error: refused"


def test_one_that_is_started_before_a_run_serves_it_and_outlives_a_stop_until_something_ran() -> None:
    script = """
it.prepare(); it.prepare(); it.stop();
await ran(it, all(END)); await ran(it, all(END));
const before = frames;
it.stop();
await ran(it, all(END)); it.stop();
return [before, frames];"""
    assert _wall(script) == [1, 2]


def test_what_was_printed_before_a_program_starts_over_takes_no_room() -> None:
    script = """
const much = 'x'.repeat(900);
const r = await ran(it, all(['out', much], ['again', ''], ['out', much], END));
it.stop();
const kinds = r.pieces.map(one => one[0]), said = r.pieces.filter(one => one[0] === 'out').map(one => one[1].length);
return [kinds, said];"""
    assert _wall(script) == [["out", "again", "out"], [900, 900]]


def test_the_worker_starts_and_gets_each_file_while_others_are_still_on_their_way() -> None:
    script = """
let come;
holding.push(['python_stdlib.zip', new Promise(done => { come = done; })]);
it.prepare();
await pause(50);
const before = [...handed];
come();
await pause(20);
it.stop();
return [frames, before.length, before.includes('library'), handed.slice(before.length)];"""
    assert _wall(script) == [1, 9, False, ["library"]]
