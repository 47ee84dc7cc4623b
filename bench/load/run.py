"""Measures our service beside others under load: the same data, questions and clients. `make bench-load` runs it; needs `wrk` and Linux."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import mix
import own
import questions
import servers

import data

MIB = 1024 * 1024
LUA = Path(__file__).with_name("requests.lua")
RUNAWAY = "query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20WHERE%20%7B%20%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%20.%20%3Fg%20%3Fh%20%3Fi%20%7D"


@dataclass(frozen=True)
class Row:
    """One question asked of one service by so many clients; times in milliseconds."""

    server: str
    question: str
    clients: int
    beside: str
    per_second: float
    p50: float
    p95: float
    p99: float
    errors: int
    memory: int


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every service gave the same answers; 1 where not; 2 where nothing could be measured."""
    given = _options(arguments)
    wrk = shutil.which("wrk")
    if wrk is None:
        print("bench: `wrk` is not installed (a package of that name)", file=sys.stderr)
        return 2
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    graph = data.national(given.size, folder)
    kind = "new-" if given.new else ""
    forms = {
        q: questions.write(questions.texts(q, graph.path), folder / f"question-{kind}{n}.txt", new=given.new)
        for n, q in enumerate(questions.QUESTIONS)
    }
    things = [text.split()[-4] for text in questions.texts(questions.QUESTIONS[0], graph.path)]
    rows: list[Row] = []
    answers: dict[str, list[object]] = {}
    for server in servers.servers(graph.path, folder, port := servers.free_port()):
        if given.servers and server.name not in given.servers:
            continue
        seconds = _loaded(server, folder)
        _tell(f"{server.name}: loaded in {seconds:.0f} s")
        with servers.running(server, port, folder / "output.txt") as running:
            if given.hostile:
                _tell_mix(server.name, mix.measured(running.address, things, given.seconds, given.hostile))
                continue
            answers[server.name] = [
                _bag(servers.ask(running.address, form))
                for path in forms.values()
                for form in path.read_text("ascii").splitlines()[:3]
            ]
            for question, path in forms.items():
                for clients in given.clients:
                    rows.append(_measured(wrk, server.name, running, question, path, clients, given.seconds))
            first = next(iter(forms.items()))
            with _runaway(running):
                rows.append(_measured(wrk, server.name, running, *first, 16, given.seconds, "a runaway query"))
            if server.name == servers.OURS:
                rows += _own(wrk, running, folder, graph.path, first, given.seconds)
    if given.hostile:
        return 0
    print(_written(rows, graph.statements))
    same = all(found == next(iter(answers.values())) for found in answers.values())
    print("\nThe services gave the same answers." if same else "\nThe services gave DIFFERENT answers.")
    return 0 if same else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/load/run.py", description=__doc__)
    parser.add_argument("--size", type=lambda text: int(float(text)), default=1_000_000, help="statements, about")
    parser.add_argument("--clients", type=lambda text: [int(n) for n in text.split(",")], default=[1, 16, 64])
    parser.add_argument("--new", action="store_true", help="no question is asked twice")
    parser.add_argument(
        "--hostile",
        type=int,
        default=0,
        help="only: so many ask nothing but ever-new long questions, others short ones",
    )
    parser.add_argument("--seconds", type=int, default=5, help="for each question and number of clients")
    parser.add_argument("--servers", type=lambda text: text.split(","), default=[])
    parser.add_argument("--folder", type=Path, default=Path("build/bench-load"))
    return parser.parse_args(arguments)


def _loaded(server: servers.Server, folder: Path) -> float:
    """Loads the data unless that was done before; gives the seconds it took then."""
    done = folder / f"loaded-{server.name.replace(' ', '-')}"
    if not done.exists():
        began = time.monotonic()
        for command in server.load:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own list of commands
        done.write_text(str(time.monotonic() - began), "ascii")
    return float(done.read_text("ascii"))


def _measured(
    wrk: str,
    name: str,
    running: servers.Running,
    question: questions.Asked,
    path: Path,
    clients: int,
    seconds: int,
    beside: str = "",
) -> Row:
    command = [
        wrk,
        "-t1",
        f"-c{clients}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-s",
        str(LUA),
        running.address,
        "--",
        str(path),
    ]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # our own list of commands
    said = json.loads(out.strip().rsplit("\n", 1)[-1])
    row = Row(
        name,
        question.name,
        clients,
        beside,
        said["requests"] / said["seconds"],
        said["p50"],
        said["p95"],
        said["p99"],
        said["refused"] + said["broken"],
        running.memory(),
    )
    _tell(
        f"    {row.question}, {clients} clients {beside}: {row.per_second:.0f}/s, p99 {row.p99:.0f} ms, {row.errors} errors"
    )
    return row


def _own(
    wrk: str,
    running: servers.Running,
    folder: Path,
    data: Path,
    first: tuple[questions.Asked, Path],
    seconds: int,
) -> list[Row]:
    """What is asked of our service alone."""
    root, secret = running.address.rsplit("/", 1)[0], own.token(folder)
    with own.importing(root, secret, data) as took:
        row = _measured(wrk, servers.OURS, running, *first, 16, seconds, "imports")
    _tell(f"    imports of {own.IMPORTED:,} statements took {', '.join(f'{s:.1f} s' for s in took)}")
    checked = own.checks(root, secret)
    p50, p95, p99 = (checked.quantile(part) for part in (0.5, 0.95, 0.99))
    memory = running.memory()
    return [row, Row(servers.OURS, "the check of a file", 1, "", 1000 / p50, p50, p95, p99, 0, memory)]


@contextmanager
def _runaway(running: servers.Running) -> Iterator[None]:
    """A query without end is asked again as soon as it is refused."""
    ended = threading.Event()

    def again() -> None:
        while not ended.is_set():
            try:
                servers.ask(running.address, RUNAWAY, 15)
            except OSError:
                time.sleep(0.05)

    thread = threading.Thread(target=again, daemon=True)
    thread.start()
    time.sleep(0.5)
    try:
        yield
    finally:
        ended.set()


def _bag(answer: bytes) -> object:
    """An answer without the order of its rows, to be compared."""
    found = json.loads(answer)
    if "boolean" in found:
        return found["boolean"]
    return sorted(json.dumps(row, sort_keys=True) for row in found["results"]["bindings"])


def _written(rows: Sequence[Row], statements: int) -> str:
    lines = [
        f"{statements:,} statements. {platform.system()} {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| service | question | clients | beside | answers/s | p50, ms | p95, ms | p99, ms | errors | memory, MiB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for r in rows:
        times = " | ".join(f"{t:.1f}" for t in (r.p50, r.p95, r.p99))
        lines.append(
            f"| {r.server} | {r.question} | {r.clients} | {r.beside} | {r.per_second:,.0f} | {times} | {r.errors} | {r.memory // MIB:,} |"
        )
    return "\n".join(lines)


def _tell_mix(server: str, told: Mapping[str, mix.Told]) -> None:
    for who, found in told.items():
        times = ", ".join(
            f"p{part} {found.quantile(part / 100) * 1000:.0f} ms" for part in (50, 95, 99) if found.seconds[1:]
        )
        print(f"{server}: {who}: {dict(found.statuses)} {times}")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
