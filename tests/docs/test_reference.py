"""The generated references are what the code and the rulebook say today, and leave nothing out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields

import click
import pytest

from docs.pages import ROOT
from mcqms_kg import errors, operations, settings
from mcqms_kg.cli.app import app
from mcqms_kg.model import CheckReport
from mcqms_kg.report import FORMATS, Format
from mcqms_kg.rules.profiles import Profile

GUIDES = ROOT / "docs" / "guides"


def verbs(name: str, group: click.Group) -> Iterator[str]:
    """The full names of the commands of a group."""
    for verb, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from verbs(f"{name} {verb}", command)
        else:
            yield f"{name} {verb}"


VERBS = sorted(verbs("mcqms", app))


def test_nothing_generated_is_stale() -> None:
    run = subprocess.run(
        [sys.executable, "docs/build.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_reference(verb: str) -> None:
    assert f"\n## {verb}\n" in (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"`{verb}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("known", FORMATS.values(), ids=lambda known: known.name)
def test_every_format_is_in_the_guide_to_reports(known: Format[CheckReport]) -> None:
    lines = (GUIDES / "read-a-report.md").read_text("utf-8").splitlines()
    row = next(line for line in lines if line.startswith(f"| `{known.name}` |"))
    assert f"`{known.ending}`" in row


@pytest.mark.parametrize("profile", operations.profiles(), ids=lambda profile: profile.name)
def test_every_profile_is_in_the_guide_to_profiles(profile: Profile) -> None:
    assert f"| `{profile.name}` |" in (GUIDES / "profiles.md").read_text("utf-8")


BOUNDS = [
    *(settings.Settings, settings.QueryLimits, settings.JobLimits),
    *(settings.ServiceLimits, settings.UpdateLimits, settings.ImportLimits),
]
"""What bounds the work, in whole numbers."""
UNITS = {"": 1, "s": 1, "MB": 1, "MiB": settings.MEBIBYTE, "GiB": 1024 * settings.MEBIBYTE}


def settings_in_guides() -> dict[str, str]:
    """Each setting that stands first in a row of a table, with the default in its third cell; rows may have several."""
    found: dict[str, str] = {}
    for guide in sorted(GUIDES.glob("*.md")):
        for row in re.findall(r"^\| (`MCQMS_.*) \|$", guide.read_text("utf-8"), re.MULTILINE):
            cells = row.split(" | ")
            found.update(zip(re.findall(r"`(\w+)`", cells[0]), (*cells, "")[2].split(", "), strict=False))
    return found


@pytest.mark.parametrize("kind", BOUNDS, ids=lambda kind: kind.__name__)
def test_every_bound_is_in_a_guide_with_its_default(kind: type) -> None:
    said = settings_in_guides()
    for field in fields(kind):
        told = said[f"MCQMS_{field.name.upper()}"]
        if field.name == "rate_per_minute":
            assert told == "600 with `--behind-tls`" and field.default == 0  # "else none"
            continue
        number = re.fullmatch(r"([\d,]+) ?(\w*)", told)
        assert number, (field.name, told)
        assert int(number[1].replace(",", "")) * UNITS[number[2]] == field.default, field.name


def test_who_else_may_sign_is_in_the_guide_to_access() -> None:
    text = (GUIDES / "access.md").read_text("utf-8")
    assert not [field.name for field in fields(settings.Oidc) if f"`MCQMS_OIDC_{field.name.upper()}`" not in text]


def test_every_error_is_named_in_the_architecture() -> None:
    kinds = {c.__name__ for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.McqmsError)}
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert not {k for k in kinds if f"`{k}`" not in text}


def test_the_first_screen_of_the_readme_has_two_commands() -> None:
    first_screen = (ROOT / "README.md").read_text("utf-8").splitlines()[:24]
    assert [line for line in first_screen if line.startswith("make ")] == ["make demo", "make test"]
