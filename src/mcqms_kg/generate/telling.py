"""A provider told from beginning to end, scene by scene."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from mcqms_kg.generate.awards import life
from mcqms_kg.generate.credential import credential
from mcqms_kg.generate.credential_plan import STACK, Plan, plan
from mcqms_kg.generate.leadership import leadership
from mcqms_kg.generate.paths import stack
from mcqms_kg.generate.planning import planning
from mcqms_kg.generate.problems import problems
from mcqms_kg.generate.processes import processes
from mcqms_kg.generate.provider import Provider, weight
from mcqms_kg.generate.reviewing import reviewing
from mcqms_kg.generate.support import support
from mcqms_kg.generate.thing import Scene


def tell(p: Provider, credentials: int) -> Iterator[Scene]:
    """The quality system of a provider, and then its micro-credentials one after the other."""
    for topic in (leadership, processes, planning, support, reviewing, problems):
        yield from topic(p)
    members: tuple[Plan, ...] = ()
    for number in range(credentials):
        c = plan(p, number)
        yield from credential(c)
        yield from life(c)
        members = (*members[-STACK + 1 :], c)
        if c.step == STACK - 1:
            yield stack(members)


def shares(seed: int, providers: int, credentials: int) -> Iterator[int]:
    """How many micro-credentials each provider has: unevenly by weight, and all of them in the end."""
    total = sum(weight(seed, number) for number in range(providers))
    given = 0
    for number, so_far in enumerate(accumulate(weight(seed, number) for number in range(providers))):
        reached = credentials if number == providers - 1 else int(credentials * so_far / total)
        yield reached - given
        given = reached
