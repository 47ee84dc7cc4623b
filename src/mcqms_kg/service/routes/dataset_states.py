"""Datasets and their versions as the API describes them."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from mcqms_kg.graph import terms
from mcqms_kg.model import Version


class OriginalFile(BaseModel):
    """A file as it was handed in."""

    name: str = Field(examples=["credentials.ttl"])
    sha256: str
    size: int = Field(description="Bytes.")


class VersionState(BaseModel):
    """A version of a dataset. It never changes."""

    dataset: str = Field(examples=["horizon"])
    version: int = Field(examples=[1])
    graph: str = Field(examples=["https://w3id.org/mcqms/dataset/horizon/1"])
    title: str
    private: bool = Field(description="Whether only those see it to whom it is named.")
    at: dt.datetime
    by: str
    statements: int
    files: list[OriginalFile]
    restores: int | None = Field(None, description="The earlier version that it is equal to, after a rollback.")

    @classmethod
    def of(cls, version: Version) -> VersionState:
        """The version as it is told."""
        files = [OriginalFile(name=o.name, sha256=o.digest, size=o.size) for o in version.originals]
        return cls(
            dataset=version.dataset,
            version=version.number,
            graph=terms.iri_text(version.graph),
            title=version.title,
            private=version.private,
            at=version.at,
            by=version.by,
            statements=version.statements,
            files=files,
            restores=version.restores,
        )


class DatasetState(BaseModel):
    """A dataset: its versions, the latest last."""

    name: str
    title: str
    versions: list[VersionState]


class Changed(BaseModel):
    """The statements that one version has and the other has not, each as a line of N-Triples."""

    old: int
    new: int
    added: list[str]
    removed: list[str]


class Rollback(BaseModel):
    """Which version to go back to."""

    model_config = ConfigDict(extra="forbid")
    version: int = Field(ge=1, le=1_000_000_000, examples=[1])
