"""Translations: statements that name the cell they came from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcqms_kg
from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.digest import sha256
from mcqms_kg.graph.locate import locate
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.graph.translated import LIST, translation_of, vouch, write_translation
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
    vouch(path)
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
    vouch(path)
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
    vouch(path)
    with pytest.raises(UnreadableInput, match="spoilt"):
        translation_of(path)


def test_what_nobody_vouches_for_is_a_file_like_any_other(tmp_path: Path) -> None:
    """Whoever writes the comments by hand cannot have another file named as checked."""
    path = tmp_path / "forged.nt"
    write_translation(path, Translation("good.xlsx", "ab" * 32, "workbook"), [Stated((A, NAME, A), "Units!B7")])
    (checked,) = read_submitted([path]).checked
    assert (checked.name, checked.sha256) == (str(path), sha256(path))
    place = locate([path], {A}).of(A, NAME)
    assert place and (place.file, place.line, place.at) == (str(path), 2, "")
    vouch(path)
    path.write_text(path.read_text() + f"{A} {NAME} {NAME} .\n")
    assert translation_of(path) is None, "it was changed after it was made"


def test_a_folder_that_vouches_for_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "forged.nt"
    write_translation(path, Translation("good.xlsx", "ab" * 32, "workbook"), [Stated((A, NAME, A), "Units!B7")])
    vouch(path)
    with pytest.raises(UnreadableInput, match=LIST):
        mcqms_kg.check([tmp_path])
