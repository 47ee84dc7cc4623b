"""What was lost when a file of another standard was written or read, for readers and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.model import Loss, Term

_SHOWN = 3
_HEADS: Mapping[str, str] = {
    "en": "Not carried over by {standard}: {count}",
    "id": "Tidak terbawa oleh {standard}: {count}",
}
_MORE: Mapping[str, str] = {"en": "and {count} more", "id": "dan {count} lagi"}


def as_text(standard: str, losses: Sequence[Loss], language: str) -> str:
    """Every kind of loss in a line, with how often it occurred and the first places; empty where nothing was lost."""
    if not losses:
        return ""
    kinds: dict[str, list[Loss]] = {}
    for loss in losses:
        kinds.setdefault(_said(loss, language), []).append(loss)
    lines = [_HEADS[language].format(standard=standard, count=len(losses))]
    lines += (f"  {len(found)} × {kind} {_places(found, language)}".rstrip() for kind, found in kinds.items())
    return "".join(f"{line}\n" for line in lines)


def as_json(standard: str, losses: Sequence[Loss]) -> str:
    """All losses in the order in which they occurred."""
    told = [{"at": loss.at, "what": dict(loss.what), "value": loss.value} for loss in losses]
    return json.dumps({"standard": standard, "losses": told}, ensure_ascii=False, indent=2) + "\n"


def _said(loss: Loss, language: str) -> str:
    return loss.what.get(language) or loss.what.get("en") or next(iter(loss.what.values()), "")


def _places(losses: Sequence[Loss], language: str) -> str:
    places = list(dict.fromkeys(_place(loss) for loss in losses if loss.at))
    shown = ", ".join(places[:_SHOWN])
    more = f", {_MORE[language].format(count=len(places) - _SHOWN)}" if len(places) > _SHOWN else ""
    return f"({shown}{more})" if shown else ""


def _place(loss: Loss) -> str:
    at = terms.short(Term(loss.at)) if loss.at.startswith(("<", "_:")) else loss.at
    return f"{at}: {loss.value}" if loss.value else at
