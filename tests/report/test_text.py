"""The text says verdicts in words, prints the formula, and shortens only what repeats itself."""

from __future__ import annotations

import io

from rich.console import Console

from mcqms_kg.report import text
from report.sample import MANY, REPORT

ENGLISH = text.write(REPORT, "en")
LINES = ENGLISH.splitlines()


def test_it_is_plain_and_100_columns_wide() -> None:
    assert "\x1b" not in ENGLISH
    assert max(map(len, LINES)) <= 100


def test_verdicts_are_words_with_a_sign() -> None:
    for wanted in ("✗ nonconformant", "✓ conformant", "~ waived", "– not applicable", "? not checked"):
        assert any(line.startswith(wanted) for line in LINES)


def test_the_score_is_a_fraction_with_its_formula() -> None:
    assert "Score: 1 of 5 (20.0%)" in LINES
    assert "  = 1 ÷ (1 + 3 + 1) = 1 ÷ 5" in LINES
    clause = next(line for line in LINES if "8.1 Operational planning" in line)
    assert clause.split() == ["✗", "nonconformant", "1/2", "8.1", "Operational", "planning", str(MANY + 1)]


def test_a_finding_says_all_that_is_needed_to_put_it_right() -> None:
    start = LINES.index("      Review 2026  opportunity for improvement  00000000000000cc")
    below = "\n".join(LINES[start : start + 6])
    for wanted in (
        "Found for 00000000000000cc.",
        "Expected by 10.2b.",
        "Harbour Polytechnic",
        "credentials & more.ttl:5",
    ):
        assert wanted in below
    above = "\n".join(LINES[start - 6 : start])
    for wanted in ("10.2b Wider integration", "Wording of 10.2b.", "Rationale of 10.2b.", "Remedy of 10.2b."):
        assert wanted in above


def test_more_than_five_alike_are_counted() -> None:
    assert "Found for 0000000000000005." in ENGLISH
    assert "Found for 0000000000000006." not in ENGLISH
    assert any(line.strip().startswith(f"… and {MANY - 5} more") for line in LINES)


def test_what_stands_apart_has_its_reason() -> None:
    for wanted in ("The team meets in autumn.", "1 January 2026 to 31 December 2026", "Nothing was withdrawn."):
        assert wanted in ENGLISH
    assert "Culture: A machine cannot see it." in ENGLISH
    assert "No rule looked at 3 of them." in ENGLISH
    assert "mc:hasValidatoin: 2 (data/credentials & more.ttl:7)" in ENGLISH


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    assert "<script>alert('x')</script> [bold]=1+1[/bold] \ufffd[31m{0} ]]>" in ENGLISH


def test_a_terminal_gets_the_same_words_with_colours() -> None:
    out = io.StringIO()
    console = Console(file=out, width=100, force_terminal=True, color_system="standard", _environ={})
    text.render(REPORT, "en", console)
    coloured = out.getvalue()
    assert "\x1b[1;31m✗ nonconformant" in coloured
    assert "\x1b[31m{0}" not in coloured
