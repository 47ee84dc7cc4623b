"""The service over a workspace with two versions of a story, and a token for some who ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from mcqms_kg.model import Role
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.middleware import Front
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import running

ROOT = Path(__file__).resolve().parents[2]
STORY = ROOT / "data" / "flawed-provider"
DAY = "2026-06-30"
ADMIN = Caller("Ana", Role.ADMIN)
ROLES = {"Ana": "admin", "Budi": "auditor", "Citra": "learner", "Dewi": "provider"}


class Api(httpx.Client):
    """A client that asks as Ana, and knows how others say who they are."""

    def __init__(self, address: str, tokens: Mapping[str, str], workspace: Path) -> None:
        self.tokens, self.workspace = tokens, workspace
        super().__init__(base_url=address, timeout=120, headers=self.of("Ana"))

    def of(self, who: str) -> dict[str, str]:
        """The header of one of them; of nobody, one that says nothing."""
        return {"authorization": f"Bearer {self.tokens[who]}"} if who else {}


def story_workspace(folder: Path) -> Path:
    """A workspace that holds the story as the dataset `horizon`, and with one credential changed as its second version."""
    mcqms_kg.init(folder / "ws")
    mcqms_kg.import_files([STORY], "horizon", title="Horizon", by="Ana", workspace=folder / "ws")
    later = folder / "later"
    later.mkdir()
    for path in STORY.glob("*.ttl"):
        shutil.copy(path, later)
    credentials = later / "credentials.ttl"
    credentials.write_text(credentials.read_text("utf-8").replace("mc:workloadHours 90.0", "mc:workloadHours 900.0", 1))
    mcqms_kg.import_files([later], "horizon", by="Budi", workspace=folder / "ws")
    return folder / "ws"


@contextmanager
def served(workspace: Path, settings: Mapping[str, str] | None = None, front: Front | None = None) -> Iterator[Api]:
    """A client of a service that runs; it is kept waiting for a check however busy the machine is."""
    datasets = {"Dewi": ["dewi"]}
    tokens = {w: mcqms_kg.new_token(w, role, datasets.get(w, ()), workspace=workspace) for w, role in ROLES.items()}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"MCQMS_CHECK_WAIT_S": "100", **(settings or {})}.items():
            patch.setenv(name, value)
        with (
            running(partial(Serving, workspace, QueryLimits(), 2), front) as address,
            Api(address, tokens, workspace) as client,
        ):
            yield client
