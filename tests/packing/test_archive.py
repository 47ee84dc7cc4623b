"""The archive of a pack: any zip program opens it, and every other way to write the same files is seen."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import Unsupported
from mcqms_kg.packing import archive
from mcqms_kg.packing.archive import Member, NoPack, is_safe, member, read_archive, write_archive

FILES = {
    "manifest.json": b'{"a": 1}' * 20,
    "data/été x.ttl": b"<http://e/a> <http://e/p> <http://e/b> .\n" * 40,
    "data/random.bin": random.Random(5).randbytes(400),
    "empty": b"",
}
MEMBERS = tuple(member(name, content, packed=name != "manifest.json") for name, content in FILES.items())
WHOLE = write_archive(MEMBERS)
NAMES = st.text(st.sampled_from("abcXYZ019._-é ()"), min_size=1, max_size=12).filter(is_safe)


def seen(content: bytes) -> bool:
    """Whether a change is noticed: the archive is no pack's, or a file is not what its header says."""
    try:
        return any(m.content() is None for m in read_archive(content))
    except NoPack:
        return True


def same_stored(content: bytes) -> bool:
    """Whether the bytes that stand for the files are as they were; the manifest holds their digests."""
    try:
        return read_archive(content) == MEMBERS
    except NoPack:
        return False


def test_it_holds_stored_and_deflated_files() -> None:
    assert {m.method for m in MEMBERS} == {0, 8}
    assert {m.name: m.content() for m in read_archive(WHOLE)} == FILES


def test_a_zip_program_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_byte_can_be_changed() -> None:
    for place in range(len(WHOLE)):
        for change in (0x01, 0x80, 0xFF):
            content = WHOLE[:place] + bytes([WHOLE[place] ^ change]) + WHOLE[place + 1 :]
            assert seen(content) or not same_stored(content), place


def test_nothing_can_be_taken_away_or_put_in() -> None:
    for place in range(len(WHOLE) + 1):
        assert seen(WHOLE[:place] + b"\0" + WHOLE[place:]) or not same_stored(WHOLE[:place] + b"\0" + WHOLE[place:])
        if place < len(WHOLE):
            assert seen(WHOLE[:place]) and seen(WHOLE[place + 1 :])


@settings(max_examples=50)
@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=5))
def test_what_is_written_is_read(files: dict[str, bytes]) -> None:
    folded = {name.casefold() for name in files}
    members = tuple(member(name, content) for name, content in files.items())
    if len(folded) == len(files):
        assert read_archive(write_archive(members)) == members
    else:
        with pytest.raises(NoPack, match="same-name"):
            read_archive(write_archive(members))


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_other_bytes_are_no_pack(content: bytes) -> None:
    with pytest.raises(NoPack):
        read_archive(content)


NAMES_THAT_LEAD_ELSEWHERE = (
    *("../x", "/x", "a/../x", "a//x", "a/", "", ".", "..", "C:x", "a\\x", "a\0x", "x ", " x", "x.", "a/./x"),
    *("x" * 300, "a\nx", "\u202ex", "/".join("a" * 30)),
)


@pytest.mark.parametrize(
    "name",
    NAMES_THAT_LEAD_ELSEWHERE,
    ids=range(19),
)
def test_names_that_lead_elsewhere(name: str) -> None:
    assert not is_safe(name)
    with pytest.raises(ValueError):
        member(name, b"")
    with pytest.raises(NoPack):
        read_archive(write_archive([Member(name, 0, 0, 0, b"")]))


@pytest.mark.parametrize("names", [("a", "a"), ("a", "A"), ("a", "a/b"), ("a/b", "A")], ids=range(4))
def test_names_that_fall_together(names: tuple[str, str]) -> None:
    with pytest.raises(NoPack, match="same-name"):
        read_archive(write_archive([member(name, b"x") for name in names]))


def by_zipfile(**settings: object) -> bytes:
    """The same files, written by another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in FILES.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            for field, value in settings.items():
                setattr(info, field, value)
            written.writestr(info, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "field",
    [
        {},
        {"extra": b"\x99\x99\x00\x00"},
        {"comment": b"c"},
        {"date_time": (1999, 1, 1, 0, 0, 0)},
        {"external_attr": 0o120777 << 16},
        {"create_system": 0},
    ],
    ids=["other", "extra", "comment", "time", "link", "system"],
)
def test_the_same_files_written_otherwise_are_no_pack(field: dict[str, object]) -> None:
    with pytest.raises(NoPack):
        read_archive(by_zipfile(**field))


@pytest.mark.parametrize("change", [WHOLE + b"x", b"x" + WHOLE, WHOLE + WHOLE, WHOLE[:-2] + b"\1\0c"], ids=range(4))
def test_nothing_stands_before_or_behind(change: bytes) -> None:
    with pytest.raises(NoPack):
        read_archive(change)


def test_a_bomb_is_not_unpacked() -> None:
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packing.compress(bytes(200_000_000)) + packing.flush()
    tracemalloc.start()
    for size in (10, 1000, archive.LARGEST):
        (read,) = read_archive(write_archive([Member("bomb", 8, 0, size, bomb)]))
        assert size == archive.LARGEST or read.content() is None
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    with pytest.raises(Unsupported):
        write_archive([Member("bomb", 8, 0, archive.LARGEST + 1, bomb)])


def test_a_directory_that_counts_or_overlaps_is_refused() -> None:
    count = struct.pack("<H", archive.MOST_FILES + 1)
    with pytest.raises(NoPack, match="too-many"):
        read_archive(WHOLE[:-14] + count + count + WHOLE[-10:])
    one = member("a", b"x" * 50, packed=False)
    content = bytearray(write_archive([one, member("b", b"x" * 50, packed=False)]))
    place = content.rindex(b"PK\1\2") + 42
    content[place : place + 4] = struct.pack("<L", 0)  # the second file is said to lie where the first one is
    with pytest.raises(NoPack, match="laid-out"):
        read_archive(bytes(content))
