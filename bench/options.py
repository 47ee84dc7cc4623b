"""The options of the benchmark."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from table import OURS

DESCRIPTION = "Measures our SHACL engine beside the peers: one machine, one run, one table."
SIZES = (45_000, 450_000, 2_300_000)
LARGE = 100_000_000
CREDENTIALS = (1_000, 10_000, 100_000)


def read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run.py", description=DESCRIPTION)
    parser.add_argument("--sizes", type=_numbers, help="statements of each graph, about, with commas between")
    parser.add_argument("--engines", type=_names, default=[], help="only these engines, with commas between")
    parser.add_argument(
        "--loads", type=_names, default=["rulebook-like", "rulebook"], help="only these loads of shapes"
    )
    parser.add_argument("--limit", type=float, help="seconds for each engine on each graph")
    parser.add_argument("--memory", type=float, default=12, help="GiB for each engine")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"), help="where data, peers and reports lie")
    parser.add_argument(
        "--quick", action="store_true", help="one small graph and the common load, to see that all works"
    )
    parser.add_argument(
        "--large", action="store_true", help="our engine alone on 100 million statements, columns on disk"
    )
    parser.add_argument(
        "--incremental", action="store_true", help="our engine alone: validation after small changes, kind by kind"
    )
    parser.add_argument(
        "--pathways", action="store_true", help="pathways: the projection, and one question of each kind"
    )
    parser.add_argument("--rounds", type=int, default=40, help="of --incremental and --pathways: how many of each kind")
    given = parser.parse_args(arguments)
    if given.quick:
        given.sizes, given.loads, given.limit = given.sizes or [12_000], ["rulebook-like"], given.limit or 30
    if given.large:
        given.sizes, given.engines, given.limit = given.sizes or [LARGE], [OURS], given.limit or 3600
    if given.pathways:
        given.sizes = given.sizes or list(CREDENTIALS)
    given.sizes = given.sizes or list(SIZES)
    return given


def _numbers(text: str) -> list[int]:
    return [int(float(part)) for part in text.split(",")]


def _names(text: str) -> list[str]:
    return text.split(",")
