"""A run can be ended from another thread and by Ctrl-C, inside a query too, and the columns can be used afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mcqms_kg.errors import Cancelled
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Quad, Term
from mcqms_kg.shacl import columns, engines
from mcqms_kg.shacl.change.incremental import revalidate
from shacl.shapes_in_turtle import turtle

EX = "https://example.org/"
ENDLESS = turtle("ex:shape sh:targetSubjectsOf ex:p ; sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 100000 .")
QUICK = turtle("ex:shape sh:targetSubjectsOf ex:q ; sh:path ex:p ; sh:maxCount 0 .")


def cycle(length: int) -> list[Quad]:
    """A ring of nodes: every node reaches every other."""
    nodes = [terms.iri(f"{EX}n{n}") for n in range(length)]
    p, q = terms.iri(f"{EX}p"), terms.iri(f"{EX}q")
    ring: list[Quad] = [(node, p, nodes[n - 1], None) for n, node in enumerate(nodes)]
    return [*ring, (nodes[0], q, nodes[0], None)]


def test_a_long_query_ends_soon_and_the_columns_go_on() -> None:
    with Columns.load(cycle(20_000)) as ring:
        cancel, at = Cancel(), list[float]()

        def stop() -> None:
            at.append(time.perf_counter())
            cancel.cancel()

        with pytest.raises(Cancelled):
            begun = lambda *_: threading.Timer(0.2, stop).start()  # noqa: E731  # once the query of the shape is at work
            columns.validate(ring, ENDLESS, progress=begun, cancel=cancel)
        assert time.perf_counter() - at[0] < 20
        report = columns.validate(ring, QUICK, cancel=Cancel())
        assert len(report.results) == 1
        gone: list[Quad] = [(terms.iri(f"{EX}n0"), terms.iri(f"{EX}p"), terms.iri(f"{EX}n19999"), None)]
        assert revalidate(ring, QUICK, report, [], gone, cancel=Cancel()).conforms


def test_a_validation_after_a_change_can_be_cancelled() -> None:
    with Columns.load(cycle(20_000)) as ring:
        cancel = Cancel()
        threading.Timer(1.0, cancel.cancel).start()
        report = columns.validate(ring, QUICK)
        came: list[Quad] = [(terms.iri(f"{EX}n0"), terms.iri(f"{EX}p"), Term('"x"'), None)]
        with pytest.raises(Cancelled):  # the report is none on these shapes, so everything is asked
            revalidate(ring, ENDLESS, report, came, [], cancel=cancel)
        assert not columns.validate(ring, QUICK).conforms
        assert came[0][:3] in set(ring.triples())


def test_what_was_cancelled_stays_so() -> None:
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(Cancelled):
        Columns.load(cycle(3), cancel=cancel)
    with pytest.raises(Cancelled):
        engines.engine_named("reference").validate([quad[:3] for quad in cycle(3)], QUICK, cancel=cancel)


def test_another_run_is_not_touched() -> None:
    cancel = Cancel()
    with Columns.load(cycle(3)) as one, Columns.load(cycle(3)) as other:
        columns.validate(one, QUICK, cancel=cancel)
        cancel.cancel()
        assert len(columns.validate(other, QUICK).results) == 1
        assert len(columns.validate(one, QUICK).results) == 1


TELLING = """
import pathlib, sys
from mcqms_kg import cli
from mcqms_kg.shacl import columns
begun, validate = pathlib.Path(sys.argv.pop(1)), columns.validate
columns.validate = lambda *given, **named: (begun.touch(), validate(*given, **named))[1]
cli.main()
"""
"""The command line, which makes a file when the engine begins."""


def test_ctrl_c_ends_the_command_with_130_and_one_line(tmp_path: Path) -> None:
    data, shapes = tmp_path / "ring.nt", tmp_path / "shapes.nt"
    data.write_text("".join(f"{s} {p} {o} .\n" for s, p, o, _ in cycle(20_000)), "utf-8")
    shapes.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in ENDLESS), "utf-8")
    command = [sys.executable, "-c", TELLING, str(tmp_path / "begun"), "validate", str(data), "--shapes", str(shapes)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with started:
        while started.poll() is None and not (tmp_path / "begun").exists():
            time.sleep(0.05)
        time.sleep(0.5)  # from the beginning of the run into its first query
        started.send_signal(signal.SIGINT)
        out, errors = started.communicate(timeout=30)
    assert (started.returncode, out) == (130, "")
    assert errors.count("\n") == 1
    assert errors.startswith("mcqms: Interrupted")
