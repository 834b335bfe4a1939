"""What a run says of the claims of a reply."""

from __future__ import annotations

import contextlib
import io

import pytest

from app.core.running import Ran
from app.study.checking.checks import Check, checks_of, judge, program, shown
from app.study.checking.outputs import outputs_in
from app.study.ran import Finding

CODE = "```python\nfor n in range(3):\n    print(n * n)\n```\n"


def ran(check: Check) -> str:
    """What its program prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program(check, "The reply says:"), {})
    return out.getvalue()


@pytest.mark.parametrize(
    ("line", "verdict", "value"),
    [
        ("17 × 23 = 391", "agrees", "391"),
        ("17 × 23 = 401", "differs", "391"),
        ("0.1 + 0.2 = 0.3", "agrees", "0.3"),
        ("10 / 3 = 3.33", "rounded", "3.333333333"),
        ("10 / 3 = 3.34", "differs", "3.333333333"),
        ("7 / 2 = 4", "rounded", "3.5"),
        ("7 / 2 = 3", "differs", "3.5"),
        ("7 / 2 = 2", "differs", "3.5"),
        ("10 / 3 ≈ 3.3", "agrees", "3.333333333"),
        ("1/3 = 0", "differs", "0.3333333333"),
        ("1/3 ≈ 0", "agrees", "0.3333333333"),
        ("10 / 3 ≈ 4", "differs", "3.333333333"),
        ("2/3 ≈ 0.66", "agrees", "0.6666666667"),
        ("2/3 ≈ 0", "differs", "0.6666666667"),
        ("2^10 ≈ 10^3", "agrees", "1024"),
        ("2^10 ≈ 10^4", "differs", "1024"),
        ("987 × 1013 ≈ 1,000,000", "agrees", "999831"),
        ("987 × 1013 ≈ 1,200,000", "differs", "999831"),
        ("5 km is about 3.1 miles", "agrees", "3.106855961"),
        ("5 km = 3.2 miles", "differs", "3.106855961"),
        ("123456789 × 987654321 = 121932631112635269", "agrees", "121932631112635269"),
        ("123456789 × 987654321 = 121932631112635268", "differs", "121932631112635269"),
        ("1/2 + 1/4 = 3/4", "agrees", "0.75"),
        ("1/2 + 1/4 = 2/3", "differs", "0.75"),
        ("6.02 × 10^23 / 2 = 3.01 × 10^23", "agrees", "3.01e+23"),
        ("1 / (2 - 2) = 3", "unknown", ""),
    ],
)
def test_a_sum_is_held_against_what_its_program_prints(line: str, verdict: str, value: str) -> None:
    [check] = checks_of(line)
    printed = "" if verdict == "unknown" else ran(check)
    [found] = judge(check, Ran(), printed)
    assert (found.verdict, found.value) == (verdict, value)


def test_all_sums_are_one_program_that_says_what_it_checks() -> None:
    [check] = checks_of("17 × 23 = 401, and √16 + 1 = 5.")
    assert program(check, "The reply says:") == (
        "import math\n\n# The reply says: 17 × 23 = 401\nprint(17 * 23)\n\n"
        "# The reply says: √16 + 1 = 5\nprint(math.sqrt(16) + 1)"
    )
    assert [one.verdict for one in judge(check, Ran(), ran(check))] == ["differs", "agrees"]
    assert [one.verdict for one in judge(check, Ran("failed", "ZeroDivisionError"), "391\n")] == ["differs", "unknown"]
    assert [one.verdict for one in judge(check, Ran(), "nan inf\nx")] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    "told",
    [
        "Output:\n\n```\n0\n1\n4\n```",
        "**Output:**\n```text\n0\n1\n4\n```",
        "```output\n0\n1\n4\n\n```",
        "Die Ausgabe ist:\n```\n0\n1\n4\n```",
        "It prints:\n\n```\n0\n...\n```",
    ],
)
def test_what_a_block_is_said_to_print(told: str) -> None:
    [check] = checks_of(f"Squares:\n\n{CODE}\n{told}\n\nThat is all.")
    assert check.output is not None
    assert program(check, "") == "for n in range(3):\n    print(n * n)"
    [found] = judge(check, Ran(), ran(check))
    assert (found.verdict, found.is_output) == ("agrees", True)
    [found] = judge(check, Ran(), "0\n1\n")
    assert found.verdict == ("agrees" if "..." in told else "differs")
    [found] = judge(check, Ran("failed", "Traceback\nNameError: x"), "7\n")
    assert (found.verdict, found.value) == ("differs", "7\nNameError: x")
    for ending in (Ran("late"), Ran("stopped")):
        assert judge(check, ending, "0\n1\n4\n") == (Finding(check.output.told, "unknown", is_output=True),)
    assert judge(check, Ran("failed", "ModuleNotFoundError"), "", lacks=True)[0].verdict == "unknown"


def test_what_is_said_in_a_line_or_in_comments() -> None:
    [one] = outputs_in("```py\nprint(6 * 7)\n```\nOutput: `42`")
    assert (one.lines, one.is_whole, one.fits("42\n"), one.fits("43\n")) == (("42",), True, True, False)
    [two] = outputs_in("```python\nprint(1)  # Output: 1\nprint('more')\nprint(2)  # → 2\n# Output:\n# 3\n# 4\n```")
    assert two.lines == ("1", "2", "3", "4")
    assert (two.fits("1\nmore\n2\n3\n4\n"), two.fits("1\n3\n2\n4\n")) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f"{CODE}\nAnother file:\n```\n0\n```",
        f"{CODE}\n```\n0\n```",
        "```python\nimport random\nprint(random.random())\n```\nOutput:\n```\n0.5\n```",
        "```python\nprint(input())\n```\nOutput:\n```\n0.5\n```",
        "```js\nconsole.log(1)\n```\nOutput:\n```\n1\n```",
        f"{CODE}\nOutput:\n```\n\n```",
        "",
    ],
)
def test_code_of_which_nothing_is_said_is_no_claim(text: str) -> None:
    assert checks_of(text) == ()


def test_blocks_come_before_sums_and_a_list_may_hold_them() -> None:
    text = "1. So:\n\n   ```python\n   print(2)\n   ```\n   Output:\n   ```\n   2\n   ```\n\n2. And 3 + 4 = 8."
    first, second = checks_of(text)
    assert first.output is not None
    assert (first.output.code, first.output.lines) == ("print(2)", ("2",))
    assert [one.text for one in second.sums] == ["3 + 4 = 8"]


def test_a_value_is_shown_without_what_a_machine_has_too_much() -> None:
    assert (shown("0.30000000000000004"), shown("42.0"), shown("-7")) == ("0.3", "42", "-7")


@pytest.mark.parametrize(
    ("code", "behind"),
    [
        ("# Output the sum\nprint(3)", ""),
        ("# Prints each line\nprint(3)", ""),
        ("len('abc')  # → 3", ""),
        ("def f(x):  # -> int\n    print(x)", ""),
        ("print('# Output: x')", ""),
        ("total = 3\nprint(total)", "The result is stored in `total`."),
        ("x = 5\nprint(x)", "This prints `x`."),
        ("x = 5\nprint(x)", "This prints the value of `x`."),
        ("print(1)\nprint(2)", "It prints `1` and then `2`."),
        ("print(3)", "The output of `print(3)` is shown."),
        ("print(3)", "If x is 4, it prints `4`."),
        ("print(3)", "If you change it, the output is:\n```\n4\n```"),
        ("print(3)", "The output may be:\n```\n4\n```"),
        (">>> print(3)", "Output:\n```\n3\n```"),
        ("import sys\nprint(sys.maxsize)", "Output:\n```\n9223372036854775807\n```"),
        ("from math import sqrt, pi\n```\nNow:\n```python\nprint(sqrt(4))", "Output:\n```\n2.0\n```"),
        ("def f(): return 4\n```\nNow:\n```python\nprint(f())", "Output:\n```\n4\n```"),
    ],
)
def test_words_that_only_look_like_an_output_are_no_claim(code: str, behind: str) -> None:
    assert outputs_in(f"```python\n{code}\n```\n{behind}") == ()


def test_a_block_that_makes_its_names_itself_is_a_claim_behind_others() -> None:
    [one] = outputs_in("```python\nn = 2\n```\n```python\nfor n in [1]:\n    print(n)\n```\nOutput:\n```\n1\n```")
    assert one.lines == ("1",)


@pytest.mark.parametrize(
    ("code", "told", "printed", "error", "verdict"),
    [
        ("print(1)\nf()", "1\nTraceback (most recent):\n  …\nValueError: x", "1\n", "T\nValueError: x", "agrees"),
        ("1 / 0", "ZeroDivisionError: division by zero", "", "ZeroDivisionError: division by zero", "agrees"),
        ("1 / 0", "ValueError: x", "", "ZeroDivisionError: division by zero", "differs"),
        ("print(1)\n1 / 0", "2\nZeroDivisionError: x", "1\n", "ZeroDivisionError: x", "differs"),
        ("print(open('a').read())", "7", "", "FileNotFoundError: [Errno 44] No such file: 'a'", "unknown"),
        ("import nowhere\nprint(7)", "7", "", "ModuleNotFoundError: No module named 'nowhere'", "unknown"),
        ("print({'b', 'a'})", "{'a', 'b'}", "{'b', 'a'}\n", "", "unknown"),
        ("print('olleh')", "ollhe", "olleh\n", "", "differs"),
        ("print(1)\nd.pop('x')", "1", "1\n3\n", "", "unknown"),
        ("print(1)\nprint(3)", "1", "1\n3\n", "", "differs"),
        ("print(list(range(100)))", "[0, 1, ..., 99]", "[0, 1, 2, 3, 99]\n", "", "agrees"),
        ("print(list(range(100)))", "[0, 1, ..., 98]", "[0, 1, 2, 3, 99]\n", "", "differs"),
        ("print(o)", "<A object at 0x7f00>", "<A object at 0x11>\n", "", "agrees"),
    ],
)  # fmt: skip
def test_what_a_run_says_of_an_output(code: str, told: str, printed: str, error: str, verdict: str) -> None:
    [check] = checks_of(f"```python\n{code}\n```\nOutput:\n```\n{told}\n```")
    [found] = judge(check, Ran("failed" if error else "", error), printed)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("said", "printed", "fits"),
    [("4 (two squared)", "4", True), ("5 (two squared)", "4", False), ("'HELLO'", "HELLO", True), ("42", "4", False)],
)
def test_a_comment_may_go_on_in_other_words(said: str, printed: str, fits: bool) -> None:
    [one] = outputs_in(f"```python\nprint(f(2))  # Output: {said}\n```")
    assert one.fits(printed) is fits
