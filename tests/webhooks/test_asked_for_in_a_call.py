"""Who wants no calls by machine, and asks for one in a call of the shipped flows, is phoned about that case alone."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from placed_house import PlacedHouse

from ivr.app.preparing import prepare
from ivr.case.case import By
from ivr.case.moves import Move
from ivr.cli.shared.outgoing_lines import calls_made
from ivr.service.cases.keep_move import keep_move
from ivr.service.outgoing.by_staff import block
from ivr.service.outgoing.dialling import Dialling, dial_round
from ivr.service.outgoing.outgoing_report import OutgoingReports
from ivr.service.outgoing.outgoing_rows import SWITCH
from ivr.service.rows import CaseRow

FLOWS = Path(__file__).parents[2] / "flows"
CUSTOMER = "+862155500123"


class ShippedHouse(PlacedHouse):
    """The shipped flows."""

    shipped: ClassVar[bytes] = b""

    def _copy_or_make(self) -> None:
        shutil.rmtree(self.settings.flows)
        shutil.copytree(FLOWS, self.settings.flows)
        if not ShippedHouse.shipped:
            prepare(self.settings, self.now)
            ShippedHouse.shipped = self.path.read_bytes()
        self.path.write_bytes(ShippedHouse.shipped)

    def complains(self, answer: str) -> str:
        """A complaint whose caller answers so where we ask whether we may call, decided and told; its number."""
        call = f"CA{len(self.rows('SELECT call FROM calls')) + 1:032x}"
        story = (("RecordingSid", "RE" + "1" * 32), ("RecordingDuration", "4"))
        answers = [(("Digits", answer),)] if answer else [(), ()]
        keys = [(("Digits", "1"),), (), (("Digits", "3"),), (("Digits", "3"),), story, *answers]
        for turn, pairs in enumerate([(), *keys], 1):
            form = [(name, CUSTOMER if name == "From" else value) for name, value in self.form(*pairs, call=call)]
            assert self.send(f"/voice/t/{turn}" if pairs or turn > 1 else "/voice", form).status == 200
        number = int(self.rows("SELECT max(number) FROM cases")[0][0])
        decided = {"outcome": "upheld", "reasons": "r", "answer": "We pay."}
        for kind, given in (("taken", {}), ("decided", decided), ("told", {"how": "phone"})):
            done = keep_move(self.hotline.ports, number, Move(kind, given), By("li", "lead"))  # type: ignore[arg-type]
            assert isinstance(done, CaseRow), done
        return str(number)

    def phoned(self, **later: float) -> int:
        """How many a worker phones after this time."""
        self.now += timedelta(**later)
        made = Dialling(ports=self.hotline.ports, dialler=self.network, allowed=True, url=self.settings.public_url)
        return dial_round(made)["placed"]


@pytest.fixture
def shipped(tmp_path: Path) -> ShippedHouse:
    return ShippedHouse(tmp_path)


@pytest.mark.parametrize(("answer", "said", "phoned"), [("1", "yes", 1), ("", "no", 0)], ids=["yes", "silence"])
def test_only_a_yes_is_a_wish(shipped: ShippedHouse, answer: str, said: str, phoned: int) -> None:
    shipped.store.set_switch(SWITCH, on=True)
    block(shipped.hotline.ports, CUSTOMER, "chen")
    shipped.now += timedelta(minutes=1)
    number = shipped.complains(answer)
    assert json.loads(shipped.rows("SELECT facts FROM cases")[0][0])["asked_for_call"] == said
    reports = OutgoingReports(shipped.hotline.ports, allowed=True)
    (report,) = reports.of_case(int(number))
    for told in (reports.why(CUSTOMER).said, *map(str, calls_made([report]))):
        assert ("asked for a call" in told) == bool(phoned)
    assert shipped.phoned(days=1) == phoned
