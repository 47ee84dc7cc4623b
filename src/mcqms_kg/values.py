"""Frozen values for rooms that every start imports: what frozen dataclasses are, but for their price.

A dataclass writes and compiles its methods anew for each class. For the classes of a validation that was a quarter of all the time
that a small one took. Here all classes share them.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

_Value = TypeVar("_Value", bound="Value")


@dataclass_transform(frozen_default=True)
class Value:
    """Fields by annotation, those with defaults last. Equal are values of one class with equal fields; a hash is of the fields."""

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _fields: ClassVar[Any] = type
    """All fields of a value at once, to compare it and to hash it; of a class without fields they are its class."""

    def __init_subclass__(cls) -> None:
        own = (name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind))
        names = tuple(dict.fromkeys((*cls.__match_args__, *own)))
        cls.__match_args__ = names  # type: ignore[misc]  # once for each class, as for dataclasses
        cls._fields = attrgetter(*names) if names else type

    def __init__(self, *given: Any, **named: Any) -> None:
        names = self.__match_args__
        if named or len(given) != len(names):
            self._refuse_misfit(len(given), named)
            self.__dict__.update(named)
        self.__dict__.update(zip(names, given))  # noqa: B905  # fewer are given where others are named, and more are refused

    def _refuse_misfit(self, given: int, named: dict[str, Any]) -> None:
        """Raises `TypeError` where a field has no value, or a value no field; a default is what the class has under the name."""
        names = self.__match_args__
        lacking = [name for name in names[given:] if name not in named and not hasattr(type(self), name)]
        if lacking or given > len(names) or not named.keys() <= {*names[given:]}:
            raise TypeError(
                f"{type(self).__name__} has the fields {', '.join(names)}: not {given} and {', '.join(named)}"
            )

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and bool(self._fields(self) == self._fields(other))

    def __hash__(self) -> int:
        return hash(self._fields(self))

    def __repr__(self) -> str:
        fields = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({', '.join(fields)})"

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{name} of {type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name} of {type(self).__name__} is frozen")


def replaced(value: _Value, **fields: Any) -> _Value:
    """The value with other values for some of its fields."""
    return type(value)(**{name: getattr(value, name) for name in value.__match_args__} | fields)
