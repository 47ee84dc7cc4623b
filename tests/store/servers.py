"""Real SPARQL servers on free ports of this machine, for as long as a test wants them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

VIRTUOSO = shutil.which("virtuoso-t")
_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[tuple[str, str]]:
    """`oxigraph serve`: the addresses for queries and for updates."""
    port = free_port()
    program = Path(sys.executable).with_name("oxigraph")
    command = [str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/update"


@contextmanager
def virtuoso(folder: Path) -> Iterator[tuple[str, str]]:
    """Virtuoso, with leave to update given to everybody on its endpoint."""
    sql, http = free_port(), free_port()
    folder.mkdir()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=sql, http=http))
    address = f"http://127.0.0.1:{http}/sparql"
    with _running([str(VIRTUOSO), "+configfile", str(ini), "+foreground"], f"{address}?query=ASK%7B%7D"):
        isql = shutil.which("isql-vt") or shutil.which("isql") or "isql-vt"
        grant = 'exec=GRANT SPARQL_UPDATE TO "SPARQL"'
        subprocess.run([isql, str(sql), "dba", "dba", grant], check=True, capture_output=True)
        yield address, address


@contextmanager
def _running(command: list[str], probe: str) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ}) as process:
        try:
            for _ in range(600):
                try:
                    httpx.get(probe, timeout=5)
                    break
                except httpx.HTTPError:
                    assert process.poll() is None, "the server ended"
                    time.sleep(0.1)
            yield
        finally:
            process.kill()


SERVERS = [
    pytest.param(oxigraph, id="oxigraph"),
    pytest.param(
        virtuoso,
        id="virtuoso",
        marks=[pytest.mark.slow, pytest.mark.skipif(VIRTUOSO is None, reason="Virtuoso 7 is not installed")],
    ),
]
