"""What was handed in to be checked: the statements of some files, and each file with its digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph.read import no_statement, read_quads, sha256, source
from mcqms_kg.graph.translated import translation_of
from mcqms_kg.model import Checked, Loss, Triple


@dataclass(frozen=True)
class Submitted:
    """The statements as one graph (graph names dropped), what is kept of each file, and what was not taken over from them."""

    triples: tuple[Triple, ...]
    checked: tuple[Checked, ...]
    losses: tuple[Loss, ...] = ()


def read_submitted(files: Sequence[Path], *, located: bool = False) -> Submitted:
    """The statements of the files; blank nodes of different files stay apart. A translation goes by the name of what was translated.

    `located` is as for `read.source`.

    Raises `EmptyInput` for a file without any statement, and `UnreadableInput` for one that cannot be read.
    """
    triples: dict[Triple, None] = {}
    checked: list[Checked] = []
    losses: list[Loss] = []
    for number, path in enumerate(files):
        quads = list(read_quads(source(path, located=located), blank_prefix=f"f{number}b"))
        if not quads:
            raise no_statement(path)
        triples |= dict.fromkeys((s, p, o) for s, p, o, _ in quads)
        if translation := translation_of(path):
            losses += (replace(loss, at=f"{translation.file} {loss.at}".strip()) for loss in translation.losses)
            checked.append(Checked(translation.file, translation.sha256, len(quads)))
        else:
            checked.append(Checked(str(path), sha256(path), len(quads)))
    if not checked:
        raise EmptyInput("No file was given", remedy="Name at least one file or folder.")
    return Submitted(tuple(triples), tuple(checked), tuple(losses))
