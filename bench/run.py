"""Measures our SHACL engine beside the peers: one machine, one run, one table. `make bench` runs it; `--help` tells the options."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import data
import found
import incremental
import options
import pathways
import peers
import table
from measure import Measured, measure
from table import OURS, Row

LIMITS = ((100_000, 30), (1_000_000, 60))
"""Seconds that an engine gets for a graph up to a size; for a larger one LIMIT."""
LIMIT = 90
GIB = 1024**3


@dataclass
class Bench:
    """One run: where things lie, what each engine may use, and who was already stopped on a smaller graph."""

    folder: Path
    engines: Sequence[peers.Engine]
    limit: float | None
    memory: int
    on_disk: bool = False
    stopped: dict[tuple[str, str], str] | None = None

    def rows(self, load: str, shapes: Path, graph: data.Data) -> list[Row]:
        """Every engine on a load and a graph."""
        measured: dict[str, Measured] = {}
        views: dict[str, found.Found] = {}
        for engine in self.engines:
            report = self.folder / f"report-{engine.name}{engine.ending}"
            _tell(f"{load}, {graph.statements:,} statements: {engine.name} …")
            one = measured[engine.name] = self._cold(engine, load, shapes, graph, report)
            _tell(f"    {one.seconds:.1f} s {one.stopped} {one.failed}")
            if one.finished:
                views[engine.name] = found.read(report)
        agreed = found.right(views)
        return [self._row(e, load, shapes, graph, measured[e.name], views.get(e.name), agreed) for e in self.engines]

    def _cold(self, engine: peers.Engine, load: str, shapes: Path, graph: data.Data, report: Path) -> Measured:
        self.stopped = {} if self.stopped is None else self.stopped
        if before := self.stopped.get((engine.name, load)):
            return Measured(0.0, 0, failed=before)
        report.unlink(missing_ok=True)
        one = self._measure(
            engine, [*engine.command(graph.path, shapes, report), *self._database(engine)], graph, report
        )
        if one.stopped:
            word = f"{one.seconds:.0f} s" if one.stopped == "time" else f"{self.memory / GIB:.0f} GiB"
            self.stopped[engine.name, load] = f"not tried: > {word} on {graph.statements:,}"
        return one

    def _measure(self, engine: peers.Engine, command: list[str], graph: data.Data, report: Path) -> Measured:
        seconds = self.limit or next((s for size, s in LIMITS if graph.statements <= size), LIMIT)
        _into_cache(graph.path)
        output = report if engine.prints else None
        return measure(command, seconds=seconds, memory=self.memory, folder=self.folder, output=output)

    def _database(self, engine: peers.Engine) -> list[str]:
        if not self.on_disk or engine.name != OURS:
            return []
        path = self.folder / "columns.duckdb"
        path.unlink(missing_ok=True)
        return ["--database", str(path)]

    def _row(
        self,
        engine: peers.Engine,
        load: str,
        shapes: Path,
        graph: data.Data,
        cold: Measured,
        view: found.Found | None,
        agreed: found.Found | None,
    ) -> Row:
        warm = cold.said.get("validate")
        verdict = _verdict(cold, view, agreed, graph, load)
        if engine.name == OURS and cold.finished and not self.on_disk:
            again = self._warm(engine, shapes, graph)
            warm = again.said.get("warm")
            verdict += f"; warm run: {again.failed or again.stopped}" if not again.finished else ""
        right = view is not None and view == agreed
        results = None if view is None else view.total()
        return Row(load, graph.statements, engine.name, cold, warm, results, verdict, right)

    def _warm(self, engine: peers.Engine, shapes: Path, graph: data.Data) -> Measured:
        """Our engine again and again on loaded columns, in a further process."""
        report = self.folder / f"report-warm{engine.ending}"
        once = replace(self, limit=(self.limit or LIMIT) * 5)
        return once._measure(engine, [*engine.command(graph.path, shapes, report), "--warm"], graph, report)


def _into_cache(path: Path) -> None:
    """Reads the file once, so that every engine finds it in the cache of the system and none pays for the disk."""
    with path.open("rb", buffering=0) as file:
        while file.read(16 * 1024 * 1024):
            pass


def _verdict(cold: Measured, view: found.Found | None, agreed: found.Found | None, graph: data.Data, load: str) -> str:
    if cold.stopped:
        return f"stopped at the {cold.stopped} limit"
    if cold.failed or view is None:
        return cold.failed
    if agreed is not None:
        return "right" if view == agreed else f"not right: {found.difference(view, agreed)}"
    planted = load == "rulebook" and view.total() == graph.planted
    return "unconfirmed by another engine" + (", as many as defects planted" if planted else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where our engine gave the right results, or unconfirmed ones, on everything; 1 where not; 2 where nothing could be measured."""
    given = options.read(arguments)
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if given.pathways:
        return pathways.run(given.sizes, given.rounds)
    if given.incremental:
        incremental.run(given.sizes, given.loads, folder, given.rounds)
        return 0
    try:
        engines = _engines(folder, given.engines)
    except peers.NoPeers as problem:
        _tell(f"bench: the peers could not be installed: {problem}")
        return 2
    bench = Bench(folder, engines, given.limit, int(given.memory * GIB), on_disk=given.large)
    loads = {name: path for name, path in data.shapes(folder).items() if name in given.loads}
    rows: list[Row] = []
    for size in given.sizes:
        graph = data.national(size, folder)
        for name, path in loads.items():
            rows += bench.rows(name, path, graph)
    print(_written(rows, engines))
    return 0 if all(r.measured.finished and "not right" not in r.verdict for r in rows if r.engine == OURS) else 1


def _engines(folder: Path, wanted: Sequence[str]) -> tuple[peers.Engine, ...]:
    others = () if set(wanted) == {OURS} else peers.install(folder / "peers")
    return tuple(engine for engine in (peers.ours(), *others) if not wanted or engine.name in wanted)


def _written(rows: Sequence[Row], engines: Sequence[peers.Engine]) -> str:
    versions = ", ".join(f"{engine.name} {engine.version}" for engine in engines)
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return "\n\n".join(
        (
            f"Engines: {versions}. Machine: {machine}.",
            table.table(rows),
            table.phases(rows),
            table.slowest(rows),
            table.goals(rows),
        )
    )


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
