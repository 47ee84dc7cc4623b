"""Every parser that takes bytes of a user is given whole inputs with damage: it reads them, or says by an error of ours why not."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from abuse.parsers import Parser, parsers
from interop.openbadges.conftest import Issued, issued
from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.interop.standards import readable

__all__ = ["issued"]

NAMES = (
    *(f"{name} files" for name in (*readable(), *FORMATS)),
    *("badges", "badges as tokens", "badges in .png images", "badges in .svg images", "status lists", "trust lists"),
    *("public keys", "private keys", "registers", "contexts", "audit packs", "ESCO archives", "reports to compare"),
    *("shapes", "queries", "updates", "rows of a server", "statements of a server"),
)
PIECES = (
    *(
        b"",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\r",
        b"\n\n",
        b"\\u0000",
        b"\\ud800",
        b"\\",
    ),
    *(
        b"null",
        b"-1",
        b"1e999",
        b"9" * 400,
        b"NaN",
        b"true",
        b"{",
        b"}",
        b"[[",
        b"]",
        b'"',
        b"'",
        b"<",
        b">",
        b"&x;",
        b"(" * 200,
    ),
    *(b"../", b"file:///etc/passwd", b"http://127.0.0.1:9/", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
    *(b"_:a", b"@id", b"@context", b"@type", b"PK\x05\x06", b"=1+1", b"a" * 3_000),
)


@pytest.fixture(scope="module")
def known(issued: Issued, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Parser]:
    return parsers(issued, tmp_path_factory.mktemp("whole"))


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """The bytes with some of them away, twice, elsewhere or others."""
    found = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(found)))
        end = min(len(found), start + draw(st.sampled_from([0, 1, 2, 4, 16, 100, len(found)])))
        piece = draw(st.sampled_from([*PIECES, found[start:end] * 2, found[end : end + 40]]) | st.binary(max_size=6))
        found = found[:start] + piece + found[end:]
    return found


def test_nothing_is_missing(known: Mapping[str, Parser]) -> None:
    assert set(known) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_whole_inputs_are_read(known: Mapping[str, Parser], name: str, tmp_path: Path) -> None:
    for number, content in enumerate(known[name].whole):
        path = tmp_path / f"{number}{known[name].ending}"
        path.write_bytes(content)
        known[name].read(path)
    assert known[name].whole


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@given(drawn=st.data())
@settings(
    max_examples=40, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
def test_damaged_inputs_are_read_or_refused(
    known: Mapping[str, Parser], tmp_path_factory: pytest.TempPathFactory, name: str, drawn: st.DataObject
) -> None:
    parser = known[name]
    path = tmp_path_factory.mktemp("damaged") / f"given{parser.ending}"
    path.write_bytes(drawn.draw(damaged(drawn.draw(st.sampled_from(parser.whole)))))
    with pytest.MonkeyPatch.context() as patch:
        asked: list[object] = []
        patch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
        try:
            parser.read(path)
        except McqmsError as problem:
            assert problem.what
        assert not asked, "nothing is fetched"
