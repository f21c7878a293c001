"""The small hotline with a flow in which customers are phoned, a case that was told, and a worker's round."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import small_hotline
from small_hotline import CALLED, COMPLAINT, HOTLINE, MAIN, OTHER, House

from ivr.app.preparing import prepare
from ivr.carrier.signing import FormPairs
from ivr.case.case import By
from ivr.case.moves import Move
from ivr.service.cases.keep_move import keep_move
from ivr.service.outgoing.dialler_port import FoundCall, Placed, Placing, PlacingResult
from ivr.service.outgoing.dialling import Dialling, dial_round
from ivr.service.outgoing.outgoing_rows import SWITCH
from ivr.service.rows import CaseRow

OUTGOING = """\
outgoing:
  ask:
    name: {en-US: This is Illustrative Bank.}
    goodbye: {en-US: Goodbye from the bank.}
    from: "+862155500000"
    spacing: 24h
"""
ASK = """\
flow: ask
title: {en-US: Follow-up}
takes: {case: case}
steps:
  person:
    menu: {en-US: Did you call us?}
    choices:
      1: {label: {en-US: yes}, words: {en-US: [I did]}, next: accept}
      2: {label: {en-US: no}, words: {en-US: [wrong number]}, next: wrong}
      4: {label: {en-US: no more calls}, words: {en-US: [stop calling]}, next: stop}
    no_input: {tries: 2, next: later}
    no_match: {tries: 2, next: later}
  wrong: {follow_up: wrong_person, next: goodbye}
  stop: {follow_up: opted_out, next: goodbye}
  later: {follow_up: later, next: goodbye}
  accept:
    menu: {en-US: "Case {case.number:digits}. Do you accept?"}
    choices:
      1: {label: {en-US: yes}, words: {en-US: [accept]}, next: accepted}
      2: {label: {en-US: no}, words: {en-US: [refuse]}, next: refused}
    no_input: {tries: 2, next: unclear}
    no_match: {tries: 2, next: unclear}
  unclear: {follow_up: unclear, next: goodbye}
  accepted: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: why}
  why:
    menu: {en-US: "Your case is open again until {case.due_again:date}. Why?"}
    save: reason
    choices:
      1: {is: slow, label: {en-US: slow}, words: {en-US: [slow]}, next: keep}
      2: {is: wrong, label: {en-US: wrong}, words: {en-US: [wrong]}, next: keep}
    no_input: goodbye
    no_match: {tries: 2, next: goodbye}
  keep: {note: {case.number}, with: [reason], next: goodbye}
"""
PLACED_CALL = "CA" + "9" * 32
CUSTOMER = small_hotline.CALLER


class Line:
    """A network that places all it is asked for."""

    def __init__(self) -> None:
        self.asked: list[Placing] = []

    def place(self, placing: Placing) -> PlacingResult:
        self.asked.append(placing)
        return Placed(f"CA{len(self.asked):031x}9")

    def find(self, to: str, from_number: str, since: datetime) -> list[FoundCall]:
        return []

    def look(self, call: str) -> FoundCall | None:
        return None

    def own_numbers(self) -> list[str]:
        return ["+862155500000"]


class PlacedHouse(House):
    """Customers are phoned. `attempt` is the one dialled last."""

    made: ClassVar[bytes] = b""

    def __init__(self, folder: Path) -> None:
        self.network = Line()
        flows = folder / "flows"
        flows.mkdir()
        super().__init__(folder)
        self.store.deadline = 4.0

    def _copy_or_make(self) -> None:
        flows = Path(self.settings.flows)
        hotline = HOTLINE.replace("{clock: cn-2020}", "{clock: cn-2020, follow_up: ask}") + OUTGOING
        for name, text in (
            ("hotline", hotline),
            ("main", MAIN),
            ("complaint", COMPLAINT),
            ("other", OTHER),
            ("ask", ASK),
        ):
            (flows / f"{name}.yaml").write_text(text, encoding="utf-8")
        if not PlacedHouse.made:
            prepare(self.settings, self.now)
            PlacedHouse.made = self.path.read_bytes()
        self.path.write_bytes(PlacedHouse.made)

    def complaint(self) -> int:
        """A complaint of a caller, decided and told to them; its number."""
        self.voice("/voice")
        self.press(2, "1")
        self.press(3, "1")
        self.voice("/voice/t/4", ("RecordingSid", "RE" + "1" * 32), ("RecordingDuration", "4"))
        number = int(self.rows("SELECT number FROM cases")[0][0])
        decided = {"outcome": "upheld", "reasons": "r", "answer": "We pay."}
        for kind, given in (("taken", {}), ("decided", decided), ("told", {"how": "phone"})):
            done = keep_move(self.hotline.ports, number, Move(kind, given), By("li", "lead"))  # type: ignore[arg-type]
            assert isinstance(done, CaseRow), done
        self.store.set_switch(SWITCH, on=True)
        return number

    def dial(self, **later: float) -> str:
        """Time passes, and a worker makes a round; the attempt it placed."""
        self.now += timedelta(**later)
        made = Dialling(ports=self.hotline.ports, dialler=self.network, allowed=True, url=self.settings.public_url)
        before = len(self.network.asked)
        dial_round(made)
        assert len(self.network.asked) == before + 1
        return self.network.asked[-1].url.rsplit("/", 1)[-1]

    def placed_form(self, *pairs: tuple[str, str], status: str = "in-progress", call: str = "") -> FormPairs:
        call = call or f"CA{len(self.network.asked):031x}9"
        ends = [("From", CALLED), ("To", CUSTOMER), ("Direction", "outbound-api")]
        return [("CallSid", call), ("CallStatus", status), *ends, *pairs]

    def say(self, path: str, *pairs: tuple[str, str], **more: Any) -> str:
        """What whom we have phoned hears."""
        reply = self.send(path, self.placed_form(*pairs, **more))
        assert (reply.status, reply.kind) == (200, "text/xml; charset=utf-8"), reply
        return reply.body.decode()

    def tell(self, attempt: str, status: str, *pairs: tuple[str, str]) -> None:
        """The network tells of the call."""
        assert self.send(f"/voice/out/{attempt}/status", self.placed_form(*pairs, status=status)).status == 204

    def case(self) -> tuple[str, int]:
        """Its status, and how often it was reopened or so."""
        return self.rows("SELECT status, version FROM cases")[0]

    def results(self) -> list[str]:
        return [
            json.loads(row[0])["result"]
            for row in self.rows("SELECT facts FROM case_events WHERE kind = 'attempted' ORDER BY seq")
        ]

    def follow_up(self) -> tuple[str, str | None]:
        return self.rows("SELECT state, reason FROM follow_ups")[0]
