"""Whatever stands in a JSON file of a standard, reading ends in statements that can be written, or in an error that says where."""

from __future__ import annotations

import json
import re
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import mcqms_kg
from mcqms_kg.errors import McqmsError, UnreadableInput
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.json_read import Json, pointer, walk
from mcqms_kg.interop.standards import STANDARDS
from mcqms_kg.settings import Settings

STORY = Path(__file__).resolve().parents[2] / "data" / "polytechnic-networks"
JSON = tuple(name for name, s in STANDARDS.items() if s.reads and s.writes and s.mark)
"""The standards whose files are JSON; one that lands gets all of this by itself."""
VALUES: tuple[Json, ...] = (
    *(None, True, 0, -1, 1e308, 10**300, "", " ", "\x00", "\u2028", "a" * 5_000, "javascript:alert(1)", "_:b0"),
    *("https://exa mple.org/<>", "http://127.0.0.1:9/", "file:///etc/passwd", [], {}, [[]], [{}], [None], [[[1]]]),
    *({"@id": 5}, {"@value": {}}, {"en": []}, {"@language": "en"}, {"id": "x\ny"}, ["a", 1, {}], {"": ""}),
)
HOSTILE: st.SearchStrategy[Json] = st.sampled_from(VALUES)
_NUMBERED = re.compile("/[0-9]+(?=/|$)")
KINDS: tuple[Json, ...] = (None, 0, "a", [], [[]], {}, {"@language": "en"}, ["a", 1, {}])
"""One value of each kind that JSON has."""


@pytest.fixture(scope="module")
def samples() -> dict[str, Json]:
    """A file of each standard, as it is written from a story."""
    found = {}
    for name in JSON:
        written = mcqms_kg.export_to(mcqms_kg.ExportRequest(name, [STORY], as_of="2026-06-30"), force=True)
        content = next(c for file, c in written.files.items() if file.endswith((".json", ".jsonld")))
        found[name] = json.loads(content)
    return found


def _replaced(value: Json, at: str, hostile: Json) -> Json:
    """The value with something else at a place; the rest is shared."""
    if at == "":
        return hostile
    step, rest = at[1:].partition("/")[::2]
    rest = f"/{rest}" if rest or at.endswith("/") else ""
    if isinstance(value, list):
        return [_replaced(v, rest, hostile) if str(n) == step else v for n, v in enumerate(value)]
    names = {pointer("", key)[1:]: key for key in value}
    return {**value, names[step]: _replaced(value[names[step]], rest, hostile)}


def _reads(name: str, value: Json, path: Path) -> None:
    """Reads what is in a file, and what was read is RDF."""
    path.write_text(json.dumps(value), "utf-8")
    try:
        taken = STANDARDS[name].read(path, "given.json", Settings())
    except McqmsError as problem:
        assert problem.place and problem.place.file == "given.json", problem
        return
    back = path.with_suffix(".nt")
    back.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in (stated.triple for stated in taken.stated)), "utf-8")
    assert len(read_triples([back])) == len({stated.triple for stated in taken.stated})
    known = {at for at, _ in walk(value)}
    assert all(stated.at in known or stated.at.rpartition("/")[0] in known for stated in taken.stated)
    assert all(set(loss.what) >= {"en", "id"} for loss in taken.losses)


@pytest.mark.parametrize("name", JSON)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), phases=(Phase.reuse, Phase.generate))
def test_other_values_anywhere(
    name: str, samples: dict[str, Json], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    value = samples[name]
    places = sorted({at for at, _ in walk(value)})
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(places))
        try:
            value = _replaced(value, place, data.draw(HOSTILE))
        except (KeyError, TypeError):
            continue  # an earlier replacement took the place away
    _reads(name, value, tmp_path_factory.mktemp("hostile") / "given.json")


@pytest.mark.slow
@pytest.mark.parametrize("name", JSON)
def test_every_kind_of_value_at_every_place(name: str, samples: dict[str, Json], tmp_path: Path) -> None:
    """Places that differ by nothing but a number, in things of one type, are one."""
    value = samples[name]
    types = {at: str(v.get("@type", v.get("type"))) for at, v in walk(value) if isinstance(v, dict)}
    places = {
        _NUMBERED.sub(lambda found: f"/{types.get(found.string[: found.end()])}", at): at for at, _ in walk(value)
    }
    for at in places.values():
        for kind in KINDS:
            _reads(name, _replaced(value, at, kind), tmp_path / "given.json")


BAD: dict[str, str] = {
    "deep": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "deep lists": "[" * 100_000,
    "huge number": '{"a": 1' + "0" * 10_000 + "}",
    "infinite": '{"a": 1e999}',
    "no number": '{"a": NaN}',
    "twice": '{"@context": "https://schema.org", "@context": "https://schema.org"}',
    "half a character": '{"a": "\\ud800"}',
    "cut": '{"a": [1, 2',
    "no object": '"just a text"',
    "empty": "",
}


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(BAD[kind], "utf-8")
    with pytest.raises(UnreadableInput) as caught:
        STANDARDS[name].read(path, "bad.json", Settings())
    assert caught.value.place and caught.value.place.file == "bad.json"


@pytest.mark.parametrize("name", JSON)
def test_a_context_of_somebody_else_is_not_fetched(
    name: str, samples: dict[str, Json], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value: Any = samples[name]
    holder = value.get("credential", value) if isinstance(value, dict) else value
    if "@context" not in holder:
        pytest.skip("its files have no context")
    changed = {**holder, "@context": "http://127.0.0.1:9/context.jsonld"}
    path = tmp_path / "given.json"
    path.write_text(json.dumps({"credential": changed} if holder is not value else changed), "utf-8")
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    with suppress(UnreadableInput):
        STANDARDS[name].read(path, "given.json", Settings())
    assert not asked
