"""Measurements as ratios: each figure of ours beside a peer's, in the same run, on the same machine.

Times of one machine mean little on another, so only ratios are kept: at least five alternating pairs, the median of
the pairs' ratios. `python -m tests bench [NAME ...]` writes them to `tests/bench/bench.json`.
"""
