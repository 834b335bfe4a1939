"""What a reply claims and a program can find out: sums, units, what a block of code prints.

    checks = checks_of(turn.text)                   # (Check(…),): none where there is nothing to find out
    program(checks[0], "The reply says:")           # the Python that is shown and run
    judge(checks[0], "391\\n", Ran(), code)         # (Finding("17 × 23 = 401", "differs", "391"),)

No model takes part, and nothing is run here. A claim that cannot be read without doubt is none.
"""
