"""What a process that died wrote last is told to whoever asked, and no place of this machine with it."""

from __future__ import annotations

import io

import pytest

from mcqms_kg.errors import without_places
from mcqms_kg.processes.child import said_last


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("FileNotFoundError: [Errno 2] No such file: '/srv/ws/checkpoints/3'", "[Errno 2] No such file: 'a file'"),
        ("IO error: While appending to file: /srv/ws/store/000072.sst: No space", "file: a file: No space"),
        (
            "no graph <http://example.org/a/b> at https://example.org/c/d",
            "<http://example.org/a/b> at https://example.org/c/d",
        ),
        ("1/2 and a/b/c stay", "1/2 and a/b/c stay"),
    ],
)
def test_places_are_left_out_and_names_stay(said: str, told: str) -> None:
    assert without_places(said).endswith(told) and "/srv" not in without_places(said)
    trace = f'Traceback (most recent call last):\n  File "/srv/x/y.py", line 1\n{said}\n'
    assert said_last(io.BytesIO(trace.encode())).endswith(told)
