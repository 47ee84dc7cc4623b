"""Attacks on the way that requests are written: what two servers in a row might read differently, and what never ends."""

from __future__ import annotations

from typing import NamedTuple


class Wire(NamedTuple):
    """What is sent, with a pause between the pieces, and the statuses that come back: one for each request that was seen."""

    name: str
    promise: str
    pieces: tuple[bytes, ...]
    statuses: tuple[int, ...]
    pause: float = 0.0


HOST = b"Host: 127.0.0.1\r\n"
GET = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\n"
POST = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"
CHUNK = b"\r\n6\r\nASK {}\r\n0\r\n\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"

WIRES = (
    Wire("a length and chunks", "requests", (CHUNKED + b"Content-Length: 6\r\n\r\n0\r\n\r\n" + SMUGGLED,), (400,)),
    Wire(
        "a length before chunks",
        "requests",
        (POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n" + CHUNK,),
        (400,),
    ),
    Wire("chunks and something else", "requests", (CHUNKED + b"Transfer-Encoding: identity\r\n" + CHUNK,), (400,)),
    Wire(
        "chunks before something else",
        "requests",
        (POST + b"Transfer-Encoding: chunked, identity\r\n" + CHUNK,),
        (400,),
    ),
    Wire("chunks misspelt", "requests", (POST + b"Transfer-Encoding: xchunked\r\n" + CHUNK,), (400,)),
    Wire("chunks behind a strange space", "requests", (POST + b"Transfer-Encoding:\x0bchunked\r\n" + CHUNK,), (400,)),
    Wire("chunks on a second line", "requests", (POST + b"Transfer-Encoding:\r\n chunked\r\n" + CHUNK,), (400,)),
    Wire("a chunk on lines without carriage return", "requests", (CHUNKED + b"\r\n6\nASK {}\n0\n\n",), (400,)),
    Wire("a chunk that goes on", "requests", (CHUNKED + b"\r\n6\r\nASK {}XX0\r\n\r\n" + SMUGGLED,), (400,)),
    Wire(
        "a chunk with extensions without end", "requests", (CHUNKED + b"\r\n6;" + b"a=b;" * 40_000 + b"\r\n",), (400,)
    ),
    Wire("a header behind a carriage return", "requests", (GET + HOST + b"X: a\rHost: evil\r\n\r\n",), (400,)),
    Wire("a version that is none", "requests", (b"GET /health/live HTTP/1.2\r\n" + HOST + b"\r\n",), (400,)),
    Wire(
        "letters in the address", "requests", ("GET /datasets/\u00e9 HTTP/1.1\r\n".encode() + HOST + b"\r\n",), (400,)
    ),
    Wire("two hundred at once", "requests", ((GET + HOST + b"\r\n") * 200,), (200,) * 200),
    Wire("half a request behind one", "requests", (GET + HOST + b"\r\n" + GET, HOST + b"\r\n"), (200, 200), 0.3),
    Wire("two lengths", "requests", (POST + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",), (400,)),
    Wire("a list of lengths", "requests", (POST + b"Content-Length: 6, 6\r\n\r\nASK {}",), (400,)),
    Wire("a length with a sign", "requests", (POST + b"Content-Length: +6\r\n\r\nASK {}",), (400,)),
    Wire("a length below zero", "requests", (POST + b"Content-Length: -6\r\n\r\nASK {}",), (400,)),
    Wire(
        "a length that overflows",
        "requests",
        (POST + b"Content-Length: 99999999999999999999999\r\n\r\nASK {}",),
        (400,),
    ),
    Wire("a space before the colon", "requests", (POST + b"Content-Length : 6\r\n\r\nASK {}",), (400,)),
    Wire("a header on two lines", "requests", (GET + HOST + b"X: a\r\n b\r\n\r\n",), (400,)),
    Wire("lines without carriage return", "requests", (b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",), (400,)),
    Wire("a null byte in a header", "requests", (GET + HOST + b"X: a\0b\r\n\r\n",), (400,)),
    Wire("a header without a name", "requests", (GET + HOST + b": x\r\n\r\n",), (400,)),
    Wire("a chunk whose size is none", "requests", (CHUNKED + b"\r\nzz\r\nASK {}\r\n0\r\n\r\n",), (400,)),
    Wire(
        "a chunk whose size overflows", "requests", (CHUNKED + b"\r\nffffffffffffffff1\r\nASK {}\r\n0\r\n\r\n",), (400,)
    ),
    Wire("a token behind the body", "requests", (CHUNKED + CHUNK[:-2] + b"Authorization: Bearer x\r\n\r\n",), (200,)),
    Wire(
        "a header behind the body without end", "requests", (CHUNKED + CHUNK[:-2] + b"X: ", *[b"a" * 4000] * 40), (431,)
    ),
    Wire("a method that is none", "requests", (b"G\0T / HTTP/1.1\r\n" + HOST + b"\r\n",), (400,)),
    Wire(
        "a way through to another machine",
        "requests",
        (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",),
        (400,),
    ),
    Wire("an echo", "requests", (b"TRACE /sparql HTTP/1.1\r\n" + HOST + b"X: secret\r\n\r\n",), (405,)),
    Wire(
        "a greeting of TLS", "requests", (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n",), (400,)
    ),
    Wire("a greeting of HTTP/2", "requests", (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), (400,)),
    Wire("a header of nine kilobytes", "requests", (GET + HOST + b"X: " + b"a" * 9000 + b"\r\n\r\n",), (431,)),
    Wire("a header without end", "requests", (GET + HOST + b"X: ", *[b"a" * 1000] * 40), (431,)),
    Wire(
        "fifteen hundred headers",
        "requests",
        (GET + HOST + b"".join(b"X%d: a\r\n" % n for n in range(1500)) + b"\r\n",),
        (431,),
    ),
    Wire(
        "an address of nine kilobytes",
        "requests",
        (b"GET /sparql?query=" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",),
        (431,),
    ),
    Wire("a body that is said to be large", "requests", (POST + b"Content-Length: 2000000\r\n\r\nASK {}",), (413,)),
    Wire(
        "a body that is large", "requests", (CHUNKED + b"\r\n", *[b"8000\r\n" + b"#" * 0x8000 + b"\r\n"] * 40), (413,)
    ),
    Wire(
        "a large body that waits",
        "requests",
        (POST + b"Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n",),
        (413,),
    ),
    Wire("headers that come slowly", "requests", (GET + HOST, *[b"X: a\r\n"] * 15), (408,), 0.2),
    Wire("a body that comes slowly", "requests", (POST + b"Content-Length: 100\r\n\r\n", *[b"#"] * 15), (408,), 0.2),
    Wire("a connection that says nothing", "requests", (b"",), (408,)),
    Wire("a connection of empty lines", "requests", (b"\r\n",) * 12, (408,), 0.2),
    Wire("a request of HTTP/0.9", "requests", (b"GET /sparql\r\n",), (408,)),
    Wire("no host", "door", (GET + b"\r\n",), (400,)),
    Wire("another host", "door", (GET + b"Host: evil.example\r\n\r\n",), (400,)),
    Wire("another host behind ours", "door", (GET + HOST + b"Host: evil.example\r\n\r\n",), (400,)),
    Wire("another host with our address", "door", (GET + b"Host: evil.example#127.0.0.1\r\n\r\n",), (400,)),
    Wire("another host with our name in it", "door", (GET + b"Host: 127.0.0.1.evil.example\r\n\r\n",), (400,)),
    Wire("another host with a user", "door", (GET + b"Host: 127.0.0.1@evil.example\r\n\r\n",), (400,)),
    Wire("our address written otherwise", "door", (GET + b"Host: 2130706433\r\n\r\n",), (400,)),
    Wire(
        "another host in the address",
        "door",
        (b"GET http://evil.example/smuggled HTTP/1.1\r\n" + HOST + b"\r\n",),
        (404,),
    ),
)
