"""What the resources of a CTDL file are called in our graph, what they are, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.interop.ctdl.competencies import OUTCOMES
from mcqms_kg.interop.ctdl.credentials import LEARNING
from mcqms_kg.interop.ctdl.terms import RESOURCES, ctid_of
from mcqms_kg.interop.json_object import Given, Reading, is_iri
from mcqms_kg.interop.json_read import Json
from mcqms_kg.model import Term

_CERTIFICATIONS = ("Certification", "License", "ProfessionalCertificate", "JourneymanCertificate", "MasterCertificate")
_CREDENTIALS = (
    *("AcademicCertificate", "ApprenticeshipCertificate", "Badge", "BasicTechnicalCertificate", "Certificate"),
    *("CertificateOfCompletion", "CertificateOfParticipation", "Credential", "DigitalBadge", "OpenBadge"),
    *("GeneralEducationDevelopment", "GeneralEducationLevel1Certificate", "GeneralEducationLevel2Certificate"),
    *("HigherEducationLevel1Certificate", "HigherEducationLevel2Certificate", "PostBaccalaureateCertificate"),
    *("PostMasterCertificate", "PreApprenticeshipCertificate", "ProficiencyCertificate", "ResearchDoctorate"),
    *("QualityAssuranceCredential", "SecondaryEducationCertificate", "TechnicalLevel1Certificate"),
    *("TechnicalLevel2Certificate", "TechnicalLevel3Certificate", "WorkBasedLearningCertificate"),
)
_CLASSES: Mapping[str, tuple[str, str]] = {
    "ceterms:MicroCredential": ("MicroCredential", "credential"),
    **{f"ceterms:{name}": ("Certification", "credential") for name in _CERTIFICATIONS},
    **{f"ceterms:{name}": ("Credential", "credential") for name in _CREDENTIALS},
    "ceterms:CredentialOrganization": ("Provider", "organisation"),
    "ceterms:QACredentialOrganization": ("Organisation", "organisation"),
    "ceterms:Organization": ("Organisation", "organisation"),
    "ceterms:AssessmentProfile": ("AssessmentScheme", "assessment"),
    "ceterms:LearningOpportunityProfile": ("Course", "learning"),
    "ceterms:Course": ("Course", "learning"),
    "ceterms:LearningProgram": ("StudyProgramme", "learning"),
    "ceasn:Competency": ("LearningOutcome", "competency"),
    "ceasn:CompetencyFramework": ("CompetencyStandardEdition", "framework"),
    "ceterms:TransferValueProfile": ("RecognitionAgreement", "agreement"),
}
_QUALIFICATIONS = ("Degree", "Diploma", "Doctorate")
_CERTIFIES = ("orgType:CertificationBody", "/CertificationBody")


class Names:
    """The whole file, looked over once before it is read."""

    def __init__(self, nodes: Sequence[Given], reading: Reading) -> None:
        self._reading = reading
        self._of: dict[str, Term] = {}
        self._nodes: dict[str, Given] = {}
        self._about: dict[Term, Given] = {}
        self._ours: set[Term] = set()
        self.outcomes: set[Term] = set()
        self.folded: set[Term] = set()
        self.assessed: dict[Term, set[Term]] = {}
        for node in nodes:
            iri = node.value.get("@id")
            if isinstance(iri, str):
                own = _own(node.value, iri)
                term = self._of.setdefault(iri, own or self._named(iri, node))
                self._nodes.setdefault(iri, node)
                self._about.setdefault(term, node)
                self._ours |= {own} if own else set()
        for node in nodes:
            self._look(node)

    def _named(self, iri: str, node: Given) -> Term:
        return terms.iri(iri) if is_iri(iri) and not iri.startswith("_:") else self._reading.name(node.at)

    def of(self, node: Given) -> Term:
        """What the resource is called."""
        iri = node.value.get("@id")
        return self._of[iri] if isinstance(iri, str) else self._reading.name(node.at)

    def is_ours(self, term: Term) -> bool:
        """Whether it has the name that it had with us: then what our own exports say twice is known from elsewhere."""
        return term in self._ours

    def about(self, term: Term) -> Given | None:
        """The resource in the file that has this name."""
        return self._about.get(term)

    def named(self, iri: str) -> Term:
        """What the thing that is meant is called."""
        return self._of.get(iri) or (terms.iri(iri) if is_iri(iri) else self._reading.name(iri))

    def node(self, iri: str) -> Given | None:
        """The resource in the file that is meant."""
        return self._nodes.get(iri)

    def class_of(self, kind: str) -> tuple[str, str] | None:
        """Our class, and how it is read."""
        if kind in _CLASSES:
            return _CLASSES[kind]
        if kind.startswith("ceterms:") and kind.endswith(_QUALIFICATIONS):
            return "Qualification", "credential"
        return None

    def is_a(self, node: Given, how: str) -> bool:
        return any((self.class_of(kind) or ("", ""))[1] == how for kind in kinds_of(node))

    def certifies(self, iri: str) -> bool:
        """Whether it is known to be a certification body."""
        node = self._nodes.get(iri)
        kinds = _dicts(node.value.get("ceterms:agentType")) if node else ()
        return any(str(kind.get("ceterms:targetNode", "")).endswith(_CERTIFIES) for kind in kinds)

    def _look(self, node: Given) -> None:
        if not self.is_a(node, "credential"):
            return
        term = self.of(node)
        framework = RESOURCES + ctid_of(terms.iri_text(term) + OUTCOMES)
        if framework in self._nodes:
            self.folded.add(self.named(framework))
        for condition in _dicts(node.value.get("ceterms:requires")):
            for iri in _iris(condition.get("ceterms:targetLearningOpportunity")):
                if self._is_folded(node, iri):
                    self.folded.add(self.named(iri))
            for iri in _iris(condition.get("ceterms:targetAssessment")):
                self.assessed.setdefault(self.named(iri), set()).add(term)
            for target in _each(condition.get("ceterms:targetCompetency")):
                meant = target.get("ceterms:targetNode") if isinstance(target, dict) else target
                if isinstance(meant, str) and meant in self._of:
                    self.outcomes.add(self._of[meant])

    def _is_folded(self, node: Given, iri: str) -> bool:
        """Learning that one of our own exports made from a credential is that credential."""
        return iri.endswith(ctid_of(terms.iri_text(self.of(node)) + LEARNING)) and iri in self._nodes


def kinds_of(node: Given) -> tuple[str, ...]:
    """The classes that it says it has."""
    return tuple(kind for kind in _each(node.value.get("@type")) if isinstance(kind, str))


def _own(value: dict[str, Json], iri: str) -> Term | None:
    """The name that it had with us, where its identifier proves that it was made from that name."""
    codes = [found.get("ceterms:identifierValueCode") for found in _dicts(value.get("ceterms:identifier"))]
    for key in ("ceterms:sameAs", "ceasn:identifier", ""):
        for given in _iris(value.get(key)) if key else [code for code in codes if isinstance(code, str)]:
            if is_iri(given) and iri.endswith(ctid_of(given)):
                return terms.iri(given)
    return None


def _each(value: Json) -> Iterable[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _dicts(value: Json) -> list[dict[str, Json]]:
    return [found for found in _each(value) if isinstance(found, dict)]


def _iris(value: Json) -> list[str]:
    found = (v.get("@id") if isinstance(v, dict) else v for v in _each(value))
    return [v for v in found if isinstance(v, str)]
