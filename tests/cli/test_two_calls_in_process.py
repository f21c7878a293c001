"""One hotline in a process, on which calls that begin differently are led in turns."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ivr.cli.shared.in_process_hotline import InProcessHotline, draft_database
from ivr.config import Settings
from ivr.flow.release import read_files
from ivr.service.calls.opening import Opening

FLOWS = Path(__file__).parents[2] / "flows"


def test_two_calls_from_different_openings_are_led_in_turns_on_one_hotline(tmp_path: Path) -> None:
    name = draft_database(tmp_path / "ivr.db", read_files(str(FLOWS)))
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'ivr.db'}", sqlite_sync="OFF")
    with closing(InProcessHotline(settings, Opening(release=name, simulated=True))) as hotline:
        usual = hotline.phone(caller="+12025550101", called="+862155500000")
        opening = Opening(release=name, entry="complaint", language="en-US", facts={"caller.phone": "+12025550177"})
        other = hotline.phone(caller="+12025550102", called="+862155500000", opening=opening)
        usual.dial()
        other.dial()
        begun = [(phone.heard[0].language, phone.heard[0].text) for phone in (usual, other)]
        other.press("1")
        usual.press("1")
        with hotline.ports.store.transaction() as tx:
            rows = [tx.call(phone.call) for phone in (usual, other)]

    assert begun[0] != begun[1] and begun[1][0] == "en-US"
    assert [(row.entry, row.language, row.simulated, row.turns_taken) for row in rows if row][1] == (
        "complaint", "en-US", False, 2,
    )  # fmt: skip
    assert [(row.entry, bool(row.simulated), row.turns_taken) for row in rows if row][0] == ("main", True, 2)


def test_a_call_that_no_phone_of_the_hotline_makes_is_not_taken(tmp_path: Path) -> None:
    name = draft_database(tmp_path / "ivr.db", read_files(str(FLOWS)))
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'ivr.db'}", sqlite_sync="OFF")
    with closing(InProcessHotline(settings, Opening(release=name, simulated=True))) as hotline:
        phone = hotline.phone(caller="+12025550101", called="+862155500000")
        phone.call = "CA" + "9" * 32
        phone.dial()
        assert phone.waiting == "ended" and "Goodbye" in phone.heard[-1].text
        with hotline.ports.store.transaction() as tx:
            assert tx.call(phone.call) is None
