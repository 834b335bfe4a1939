"""How well false claims are told from true ones: `python -m tests claims ANSWERS.jsonl … [--passages P.jsonl]`.

Each line of ANSWERS is a reply with its sentences and a label for each: supported, no_claim, unsupported, quote_false,
number_false, unknown_citation. `passages` names what the model was given, by the ids of P, which lies beside ANSWERS
("dev-passages.jsonl" beside "dev-answers.jsonl"). Prints, for each file and label, how many sentences are marked, then
the sentences that are marked wrongly or passed wrongly.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.documents.claims.check import Checked, check

TRUE = frozenset(("supported", "no_claim"))


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence, what was said of it, and whether a person sees a mark."""

    reply_id: str
    label: str
    text: str
    found: tuple[Checked, ...]

    @property
    def is_marked(self) -> bool:
        """Whether any part of it is marked."""
        return any(one.is_marked for one in self.found)

    @property
    def is_right(self) -> bool:
        """Whether it is marked just where it should be."""
        return self.is_marked != (self.label in TRUE)


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def judge(answers: Sequence[Mapping[str, Any]], passages: Mapping[str, str]) -> Iterator[Judged]:
    """Every labelled sentence with what the checks say of it."""
    for answer in answers:
        reply, at = str(answer["reply"]), 0
        checked = check(reply, [passages[id] for id in answer["passages"]], str(answer.get("question", "")))
        for sentence in answer["sentences"]:
            text = str(sentence["text"])
            start = max(reply.find(text, at), 0)
            at = start + len(text)
            found = tuple(one for one in checked if one.start < at and one.end > start)
            yield Judged(str(answer["id"]), str(sentence["label"]), text, found)


def texts_of(path: Path) -> dict[str, str]:
    """The texts of passages by their ids."""
    return {str(one["id"]): str(one["text"]) for one in lines(path)}


def passages_of(answers: Path) -> Path:
    """Where the passages of a file of answers lie."""
    return answers.with_name(answers.name.replace("answers", "passages"))


def report(answers: Path, passages: Path) -> Iterator[str]:
    """What is printed of one file, line by line."""
    judged = list(judge(lines(answers), texts_of(passages)))
    marked, total = Counter(one.label for one in judged if one.is_marked), Counter(one.label for one in judged)
    for label, count in sorted(total.items()):
        yield f"{label} marked {marked[label]} of {count}"
    for one in judged:
        if not one.is_right:
            verdicts = ", ".join(f"{found.verdict} {found.detail}".strip() for found in one.found)
            yield f"{one.reply_id} {one.label} ({verdicts}): {one.text}"


def main(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests claims", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("answers", type=Path, nargs="+")
    parser.add_argument("--passages", type=Path, help="beside the answers where not told")
    told = parser.parse_args(arguments)
    for answers in told.answers:
        if len(told.answers) > 1:
            sys.stdout.write(f"{answers.name}\n")
        for line in report(answers, told.passages or passages_of(answers)):
            sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
