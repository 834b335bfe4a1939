"""Addresses as people write them, and how far away a browser takes them to be."""

from __future__ import annotations

import pytest

from app.net.addresses import BadAddress, can_be_allowed, distance, is_known_nearby, port_of, read_address

PAGE = "https://user.github.io"
HERE = "http://localhost:11434"
LAN = "http://192.168.1.20:11434"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("localhost", HERE),
        (" LOCALHOST:11434/ ", HERE),
        ("0.0.0.0:11434", HERE),
        ("http://localhost:11434/v1/", HERE),
        ("http://localhost:11434/api", HERE),
        ("192.168.1.20", LAN),
        # fault S9: copied with an endpoint
        ("http://localhost:11434/api/chat", HERE),
        ("http://localhost:11434/v1/chat/completions", HERE),
        ("http://localhost:11434/V1/Chat/Completions/", HERE),
        ("localhost:11434/api/tags", HERE),
        ("https://my.org/ollama/api/generate", "https://my.org/ollama"),
        ("https://my.org/api/ollama", "https://my.org/api/ollama"),
        ("https://my.org/chat", "https://my.org/chat"),
        # fault O13: slips around the scheme
        ("http:/192.168.1.20:11434", LAN),
        ("http:/localhost:11434/api/chat", HERE),
        ("http:///localhost:11434", HERE),
        ("http//localhost:11434", HERE),
        ("HTTP:\\\\localhost:11434", HERE),
        ("https:/my.org", "https://my.org"),
        ("http;//localhost:11434", HERE),
        ("http:://localhost:11434", HERE),
        ("http ://localhost:11434", HERE),
        ("http://http://localhost:11434", HERE),
        ("“http://localhost:11434”", HERE),
        ("localhost：11434", HERE),
        ("http://my_pc.local.:1234", "http://my_pc.local:1234"),
        ("::1", "http://[::1]:11434"),
        ("[::1]", "http://[::1]:11434"),
        ("http://[fd00::5]:8080", "http://[fd00::5]:8080"),
        ("http://localhost", "http://localhost"),
        ("https://ollama.example.org/lab", "https://ollama.example.org/lab"),
        ("my_pc.local:1234", "http://my_pc.local:1234"),
    ],
)
def test_addresses_are_read_as_people_write_them(typed: str, address: str) -> None:
    assert read_address(typed) == address
    assert read_address(address) == address


@pytest.mark.parametrize(
    "typed",
    ["", " ", "a b", "ftp://localhost", "http://", "localhost:0", "localhost:x", "http://[::1", "user@host", "a?b",
     "javascript:alert(1)", "http://host/#x", "<script>", "..", "-x", "http:localhost:11434", "http:/", "htp://localhost",
     "2130706433", "0x7f.1", "8.8",
     "localhost:99999"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress):
        read_address(typed)


def test_distances_are_those_of_the_browsers() -> None:
    """Fault S8: networks that are the person's own, and numbers that only look like a name of one."""
    places = {
        "loopback": (HERE, "http://127.0.0.1:1", "http://[::1]", "http://app.localhost:8000"),
        "local": (
            LAN,
            "http://10.1.2.3",
            "http://172.16.0.1",
            "http://169.254.1.1",
            "http://[fd00::5]",
            "http://[fe80::5]",
            "http://[::ffff:192.168.1.5]",
            "http://100.64.0.1",
            "http://100.127.255.254:8080",
            "http://mac.local",
            "http://nas",
            "http://nas.home",
            "http://nas.home.arpa",
            "http://nas.lan",
            "http://nas.fritz.box",
            "http://fritz.box",
            "http://llm.internal",
            "http://laptop.tail1234.ts.net:8080",
            "http://nas.fritz.box.:80",
            "http://NAS.LOCAL.",
        ),
        "public": (
            PAGE,
            "https://8.8.8.8",
            "null",
            "http://[2a00::1]",
            "http://[::ffff:8.8.8.8]",
            "http://100.63.255.255",
            "http://100.128.0.1",
            "http://134744072",
            "http://0x08080808",
            "http://nas.home.example.org",
            "http://models.box",
            "http://tts.net",
            "http://fritz.box.example.org.",
            "http://192.168.1.1.nip.io",
            "http://0177.0.0.1.",
        ),
    }
    for expected, urls in places.items():
        for url in urls:
            assert distance(url) == expected, url
    assert is_known_nearby(LAN)
    assert not is_known_nearby("http://server.lan")
    assert (port_of(LAN), port_of("https://a.org"), port_of("http://a.org")) == (11434, 443, 80)


def test_only_an_origin_that_cannot_crash_the_server_is_offered() -> None:
    for origin in (PAGE, "http://192.168.1.5:8000", "http://[::1]:8000", "chrome-extension://abc"):
        assert can_be_allowed(origin)
    for origin in ("null", "", "https://a.org/", "HTTPS://a.org", "a.org", "https://a.org b", 'https://a";x'):
        assert not can_be_allowed(origin)
