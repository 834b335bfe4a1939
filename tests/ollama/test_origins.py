"""OLLAMA_ORIGINS and the Host guard, as measured on the real server (table of values) and recorded (cors_01 to 18)."""

from __future__ import annotations

import pytest

from tests.ollama.origins import BadOrigins, Origins, passes_guard

PAGE = "https://user.github.io"


@pytest.mark.parametrize("value", [PAGE, "https://*.github.io", "*", f'"{PAGE}"', f"http://other.example,{PAGE}"])
def test_these_values_let_the_page_in(value: str) -> None:
    assert Origins.parse(value).allow(PAGE)


@pytest.mark.parametrize("value", ["", f"{PAGE}/", f"{PAGE}/drleelm", "http://user.github.io", f"{PAGE}:8443"])
def test_these_values_do_not_fit_the_page(value: str) -> None:
    assert not Origins.parse(value).allow(PAGE)


@pytest.mark.parametrize(
    "value", ["user.github.io", "HTTPS://user.github.io", f"http://a.example, {PAGE}", "http://*.*"]
)
def test_at_these_values_the_real_server_crashes(value: str) -> None:
    with pytest.raises(BadOrigins):
        Origins.parse(value)


def test_loopback_is_let_in_whatever_the_variable_says() -> None:
    for origin in ("http://localhost:8000", "https://127.0.0.1:1", "http://0.0.0.0", "tauri://app"):
        assert Origins.parse(PAGE).allow(origin)
    for origin in ("http://[::1]:8000", "null", "http://192.168.1.5:8000", "http://localhost.example"):
        assert not Origins.parse("").allow(origin)


def test_the_guard_lets_in_names_of_this_machine_only() -> None:
    for host in ("localhost", "localhost:11434", "127.0.0.1:11434", "[::1]:11434", "192.168.1.5", "box.local:1"):
        assert passes_guard(host)
    for host in ("evil.example", "evil.example:11434", "8.8.8.8"):
        assert not passes_guard(host)
