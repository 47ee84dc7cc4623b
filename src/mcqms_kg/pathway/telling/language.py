"""One language's words for an answer: sentences, names, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mcqms_kg.errors import BadValue
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.answers import Answer, Plan
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.shown import shown
from mcqms_kg.pathway.projection.vocabulary import SOURCE
from mcqms_kg.pathway.telling.phrases import LANGUAGES, PHRASES
from mcqms_kg.pathway.telling.plurals import filled
from mcqms_kg.pathway.telling.reason import Reason

if TYPE_CHECKING:  # it needs the solver, and pictures of other answers do not
    from mcqms_kg.pathway.planning.reachable import PathReport


PLACES: Mapping[str, str] = {
    "isStackedBy": "rule-of",
    "requiresRule": "gate-of",
    "hasOption": "part-of",
    "hasExemption": "exemption-of",
    "hasProgression": "progression-of",
}
"""What leads to a thing without a name, and the key by which it then is called."""
MOST_DEEP = 5
"""Things without a name inside each other, beyond which a thing is called by none."""


@dataclass(frozen=True)
class Telling:
    """Everything that an answer says in one language, `en` or `id`."""

    projection: Projection
    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise BadValue(f"There are no answers in the language {self.language!r}", remedy="Ask for en or id.")

    def __call__(self, key: str, **values: object) -> str:
        return filled(PHRASES[key][LANGUAGES.index(self.language)], values)

    def name(self, term: Term) -> str:
        """What a reader would call it, without anything invisible; what has no name is called by what it is part of."""
        return self._by_place(term) or shown(self.projection.facts.name(term, self.language))

    def is_unnamed(self, term: Term) -> bool:
        """Whether nothing says what it is called, its IRI either."""
        return terms.is_blank(term) and not self.projection.facts.texts(term)

    def _by_place(self, term: Term, deep: int = 0) -> str:
        """Whose rule, part or exemption something without a name is; nothing where that is not to be seen."""
        if not self.is_unnamed(term) or deep > MOST_DEEP:
            return ""
        for name, key in PLACES.items():
            for outer in self.projection.facts.subjects(mc(name), term):
                called = self._by_place(outer, deep + 1) if self.is_unnamed(outer) else self.name(outer)
                if called:
                    return self(key, whole=called)
        return ""

    def names(self, given: tuple[Term, ...]) -> str:
        *most, last = map(self.name, given) if given else ("–",)
        return f"{', '.join(most)}{self('and')}{last}" if most else last

    def sentence(self, reason: Reason) -> str:
        named = {k: self.names(v) if isinstance(v, tuple) else self.name(v) for k, v in reason.names.items()}
        values = {k: self.amount(k, v) if k in reason.amounts else number(v) for k, v in reason.values.items()}
        by = reason.names.get("by")
        counts = "count" if isinstance(by, tuple) and len(by) > 1 else "counts"
        then = self(reason.then, **named, **values) if reason.then else ""
        rule = reason.names.get("rule")
        own = reason.key.startswith("stack") and isinstance(rule, str) and self.is_unnamed(rule)
        return self(f"{reason.key}-own" if own else reason.key, **named, **values, counts=counts) + then

    def amount(self, what: str, amount: object) -> str:
        """So many hours or credits, or a word for why there is no number."""
        if isinstance(amount, str):
            return self(f"{'hours' if what == 'work' else what}-{amount}")
        return self(what, amount=number(amount))

    def status(self, answer: Answer) -> str:
        return self(f"status-{answer.status}", target=self.name(answer.target), day=answer.question.day)

    def figures(self, plan: Plan) -> str:
        if not any(s.how == "learn" for s in plan.proof.steps):
            return self("figures-gap" if plan.missing else "figures-none")
        side = self("figures-side", longest=number(plan.longest)) if plan.longest < plan.hours else ""
        told = self(
            "figures",
            steps=sum(s.how != "granted" for s in plan.proof.steps),
            hours=self.amount("work", plan.hours if plan.hours or not plan.unknown else "unknown"),
            credits=self.amount("credits", "unknown" if plan.credits is None else plan.credits),
            stages=plan.stages,
        )
        return told + side

    def remarks(self, plan: Plan) -> list[str]:
        """What is said of a plan as a whole."""
        gap = "-gap" if plan.missing else ""
        said = []
        if plan.unknown:
            said.append(self("workload-unknown", names=self.names(plan.unknown)))
        if plan.uncredited and plan.credits is not None:
            said.append(self("credits-partly", names=self.names(plan.uncredited)))
        if plan.off_ramps:
            said.append(self("off-ramps", names=self.names(plan.off_ramps)))
        if any(lapse.is_too_soon for lapse in plan.lapses):
            return said
        bound = self(f"bound-{plan.bound[0]}", bound=number(plan.bound[1])) if plan.bound else ""
        said.append(self(f"proven{gap}") if plan.proven else self("not-proven", bound=bound))
        return said

    def source(self, report: PathReport, triple: Triple) -> str:
        """Where a statement stands, and the source that is named for its subject."""
        place = report.lines.of(triple[0], triple[1])
        stated = self.projection.facts.objects(triple[0], SOURCE)
        texts = {terms.language(o): terms.lexical(o) for o in stated}
        named = in_language(texts, self.language)
        return "; ".join((*((str(place),) if place else ()), *([shown(named)] if named else [])))


def number(value: object) -> str:
    """A number without needless digits; anything else as it is."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def statement(triple: Triple) -> str:
    """A statement for reading."""
    return " ".join(
        shown(terms.short(t)) if not terms.is_literal(t) else f'"{shown(terms.lexical(t))}"' for t in triple
    )


def as_json_triple(telling: Telling, report: PathReport, triple: Triple) -> Mapping[str, str]:
    """A statement with where it stands."""
    found = {"subject": triple[0], "predicate": triple[1], "object": triple[2]}
    source = telling.source(report, triple)
    return {**found, "source": source} if source else found
