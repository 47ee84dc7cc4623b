"""Every case gives exactly the findings it promises; every shape has cases."""

from __future__ import annotations

import pytest

from shapes.case_runner import Case, cases, differences, run


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    assert case.is_valid != bool(case.expected), "a valid case promises no finding, an invalid one at least one"
    if case.is_valid:
        assert case.met, "a valid case names the target shapes that must be met"
    assert not list(differences(case, run(case)))
