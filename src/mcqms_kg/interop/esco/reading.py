"""ESCO, the European classification of skills and occupations, from the CSV archive of one language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, UnreadableInput
from mcqms_kg.interop.esco import tables as said
from mcqms_kg.interop.tables import Archive, Row
from mcqms_kg.model import Triple

RELEASES = {
    "1.1.1": {"occupations": 3007, "skills": 13896, "occupation-skill relations": 123855, "ISCO groups": 619},
}
"""What a release holds, as published; an archive that says it is this release must hold as much."""
ANY_RELEASE = "any"
MOST_NOTES = 10
"""Things without a description that are told one by one."""
_LANGUAGE = re.compile(r"occupations_([a-z]{2})[.]csv")


@dataclass(frozen=True)
class Table:
    """A table of the archive: its file, what its rows are, its columns, what a row says, and whether it must be there.

    `later` are columns that it has since release 1.2: labels of what is named by its address beside them, and codes of NACE. They are
    not read. Since then the names of all files end with the language, too.
    """

    file: str
    counted: str
    columns: tuple[str, ...]
    says: Callable[[Row, str], Iterator[Triple]]
    key: tuple[str, ...]
    optional: bool = False
    later: tuple[str, ...] = ()

    def names(self, language: str) -> tuple[str, ...]:
        """The file as it is called in one release or another."""
        name = self.file.format(language)
        return (name,) if name != self.file else (name, name.replace(".csv", f"_{language}.csv"))


_CONCEPT = ("conceptType", "conceptUri", "preferredLabel", "altLabels", "status", "inScheme", "description")
_COLLECTION = (*_CONCEPT[:5], "description", "skillType", "reuseLevel", "broaderConceptUri", "broaderConceptPT")
_MORE = ("hiddenLabels", "modifiedDate", "scopeNote", "definition")
_BROADER = ("conceptType", "conceptUri", "broaderType", "broaderUri")
_LABELS = ("conceptLabel", "broaderLabel")
TABLES = (
    Table("ISCOGroups_{}.csv", "ISCO groups", (*_CONCEPT, "code"), said.isco_group, ("conceptUri",)),
    Table(
        "occupations_{}.csv",
        "occupations",
        (*_CONCEPT, *_MORE, "iscoGroup", "regulatedProfessionNote", "code"),
        said.occupation,
        ("conceptUri",),
        later=("naceCode",),
    ),
    Table("skills_{}.csv", "skills", (*_CONCEPT, *_MORE, "skillType", "reuseLevel"), said.skill, ("conceptUri",)),
    Table(
        "occupationSkillRelations.csv",
        "occupation-skill relations",
        ("occupationUri", "relationType", "skillType", "skillUri"),
        said.occupation_needs_skill,
        ("occupationUri", "skillUri"),
        later=("occupationLabel", "skillLabel"),
    ),
    Table(
        "skillSkillRelations.csv",
        "skill-skill relations",
        ("originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"),
        said.skill_needs_skill,
        ("originalSkillUri", "relatedSkillUri"),
    ),
    Table(
        "broaderRelationsOccPillar.csv", "broader occupations", _BROADER, said.broader, _BROADER[1::2], later=_LABELS
    ),
    Table("broaderRelationsSkillPillar.csv", "broader skills", _BROADER, said.broader, _BROADER[1::2], later=_LABELS),
    Table("digitalSkillsCollection_{}.csv", "digital skills", _COLLECTION, said.digital, ("conceptUri",), True),
    Table("digCompSkillsCollection_{}.csv", "DigComp skills", _COLLECTION, said.digcomp, ("conceptUri",), True),
)


@dataclass
class Read:
    """What has been read so far: rows of each kind, and what is named although no table describes it."""

    rows: Counter[str] = field(default_factory=Counter)
    described: set[str] = field(default_factory=set)
    named: Counter[str] = field(default_factory=Counter)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is odd in the archive and was kept as it is."""
        odd = [(iri, count) for iri, count in sorted(self.named.items()) if iri not in self.described]
        told = tuple(
            f"{count} {'row names' if count == 1 else 'rows name'} {iri}, which no table describes; they are kept"
            for iri, count in odd[:MOST_NOTES]
        )
        left = odd[MOST_NOTES:]
        if left:
            told += (f"{sum(count for _, count in left)} rows name {len(left)} more things that no table describes",)
        return told


