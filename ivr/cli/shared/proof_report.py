"""A proof as its reader sees it: lines, or data, with a fixture for each call that breaks a promise."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.shared.echo import echo
from ivr.cli.shared.written_example import WrittenExample, written_example
from ivr.errors import Finding
from ivr.explore.circumstances import Circumstances, circumstances
from ivr.explore.in_language import in_language
from ivr.explore.kept_proofs import KeptProofs, cache_folder, proof_key
from ivr.explore.promise_result import PromiseResult
from ivr.explore.prove import Proof, prove
from ivr.explore.reached import ExitName
from ivr.explore.replayed import ExampleCall
from ivr.explore.state_walk import MOST_STATES, Scope, Walked
from ivr.explore.waivers import Waiver
from ivr.flow.model import Release
from ivr.flow.parse import Parsed, parse
from ivr.flow.promises import REACHED
from ivr.flow.release import Files
from ivr.messages.message import Message, plain_values
from ivr.messages.reader import shown
from ivr.replay.fixture_files import write_fixture

BROKEN = "broken"
"""The folder for calls that break a promise."""


def shown_prove(
    files: Files, release: Release, *, entries: Sequence[str] = (), most: int = MOST_STATES, fresh: bool = False
) -> Proof:
    """The proof of a release, with its progress on a terminal; one that is kept is used again unless `fresh`."""
    shows = sys.stderr.isatty()

    def progress(done: int, known: int) -> None:
        if shows:
            echo(Message("proof.progress", done=done, known=known), nl=False, err=True)

    today = datetime.now(ZoneInfo(release.time_zone)).date()
    key = proof_key(parse(files), since=today, entries=entries, most=most)
    proofs = KeptProofs(cache_folder())
    kept = None if fresh else proofs.get(key, release)
    if kept is not None:
        return kept
    proof = prove(release, Scope(since=today, entries=entries, most=most, progress=progress))
    if shows:
        click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
    proofs.put(key, proof)
    return proof


@dataclass(frozen=True, slots=True)
class BrokenCall:
    """A call that breaks a promise: written down, saved at `path` if it can be a fixture, and the lines to look at."""

    call: WrittenExample
    circumstances: Circumstances
    why: str
    look_at: list[str]
    path: str = ""
    note: str = ""


class ProofReport:
    """The report of a proof. Calls that break a promise are saved as fixtures in `folder` when it is made; they are in
    `language` where that is given and the call can be held in it."""

    def __init__(self, files: Files, proof: Proof, folder: str, *, language: str = "") -> None:
        self.proof, self.folder, self.language = proof, Path(folder), language
        self.parsed: Parsed = parse(files)
        self._taken: set[str] = set()
        self.calls: dict[int, BrokenCall] = {}
        for result in proof.results:
            if result.example is not None and proof.walked is not None:
                self.calls[id(result)] = self._broken_call(proof.walked, result, result.example)

    def _broken_call(self, walked: Walked, result: PromiseResult, example: ExampleCall) -> BrokenCall:
        held = in_language(walked, example, self.language) if self.language else example
        note = "" if held else Message("proof.report.other-steps", language=self.language)
        found = circumstances(walked, held or example)
        why = found.before(result.why)
        title = Message("proof.report.title", promise=result.name, why=why)
        call = written_example(walked, held or example, shown(title))
        path = self._saved(result, call.text) if call.text else ""
        return BrokenCall(call, found, why, self._look_at(result, example), path, note)

    def _saved(self, result: PromiseResult, text: str) -> str:
        path = self._free(re.sub(r"\W+", "-", result.name).strip("-")[:60])
        write_fixture(path, text, Message("proof.report.save"))
        return str(path)

    def _free(self, slug: str) -> Path:
        """A name not taken in this run; a call of an earlier run is replaced."""
        name = next(n for n in (slug, *(f"{slug}-{k}" for k in range(2, 1000))) if n not in self._taken)
        self._taken.add(name)
        return self.folder / f"{name}.call.yaml"

    def _look_at(self, result: PromiseResult, example: ExampleCall) -> list[str]:
        """The line of the promise, and the line of the question at which the last turn is taken."""
        found: list[str] = [self._written_at(result)] if result.written is not None else []
        before = example.turns[-2].state.stack if len(example.turns) > 1 else ()
        if before and before[-1].flow in self.parsed.flows:
            flow, step = before[-1].flow, before[-1].step
            source = self.parsed.flows[flow].source
            line = source.key_place(("steps", step)).line
            found.append(Message("proof.report.last-turn", where=f"{source.file}:{line}", step=f"{flow}.{step}"))
        return found

    def _written_at(self, result: PromiseResult) -> Message:
        source = self.parsed.hotline_source
        assert source is not None and result.written is not None
        where = f"{source.file}:{source.place(('promises', result.written)).line}"
        return Message("proof.report.promise", where=where)

    def lines(self) -> list[str]:
        """The report in lines."""
        proof = self.proof
        count = Message("proof.report.count", states=proof.states, turns=proof.edges)
        if proof.largest_state_part:
            growing = Message("proof.report.growing", part=proof.largest_state_part)
            return [Message("proof.report.cut", count=count), growing, Message("proof.report.raise")]
        if proof.checked.unknown_turn:
            return [Message("proof.report.unsound", count=count, why=proof.checked.unknown_turn)]
        if proof.undecided:
            return [Message("proof.report.undecided", count=count, why=proof.undecided)]
        lines: list[str] = [Message("proof.report.walked", count=count, seconds=f"{proof.seconds:.1f}")]
        if proof.walked is None:
            lines = [Message("proof.report.kept", count=count)]
        lines.append(Message("proof.report.checked", turns=proof.checked.turns, calls=proof.checked.calls))
        lines += [line for result in proof.results for line in self._result(result)]
        lines += self._unreached()
        lines += [waiver.sentence() for waiver in proof.waived]
        return [*lines, Message("proof.report.not-covered", what=Message("proof.not-covered")), self._verdict()]

    def _verdict(self) -> Message:
        broken = self.broken()
        if broken:
            return Message("proof.report.broken", count=broken)
        return Message("proof.report.holds-but-waived") if self.waived() else Message("proof.report.holds")

    def broken(self) -> int:
        """How many promises are broken."""
        return sum(not result.holds for result in self.proof.results) + bool(self.proof.unreached)

    def kept(self) -> int:
        """How many promises hold; that every step and exit is reached is one of them."""
        return len(self.proof.results) + (not self._may_be_unreached()) - self.broken()

    def _may_be_unreached(self) -> bool:
        return any(waiver.promise == REACHED for waiver in self.waived())

    def waived(self) -> list[Waiver]:
        """The promises that are broken and waived."""
        return [waiver for waiver in self.proof.waived if waiver.broken]

    def broken_lines(self) -> list[str]:
        """The part of the report that is about broken promises."""
        lines = [line for result in self.proof.results if not result.holds for line in self._result(result)]
        return lines + (self._unreached() if self.proof.unreached else [])

    def _result(self, result: PromiseResult) -> list[str]:
        if result.holds:
            return [Message("proof.report.holds-line", promise=result.name, evidence=result.evidence)]
        if (broken := self.calls.get(id(result))) is None:
            line = Message("proof.report.broken-line", promise=result.name, why=result.why)
            return [line, *([_see(self._written_at(result))] if result.written is not None else [])]
        lines: list[str] = [Message("proof.report.broken-line", promise=result.name, why=broken.why)]
        lines += [_see(place) for place in broken.look_at]
        lines.append(_below(broken.circumstances.call()))
        lines += [_below(broken.note)] if broken.note else []
        lines += [Message("proof.report.call-line", line=line) for line in broken.call.dialogue]
        return lines + ([_below(Message("proof.report.saved", path=broken.path))] if broken.path else [])

    def _unreached(self) -> list[str]:
        if self._may_be_unreached():
            return []
        if not self.proof.unreached:
            return [Message("proof.report.all-reached")]
        return [Message("proof.report.unreached"), *(_below(finding.sentence()) for finding in self.findings())]

    def findings(self) -> list[Finding]:
        """What no call ever takes, with its place."""
        return [self._finding(name) for name in self.proof.unreached]

    def _finding(self, name: ExitName) -> Finding:
        source = self.parsed.flows[name.flow].source
        place = source.key_place(("steps", name.step))
        message, hint = Message("proof.unreached.step", step=name.step), Message("proof.unreached.lead")
        if name.exit:
            message = Message("proof.unreached.exit", step=name.step, exit=name.exit)
            hint = Message("proof.unreached.make-possible")
        return Finding(source.file, place.line, place.column, "never-reached", "error", message, hint)

    def data(self) -> dict[str, Any]:
        """The report as data."""
        proof = self.proof
        return {
            "proved": proof.holds,
            "complete": proof.complete,
            "kept": proof.walked is None,
            "states": proof.states,
            "edges": proof.edges,
            "seconds": round(proof.seconds, 2),
            "checked": {
                "calls": proof.checked.calls, "turns": proof.checked.turns, "unknown_turn": proof.checked.unknown_turn,
            },
            "largest_state_part": proof.largest_state_part,
            "undecided": proof.undecided,
            "promises": [self._data(result) for result in proof.results],
            "never_reached": [
                {"file": f.file, "line": f.line, "flow": n.flow, "step": n.step, "exit": n.exit or None}
                for f, n in zip(self.findings(), proof.unreached, strict=True)
            ],
            "waived": [
                {
                    "promise": w.promise,
                    "flow": w.flow or None,
                    "reason": w.reason,
                    "holds": not w.broken,
                    "why": w.broken,
                }
                for w in proof.waived
            ],
            "not_covered": Message("proof.not-covered"),
        }  # fmt: skip

    def _data(self, result: PromiseResult) -> dict[str, Any]:
        broken = self.calls.get(id(result))
        return {
            "promise": result.name, "holds": result.holds, "evidence": result.evidence,
            "why": broken.why if broken else result.why, "values": plain_values(result.why),
            "at": broken.circumstances.at.isoformat() if broken else None,
            "facts": dict(broken.circumstances.facts) if broken else {},
            "look_at": broken.look_at if broken else [],
            "call": broken.call.dialogue if broken else [], "fixture": (broken.path or None) if broken else None,
        }  # fmt: skip


def _see(place: str) -> Message:
    return _below(Message("proof.report.see", place=place))


def _below(said: str) -> Message:
    """A line that stands below the line of a promise."""
    return Message("proof.report.below", said=said)
