"""The page's side of what a program may reach, run by Node with one that forges what it says (page/reaching.js)."""

# ruff: noqa: E501 - the scripts are JavaScript

from __future__ import annotations

from typing import Any

from tests.test_scripts import in_node

#: `asked` are the requests that were really made; `said` is what Python hears, `heard` what the program does
AROUND = """
globalThis.asked = [], globalThis.said = [], globalThis.heard = [], globalThis.paused = 0;
globalThis.answer = () => new Response('abc', { headers: { 'x-a': '1' } });
globalThis.fetch = async (url, options) => {
  asked.push([url, options]);
  return answer(options);
};
globalThis.policies = [];
globalThis.document = { body: { append: frame => setTimeout(frame.load) }, createElement: () => ({
  setAttribute() {}, remove() { policies.push('removed'); }, addEventListener(_, load) { this.load = load; },
  set srcdoc(text) { policies.push(text.match(/connect-src ([^;]*);/)[1]); },
  contentWindow: { postMessage: ([url, options, most], _, [port]) => {
    asked.push([url, options]);
    port.postMessage(leads(url, most));
  } },
}) };
globalThis.leads = () => 'elsewhere';
globalThis.pause = () => new Promise(done => setTimeout(done, 10));
const time = { pause() { paused += 1; }, goOn() { paused -= 1; } };
globalThis.opened = it => it.reaching(piece => said.push(JSON.parse(piece)), time, one => heard.push(one));
globalThis.wish = (url, more = {}) => JSON.stringify({ method: 'GET', url, headers: [], integrity: '', ...more });
globalThis.FILE = 'https://files.example/a';
"""


def _over(script: str) -> Any:
    return in_node("page/reaching.js", f"(async () => {{ const net = opened(it); {script} }})()", AROUND)


def test_a_request_is_made_once_it_is_permitted_and_carries_nothing_of_the_person() -> None:
    script = """
net.kinds.want(1, wish(FILE, { headers: [['Accept', '*/*'], ['Cookie', 'a=1'], ['Authorization', 'Bearer key'], ['X-Api-Key', 'k']] }), new ArrayBuffer(0));
const before = [asked.length, said[0], paused];
net.permit(1, FILE);
await pause();
const [url, { headers, credentials, referrerPolicy, redirect, body }] = asked[0];
const [[kind, [number, status, names, bytes]]] = heard;
return [before, url, headers, [credentials, referrerPolicy, redirect, body ?? null], said[1],
  [kind, number, status, bytes.byteLength, names.some(one => one[0] === 'x-a')], paused, asked.length];"""
    assert _over(script) == [
        [0, ["want", "https://files.example/a", "1"], 1],
        "https://files.example/a",
        [["Accept", "*/*"]],
        ["omit", "no-referrer", "manual", None],
        ["reached", "https://files.example/a", "3"],
        ["got", 1, 200, 3, True],
        0,
        1,
    ]


def test_nothing_is_made_without_the_word_for_this_very_request() -> None:
    """Refused, another address, another number, twice, a number again, after the end: none goes out."""
    script = """
net.kinds.want(1, wish(FILE));
net.permit(1, '');
net.kinds.want(2, wish(FILE));
net.permit(2, FILE + '?');
net.permit(3, FILE);
net.permit(1, FILE);
net.kinds.want(4, wish(FILE));
net.kinds.want(4, wish('https://other.example/'));
net.kinds.want('5', wish(FILE));
net.permit('5', FILE);
net.end();
net.permit(4, FILE);
net.kinds.want(6, wish(FILE));
net.permit(6, FILE);
await pause();
return [asked, said.map(one => one[1]), heard.map(one => one[1][0])];"""
    file = "https://files.example/a"
    assert _over(script) == [[], [file, file, file], [1, 2]]


def test_what_is_no_request_is_refused_unread() -> None:
    script = """
const forged = ['{', 'null', '7', '[]', wish('ftp://files.example/'), wish('file:///etc/passwd'), wish('javascript:alert(1)'), wish('/v1/models'),
  wish('wall:/numpy.whl'), wish('https://me:key@files.example/'), wish(FILE, { method: 'PUT' }), wish(FILE, { method: 'DELETE' }), wish(FILE, { method: '__proto__' }),
  wish(FILE, { headers: 7 }), wish('https://files.example/' + 'x'.repeat(5000)), wish({ toString: 1 }), wish(FILE, { headers: Array(999).fill(['Accept', 'x'.repeat(999)]) }), '[' .repeat(100000)];
forged.forEach((one, n) => net.kinds.want(n, one));
net.kinds.want(98, wish(FILE, { method: 'POST' }), new ArrayBuffer(2e6));
net.kinds.want(99, new ArrayBuffer(9), 'x');
await pause();
return [said, asked, heard.length, forged.length + 2, heard.every(one => one[1].length === 2), paused];"""
    said, asked, answers, forged, refused, paused = _over(script)
    assert (said, asked, answers, refused, paused) == ([], [], forged, True, 0)


