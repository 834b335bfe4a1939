"""How many tokens a text will be, before anybody has counted them.

    ratio = Ratio().learned(estimate("Hello there"), 4)      # a service counted 4 where we said 3
    ratio.apply(estimate(text))

`app.core.text.estimate_tokens` errs on the safe side, so that a conversation surely fits. A cost wants the likeliest
number instead: a quarter of the characters, one for each Chinese, Japanese or Korean one (a rule of thumb), corrected
by what each model's service has really counted so far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# kana, bopomofo, ideographs with their extensions, Hangul, full-width forms
_CJK = re.compile(
    "[\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9d\U00020000-\U0003134f]"
)
LONG = 12_000  # characters
MEMORY_TOKENS = 50_000  # older counts fade, so that a model which changes its tokenizer is followed
NARROWEST, WIDEST = 0.25, 4.0  # what is further off is no matter of tokenizers


def estimate(text: str) -> int:
    """Tokens of a text: ceil(characters / 4), and one for each CJK character. Of a very long text their share is taken
    from its beginning, middle and end: a decision must not wait for it."""
    if text.isascii():
        return -(-len(text) // 4)
    if len(text) > LONG:
        part, middle = LONG // 3, len(text) // 2
        some = text[:part] + text[middle : middle + part] + text[-part:]
        wide = round(len(_CJK.findall(some)) / len(some) * len(text))
    else:
        wide = len(_CJK.findall(text))
    return wide + -(-(len(text) - wide) // 4)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Tokens as one model's service counted them, for those that we had estimated."""

    estimated: int = 0
    counted: int = 0

    @property
    def value(self) -> float:
        """Counted tokens for one estimated; 1 until something was learned."""
        if not self.estimated:
            return 1.0
        return min(WIDEST, max(NARROWEST, self.counted / self.estimated))

    def apply(self, tokens: int) -> int:
        """An estimate, corrected."""
        return round(tokens * self.value)

    def learned(self, estimated: int, counted: int) -> Ratio:
        """The ratio after one more reply; pairs that tell nothing are passed over."""
        if estimated <= 0 or counted <= 0:
            return self
        estimated, counted = self.estimated + estimated, self.counted + counted
        if estimated > MEMORY_TOKENS:
            estimated, counted = estimated // 2, counted // 2
        return Ratio(estimated, counted)
