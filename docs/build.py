"""Writes what is generated from the rulebook and the code, or says that it is stale.

`python docs/build.py write` writes; `python docs/build.py check` fails where a file on disk is not what would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from reference import clauses_page, cli_page, profiles_page, questions_page, terms_page

from mcqms_kg import resources
from mcqms_kg.rules.enforcement import FILE, enforcement_turtle

ROOT = Path(__file__).resolve().parent.parent
FRAMEWORKS = {
    "mcqms": "mcqms",
    "eu-2022": "eu-2022",
    "case": "to-case",
    "ctdl": "to-ctdl",
    "schemaorg": "to-schemaorg",
    "elm": "to-elm",
    "openbadges": "to-openbadges",
}
"""Framework to the profile that applies it as it is."""


def generated() -> Mapping[Path, str]:
    """Every generated file with what it should hold."""
    return dict(_files())


def _files() -> Iterator[tuple[Path, str]]:
    for framework in FRAMEWORKS:
        yield resources.shape_folder(framework) / FILE, enforcement_turtle(resources.shape_files(framework))
    reference = ROOT / "docs" / "reference"
    yield reference / "command-line.md", cli_page()
    yield reference / "terms.md", terms_page()
    yield reference / "questions.md", questions_page()
    yield reference / "profiles.md", profiles_page()
    for framework, profile in FRAMEWORKS.items():
        yield reference / f"clauses-{framework}.md", clauses_page(profile)


def write() -> int:
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    return 0


def check() -> int:
    stale = [p for p, text in generated().items() if not p.is_file() or p.read_text("utf-8") != text]
    for path in stale:
        print(f"stale: {path.relative_to(ROOT)}; run `make fix`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit({"write": write, "check": check}[sys.argv[1]]())
