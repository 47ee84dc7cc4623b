"""Who calls, and what they may do and see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from starlette.requests import Request

from mcqms_kg.errors import Forbidden, Unauthenticated
from mcqms_kg.model import Role
from mcqms_kg.store.shipped import SHIPPED

__all__ = ["ANYBODY", "Action", "Caller", "Role", "caller_of", "may", "permit"]


class Action(StrEnum):
    """What a caller asks to be done."""

    READ = "read"
    CHECK = "check"
    IMPORT = "import"
    UPDATE = "update"


_MAY = {
    Role.PUBLIC: {Action.READ},
    Role.LEARNER: {Action.READ},
    Role.PROVIDER: {Action.READ, Action.CHECK, Action.IMPORT},
    Role.AUDITOR: {Action.READ, Action.CHECK},
    Role.REGULATOR: {Action.READ, Action.CHECK},
    Role.ADMIN: set(Action),
}


@dataclass(frozen=True)
class Caller:
    """Somebody who calls; `datasets` are the private ones that they see, and the only ones that a provider writes."""

    name: str
    role: Role
    datasets: frozenset[str] = frozenset()

    @property
    def sees_all(self) -> bool:
        """Whether no dataset is private to them. An auditor sees those that they were given to audit."""
        return self.role in (Role.REGULATOR, Role.ADMIN)

    @property
    def sees(self) -> frozenset[str]:
        """The private datasets that are named to them; whoever is the public sees none."""
        return frozenset() if self.role is Role.PUBLIC else self.datasets


ANYBODY = Caller("anybody", Role.PUBLIC)


def caller_of(request: Request) -> Caller:
    """Who sent the request, as was found out before any route was."""
    return cast(Caller, request.scope.get("caller", ANYBODY))


def may(caller: Caller, action: Action) -> bool:
    """Whether their role allows it with some dataset."""
    return action in _MAY[caller.role]


def permit(caller: Caller, action: Action, dataset: str | None = None) -> None:
    """Raises `Forbidden` where the caller may not do this, with this dataset if one is named.

    Where nobody said who they are that is `Unauthenticated`.
    What they see is the view's affair: a dataset that is not in it does not exist for them, whatever they may do.
    """
    foreign = caller.role is Role.PROVIDER and action is Action.IMPORT and dataset not in caller.datasets
    if may(caller, action) and not foreign and not (action is Action.IMPORT and dataset == SHIPPED):
        return
    what = f"{action}{f' {dataset}' if dataset else ''}"
    if caller == ANYBODY:
        raise Unauthenticated(f"Somebody unknown may not {what}", remedy="Send a token: Authorization: Bearer …")
    raise Forbidden(f"{caller.name} ({caller.role}) may not {what}", remedy="Send the token of somebody who may.")
