"""Every promise of the threat model is tried by some attack here, and every attack tries a promise that is made."""

from __future__ import annotations

import re
from pathlib import Path

from abuse.api import API
from abuse.asks import ASKS
from abuse.bombs import BOMBS
from abuse.changes import CHANGES
from abuse.disguises import DISGUISES
from abuse.files import HANDED
from abuse.pages import PAGES
from abuse.queries import ATTACKS
from abuse.rest import RESTS
from abuse.wire import WIRES
from docs.pages import ROOT

TABLES = (ATTACKS, WIRES, ASKS, API, RESTS, CHANGES, HANDED, PAGES, DISGUISES, BOMBS)
BY_HAND = {
    "kills": "test_an_import_that_is_killed_is_whole_or_nothing",
    "deaths": "test_a_service_that_is_killed_leaves_nothing_behind",
    "stores": "test_a_store_elsewhere_that_leads_elsewhere_is_not_followed",
    "archives": "test_an_archive_that_asks_for_too_much_is_refused",
    "badges": "test_a_badge_that_is_made_to_be_believed_is_not",
    "learners": "test_who_the_learner_is_stays_out",
    "keys": "test_a_key_is_nowhere_but_in_its_file",
    "packs": "test_a_pack_that_was_tampered_with_is_not_good",
    "reports": "test_names_in_data_are_only_text_in_every_report",
    "persons": "test_a_credential_of_a_person_names_no_one",
    "pathways": "test_names_and_circles_in_what_is_recognised_are_only_data",
    "full disks": "test_a_disk_that_was_full_is_written_again",
    "one writer": "test_a_second_process_changes_nothing",
    "originals": "test_original_bytes_that_were_changed_are_not_used",
    "parameters": "test_a_value_of_a_question_is_a_value",
    "errors": "test_what_is_sent_makes_no_line_of_its_own_in_the_log",
}
"""Promises that need a test of their own."""


def promises() -> list[str]:
    """The names in the table of the threat model."""
    text = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
    return [name for name in re.findall(r"^\| ([a-z ]+) \| [^|]+ \| `", text, re.MULTILINE) if name != "name"]


def test_every_promise_is_tried_and_no_other() -> None:
    tried = {attack.promise for table in TABLES for attack in table}
    assert tried | set(BY_HAND) == set(promises()) and len(promises()) == len(set(promises()))
    written = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert all(f"def {name}(" in written for name in BY_HAND.values())


def test_there_are_enough_and_each_has_its_name() -> None:
    names = [attack.name for table in TABLES for attack in table]
    assert len(names) >= 150
    for table in TABLES:
        assert len({attack.name for attack in table}) == len(table)
