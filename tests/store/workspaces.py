"""Workspaces for the tests here, and short ways to hand something in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from mcqms_kg.model import Version
from mcqms_kg.operations.translating import kept_files
from mcqms_kg.settings import Settings
from mcqms_kg.store.versions import Submission, hand_in
from mcqms_kg.store.workspace import Workspace, create, open_workspace

NOON = dt.datetime(2026, 6, 30, 12, 0, tzinfo=dt.UTC)


def new_workspace(folder: Path) -> Workspace:
    create(folder)
    return open_workspace(folder)


def hand(
    workspace: Workspace,
    *paths: Path,
    dataset: str = "school",
    by: str = "Ana",
    title: str = "",
    private: bool | None = None,
) -> Version:
    return hand_in(
        workspace,
        Submission(dataset, kept_files(paths, None, workspace.folder)[0], title, by, NOON, private),
        Settings(),
    )


def turtle(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("@prefix ex: <http://e/> .\n" + text, "utf-8")
    return path
