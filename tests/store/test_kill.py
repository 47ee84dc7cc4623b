"""Killed at any moment: what was acknowledged stands, and nothing half is ever seen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from killed import killed_after
from mcqms_kg.graph import terms
from mcqms_kg.namespaces import DATASET
from mcqms_kg.store import provenance
from mcqms_kg.store.export import originals
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import create, open_workspace
from store.importing_forever import STATEMENTS


@pytest.mark.parametrize("large", [20_000, 100], ids=["in one transaction", "in bulk"])
@pytest.mark.parametrize("kills", [pytest.param(5), pytest.param(40, marks=pytest.mark.slow)])
def test_killed_at_random_moments(tmp_path: Path, kills: int, large: int) -> None:
    create(tmp_path / "ws")
    seed = random.randrange(2**32)
    moments, said = random.Random(seed), 0
    for kill in range(kills):
        said = max(said, killed_after(moments.uniform(0, 0.6), "store.importing_forever", tmp_path, large))
        seen = _what_stands(tmp_path / "ws")
        assert said <= seen <= said + 1, f"seed {seed}, kill {kill}: {said} acknowledged, {seen} there"
        said = seen


def _what_stands(folder: Path) -> int:
    """The number of versions, each of which is whole, with nothing left waiting, and at most the graph that would have come next."""
    with open_workspace(folder) as workspace:
        found = versions(workspace)
        assert [v.number for v in found] == list(range(1, len(found) + 1))
        graphs = {v.graph for v in found} | ({provenance.GRAPH} if found else set())
        begun = set(workspace.home.graphs()) - graphs
        assert begun <= {terms.iri(f"{DATASET}school/{len(found) + 1}")}
        for version in found[-3:]:
            statements = list(workspace.home.match(version.graph))
            assert len(statements) == version.statements == STATEMENTS + 1
            assert len({s for s, _, _ in statements if terms.is_blank(s)}) == STATEMENTS // 2
            assert len(originals(workspace, version)) == 2
        assert not list((folder / "incoming").iterdir())
        return len(found)
