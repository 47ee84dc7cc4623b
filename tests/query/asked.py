"""A workspace with the three stories and what is shipped, and a pool that answers on it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mcqms_kg import resources
from mcqms_kg.model import Term
from mcqms_kg.operations.translating import kept_files
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.pool import Pool
from mcqms_kg.query.request import Answer, requested
from mcqms_kg.settings import QueryLimits, Settings
from mcqms_kg.store.provenance import GRAPH
from mcqms_kg.store.shipped import renew
from mcqms_kg.store.versions import Submission, hand_in, versions
from mcqms_kg.store.workspace import Workspace, create, open_workspace

NOON = dt.datetime(2026, 6, 30, 12, 0, tzinfo=dt.UTC)


def stories(folder: Path) -> Workspace:
    """A workspace with one version of each story."""
    create(folder)
    workspace = open_workspace(folder)
    renew(workspace, "mcqms-kg", NOON, Settings())
    for number, story in enumerate(resources.story_folders()):
        at = NOON + dt.timedelta(hours=number)
        hand_in(
            workspace,
            Submission(story.name, kept_files([story], None, workspace.folder)[0], story.name, "Ana", at),
            Settings(),
        )
    return workspace


class Asked:
    """Answers over all latest versions, with every graph to be named."""

    def __init__(self, workspace: Workspace, limits: QueryLimits) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=workspace.folder))
        self.checkpoints = Checkpoints(self.folder, workspace.embedded.checkpoint)
        self.limits = limits
        self.pool = Pool(self.checkpoints, limits, size=1)
        self.graphs = [v.graph for v in versions(workspace)]

    def __call__(self, text: str, *formats: str) -> str:
        return self.answer(text, self.graphs, [*self.graphs, GRAPH], formats or ("csv", "json", "nt")).content.decode()

    def answer(
        self,
        text: str,
        default: Sequence[Term],
        named: Sequence[Term],
        formats: Sequence[str],
        *,
        from_protocol: bool = False,
    ) -> Answer:
        """Over graphs of one's own choice."""
        return self.pool.answer(requested(self.limits, text, default, named, formats, from_protocol=from_protocol))

    def rows(self, text: str) -> list[str]:
        return self(text, "csv").split("\r\n")[1:-1]


@contextmanager
def asked(workspace: Workspace, limits: QueryLimits | None = None) -> Iterator[Asked]:
    found = Asked(workspace, limits or QueryLimits())
    try:
        yield found
    finally:
        found.pool.close()
