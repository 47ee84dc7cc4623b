"""Our engine, file to report: DATA SHAPES REPORT, and with --warm also again and again on the loaded columns.

Like `mcqms validate` it begins to read before it imports its libraries, starts no threads for linear algebra, and seldom collects garbage.
"""

from __future__ import annotations

import argparse
import gc
import os
from pathlib import Path

from mcqms_kg.graph.columns.early import begun

SELDOM = (200_000, 20, 20)


def main() -> None:
    gc.set_threshold(*SELDOM)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = _arguments()
    with begun([given.data]):
        from timed_columns import run  # it imports the libraries

        run(given)
    gc.freeze()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "shapes", "report"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--warm", action="store_true")
    parser.add_argument("--database", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
