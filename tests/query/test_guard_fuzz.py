"""Thousands of broken and spliced queries around a SERVICE: none of those that are let through calls anybody."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest

from mcqms_kg.errors import McqmsError
from mcqms_kg.query.guard import judge

PIECES = [
    *(
        "SERVICE ",
        "<URL>",
        " { ?s ?p ?o } ",
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "\\u0022",
        "\\u0027",
        "\\u005C",
        "\\u003E",
        "\\\\",
    ),
    *(
        "#",
        "\n",
        "\r",
        "<",
        ">",
        "?a",
        "<?b#>",
        "FILTER(",
        "(",
        ")",
        ".",
        "{",
        "}",
        "&&",
        "?s ?p ?o ",
        '"a"',
        "BIND(",
        "AS ?z)",
    ),
    *(
        "@en",
        '\\"',
        "\\'",
        " ",
        "a",
        "e:p",
        "_:b",
        "1",
        "||",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "\x0b",
        "\x0c",
        "LOAD ",
        "\u017fERVICE ",
    ),
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, address = server.accept()
                    calls.append(str(address))
                    connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("tries", [pytest.param(10_000), pytest.param(300_000, marks=pytest.mark.slow)])
def test_no_splice_calls_anybody(listener: tuple[str, list[str]], tries: int) -> None:
    url, calls = listener
    seed = random.randrange(2**32)
    chance, store, through = random.Random(seed), ox.Store(), 0
    store.load(b'<http://e/a> <http://e/p> "x" .', format=ox.RdfFormat.N_TRIPLES)
    for _ in range(tries):
        before, after = ("".join(chance.choices(PIECES, k=chance.randint(0, 10))) for _ in "ab")
        quote = chance.choice(["", '"', "'", '"""', "'''", "#", "\\u0022"])
        text = (
            f"PREFIX e: <http://e/> SELECT * {{ ?s ?p ?o {before}{quote} SERVICE <URL> {{ ?s ?p ?o }} {quote}{after} }}"
        )
        with suppress(McqmsError):
            judged = judge(text.replace("URL", url), 100_000)
            through += 1
            with suppress(SyntaxError, OSError, RuntimeError, ValueError):
                list(store.query(judged.text))  # type: ignore[arg-type]  # a query whose rows can be listed
        assert not calls, f"seed {seed}: {text!r}"
    assert through > 10, "hardly any query is let through: the test looks at nothing"
