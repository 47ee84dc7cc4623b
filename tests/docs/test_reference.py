"""The generated references are what the code and the rulebook say today, and leave nothing out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer

from docs.pages import ROOT
from mcqms_kg import errors, operations, settings
from mcqms_kg.cli.app import app
from mcqms_kg.model import CheckReport
from mcqms_kg.report import FORMATS, Format
from mcqms_kg.rules.profiles import Profile

GUIDES = ROOT / "docs" / "guides"


def verbs(name: str, group: object) -> Iterator[str]:
    """The full names of the commands of a group, which is known by having commands: Typer brings its own click."""
    for verb, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from verbs(f"{name} {verb}", command)
        else:
            yield f"{name} {verb}"


VERBS = sorted(verbs("mcqms", typer.main.get_command(app)))


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


def test_every_setting_is_in_the_guide_to_data() -> None:
    text = (GUIDES / "write-data.md").read_text("utf-8")
    for field in settings.Settings.__dataclass_fields__:
        assert f"`MCQMS_{field.upper()}`" in text


def test_every_limit_on_queries_is_in_the_guide_to_questions() -> None:
    text = (GUIDES / "ask.md").read_text("utf-8")
    for field in settings.QueryLimits.__dataclass_fields__:
        assert f"`MCQMS_{field.upper()}`" in text


def test_every_setting_of_the_service_is_in_the_guide_to_access() -> None:
    text = (GUIDES / "access.md").read_text("utf-8")
    for field in settings.ServiceLimits.__dataclass_fields__:
        assert f"`MCQMS_{field.upper()}`" in text
    for field in settings.Oidc.__dataclass_fields__:
        assert f"`MCQMS_OIDC_{field.upper()}`" in text


def test_every_error_is_named_in_the_architecture() -> None:
    kinds = {c.__name__ for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.McqmsError)}
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert not {k for k in kinds if f"`{k}`" not in text}


def test_the_first_screen_of_the_readme_has_two_commands() -> None:
    first_screen = (ROOT / "README.md").read_text("utf-8").splitlines()[:24]
    assert [line for line in first_screen if line.startswith("make ")] == ["make demo", "make test"]
