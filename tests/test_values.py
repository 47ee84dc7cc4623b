"""Values are what frozen dataclasses are."""

from __future__ import annotations

import copy
import pickle
from functools import cached_property
from typing import Any, ClassVar

import pytest

from mcqms_kg.values import Value, replaced


class Point(Value):
    x: int
    y: int = 0

    @cached_property
    def sum(self) -> int:
        return self.x + self.y


class Named(Point):
    name: str = "here"


def test_fields_by_place_and_by_name() -> None:
    assert (Point(1, 2).x, Point(1, y=2).y, Point(x=1).y, Named(1, name="there").name) == (1, 2, 0, "there")
    assert Point.__match_args__ == ("x", "y")
    assert Named.__match_args__ == ("x", "y", "name")


def test_annotations_may_be_types() -> None:
    made: Any = type("Made", (Value,), {"__annotations__": {"x": int, "all": ClassVar[int]}})
    assert (made(1).x, made.__match_args__) == (1, ("x",))


def test_equal_by_class_and_fields() -> None:
    assert Point(1) == Point(1, 0)
    assert hash(Point(1)) == hash(Point(1, 0))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1)
    assert {Point(1), Point(1, 0)} == {Point(1)}


def test_frozen_and_remembering() -> None:
    point = Point(1, 2)
    assert (point.sum, point.sum) == (3, 3)
    with pytest.raises(AttributeError, match="x of Point is frozen"):
        point.x = 5  # type: ignore[misc]  # that it cannot be set is what is tried
    with pytest.raises(AttributeError, match="x of Point is frozen"):
        del point.x


def test_kept_and_copied() -> None:
    point = Named(1, 2)
    assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == point  # noqa: S301  # our own bytes


def test_told_and_changed() -> None:
    assert repr(Named(1, 2)) == "Named(x=1, y=2, name='here')"
    assert replaced(Named(1, 2), y=3) == Named(1, 3)


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1}), ((), {"y": 1})]
)
def test_what_fits_no_fields_is_refused(given: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="Point has the fields x, y"):
        Point(*given, **named)