def statements(path: Path, read: Read, release: str, called: str = "") -> Iterator[Triple]:
    """What the archive says, table by table; `read` counts along, and errors call the archive as `called`.

    Raises `UnreadableInput` where a table, row, cell or count is wrong.
    """
    if release not in (*RELEASES, ANY_RELEASE):
        raise BadValue(f"No release {release!r} is known", remedy=f"Known: {', '.join((*RELEASES, ANY_RELEASE))}.")
    with Archive(path, called) as archive:
        language = _language(archive)
        yield from said.schemes(release if release in RELEASES else "")
        for table in TABLES:
            yield from _of_table(archive, table, language, read)
        _check_counts(archive, read.rows, RELEASES.get(release, {}))


def _language(archive: Archive) -> str:
    found = [match[1] for name in archive.members if (match := _LANGUAGE.fullmatch(name))]
    if len(found) != 1:
        raise UnreadableInput(
            "The archive does not hold the ESCO tables of one language: one occupations_xx.csv",
            place=Place(archive.called),
            remedy="Download ESCO as CSV in one language.",
        )
    return found[0]


def _of_table(archive: Archive, table: Table, language: str, read: Read) -> Iterator[Triple]:
    here = [name for name in table.names(language) if name in archive.members]
    if not here and table.optional:
        return
    if len(here) != 1:
        what = "holds this table twice" if here else "lacks this table"
        place = Place(archive.place(table.names(language)[0]))
        raise UnreadableInput(f"The archive {what}", place=place, remedy="Download anew.")
    keys: set[tuple[str, ...]] = set()
    codes: set[str] = set()
    for row in archive.rows(here[0], table.columns, table.later):
        _refuse_repeated(row, table.key, keys)
        if "code" in table.columns:
            _refuse_repeated_code(row, codes)
        _remember(row, table, read)
        yield from table.says(row, language)
    read.rows[table.counted] += len(keys)


def _refuse_repeated(row: Row, key: tuple[str, ...], keys: set[tuple[str, ...]]) -> None:
    value = tuple(row[column] for column in key)
    if value in keys:
        raise row.wrong(key[0], f"{' and '.join(value)} stands in an earlier row too", "Remove one of the rows.")
    keys.add(value)


def _refuse_repeated_code(row: Row, codes: set[str]) -> None:
    if row["code"] in codes:
        raise row.wrong("code", f"the code {row['code']!r} stands in an earlier row too", "Give each its own code.")
    codes.add(row["code"])


def _remember(row: Row, table: Table, read: Read) -> None:
    """A table of concepts describes; a table of relations and a collection name."""
    if "inScheme" in table.columns or row.cells.get("conceptType") == "SkillGroup":
        read.described.add(row["conceptUri"])
        return
    if row.cells.get("broaderType") == "SkillGroup":
        read.described.add(row["broaderUri"])
    for column in table.key:
        read.named[row[column]] += 1


def _check_counts(archive: Archive, rows: Mapping[str, int], expected: Mapping[str, int]) -> None:
    wrong = [f"{rows[kind]:,} {kind} instead of {count:,}" for kind, count in expected.items() if rows[kind] != count]
    if wrong:
        raise UnreadableInput(
            f"The archive is not whole, or of another release: it has {', '.join(wrong)}",
            place=Place(archive.called),
            remedy=f"Download it anew, or say `--release {ANY_RELEASE}`.",
        )