def test_a_redirect_leads_to_no_other_server_than_the_run_may_ask() -> None:
    script = """
const moved = () => Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' });
const OTHER = 'http://other.example/b';
net.kinds.need(1, 'numpy');
net.permit(1, 'https://packages.example/v1/');
net.kinds.want(2, wish('wall:/numpy.whl'));
net.permit(2, 'https://packages.example/v1/numpy.whl');
net.kinds.want(3, wish(OTHER));
net.permit(3, OTHER);
net.kinds.want(4, wish('https://a;b.example/'));
net.permit(4, 'https://a;b.example/');
net.kinds.want(5, wish('https://no.example/'));
net.permit(5, '');
await pause();
answer = moved;
leads = (url, most) => [200, [['x-b', '2']], 'https://files.example/last', new Uint8Array(Math.min(most, 4)).buffer];
net.kinds.want(6, wish(FILE));
net.permit(6, FILE);
await pause();
leads = () => 'elsewhere';
net.kinds.want(7, wish(FILE));
net.permit(7, FILE);
net.kinds.want(8, wish(FILE, { method: 'POST' }), new ArrayBuffer(3));
net.permit(8, FILE);
await pause();
await pause();
const followed = asked.filter(one => one[1].redirect === 'follow').map(([url, one]) => [url, one.method, one.credentials, one.body ?? null]);
return [policies, followed, said.filter(one => one[0] === 'reached').slice(-3), heard.slice(-3).map(one => one[1].slice(0, 2)), paused];"""
    allowed = "http://other.example https://files.example"
    policies, followed, reached, heard, paused = _over(script)
    assert policies == [allowed, "removed", allowed, "removed"]
    assert followed == [["https://files.example/a", "GET", "omit", None]] * 2
    answers = sorted((number, told) for number, told in heard)
    assert (answers[0], paused) == ((6, 200), 0)
    assert answers[1][1].startswith("No answer: The server sends on to another server, which this run is not allowed")
    assert answers[2][1] == "No answer: The server sends on to another address, and what is sent there does not go on."
    assert sorted(reached) == [
        ["reached", "https://files.example/a", ""],
        ["reached", "https://files.example/a", ""],
        ["reached", "https://files.example/last", "4"],
    ]


def test_redirects_that_are_followed_at_once_share_what_a_run_may_read() -> None:
    script = """
const most = [];
answer = () => Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' });
leads = (_, left) => {
  most.push(left);
  return left ? [200, [], FILE, { byteLength: left }] : 'large';
};
for (let n = 1; n < 5; n += 1) {
  net.kinds.want(n, wish(FILE));
  net.permit(n, FILE);
}
while (heard.length < 4) await pause();
return [most, heard.map(one => one[1][1]), paused];"""
    assert _over(script) == [
        [1e8, 1e8, 1e8, 0],
        [200, 200, 200, "No answer: The answer is too large."],
        0,
    ]


def test_no_answer_is_without_end() -> None:
    script = """
let pulled = 0, aborted = false;
answer = ({ signal }) => {
  signal.onabort = () => { aborted = true; };
  return new Response(new ReadableStream({ pull(one) { pulled += 1; one.enqueue(new Uint8Array(1e7)); } }));
};
net.kinds.want(2, wish(FILE));
net.permit(2, FILE);
while (heard.length < 1) await pause();
answer = () => { throw new TypeError('Failed to fetch'); };
net.kinds.want(3, wish(FILE));
net.permit(3, FILE);
await pause();
return [heard.map(one => one[1][1]), aborted, pulled < 20, said.filter(one => one[0] === 'reached'), paused];"""
    assert _over(script) == [
        [
            "No answer: The answer is too large.",
            "No answer: Failed to fetch",
        ],
        True,
        True,
        [["reached", "https://files.example/a", ""]] * 2,
        0,
    ]


