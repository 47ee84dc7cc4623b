"""Translations: statements that name the cell they came from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.locate import locate
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.graph.translated import translation_of, write_translation
from mcqms_kg.model import Loss, Stated, Translation

A, NAME = terms.iri("https://e.org/a"), terms.iri("https://e.org/name")
LOSS = Loss("Units!C9", {"en": "This column is not known.", "id": "Kolom ini tidak dikenal."}, "=1+1")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@given(TEXTS, TEXTS, TEXTS)
def test_places_and_losses_come_back_whatever_is_in_them(
    tmp_path_factory: pytest.TempPathFactory, text: str, at: str, file: str
) -> None:
    path = tmp_path_factory.mktemp("t") / "a.nt"
    translation = Translation(file, "ab" * 32, "workbook", (LOSS,))
    write_translation(path, translation, [Stated((A, NAME, terms.literal(text)), at)])
    assert translation_of(path) == translation
    ((_, _, value),) = read_submitted([path]).triples
    assert terms.lexical(value) == text
    place = locate([path], {A}).of(A, NAME)
    assert place and (place.file, place.line, place.at) == (file, None, at)


def test_what_was_translated_is_named_as_checked(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx.nt"
    write_translation(
        path, Translation("book.xlsx", "cd" * 32, "workbook", (LOSS,)), [Stated((A, NAME, A), "Units!B7")]
    )
    submitted = read_submitted([path])
    assert [(c.name, c.sha256, c.statements) for c in submitted.checked] == [("book.xlsx", "cd" * 32, 1)]
    assert [loss.at for loss in submitted.losses] == ["book.xlsx Units!C9"]


def test_other_triples_are_no_translation(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text(f'# a comment\n{A} {NAME} "1" . # "Units!B7"\n')
    assert translation_of(path) is None
    place = locate([path], {A}).of(A)
    assert place and (place.line, place.at) == (2, "")


def test_a_spoilt_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text(f"# mcqms translation [1]\n{A} {NAME} {A} .\n")
    with pytest.raises(UnreadableInput, match="spoilt"):
        translation_of(path)
