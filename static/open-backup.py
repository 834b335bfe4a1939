"""Opens an encrypted backup of DrLeeLM without DrLeeLM.

    pip install cryptography
    python open-backup.py drleelm-backup.sealed.json                 # asks for the passphrase, writes backup.json
    python open-backup.py drleelm-backup.sealed.json chats.json      # writes chats.json

It needs Python 3.9 or newer and the package `cryptography`. What it writes is the plain backup, which DrLeeLM imports
too, and which any program can read.

The encrypted file is one JSON object; bytes in it are base64:
    format      "drleelm-sealed"
    version     1
    kdf         {"name": "PBKDF2-HMAC-SHA256", "iterations": 600000, "salt": 16 bytes}
    cipher      {"name": "AES-256-GCM", "nonce": 12 bytes}
    payload     what is encrypted, with the 16 bytes of GCM's tag at its end
The key is PBKDF2 of the passphrase: in Unicode's form NFKC, as UTF-8; 32 bytes long. The additional authenticated data
of GCM is the same object without `payload`, as JSON with sorted keys and no blanks (separators "," and ":").

Inside is the plain backup: a JSON object with `format` "drleelm-backup", `version`, `app`, `made`, `sha256`, and
`shelves`: {"chats": {id: chat}, "turns": {id: turn}, "settings": {...}, ...}. A turn names its chat (`chat_id`), the
turn before it (`parent`, "" for the first), who speaks (`role`) and the words (`text`). `sha256` is of the object
without `sha256`, as JSON with sorted keys, no blanks, everything outside ASCII escaped.
"""
# ruff: noqa: T201 - a command line tool prints

import base64
import getpass
import hashlib
import json
import sys
import unicodedata
from pathlib import Path


def open_sealed(text: str, passphrase: str) -> str:
    """The text of the plain backup. Raises ValueError, in words."""
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError as error:
        raise ValueError("The package `cryptography` is missing: pip install cryptography") from error
    head = json.loads(text)
    if head.get("format") != "drleelm-sealed" or head.get("version") != 1:
        raise ValueError("This is not an encrypted backup that this script knows.")
    payload = base64.b64decode(head.pop("payload"))
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    salt, nonce = base64.b64decode(head["kdf"]["salt"]), base64.b64decode(head["cipher"]["nonce"])
    key = hashlib.pbkdf2_hmac("sha256", secret, salt, head["kdf"]["iterations"], 32)
    header = json.dumps(head, sort_keys=True, separators=(",", ":")).encode("ascii")
    try:
        return AESGCM(key).decrypt(nonce, payload, header).decode("utf-8")
    except InvalidTag as error:
        raise ValueError("It does not open: the passphrase is wrong, or the file is damaged.") from error


def is_whole(text: str) -> bool:
    """Whether a plain backup still has the SHA-256 that it was written with."""
    data = json.loads(text)
    digest = data.pop("sha256", "")
    return bool(digest == hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest())


def main(arguments: list[str]) -> int:
    """Open the file that the first argument names; 1 where that fails."""
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    source, target = Path(arguments[0]), Path(arguments[1] if len(arguments) == 2 else "backup.json")
    if target.exists():
        print(f"{target} exists already; name another file to write to.", file=sys.stderr)
        return 1
    try:
        text = open_sealed(source.read_text("utf-8"), getpass.getpass("Passphrase: "))
        whole = is_whole(text)
    except (OSError, ValueError, KeyError) as error:
        print(f"Could not open {source}: {error}", file=sys.stderr)
        return 1
    target.write_text(text, "utf-8")
    print(f"Wrote {target}." if whole else f"Wrote {target}, but its SHA-256 does not fit: it is damaged.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