def test_files_of_packages_lie_where_python_says_and_nowhere_else() -> None:
    script = """
const hash = { integrity: 'sha256-x' };
net.kinds.need(1, 'numpy');
net.permit(1, 'https://packages.example/v1/');
for (const [n, name] of ['numpy-2.whl', '../x.whl', 'a/b.whl', '%2e%2e/x', '/evil.example/x', ''].entries()) net.kinds.want(n + 2, wish('wall:/' + name, hash));
net.permit(2, 'https://packages.example/v1/numpy-2.whl');
net.kinds.need(20, 'pandas');
net.permit(20, '');
await pause();
return [said.map(one => one.slice(0, 2)), asked.map(one => [one[0], one[1].integrity, one[1].cache]), heard.filter(one => one[0] === 'granted')];"""
    address = "https://packages.example/v1/numpy-2.whl"
    assert _over(script) == [
        [["need", "numpy"], ["want", address], ["need", "pandas"], ["reached", address]],
        [[address, "sha256-x", "default"]],
        [["granted", [1, True]], ["granted", [20, False]]],
    ]


def test_nothing_is_sent_to_where_packages_lie() -> None:
    script = """
const file = 'https://packages.example/v1/numpy-2.whl', headers = [['Accept', 'secret']];
net.kinds.need(1, 'numpy');
net.kinds.want(2, wish(file, { method: 'POST' }), new ArrayBuffer(9));      // before the word, too
net.permit(1, 'https://packages.example/v1/');
net.kinds.want(3, wish(file, { method: 'POST' }), new ArrayBuffer(9));
net.kinds.want(4, wish('wall:/numpy-2.whl', { headers }));
net.kinds.want(5, wish('wall:/numpy-2.whl'), new ArrayBuffer(9));
for (const number of [2, 3, 4, 5]) net.permit(number, file);
await pause();
return [asked.map(one => [one[0], one[1].method, one[1].headers, one[1].body ?? null]), heard.map(one => one[1].slice(0, 2)), paused];"""
    file, not_allowed = "https://packages.example/v1/numpy-2.whl", "The network is not allowed."
    assert _over(script) == [
        [[file, "GET", [], None]],
        [[1, True], [2, not_allowed], [3, not_allowed], [4, not_allowed], [5, 200]],
        0,
    ]


def test_a_run_asks_only_so_often_and_what_is_under_way_ends_with_it() -> None:
    script = """
let aborted = 0;
answer = ({ signal }) => new Promise((_, failed) => { signal.onabort = () => { aborted += 1; failed(new Error('aborted')); }; });
for (let n = 0; n < 1000; n += 1) net.kinds.want(n, wish(FILE));
for (let n = 0; n < 1000; n += 1) net.kinds.lack('x');
for (let n = 0; n < 5; n += 1) net.permit(n, FILE);
await pause();
net.end();
const before = heard.length;
await pause();
return [said.length, asked.length, aborted, heard.length - before];"""
    assert _over(script) == [300, 5, 5, 0]


def test_answers_that_come_together_share_what_a_run_may_read() -> None:
    script = """
let pulled = 0;
answer = () => new Response(new ReadableStream({ pull(one) { pulled += 1; one.enqueue(new Uint8Array(9e6)); if (pulled > 500) one.close(); } }));
for (let n = 0; n < 20; n += 1) net.kinds.want(n, wish(FILE)), net.permit(n, FILE);
while (heard.length < 20) await pause();
return [pulled < 90, heard.every(one => one[1][1] === 'No answer: The answer is too large.')];"""
    assert _over(script) == [True, True]


def test_where_the_page_may_go_near_a_name_still_leads_nowhere_near() -> None:
    script = """
const options = [];
for (const granted of ['', 'local-network', 'loopback-network']) {
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { permissions: { query({ name }) {
    if (name === 'local-network-access') throw new TypeError('unknown');
    return Promise.resolve({ state: name === granted ? 'granted' : 'prompt' });
  } } } });
  for (const url of [FILE, 'http://127.0.0.1:8000/numpy.whl']) {
    const number = asked.length + 1;
    net.kinds.want(number, wish(url));
    net.permit(number, url);
    await pause();
    options.push(asked.at(-1)[1].targetAddressSpace ?? '');
  }
}
return options;"""
    assert _over(script) == ["", "", "public", "", "public", ""]
