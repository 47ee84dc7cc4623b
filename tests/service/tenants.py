"""A workspace of two providers: one dataset that everybody reads, one that each keeps private; and a token for every role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

import mcqms_kg
from store.workspaces import hand, new_workspace, turtle

PUBLIC, MINE, OTHERS = (f"https://w3id.org/mcqms/dataset/{name}/1" for name in ("school", "mine", "others"))
PROVENANCE = "https://w3id.org/mcqms/provenance"
TRACE = "Zeta-Quark-4711"
"""A text that is in the other provider's dataset alone, in names and values, so that any trace of it is a leak."""
SEES_OTHERS = ("regulator", "admin", "auditor", "rival")
SEES_NOT = ("nobody", "public", "learner", "provider")


@dataclass(frozen=True)
class Tenants:
    """The folder, and the tokens by who holds them."""

    folder: Path
    tokens: Mapping[str, str]

    def headers(self, who: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[who]}"} if who in self.tokens else {}


def tenants(folder: Path) -> Tenants:
    """`provider` keeps `mine`, `rival` keeps `others`, `auditor` audits `others`."""
    with new_workspace(folder / "ws") as workspace:
        hand(workspace, turtle(folder / "a.ttl", "ex:a ex:p 'everybody' ; ex:knows ex:b ."), dataset="school")
        hand(workspace, turtle(folder / "a.ttl", "ex:a ex:p 'mine' ."), dataset="mine", private=True)
        secret = f"ex:a ex:p '{TRACE}' ; ex:knows ex:{TRACE} . ex:{TRACE} ex:p 7 ; a ex:Secret ."
        hand(workspace, turtle(folder / f"{TRACE}.ttl", secret), dataset="others", private=True, by=TRACE, title=TRACE)
    datasets = {"provider": ["mine"], "rival": ["others"], "auditor": ["others"]}
    tokens = {}
    for who in ("public", "learner", "provider", "rival", "auditor", "regulator", "admin"):
        role = "provider" if who == "rival" else who
        tokens[who] = mcqms_kg.new_token(who, role, datasets.get(who, ()), workspace=folder / "ws")
    return Tenants(folder / "ws", tokens)


def ask(service: httpx.Client, query: str, headers: Mapping[str, str], accept: str = "text/csv") -> httpx.Response:
    return service.get("/sparql", params={"query": query}, headers={"accept": accept, **headers})
