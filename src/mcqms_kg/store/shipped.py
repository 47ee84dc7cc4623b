"""What the package ships for questions (ontology, code lists, framework facts) as a dataset like any other."""

from __future__ import annotations

import datetime as dt

from mcqms_kg import resources
from mcqms_kg.graph.digest import sha256
from mcqms_kg.model import Version
from mcqms_kg.settings import Settings
from mcqms_kg.store.versions import Submission, hand_in, versions
from mcqms_kg.store.workspace import Workspace

SHIPPED = "shipped"
"""The name of the dataset; nobody else hands in under it."""


def renew(workspace: Workspace, by: str, at: dt.datetime, settings: Settings) -> Version:
    """The version that holds what is shipped now, handed in anew where the latest holds something else."""
    root = resources.root()
    files = {path.relative_to(root).as_posix(): path for path in resources.background_files()}
    latest = next((v for v in reversed(versions(workspace)) if v.dataset == SHIPPED), None)
    if latest and {o.name: o.digest for o in latest.originals} == {n: sha256(p) for n, p in files.items()}:
        return latest
    title = "Ontology, code lists and framework facts"
    return hand_in(workspace, Submission(SHIPPED, files, title, by, at, role="software"), settings)
