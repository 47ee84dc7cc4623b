"""The namespaces of the project and of the vocabularies it reuses (docs/conventions.md)."""

from __future__ import annotations

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
FOAF = "http://xmlns.com/foaf/0.1/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
EARL = "http://www.w3.org/ns/earl#"

HOME = "https://w3id.org/mcqms/"
MC = HOME + "ns#"
CODE = HOME + "code/"
PARAM = HOME + "parameter/"
PROFILE = HOME + "profile/"
FRAMEWORK = HOME + "framework/"
FINDING = HOME + "finding/"
DATASET = HOME + "dataset/"
PROVENANCE = HOME + "provenance"

PREFIXES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "sh": SH,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "foaf": FOAF,
    "dcat": DCAT,
    "void": VOID,
    "earl": EARL,
    "mc": MC,
    "code": CODE,
    "param": PARAM,
    "profile": PROFILE,
    "framework": FRAMEWORK,
    "clause": HOME + "clause/",
    "requirement": HOME + "requirement/",
    "shape": HOME + "shape/",
    "eu-clause": HOME + "eu-2022/clause/",
    "eu-requirement": HOME + "eu-2022/requirement/",
    "eu-shape": HOME + "eu-2022/shape/",
    **{
        f"{framework}-{part}": f"{HOME}{framework}/{part}/"
        for framework in ("case", "ctdl", "elm", "openbadges", "schemaorg")
        for part in ("clause", "requirement", "shape")
    },
    "finding": FINDING,
}
"""Prefix to namespace, for reading short names on the command line and for writing them in reports."""
