"""What stands in the place of `fetch` behind the wall, run by Node (wall/net.js)."""

# ruff: noqa: E501 - the scripts are JavaScript

from __future__ import annotations

from tests.test_scripts import in_node


def test_a_request_goes_to_the_page_as_it_was_made() -> None:
    """Also one that was made before, as a `Request`."""
    script = """(async () => {
  const said = [], net = it.network(one => said.push(one)), post = { method: 'POST', body: 'abc', headers: { 'X-A': '1' } };
  const made = new Request('https://files.example/a', post);
  const replies = [net.fetch('https://files.example/a', post), net.fetch(made), net.fetch('https://files.example/b')];
  while (said.length < 3) await new Promise(done => setTimeout(done, 1));
  said.forEach(one => net.got([one[1], 200, [['x-b', '2']], new TextEncoder().encode('yes').buffer]));
  const [first] = await Promise.all(replies);
  return [said.map(([kind, number, spelled, body]) => [kind, number, JSON.parse(spelled).method, JSON.parse(spelled).headers, new TextDecoder().decode(body)]), first.url, first.headers.get('x-b'), await first.text()];
})()"""
    headers = [["content-type", "text/plain;charset=UTF-8"], ["x-a", "1"]]
    [said, *reply] = in_node("wall/net.js", script)
    assert sorted(one[2:] for one in said) == [["GET", [], ""], *[["POST", headers, "abc"]] * 2]
    assert reply == ["https://files.example/a", "2", "yes"]
