"""Whom machines are to phone, whom they phoned, and why somebody is not phoned now: for people and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.service.outgoing.dialling import known_of
from ivr.service.outgoing.may_call import NotNow, by_wish, may_call, no_calls, rules_of
from ivr.service.outgoing.number_keys import keys_of
from ivr.service.outgoing.outgoing_rows import SWITCH, AttemptRow, FollowUpRow
from ivr.service.ports import Ports

ENDED = {
    "accepted": "outgoing.ended.accepted",
    "not_accepted": "outgoing.ended.not-accepted",
    "opted_out": "outgoing.ended.opted-out",
    "person": "outgoing.ended.person",
    "wrong_person": "outgoing.ended.wrong-person",
    "unreached": "outgoing.ended.unreached",
    "tried_out": "outgoing.ended.unreached",
    "not_reachable": "outgoing.ended.not-reachable",
    "no_flow": "outgoing.ended.no-flow",
    "no_number": "outgoing.not-now.no-number",
    "do_not_call": "outgoing.not-now.blocked",
    "by_hand": "outgoing.ended.by-hand",
    "erased": "outgoing.ended.erased",
    "survey_stopped": "outgoing.ended.survey-stopped",
}
"""Why nobody is phoned any more, by the reason of the row; for all others the case itself has moved on."""


class WhyNot(NamedTuple):
    """Whether somebody is phoned now: a code, a sentence, and when it may be otherwise."""

    code: str
    said: Message
    again: datetime | None = None
    follow_up: str | None = None

    def report(self) -> dict[str, Any]:
        """For programs."""
        return {
            "follow_up": self.follow_up,
            "code": self.code,
            "why": self.said,
            "again": self.again.isoformat() if self.again else None,
        }


def _first(row: FollowUpRow) -> tuple[bool, str]:
    """Of several that wait for a number: the one that is on the telephone, else the one that is due first."""
    return (row.state != "dialling", row.due_at)


class OutgoingReports:
    """Reports by the live release. `allowed`: whether this installation places calls; `sandbox`: whether it is one."""

    def __init__(self, ports: Ports, *, allowed: bool, sandbox: bool = False) -> None:
        self._ports, self._allowed, self._sandbox = ports, allowed or sandbox, sandbox
        live = ports.store.current_release()
        self._release: Release | None = ports.release(live) if live else None

    def switched(self) -> bool:
        """Whether the switch allows calls."""
        with self._ports.store.transaction() as tx:
            return bool(tx.switches().get(SWITCH))

    def why(self, number: str) -> WhyNot:
        """Why this number is not phoned now, or that it is."""
        keys = keys_of(self._ports, number)
        rows = self._ports.store.follow_ups_to(keys)
        living = [row for row in rows if row.state in ("waiting", "dialling")]
        if living:
            said = [self.of(row) for row in sorted(living, key=_first)]
            return next((each for each in said if each.code != "do_not_call"), said[0])
        if blocked := self._blocked(keys):
            return WhyNot("do_not_call", blocked)
        return self.of(rows[0]) if rows else WhyNot("nobody", Message("outgoing.why.nobody"))

    def _blocked(self, keys: Sequence[str]) -> Message | None:
        with self._ports.store.transaction() as tx:
            found = tx.blocked_number(keys)
        return no_calls(found.why) if found else None

    def of(self, row: FollowUpRow) -> WhyNot:
        """The same of a follow-up. Of an invented case: what keeps a sandbox from it, whichever installation asks."""
        if row.state == "dialling":
            return WhyNot("on_the_phone", Message("outgoing.not-now.on-the-phone"), follow_up=row.follow_up)
        if row.state != "waiting":
            ended = Message(ENDED.get(row.reason or "", "outgoing.ended.case"))
            said = self._blocked(keys_of(self._ports, row.to or "")) if row.reason == "do_not_call" else None
            return WhyNot(row.reason or row.state, said or ended, follow_up=row.follow_up)
        found, asked = self._judged(row)
        if row.simulated and not self._sandbox and (found is None or found.code == "no_flow"):
            return WhyNot("simulated", Message("outgoing.why.simulated"), follow_up=row.follow_up)
        if found is None:
            found = NotNow("now", Message("outgoing.why.now"), "number")
        why = Message("outgoing.why.asked", why=found.why) if asked else found.why
        return WhyNot(found.code, why, found.again, row.follow_up)

    def _judged(self, row: FollowUpRow) -> tuple[NotNow | None, bool]:
        """Why it is not phoned now; and whether its customer, who wants no calls, has asked for this one."""
        rules = rules_of(self._release, row.flow) if self._release else None
        if rules is None:
            return NotNow("no_flow", Message("outgoing.ended.no-flow"), "flow"), False
        keys = keys_of(self._ports, row.to or "")
        with self._ports.store.transaction() as tx:
            known = known_of(tx, rules, row, keys)
        judged = may_call(rules, replace(known, allowed=self._allowed or row.simulated))
        return judged, by_wish(known)

    def listed(self) -> list[dict[str, Any]]:
        """All that are not done, each with why it is not phoned now."""
        found: list[dict[str, Any]] = []
        after = ""
        while page := self._ports.store.follow_ups_page(after):
            found += [self.report(row) for row in page]
            after = page[-1].follow_up
        return found

    def of_case(self, number: int) -> list[dict[str, Any]]:
        """The follow-ups of a case with their attempts, the oldest first."""
        return [self.report(row, attempts=True) for row in self._ports.store.follow_ups_of(number)]

    def report(self, row: FollowUpRow, *, attempts: bool = False) -> dict[str, Any]:
        """A follow-up; times in the hotline's zone."""
        made: dict[str, Any] = {
            "follow_up": row.follow_up,
            "case": str(row.number) if row.number is not None else None,
            "flow": row.flow,
            "to": row.to,
            "state": row.state,
            "reason": row.reason,
            "due_at": self._local(max(row.due_at, row.not_before or "")) if row.state == "waiting" else None,
            "simulated": row.simulated,
            "why": self.of(row).said,
        }
        if attempts:
            made["attempts"] = [self._attempt(each) for each in self._ports.store.attempts_of(row.follow_up)]
        return made

    def _attempt(self, row: AttemptRow) -> dict[str, Any]:
        return {
            "n": row.n,
            "at": self._local(row.intended_at),
            "state": row.state,
            "result": row.result,
            "call": row.call,
            "answered_by": row.answered_by,
            "network_end": row.network_end,
            "error": row.error,
        }

    def _local(self, at: str) -> str:
        zone = ZoneInfo(self._release.time_zone if self._release else "UTC")
        return datetime.fromisoformat(at).astimezone(zone).isoformat(timespec="seconds")
