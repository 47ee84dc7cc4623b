"""The service is killed in the middle of updates: each is done or not, and those that were acknowledged are done."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from killed import killed_after
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_quads, source
from mcqms_kg.model import Quad, Triple
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import create, open_workspace
from service.updating_forever import STATEMENTS
from service.writing_forever import KINDS, PUT, UPDATED
from service.writing_forever import STATEMENTS as STATEMENTS_EACH

GRAPHS = (terms.iri("http://g/1"), terms.iri("http://g/2"))


@pytest.mark.parametrize("kills", [pytest.param(3), pytest.param(20, marks=pytest.mark.slow)])
def test_killed_at_random_moments(tmp_path: Path, kills: int) -> None:
    create(tmp_path / "ws")
    seed = random.randrange(2**32)
    moments, said = random.Random(seed), 0
    for kill in range(kills):
        said = max(said, killed_after(moments.uniform(0.2, 2), "service.updating_forever", tmp_path / "ws", said + 1))
        seen = _what_stands(tmp_path / "ws")
        assert said <= seen <= said + 1, f"seed {seed}, kill {kill}: {said} acknowledged, {seen} there"
        said = seen
    assert said > 0, "no update came through"


def _what_stands(folder: Path) -> int:
    """The round that stands; all graphs have all of it and nothing of any other."""
    with open_workspace(folder) as workspace:
        found = workspace.home.working()
        assert found in ((), GRAPHS)
        rounds = set()
        for graph in found:
            statements = list(workspace.home.match(graph))
            assert len(statements) == 2 * STATEMENTS
            rounds |= {o for _, p, o in statements if p == terms.iri("http://e/round")}
        workspace.embedded.dump(folder / "dump.nq")
        unnamed = _unnamed(folder / "dump.nq")
        assert len(unnamed) == (2 * STATEMENTS if found else 0)
        rounds |= {quad[2] for quad in unnamed if quad[1] == terms.iri("http://e/round")}
        assert len(rounds) == bool(found)
        return int(terms.lexical(rounds.pop())) if rounds else 0


def _unnamed(dump: Path) -> list[Quad]:
    found = [quad for quad in read_quads(source(dump)) if quad[3] is None]
    dump.unlink()
    return found


@pytest.mark.parametrize("kills", [pytest.param(3), pytest.param(25, marks=pytest.mark.slow)])
def test_killed_in_the_middle_of_any_write(tmp_path: Path, kills: int) -> None:
    """Graphs that are put, versions, ways back and updates: of each the last that was acknowledged stands, or the next, and it is whole."""
    create(tmp_path / "ws")
    seed = random.randrange(2**32)
    moments, said, done = random.Random(seed), 0, 0
    for kill in range(kills):
        said = killed_after(moments.uniform(0, 1.5), "service.writing_forever", tmp_path, done + 1) or done
        done = _last_whole(tmp_path / "ws", said)
        assert said <= done <= said + 1, f"seed {seed}, kill {kill}: {said} acknowledged, {done} there"
    assert done > 0, "no write came through"


def _last_whole(folder: Path, said: int) -> int:
    """The number of the last write that stands; what stands is whole."""
    with open_workspace(folder) as workspace:
        rounds = {graph: _rounds(list(workspace.home.match(terms.iri(graph)))) for graph in (PUT, UPDATED)}
        found = [v for v in versions(workspace) if v.dataset == "school"]
        for version in found[-2:]:
            assert len(list(workspace.home.match(version.graph))) == version.statements == 2 * STATEMENTS_EACH
        handed = [n for n in range(1, said + 2) if n % KINDS in (1, 2)]
        reached = [*rounds.values(), handed[len(found) - 1] if found else 0]
        assert all(verb_last(kind, said) <= at for kind, at in zip((0, 3), rounds.values(), strict=True))
        return max(said, *reached)


def verb_last(kind: int, said: int) -> int:
    """The last number up to what was acknowledged that is of the kind."""
    return max((n for n in range(1, said + 1) if n % KINDS == kind), default=0)


def _rounds(statements: Sequence[Triple]) -> int:
    if not statements:
        return 0
    assert len(statements) == 2 * STATEMENTS_EACH
    (only,) = {o for _, p, o in statements if p == terms.iri("http://e/round")}
    return int(terms.lexical(only))
