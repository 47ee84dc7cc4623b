"""The kept files of a version under their own names, so that a check reads them, and its places name them, as files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mcqms_kg.graph.digest import sha256
from mcqms_kg.graph.translated import claimed, translation_of, vouch
from mcqms_kg.model import Version
from mcqms_kg.store.durable import linked
from mcqms_kg.store.export import below, originals
from mcqms_kg.store.versions import is_rdf
from mcqms_kg.store.workspace import Workspace


def lay_out(workspace: Workspace, version: Version) -> tuple[Path, ...]:
    """The files that hold statements as `files/<dataset>/<number>/<name>` in the workspace.

    What lies there already and is right stays, as another process may be reading it; what is not is replaced.
    """
    folder = workspace.folder / "files" / version.dataset / str(version.number)
    digests = {original.name: original.digest for original in version.originals}
    laid = []
    for name, kept in originals(workspace, version).items():
        if not is_rdf(name):
            continue
        target = below(folder, name)
        if not target.is_file() or sha256(target) != digests[name]:
            target.parent.mkdir(parents=True, exist_ok=True)
            linked(kept, target)
        if _is_translation(target, name, digests) and translation_of(target) is None:
            vouch(target)
        laid.append(target)
    return tuple(laid)


def _is_translation(path: Path, name: str, digests: Mapping[str, str]) -> bool:
    """Whether a file was made of the original, or of the folder of originals, that is kept beside it."""
    original = name.removesuffix(".nt")
    folder = any(other.startswith(f"{original}/") for other in digests)
    if original == name or not (folder or original in digests):
        return False
    said = claimed(path)
    return said is not None and said.sha256 == digests.get(original, "")
