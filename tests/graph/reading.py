"""Reads random files with a reader that was built with checks of every access: LIBRARY, how many files, seed. Run by `test_reader.py`."""

from __future__ import annotations

import ctypes
import random
import sys
import tempfile
from pathlib import Path

from mcqms_kg.graph.columns import reader

SIGNS = [*b'<>"_:@^\\. \n\r\t#aZ09-{}', 0, 1, 0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
PIECES = [
    *(b"<http://e/a>", b"<http://e/p>", b"_:b", b"_:", b'"x"', b'"X"@EN-gb'),
    *(b'"\\u00e9"', '"é"'.encode(), b"\xef\xbb\xbf", b" .\n", b".\r\n"),
    *(b'"1"^^<http://www.w3.org/2001/XMLSchema#string>', b'"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    *(b" ", b"\n", b'"', b"^^", b"@"),
]  # fmt: skip
LINE = b'<http://e/s%d> <http://e/p%d> "value %d"@en .\n'


def content(chance: random.Random) -> bytes:
    """Good lines, soup, or good lines with bytes changed, cut or doubled."""
    lines = b"".join(LINE % tuple(chance.randrange(40) for _ in range(3)) for _ in range(chance.choice([3, 300, 3000])))
    kind = chance.randrange(3)
    if kind == 0:
        return b"".join(chance.choice(PIECES) for _ in range(chance.randrange(60)))
    changed = bytearray(lines)
    for _ in range(chance.randrange(8) if kind == 1 else 0):
        place = chance.randrange(len(changed))
        changed[place : place + chance.randrange(3)] = bytes(chance.choice(SIGNS) for _ in range(chance.randrange(3)))
    whole = bytes(changed[: chance.randrange(len(changed))]) if chance.randrange(2) else bytes(changed)
    return whole + bytes(chance.choice(SIGNS) for _ in range(chance.randrange(3)))


def main() -> None:
    library, files, seed = sys.argv[1:]
    reader._LIBRARY = Path(library)
    chance = random.Random(int(seed))
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(int(files)):
            with reader.Reader() as one:
                known = chance.randrange(8) == 0
                for number in range(chance.randrange(1, 4)):
                    path = Path(folder) / "data.nt"
                    path.write_bytes(content(chance))
                    one.read(
                        path,
                        f"f{number}_" * chance.randrange(2),
                        graphs=chance.randrange(2) == 0,
                        known=known,
                        numbered=known and chance.randrange(2) == 0,
                    )
                texts = one.texts() if not known else ["x"] * one.terms
                numbers = one.numbers()
                assert known or [*map(reader.number_of, one.texts())] == [*numbers]
                given = (ctypes.c_int64 * len(texts))(*(chance.getrandbits(62) for _ in texts))
                settled = one.settle(given)
                assert [*settled.sorted] == sorted(given) == [given[term] for term in settled.order]
                assert len(settled.s) >= settled.statements
    print("whole")


if __name__ == "__main__":
    main()
