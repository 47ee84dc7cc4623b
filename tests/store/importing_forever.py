"""Hands in one version after the other and says each one aloud when it stands; run as a program, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from mcqms_kg.store import embedded
from mcqms_kg.store.workspace import open_workspace
from store.workspaces import hand, turtle

STATEMENTS = 400


def main(folder: Path, large: int) -> None:
    embedded.LARGE = large
    with open_workspace(folder / "ws") as workspace:
        print("ready", flush=True)
        while True:
            text = "".join(f"ex:s{n} ex:p [ ex:q {n} ] .\n" for n in range(STATEMENTS // 2))
            made = hand(
                workspace, turtle(folder / "data" / "a.ttl", text), turtle(folder / "data" / "b.ttl", "ex:a ex:b 1 .")
            )
            print(made.number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
