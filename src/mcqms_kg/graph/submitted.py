"""What was handed in to be checked: the statements of some files, and each file with its digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mcqms_kg.graph.digest import sha256
from mcqms_kg.graph.files import read_each
from mcqms_kg.graph.translated import translation_of
from mcqms_kg.model import Checked, Loss, Triple


@dataclass(frozen=True)
class Submitted:
    """The statements as one graph (graph names dropped), what is kept of each file, and what was not taken over from them."""

    triples: tuple[Triple, ...]
    checked: tuple[Checked, ...]
    losses: tuple[Loss, ...] = ()


def read_submitted(files: Sequence[Path]) -> Submitted:
    """The statements of the files, read as by `read_each`. A translation goes by the name of what was translated."""
    triples: dict[Triple, None] = {}
    checked: list[Checked] = []
    losses: list[Loss] = []
    for path, quads in read_each(files):
        triples |= dict.fromkeys((s, p, o) for s, p, o, _ in quads)
        if translation := translation_of(path):
            losses += (replace(loss, at=f"{translation.file} {loss.at}".strip()) for loss in translation.losses)
            checked.append(Checked(translation.file, translation.sha256, len(quads)))
        else:
            checked.append(Checked(str(path), sha256(path), len(quads)))
    return Submitted(tuple(triples), tuple(checked), tuple(losses))
