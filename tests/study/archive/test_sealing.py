"""An encrypted backup opens with its passphrase only, here and by the script that needs no app."""

from __future__ import annotations

import asyncio
import importlib.util
import json
from base64 import b64decode, b64encode
from types import ModuleType
from typing import Any

import pytest

from app.core.errors import BadBackup, BadPassphrase
from app.core.locks import Lock
from app.study.archive import sealing
from app.study.archive.backup import write_backup
from app.study.archive.sealing import MOST_ITERATIONS, is_sealed, seal, unseal
from tests.environment import ROOT
from tests.memory import PythonCrypto
from tests.words import raises

BACKUP = write_backup({"chats": {"c": {"id": "c", "title": "Über \x00 \ud83d 👩‍🔬"}}}, "0.1.0", 0.0)
PHRASE = "Ångström ﬁne 🔑"


def sealed() -> str:
    return asyncio.run(seal(PythonCrypto(), BACKUP, PHRASE))


def opened(text: str, phrase: str = PHRASE) -> str:
    return asyncio.run(unseal(PythonCrypto(), text, phrase))


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> str:
    """Few rounds, so that the tests of everything else are quick."""
    monkeypatch.setattr(sealing, "ITERATIONS", 10)
    return sealed()


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("open_backup", ROOT / "static" / "open-backup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_passphrase_opens_it(text: str) -> None:
    assert opened(text) == BACKUP
    assert is_sealed(text)
    assert not is_sealed(BACKUP)


def test_the_same_passphrase_typed_on_another_keyboard_opens_it(text: str) -> None:
    assert opened(text, "A\u030angstro\u0308m fine 🔑") == BACKUP


@pytest.mark.parametrize("phrase", ["", "ångström fine 🔑", PHRASE + " "])
def test_another_passphrase_does_not(text: str, phrase: str) -> None:
    with raises(BadPassphrase, "passphrase is wrong or the file is damaged") as caught:
        opened(text, phrase)
    assert caught.value.again


def test_the_header_is_what_is_documented_and_nothing_of_the_content_shows() -> None:
    text = sealed()
    head = json.loads(text)
    assert (head["format"], head["version"]) == ("drleelm-sealed", 1)
    assert {**head["kdf"], "salt": 16} == {"name": "PBKDF2-HMAC-SHA256", "iterations": 600_000, "salt": 16}
    assert (len(b64decode(head["kdf"]["salt"])), len(b64decode(head["cipher"]["nonce"]))) == (16, 12)
    assert len(b64decode(head["payload"])) == len(BACKUP.encode()) + 16
    assert "Über" not in text
    assert "shelves" not in text


def test_two_backups_never_share_salt_nonce_or_payload(text: str) -> None:
    one, two = json.loads(text), json.loads(sealed())
    assert one["kdf"]["salt"] != two["kdf"]["salt"]
    assert one["cipher"]["nonce"] != two["cipher"]["nonce"]


def changed(text: str, *path: str, value: object) -> str:
    head = json.loads(text)
    place: Any = head
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return json.dumps(head)


def flipped(data: str) -> str:
    raw = bytearray(b64decode(data))
    raw[len(raw) // 2] ^= 1
    return b64encode(raw).decode()


def test_one_changed_bit_anywhere_keeps_it_closed(text: str) -> None:
    head = json.loads(text)
    for path, value in (
        (("payload",), flipped(head["payload"])),
        (("kdf", "salt"), flipped(head["kdf"]["salt"])),
        (("cipher", "nonce"), flipped(head["cipher"]["nonce"])),
        (("kdf", "iterations"), 11),
        (("note",), "added to the header"),
    ):
        with pytest.raises(BadPassphrase):
            opened(changed(text, *path, value=value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("kdf",), None),
        (("kdf", "name"), "scrypt"),
        (("kdf", "iterations"), MOST_ITERATIONS + 1),
        (("kdf", "iterations"), 0),
        (("kdf", "iterations"), "many"),
        (("kdf", "iterations"), 10.5),
        (("kdf", "iterations"), True),
        (("kdf",), ["PBKDF2-HMAC-SHA256"]),
        (("kdf", "salt"), None),
        (("kdf", "salt"), "ä"),
        (("cipher",), "AES-256-GCM"),
        (("cipher", "name"), "none"),
        (("cipher", "nonce"), ""),
        (("payload",), "not base64!"),
        (("payload",), 7),
    ],
)
def test_a_broken_envelope_is_damaged(text: str, path: tuple[str, ...], value: object) -> None:
    with raises(BadBackup, "encrypted backup is damaged"):
        opened(changed(text, *path, value=value))


@pytest.mark.parametrize("name", ["format", "version", "kdf", "cipher", "payload"])
def test_an_envelope_that_lacks_something_is_damaged(text: str, name: str) -> None:
    head = json.loads(text)
    del head[name]
    with raises(BadBackup, "encrypted backup is damaged"):
        opened(json.dumps(head))


def test_what_is_no_envelope_at_all_is_damaged() -> None:
    with raises(BadBackup, "encrypted backup is damaged"):
        opened('["drleelm-sealed"]')


def test_bytes_that_are_no_text_are_damaged_under_the_right_passphrase_too(text: str) -> None:
    class Odd(PythonCrypto):
        async def open(self, sealed: bytes, passphrase: str, lock: Lock) -> bytes:
            return b"\xff" + await super().open(sealed, passphrase, lock)

    with raises(BadBackup, "encrypted backup is damaged"):
        asyncio.run(unseal(Odd(), text, PHRASE))


def test_a_cut_off_envelope_is_damaged(text: str) -> None:
    with raises(BadBackup, "encrypted backup is damaged"):
        opened(text[:-20])


def test_a_newer_envelope_is_refused_politely(text: str) -> None:
    with raises(BadBackup, "newer version"):
        opened(changed(text, "version", value=2))


def test_the_script_opens_it_without_the_app() -> None:
    plain = script().open_sealed(sealed(), PHRASE)
    assert plain == BACKUP
    assert script().is_whole(plain)
    assert not script().is_whole(plain.replace("0.1.0", "0.1.1"))


def test_the_script_says_what_is_wrong(text: str) -> None:
    with pytest.raises(ValueError, match="passphrase is wrong"):
        script().open_sealed(text, "wrong")
    with pytest.raises(ValueError, match="not an encrypted backup"):
        script().open_sealed(BACKUP, PHRASE)


def test_the_script_as_a_command_asks_and_writes_the_plain_backup(
    text: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = script()
    monkeypatch.setattr(command.getpass, "getpass", lambda prompt: PHRASE)
    source, target = tmp_path / "sealed.json", tmp_path / "plain.json"
    source.write_text(text, "utf-8")
    assert command.main([str(source), str(target)]) == 0
    assert target.read_text("utf-8") == BACKUP
    assert command.main([str(source), str(target)]) == 1, "nothing is overwritten"
    source.write_text("{}", "utf-8")
    assert command.main([str(source), str(tmp_path / "other.json")]) == 1
    assert command.main([]) == 2
    assert "exists already" in capsys.readouterr().err


def test_the_script_stays_short_enough_to_be_read() -> None:
    assert len((ROOT / "static" / "open-backup.py").read_text("utf-8").splitlines()) <= 100
