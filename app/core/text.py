"""Numbers and names as a person reads them.

>>> size(3_038_117_888), duration(75), percent(1, 3), money(1250)
('3.0 GB', '1 min 15 s', '33 %', '$0.00125')
"""

from __future__ import annotations

FILES = (".gguf", ".safetensors", ".bin", ".task", ".litertlm")


def size(size_bytes: float) -> str:
    """Bytes in decimal units, as shops and disks print them."""
    value = float(size_bytes)
    if round(value) == 1:
        return "1 byte"
    for unit in ("bytes", "kB", "MB"):
        if value < 999.5:
            return f"{value:.0f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def duration(seconds: float) -> str:
    """Seconds, then minutes, then hours."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def speed(tokens_per_second: float) -> str:
    """Tokens a second, with a decimal only where it says something."""
    return f"{tokens_per_second:.0f} tokens/s" if tokens_per_second >= 9.5 else f"{tokens_per_second:.1f} tokens/s"


def percent(part: float, whole: float) -> str:
    """A whole per cent, rounded down, so that 100 % is only said when it is true."""
    return f"{int(100 * part / whole) if whole else 0} %"


def money(micros: int) -> str:
    """Millionths of a dollar as dollars: whole cents from a dollar on, below that as exact as they are."""
    sign, amount = ("−" if micros < 0 else ""), abs(micros)
    if amount >= 1_000_000:
        return f"{sign}${(amount + 5000) // 10_000 / 100:,.2f}"
    digits = f"{amount:06}".rstrip("0")
    return f"{sign}$0.{digits.ljust(2, '0')}"


def count(number: int, singular: str, plural: str = "") -> str:
    """`1 token`, `2 tokens`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def estimate_tokens(text: str) -> int:
    """Tokens of a text, on the safe side: about 3 bytes of UTF-8 each, never fewer than its words."""
    return max(len(text.encode("utf-8", "surrogatepass")) // 3 + 1, len(text.split())) if text else 0


def file_name(name: str) -> str:
    """A name as it is shown: of a path on somebody's disk the last part only, since the others may tell who they are.

    >>> file_name("/srv/models/some-1b-q4.gguf"), file_name("meta-llama/Llama-3.1-8B")
    ('some-1b-q4.gguf', 'meta-llama/Llama-3.1-8B')
    """
    plain = name.replace("\\", "/").rstrip("/")
    is_path = "\\" in name or plain.startswith(("/", "~", ".", "file:")) or plain[1:3] == ":/"
    return plain.rpartition("/")[2] if is_path or plain.lower().endswith(FILES) else name
