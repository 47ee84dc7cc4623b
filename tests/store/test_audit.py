"""The audit log: what was done is in it, in order, and a change of what it says is found."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcqms_kg
from mcqms_kg.errors import BadValue, UnreadableInput, WorkspaceError
from mcqms_kg.model import Deed, Outcome, Verified
from mcqms_kg.store.audit import FILE, AuditLog
from mcqms_kg.store.audit_reading import entries, verify
from store.workspaces import turtle

DEED = Deed("Ana", "provider", "import", {"dataset": "school"})


def log_of(folder: Path, count: int) -> AuditLog:
    log = AuditLog(folder)
    for number in range(count):
        log.append(Deed("Ana", "provider", "import", {"version": str(number)}), Outcome.DONE)
    return log


def test_writes_and_checks_are_in_it(tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    mcqms_kg.init(ws)
    file = turtle(tmp_path / "a.ttl", "ex:a ex:p 1 .")
    mcqms_kg.import_files([file], "school", by="Ana", private=True, workspace=ws)
    with pytest.raises(UnreadableInput):
        mcqms_kg.import_files([turtle(tmp_path / "b.ttl", "ex:a ex:p")], "school", by="Budi", workspace=ws)
    mcqms_kg.rollback("school", 1, by="Citra", workspace=ws)
    mcqms_kg.check(dataset="school", as_of="2026-06-30", workspace=ws)
    mcqms_kg.new_token("Dewi", "admin", workspace=ws)
    found = [(e.deed.who, e.deed.action, str(e.outcome)) for e in mcqms_kg.audit(workspace=ws) if e.outcome != "begun"]
    me = mcqms_kg.audit(workspace=ws)[-1].deed.who
    assert found == [
        ("Ana", "import", "done"),
        ("Budi", "import", "failed"),
        ("Citra", "rollback", "done"),
        (me, "check", "done"),
        (me, "token new", "done"),
    ]
    done = next(e for e in mcqms_kg.audit(workspace=ws) if e.outcome == "done")
    assert done.deed.about["version"] == "1" and done.deed.about["digest"].startswith("sha256:") and done.begun == 1
    assert mcqms_kg.verify_audit(workspace=ws).broken == ""


def test_a_backup_carries_it(tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    mcqms_kg.init(ws)
    mcqms_kg.import_files([turtle(tmp_path / "a.ttl", "ex:a ex:p 1 .")], "school", workspace=ws)
    mcqms_kg.new_token("Ana", "admin", workspace=ws)
    anchor = mcqms_kg.verify_audit(workspace=ws).anchor
    mcqms_kg.backup(tmp_path / "kept", workspace=ws)
    mcqms_kg.restore(tmp_path / "kept", workspace=tmp_path / "again")
    found = mcqms_kg.verify_audit(anchor, workspace=tmp_path / "again")
    assert not found.broken and mcqms_kg.audit(workspace=tmp_path / "again")[-1].deed.action == "restore"
    assert mcqms_kg.tokens(workspace=tmp_path / "again") == (), "tokens are not carried away"
    with (tmp_path / "kept" / FILE).open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(UnreadableInput):
        mcqms_kg.restore(tmp_path / "kept", workspace=tmp_path / "third")


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_is_found_at_its_entry(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("log")
    log = log_of(folder, 6)
    whole = log.path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != whole[at]))
    log.path.chmod(0o600)
    log.path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
    found, entry = verify(folder), whole[:at].count(b"\n")
    assert found.entries == entry and (found.broken or (found.torn and entry == 5))


@pytest.mark.parametrize("gone", [0, 2, 4])
def test_an_entry_that_is_taken_out_is_missed(tmp_path: Path, gone: int) -> None:
    log = log_of(tmp_path, 6)
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
    found = verify(tmp_path)
    assert found.entries == gone and "what follows" in found.broken


def test_two_that_change_places_and_one_written_twice_are_found(tmp_path: Path) -> None:
    log = log_of(tmp_path, 5)
    lines = log.path.read_bytes().splitlines(keepends=True)
    for changed in ([*lines[:2], lines[3], lines[2], *lines[4:]], [*lines[:3], lines[2], *lines[3:]]):
        log.path.write_bytes(b"".join(changed))
        assert verify(tmp_path).broken


def test_an_end_that_is_cut_off_is_missed_with_an_anchor_only(tmp_path: Path) -> None:
    log = log_of(tmp_path, 6)
    anchor, whole = verify(tmp_path).anchor, log.path.read_bytes()
    log.append(DEED, Outcome.DONE)
    assert not verify(tmp_path, anchor).broken, "the log may have grown since"
    log.path.write_bytes(b"".join(whole.splitlines(keepends=True)[:4]))
    assert not verify(tmp_path).broken
    assert "entry 6 is gone" in verify(tmp_path, anchor).broken
    log.path.unlink()
    assert "entry 6 is gone" in verify(tmp_path, anchor).broken
    log_of(tmp_path, 9)
    assert "entry 6 is another" in verify(tmp_path, anchor).broken, "all of it was written anew"
    for wrong in ("6", "x:y", f"6:{'g' * 64}", f"-1:{'0' * 64}"):
        with pytest.raises(BadValue, match="no anchor"):
            verify(tmp_path, wrong)


@pytest.mark.parametrize("cut", [2, 20, 200])
def test_a_torn_line_is_said_and_never_dropped(tmp_path: Path, cut: int) -> None:
    log = log_of(tmp_path, 3)
    whole = log.path.read_bytes()
    log.path.write_bytes(whole[:-cut])
    found = verify(tmp_path)
    assert found.torn and not found.broken and found.entries == 2
    log.append(DEED, Outcome.DONE)
    assert log.path.read_bytes().startswith(whole[:-cut]), "what was torn is still there"
    found = verify(tmp_path)
    assert (found.entries, found.mended, found.torn, found.broken) == (4, (3,), False, "")
    mend = entries(tmp_path)[2].deed
    assert mend.action == "mended" and mend.about["bytes"] == str(len(whole[:-cut]) - whole[:-cut].rfind(b"\n") - 1)
    torn = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join([*torn[:2], torn[2][:5] + b"x" + torn[2][6:], *torn[3:]]))
    assert verify(tmp_path).broken, "the torn bytes were changed afterwards"


def test_a_line_without_its_end_is_whole(tmp_path: Path) -> None:
    log = log_of(tmp_path, 3)
    log.path.write_bytes(log.path.read_bytes()[:-1])
    assert verify(tmp_path).entries == 3 and not verify(tmp_path).torn
    log.append(DEED, Outcome.DONE)
    assert verify(tmp_path) == Verified(4, entries(tmp_path)[-1].hash)


def test_torn_while_it_was_mended(tmp_path: Path) -> None:
    log = log_of(tmp_path, 3)
    torn = log.path.read_bytes()[:-30]
    log.path.write_bytes(torn)
    log.append(DEED, Outcome.DONE)
    whole = log.path.read_bytes()
    for end in range(len(torn), len(whole), 11):
        log.path.write_bytes(whole[:end])
        log.append(DEED, Outcome.DONE)
        found = verify(tmp_path)
        assert not found.broken and not found.torn and found.mended, f"cut at {end}: {found}"


def test_a_log_that_is_no_log_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"x" * 300_000)
    with pytest.raises(WorkspaceError, match="damaged at its end"):
        AuditLog(tmp_path).append(DEED, Outcome.DONE)


def test_nothing_is_done_where_nothing_can_be_recorded(tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    mcqms_kg.init(ws)
    (ws / FILE).mkdir()
    with pytest.raises(WorkspaceError, match="audit log"):
        mcqms_kg.import_files([turtle(tmp_path / "a.ttl", "ex:a ex:p 1 .")], "school", workspace=ws)
    assert mcqms_kg.datasets(workspace=ws) == ()


def test_what_goes_wrong_is_recorded_as_what_it_is(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    for problem, outcome in ((ValueError("x"), "failed"), (KeyboardInterrupt(), "interrupted")):
        with pytest.raises(type(problem)), log.recording(DEED):
            raise problem
        assert entries(tmp_path)[-1].outcome == outcome
    assert "x" not in entries(tmp_path)[1].deed.about["error"], "the kind of error, not its words"


def test_strange_names_stay_in_their_line(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    for who in ('a"b', "a\nb", "a\u2028b", "\x00", "é" * 5000, "\ud800"):
        log.append(Deed(who, "x", "y", {"graph": who}), Outcome.DONE)
    assert len(log.path.read_bytes().splitlines()) == 6 and not verify(tmp_path).broken
    assert entries(tmp_path)[4].deed.who.endswith("(5000 characters)")


def test_many_at_once(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from mcqms_kg.store.audit import AuditLog; from mcqms_kg.model import Deed, Outcome\n"
        "for n in range(40): AuditLog(pathlib.Path(sys.argv[1])).append(Deed('p', 'r', 'a'), Outcome.DONE)"
    )
    others = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(2)]
    threads = [threading.Thread(target=log_of, args=(tmp_path, 40)) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert [other.wait() for other in others] == [0, 0]
    for thread in threads:
        thread.join()
    found = verify(tmp_path)
    assert found.entries == 200 and not found.broken and not found.mended


@pytest.mark.parametrize("kills", [pytest.param(6), pytest.param(30, marks=pytest.mark.slow)])
def test_killed_at_random_moments(tmp_path: Path, kills: int) -> None:
    program = (
        "import sys, pathlib; from mcqms_kg.store.audit import AuditLog; from mcqms_kg.model import Deed, Outcome\n"
        "log = AuditLog(pathlib.Path(sys.argv[1])); print('ready', flush=True)\n"
        "while True: print(log.append(Deed('p', 'r', 'a', {'x': 'y' * 900}), Outcome.DONE).number, flush=True)"
    )
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    for _ in range(kills):
        writer = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout and writer.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.2))
        os.kill(writer.pid, signal.SIGKILL)
        said = max(map(int, writer.stdout.read().split("\n")[:-1]), default=0)
        writer.wait()
        found = verify(tmp_path)
        assert not found.broken and found.entries >= said, f"seed {seed}: {said} acknowledged, {found}"


def test_the_line_is_what_it_is_said_to_be(tmp_path: Path) -> None:
    """Anybody can verify the log without this program: the hash is of the line's own JSON without it."""
    import hashlib

    log_of(tmp_path, 3)
    previous = "0" * 64
    for line in (tmp_path / FILE).read_text().splitlines():
        found = json.loads(line)
        hash_ = found.pop("hash")
        assert found["previous"] == previous
        text = json.dumps(found, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == hash_
        previous = hash_


def test_what_is_done_is_not_said_to_be_undone(tmp_path: Path) -> None:
    """The log can be written before, and not after."""
    log = log_of(tmp_path, 1)

    def lose() -> None:
        log.path.unlink()
        log.path.mkdir()

    with pytest.raises(WorkspaceError, match="It is done, but the audit log") as told, log.recording(DEED):
        lose()
    assert "nothing is done" not in str(told.value)
    log.path.rmdir()
    with pytest.raises(ZeroDivisionError), log.recording(DEED):
        lose()
        _ = 1 / 0
